"""An offering laid out in weeks: which topics are learnt when, what is due, and when the examination is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.institutions.naming import in_language
from portal.offerings.models import Offering
from portal.offerings.schedule import days_of
from portal.wording import day

MOST_WEEKS = 60


@dataclass(slots=True)
class Week:
    """One week: its name, its days, the units learnt and the assessments due in it."""

    label: str
    starts_on: date
    ends_on: date
    topics: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)

    @property
    def days(self) -> str:
        """From when to when; a single day stands alone."""
        begins, ends = day(self.starts_on), day(self.ends_on)
        return begins if begins == ends else f"{begins} – {ends}"


def weeks_of(offering: Offering) -> list[Week]:
    """Return the weeks of an offering, the units shared out evenly; none for one that runs at own pace."""
    if offering.starts_on is None or offering.ends_on is None:
        return []
    learning_ends = offering.ends_on
    if offering.semester is not None:
        learning_ends = days_of(offering.semester, offering.policy).learning_ends_on
    found = learning_weeks(offering.starts_on, learning_ends)
    share_out(titles_of(offering.proposal.content), found)
    if learning_ends < offering.ends_on:
        found.append(Week(_("Examination"), learning_ends + timedelta(days=1), offering.ends_on))
    for assessment in offering.assessments.all():
        due = assessment.due_on
        for week in found:
            if due and week.starts_on <= due <= week.ends_on:
                week.due.append(str(assessment))
    return found


def learning_weeks(starts_on: date, ends_on: date) -> list[Week]:
    """Return the weeks between two days, the last one perhaps shorter."""
    found: list[Week] = []
    first = starts_on
    while first <= ends_on and len(found) < MOST_WEEKS:
        last = min(first + timedelta(days=6), ends_on)
        found.append(Week(str(len(found) + 1), first, last))
        first = last + timedelta(days=1)
    return found


def share_out(titles: list[str], weeks: list[Week]) -> None:
    """Put each unit into the week in which it is begun; where there are fewer units, weeks go on with one."""
    if not titles or not weeks:
        return
    for place, title in enumerate(titles):
        weeks[place * len(weeks) // len(titles)].topics.append(title)
    learnt: list[str] = []
    for week in weeks:
        if week.topics:
            learnt = week.topics[-1:]
        else:
            week.topics.extend(learnt)


def titles_of(content: Mapping[str, Any]) -> list[str]:
    """Return the titles of a course's units, or modules, in the language of the page."""
    rows = content.get("units") or content.get("modules") or []
    return [title for row in rows if (title := title_of(row))]


def title_of(row: Mapping[str, Any]) -> str:
    """Return the title of a unit in the language of the page."""
    return in_language(str(row.get("title_ms") or ""), str(row.get("title_en") or ""))
