"""The roster of a course in an LMS (NRPS 2.0), and what taking it would do to the offering."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.refusal import Refused
from portal.lti import claims as lti
from portal.lti import offered
from portal.lti.connector import Connector
from portal.lti.models import CourseLink
from portal.lti.recognising import Told, Whose, signs_for
from portal.offerings.models import Enrolment

Row = dict[str, Any]
MOST = 20_000

NEW, ENROLLED, LEFT, TEACHER, UNKNOWN, CONFLICT, INACTIVE, TWICE, UNREADABLE = (
    "new",
    "enrolled",
    "left",
    "teacher",
    "unknown",
    "conflict",
    "inactive",
    "twice",
    "unreadable",
)
STATES: dict[str, str | Promise] = {
    NEW: gettext_lazy("will be enrolled"),
    ENROLLED: gettext_lazy("is in the offering already"),
    LEFT: gettext_lazy("has left the offering; left out"),
    TEACHER: gettext_lazy("does not learn in the course; left out"),
    UNKNOWN: gettext_lazy("has no account here under this email or number"),
    CONFLICT: gettext_lazy("email, number and account lead to different people"),
    INACTIVE: gettext_lazy("is not active in the LMS; left out"),
    TWICE: gettext_lazy("is in the list more than once; left out"),
    UNREADABLE: gettext_lazy("cannot be read: the LMS left out who it is"),
}
"""What a row means, in words."""
MISTAKES = (CONFLICT, UNKNOWN, TWICE, UNREADABLE, LEFT)
"""In the order in which they are shown, before what is in order."""


def fetched(course: CourseLink) -> list[Any]:
    """Return the members as the LMS tells them; raises ``Refused``."""
    if not course.memberships_url:
        raise Refused(
            _("The LMS offers no roster. Switch on names and roles for Tauliah there, then open it.")
        )
    connector = Connector(course.lms, course.memberships_url)
    found: list[Any] = []
    for page in connector.pages(lti.MEMBERS_SCOPE, course.memberships_url, lti.MEMBERS_TYPE):
        members = lti.object_of(page).get("members")
        if not isinstance(members, list):
            raise Refused(_("The LMS answers in a form that cannot be read."))
        found += members
        if len(found) > MOST:
            raise Refused(_("The roster has more than %(most)d members.") % {"most": MOST})
    return found


def told_by(member: lti.Claims) -> Told:
    """Return what a member of a roster says about who it is."""
    return Told(
        lti.words_of(member.get("user_id"), 255),
        lti.words_of(member.get("email"), 254),
        lti.words_of(member.get("lis_person_sourcedid"), 40),
    )


def previewed(course: CourseLink) -> list[Row]:
    """Return a row for each member of the roster, mistakes first; raises ``Refused``."""
    members = [lti.object_of(member) for member in fetched(course)]
    told = [told_by(member) for member in members]
    signs = signs_for(course.lms, told)
    standing = offered.standing_in(course.offering)
    rows = [_row(member, one, signs.whose(one), standing) for member, one in zip(members, told, strict=True)]
    _mark_twice(rows)
    order = {state: place for place, state in enumerate((*MISTAKES, NEW, ENROLLED, INACTIVE, TEACHER))}
    return sorted(rows, key=lambda row: (order[row["state"]], row["name"].casefold()))


def _row(member: lti.Claims, told: Told, whose: Whose, standing: dict[int, str]) -> Row:
    name = lti.words_of(member.get("name"), 200) or " ".join(
        filter(None, (lti.words_of(member.get(part), 100) for part in ("given_name", "family_name")))
    )
    return {
        "subject": told.subject,
        "name": name,
        "email": told.email,
        "number": told.number,
        "person": whose.person.pk if whose.person else None,
        "person_name": whose.person.name if whose.person else "",
        "by": list(whose.by),
        "state": _state(member, told, whose, standing),
    }


def _state(member: lti.Claims, told: Told, whose: Whose, standing: dict[int, str]) -> str:
    if not told.subject:
        return UNREADABLE
    if lti.words_of(member.get("status")) not in {"", "Active"}:
        return INACTIVE
    roles = member.get("roles")
    if not lti.learns(roles) or lti.teaches(roles):
        return TEACHER
    if whose.conflict:
        return CONFLICT
    if whose.person is None:
        return UNKNOWN
    state = standing.get(whose.person.pk)
    if state is None:
        return NEW
    return LEFT if state == Enrolment.State.WITHDRAWN else ENROLLED


def _mark_twice(rows: list[Row]) -> None:
    """Mark the rows that lead to one person, where there are several: it is not said which is right."""
    seen: dict[int, list[Row]] = {}
    for row in rows:
        if row["state"] in {NEW, ENROLLED}:
            seen.setdefault(row["person"], []).append(row)
    for same in seen.values():
        if len(same) > 1:
            for row in same:
                row["state"] = TWICE
