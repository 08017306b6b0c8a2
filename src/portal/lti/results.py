"""The results of a column of an LMS (AGS 2.0), and what taking them would do to the marks."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.refusal import Refused
from portal.lti import claims as lti
from portal.lti import offered
from portal.lti.connector import Connector
from portal.lti.models import Column, CourseLink
from portal.lti.recognising import Told, Whose, signs_for
from portal.lti.roster import MOST, Row, fetched, told_by
from portal.offerings.models import Mark

NEW, CHANGED, SAME, NONE, NOT_ENROLLED, UNKNOWN, CONFLICT, TWICE, WRONG = (
    "new",
    "changed",
    "same",
    "none",
    "not_enrolled",
    "unknown",
    "conflict",
    "twice",
    "wrong",
)
STATES: dict[str, str | Promise] = {
    NEW: gettext_lazy("new mark"),
    CHANGED: gettext_lazy("changes the mark"),
    SAME: gettext_lazy("has this mark"),
    NONE: gettext_lazy("has no score yet"),
    NOT_ENROLLED: gettext_lazy("is not enrolled in the offering"),
    UNKNOWN: gettext_lazy("has no account here that the LMS’s account leads to"),
    CONFLICT: gettext_lazy("email, number and account lead to different people"),
    TWICE: gettext_lazy("has several scores in the column"),
    WRONG: gettext_lazy("the score is no number between 0 and the highest"),
}
"""What a row means, in words."""
ORDER = (WRONG, CONFLICT, TWICE, UNKNOWN, NOT_ENROLLED, CHANGED, NEW, NONE, SAME)
MISTAKES = ORDER[:5]


def listed_columns(course: CourseLink) -> list[lti.Claims]:
    """Return the columns that the LMS shows us; raises ``Refused``."""
    _must_offer(course, course.items_url)
    connector = Connector(course.lms, course.items_url)
    found: list[lti.Claims] = []
    for page in connector.pages(_reading(course), course.items_url, lti.ITEMS_TYPE):
        found += _items(page)
    return [one for one in map(readable, found) if one]


def _reading(course: CourseLink) -> str:
    return lti.ITEMS_READ_SCOPE if lti.ITEMS_READ_SCOPE in course.scopes else lti.ITEMS_SCOPE


def readable(item: Any) -> lti.Claims:
    """Return address, label and highest score of a column; empty where one is missing or wrong."""
    told = lti.object_of(item)
    address, label = lti.words_of(told.get("id"), 1000), lti.words_of(told.get("label"), 255)
    maximum = number(told.get("scoreMaximum"))
    if not address or not label or maximum is None or maximum <= 0:
        return {}
    return {"address": address, "label": label, "maximum": str(maximum)}


def make_column(course: CourseLink, label: str, tag: str) -> lti.Claims:
    """Have the LMS make a column out of 100; raises ``Refused`` where it does not let us."""
    _must_offer(course, course.items_url)
    if lti.ITEMS_SCOPE not in course.scopes:
        raise Refused(_("The LMS does not let Tauliah make columns; choose one that is there."))
    connector = Connector(course.lms, course.items_url)
    asked = {"label": label[:255], "scoreMaximum": 100, "tag": tag, "resourceId": tag}
    made = readable(connector.send(lti.ITEMS_SCOPE, course.items_url, asked, lti.ITEM_TYPE))
    if not made:
        raise Refused(_("The LMS answers in a form that cannot be read."))
    return made


def _must_offer(course: CourseLink, address: str) -> None:
    if not address:
        raise Refused(_("The LMS offers no gradebook. Switch on grades for Tauliah there, then open it."))


def _items(page: Any) -> list[Any]:
    if not isinstance(page, list):
        raise Refused(_("The LMS answers in a form that cannot be read."))
    return page


def results_of(column: Column) -> list[lti.Claims]:
    """Return the results of a column as the LMS tells them; raises ``Refused``."""
    path, _question, query = column.address.partition("?")
    address = f"{path.rstrip('/')}/results{'?' + query if query else ''}"
    connector = Connector(column.course.lms, address)
    found: list[lti.Claims] = []
    for page in connector.pages(lti.RESULTS_SCOPE, address, lti.RESULTS_TYPE):
        found += [lti.object_of(one) for one in _items(page)]
        if len(found) > MOST:
            raise Refused(_("The column has more than %(most)d results.") % {"most": MOST})
    return found


def previewed(column: Column) -> list[Row]:
    """Return a row for each result, mistakes first; raises ``Refused``.

    A result names an account only; where the LMS offers its roster, that says the email and the number.
    """
    results = results_of(column)
    told = {subject: Told(subject) for subject in map(_subject, results)}
    names: dict[str, str] = {}
    if column.course.memberships_url:
        for member in map(lti.object_of, fetched(column.course)):
            one = told_by(member)
            names[one.subject] = lti.words_of(member.get("name"), 200)
            told[one.subject] = one
    signs = signs_for(column.course.lms, told.values())
    whose = {subject: signs.whose(told[subject]) for subject in map(_subject, results)}
    rows = [_row(column, one, whose[_subject(one)], names.get(_subject(one), "")) for one in results]
    _mark_twice(rows)
    _compare(column, rows)
    return sorted(rows, key=lambda row: (ORDER.index(row["state"]), row["name"].casefold()))


def _subject(result: lti.Claims) -> str:
    return lti.words_of(result.get("userId"), 255)


def number(value: Any) -> Decimal | None:
    """Return a number that an LMS tells, to the thousandth; none for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= 100_000:
        return None
    return Decimal(str(value)).quantize(Decimal("0.001"))


def _row(column: Column, result: lti.Claims, whose: Whose, name: str) -> Row:
    score = number(result.get("resultScore"))
    highest = number(result.get("resultMaximum", float(column.maximum)))
    right = score is not None and highest is not None and highest > 0 and 0 <= score <= highest
    share = score / highest if right and score is not None and highest is not None else None
    person = whose.person
    return {
        "subject": _subject(result),
        "name": name or (person.name if person else ""),
        "score": lti.words_of(str(result.get("resultScore", "")), 40),
        "maximum": f"{highest.normalize():f}" if highest else "",
        "share": str(share) if share is not None else "",
        "person": person.pk if person else None,
        "person_name": person.name if person else "",
        "by": list(whose.by),
        "state": _state(result, whose, right=right),
    }


def _state(result: lti.Claims, whose: Whose, *, right: bool) -> str:
    if whose.conflict:
        return CONFLICT
    if whose.person is None:
        return UNKNOWN
    if result.get("resultScore") is None:
        return NONE
    return NEW if right else WRONG


def _mark_twice(rows: list[Row]) -> None:
    seen: dict[int, list[Row]] = {}
    for row in rows:
        if row["person"] is not None and row["state"] != CONFLICT:
            seen.setdefault(row["person"], []).append(row)
    for same in seen.values():
        if len(same) > 1:
            for row in same:
                row["state"] = TWICE


def _compare(column: Column, rows: list[Row]) -> None:
    """Say of each row that is in order what it does to the mark that came from the LMS before."""
    learning = {person.pk for person in offered.learners_of(column.course.offering)}
    kept = Mark.objects.filter(assessment=column.assessment, source=offered.SOURCE)
    before = dict(kept.values_list("enrolment__person_id", "mark"))
    for row in rows:
        if row["state"] not in {NEW, NONE}:
            continue
        if row["person"] not in learning:
            row["state"] = NOT_ENROLLED
        elif row["state"] == NEW:
            value = (Decimal(row["share"]) * 100).quantize(offered.CENT, ROUND_HALF_UP)
            old = before.get(row["person"])
            row["mark"], row["before"] = str(value), "" if old is None else str(old)
            row["state"] = NEW if old is None else SAME if old == value else CHANGED
