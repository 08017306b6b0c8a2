"""Naming the course that replaces an exempted one, and the agreement that mobility rests on."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.access import works_for
from portal.applications.actions.judging import judge
from portal.applications.actions.steps import go_on, locked, touch
from portal.applications.models import Agreement, Application, Claim
from portal.catalogue.models import Course
from portal.records.register import record

NAMERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN, Role.FACULTY_OFFICE})
KEEPERS = NAMERS | {Role.ADMINISTRATOR, Role.ELEARNING_CENTRE}
"""Roles that keep the institution's agreements."""
ENDED = frozenset({"withdrawn"})


@dataclass(frozen=True, slots=True)
class Replacement:
    """What makes up for an exemption: a course of this institution, or one of a partner under an agreement.

    A new course may await MQA; of a partner's course the day is kept on which it was passed there.
    """

    course: Course | None = None
    awaits_mqa: bool = False
    elsewhere: str = ""
    agreement: Agreement | None = None
    passed_on: date | None = None


@transaction.atomic
def name_replacement(acting: Appointment, claim: Claim, named: Replacement, *, version: int) -> Claim:
    """Name what makes up for an exemption (MQA replacement, replacement.collaboration), or take it back."""
    application = open_to(acting, claim, version)
    elsewhere = " ".join(named.elsewhere.split())[:200]
    must_be_one_of_these(application, claim, named, elsewhere)
    claim.replacement, claim.replacement_awaits_mqa = named.course, bool(named.course) and named.awaits_mqa
    claim.replacement_elsewhere = elsewhere
    claim.replacement_agreement = named.agreement if elsewhere else None
    claim.replacement_passed_on = named.passed_on if elsewhere else None
    claim.save(
        update_fields=[
            "replacement",
            "replacement_awaits_mqa",
            "replacement_elsewhere",
            "replacement_agreement",
            "replacement_passed_on",
        ]
    )
    touch(application)
    after = {
        "claim": claim.target.code,
        "replacement": named.course.code if named.course else elsewhere,
        "awaits_mqa": claim.replacement_awaits_mqa,
        "agreement": claim.replacement_agreement.reference if claim.replacement_agreement else "",
        "passed_on": claim.replacement_passed_on,
    }
    record(acting, "applications.name_replacement", application, after=after)
    return claim


def must_be_one_of_these(application: Application, claim: Claim, named: Replacement, elsewhere: str) -> None:
    """Raise ``Refused`` for a replacement that cannot be one."""
    if named.course is not None and named.course.institution_id != application.institution_id:
        raise Refused(_("Choose a course of this institution."), "course")
    if named.course is not None and named.course.pk == claim.target_id:
        raise Refused(_("A course cannot replace itself."), "course")
    if named.course is not None and elsewhere:
        raise Refused(_("Name a course of this institution or one of a partner, not both."), "elsewhere")
    if not elsewhere:
        return
    agreement, today = named.agreement, timezone.localdate()
    if agreement is None or agreement.institution_id != application.institution_id:
        raise Refused(_("Choose the agreement under which the partner’s course is taken."), "agreement")
    if not agreement.holds_on(named.passed_on or today):
        raise Refused(_("This agreement is not in force on that day."), "agreement")
    if named.passed_on and named.passed_on > today:
        raise Refused(_("The course cannot have been passed on a day that is still to come."), "passed_on")


@transaction.atomic
def tie_agreement(acting: Appointment, claim: Claim, agreement: Agreement | None, *, version: int) -> Claim:
    """Tie a claim to the agreement that it rests on, or untie it; the claim is judged anew."""
    application = open_to(acting, claim, version)
    if agreement is not None and agreement.institution_id != application.institution_id:
        raise Refused(_("Choose an agreement of this institution."), "agreement")
    claim.agreement = agreement
    claim.save(update_fields=["agreement"])
    if application.decided_at is None:
        judge(application)
    touch(application)
    after = {"claim": claim.target.code, "agreement": agreement.reference if agreement else ""}
    record(acting, "applications.tie_agreement", application, after=after)
    go_on(application)
    return claim


def open_to(acting: Appointment, claim: Claim, version: int) -> Application:
    """Return the claim's application, held, where the person may name such things."""
    if acting.role not in NAMERS or not works_for(acting, claim.application):
        raise NotAllowed
    application = locked(claim.application, version)
    if application.state in ENDED or claim.withdrawn_at:
        raise Refused(_("This was withdrawn."))
    return application


@dataclass(frozen=True, slots=True)
class Terms:
    """What is kept of an agreement."""

    partner: str
    reference: str
    starts_on: date
    ends_on: date | None = None
    note: str = ""


@transaction.atomic
def keep_agreement(acting: Appointment, terms: Terms) -> Agreement:
    """Keep an agreement of the institution with a partner."""
    if acting.role not in KEEPERS or acting.institution is None:
        raise NotAllowed
    if not terms.partner.strip():
        raise Refused(_("Name the partner institution."), "partner")
    if not terms.reference.strip():
        raise Refused(_("Give the reference of the agreement."), "reference")
    if terms.ends_on and terms.ends_on < terms.starts_on:
        raise Refused(_("It cannot end before it begins."), "ends_on")
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(
                institution=acting.institution,
                partner=terms.partner.strip()[:200],
                reference=terms.reference.strip()[:120],
                starts_on=terms.starts_on,
                ends_on=terms.ends_on,
                note=terms.note.strip(),
            )
    except IntegrityError:
        raise Refused(_("An agreement with this reference is kept already."), "reference") from None
    after = {"partner": agreement.partner, "reference": agreement.reference}
    record(acting, "applications.keep_agreement", agreement, after=after)
    return agreement
