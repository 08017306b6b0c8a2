"""The application windows of a policy as days of a semester."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.institutions.models import Institution, Semester
from portal.packs import packs
from portal.policies.values import conditions_in_words
from tauliah.policy.parameter import NotInForce, Row


@dataclass(frozen=True, slots=True)
class Window:
    """For whom, until which day of a semester, and by which clauses; no day: at any time."""

    whom: str
    words: str
    until: date | None
    clauses: tuple[str, ...]


def windows_of(institution: Institution, semester: Semester) -> list[Window]:
    """Return when one may apply in a semester, by the institution's policy in force on its first day."""
    pack = packs().get(institution.policy)
    if pack is None or "window" not in pack.parameters:
        return []
    try:
        rows = pack.parameters["window"].at(semester.starts_on)
    except NotInForce:
        return []
    weeks = first_value(pack.parameters.get("window_weeks"), semester.starts_on)
    return [window(row, semester, weeks) for row in rows]


def window(row: Row, semester: Semester, weeks: int | None) -> Window:
    """Put one row of the parameter into words and a day."""
    whom = "; ".join(conditions_in_words(row)) or _("everybody else")
    if row.value in ("first_weeks", "until_week") and weeks:
        last = min(semester.first_day_of_week(weeks + 1) - timedelta(days=1), semester.ends_on)
        return Window(whom, _("until the end of week %(week)s") % {"week": weeks}, last, row.clauses)
    if row.value == "first_semester":
        return Window(whom, _("in one's first semester"), semester.ends_on, row.clauses)
    return Window(whom, _("at any time"), None, row.clauses)


def first_value(parameter: Any, day: date) -> int | None:
    """Return the number that a parameter gives first on a day."""
    if parameter is None:
        return None
    try:
        rows = parameter.at(day)
    except NotInForce:
        return None
    return int(rows[0].value) if rows and isinstance(rows[0].value, int) else None
