"""A case of the public eligibility check, brought along into a draft."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import Appointment
from portal.applications import drafting
from portal.applications.forms_choices import Choices
from portal.applications.forms_claim import ClaimValues, completed, values_of
from portal.applications.forms_keys import CLAIM_FORM, SOURCE_FORM, STUDY_FORM
from portal.applications.forms_study import study_problems, values_of_study
from portal.applications.models import Application, PriorStudy
from portal.cases.bridge import Entry, blank
from portal.cases.link import LARGEST_CASE, UnreadableLink, case_of_link
from portal.transfer.bridge import PAPER


@dataclass(slots=True)
class Came:
    """How many courses came along, and why others did not."""

    number: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What came, in one sentence."""
        return ngettext(
            "%(n)s course of your check is in the draft. Look it over and add what is missing.",
            "%(n)s courses of your check are in the draft. Look them over and add what is missing.",
            self.number,
        ) % {"n": self.number}


def brought_case(link: str) -> dict[str, Any] | None:
    """Return the case that a link of the check carries, or None where there is none that can be read."""
    try:
        return case_of_link(PAPER, link, longest=LARGEST_CASE) if link else None
    except UnreadableLink:
        return None


def bring(acting: Appointment, application: Application, case: dict[str, Any]) -> Came:
    """Write the studies and claims of a checked case into a draft, as far as they fit its programme."""
    entry, came = PAPER.entry_of_case(case), Came()
    studies = {row["id"]: kept_study(acting, row) for row in entry["prior_studies"] if row["institution"]}
    choices = Choices(application)
    found: dict[str, ClaimValues] = {}
    for row in entry["claims"]:
        code = row["target"]["code"].upper()
        course = next((c for c in choices.targets if c.upper() == code), "")
        if not course:
            came.left.append(
                _("%(course)s is not in the plan of your programme; it was left out.") % {"course": code}
            )
        elif course not in found:
            found[course] = values_of(completed(claim_entry(row, course, studies), choices), choices)
    if found:
        came.number = drafting.add_claims(acting, application, application.version, found.values())
    return came


def kept_study(acting: Appointment, row: Entry) -> PriorStudy | None:
    """Return the person's study that a row of the check tells of, kept now if it was not before."""
    entry = blank(STUDY_FORM) | {name: row[name] for name in STUDY_FORM if name in row}
    wrong = {problem.where for problem in study_problems(entry, timezone.localdate())}
    entry |= dict.fromkeys(wrong & entry.keys(), "")
    if not entry["institution"]:
        return None
    values = values_of_study(entry)
    same = {name: values[name] for name in ("institution_name", "level", "ended_on")}
    known = PriorStudy.objects.filter(person=acting.person, **same).first()
    return known or drafting.save_study(acting, None, values)


def claim_entry(row: Entry, course: str, studies: dict[str, PriorStudy | None]) -> Entry:
    """Write a row of the check as a claim of the application's form."""
    entry = blank(CLAIM_FORM)
    entry |= {"target": course, "basis": row["basis"], "graded": row["graded"] or "no"}
    entry["partner_agreement"] = row["partner_agreement"]
    for source in row["sources"]:
        study = studies.get(source["study"])
        typed = blank(SOURCE_FORM) | {name: source[name] for name in SOURCE_FORM if name in source}
        typed |= {"study": str(study.pk) if study else "", "original_grade": source["grade"]}
        entry["sources"].append(typed)
    return entry
