"""Where the work of each role is: the second line of the header."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import FACULTY_ROLES, LEARNERS, STAFF, Role

DECIDERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
AUDITORS = frozenset({Role.AUDITOR})
OVERSEERS = AUDITORS | {Role.ELEARNING_CENTRE}
CLAIM_HANDLERS = FACULTY_ROLES - {Role.LECTURER, Role.DEPUTY_DEAN_INDUSTRY}
COMPARERS = DECIDERS | {Role.SUBJECT_EXPERT}
CASHIERS = frozenset({Role.BURSAR, Role.FACULTY_OFFICE})
MEETING = frozenset(
    {
        Role.COMMITTEE_SECRETARY,
        Role.ELEARNING_CENTRE,
        Role.CENTRE_DIRECTOR,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.FACULTY_OFFICE, Role.PROGRAMME_COORDINATOR})

DEVELOPERS = (
    DECIDERS
    | AUDITORS
    | {
        Role.LECTURER,
        Role.SUBJECT_EXPERT,
        Role.DEPUTY_DEAN_INDUSTRY,
        Role.ELEARNING_CENTRE,
        Role.CENTRE_DIRECTOR,
        Role.QUALITY_UNIT,
        Role.COMMITTEE_SECRETARY,
    }
)
CONNECTORS = frozenset({Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.ADMINISTRATOR})
CERTIFIERS = frozenset({Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR})


MONITORS = FACULTY_ROLES - {Role.ASSESSOR} | {
    Role.ELEARNING_CENTRE,
    Role.CENTRE_DIRECTOR,
    Role.QUALITY_UNIT,
    Role.COMMITTEE_SECRETARY,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Link:
    """One place of work: its route, its words, and the roles that have work there."""

    route: str
    words: str | Promise
    roles: frozenset[Role]


LINKS = (
    Link("desk:desk", _("My desk"), frozenset(Role)),
    Link("applications:list", _("My applications"), LEARNERS),
    Link("applications:files", _("My documents"), LEARNERS),
    Link("applications:transcript", _("My transferred credits"), LEARNERS),
    Link("offerings:mine", _("My courses"), LEARNERS),
    Link("payments:mine", _("My payments"), LEARNERS),
    Link("credentials:mine", _("My credentials"), LEARNERS),
    Link("stacking:mine", _("My qualifications"), LEARNERS),
    Link("applications:queue", _("Work queue"), CLAIM_HANDLERS),
    Link("applications:deciding", _("Decisions"), DECIDERS),
    Link("matching:list", _("Comparisons"), COMPARERS),
    Link("applications:approval_queue", _("Requests"), DECIDERS),
    Link("applications:register", _("Transfers"), DECIDERS | OVERSEERS | {Role.FACULTY_OFFICE}),
    Link("applications:audit", _("Audit"), AUDITORS),
    Link("applications:compliance", _("Compliance"), AUDITORS),
    Link("records:list", _("Register"), AUDITORS),
    Link("approvals:items", _("Meetings"), MEETING),
    Link("payments:queue", _("Payments"), CASHIERS),
    Link("payments:statement", _("Statement"), frozenset({Role.BURSAR})),
    Link("proposals:list", _("Course proposals"), DEVELOPERS),
    Link("offerings:list", _("Offerings"), STAFF),
    Link("catalogue:programmes", _("Programmes"), STAFF),
    Link("catalogue:courses", _("Courses"), STAFF),
    Link("catalogue:scales", _("Grading scales"), KEEPERS),
    Link(
        "monitoring:income",
        _("Certificate income"),
        frozenset({Role.BURSAR, Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR}),
    ),
    Link("monitoring:offerings", _("Monitoring"), MONITORS),
    Link(
        "stacking:learners",
        _("Goals"),
        DECIDERS | OVERSEERS | {Role.FACULTY_OFFICE, Role.CENTRE_DIRECTOR, Role.COMMITTEE_SECRETARY},
    ),
    Link("catalogue:students", _("Students"), KEEPERS | DECIDERS | {Role.AUDITOR}),
    Link("credentials:list", _("Credentials"), CERTIFIERS),
    Link("lti:overview", _("Learning platforms"), CONNECTORS),
    Link("imports:list", _("Imports"), frozenset({Role.ADMINISTRATOR, Role.FACULTY_OFFICE})),
    Link("administration:people", _("Administration"), frozenset({Role.ADMINISTRATOR})),
)
"""In the order of the page; apps add their own."""


def address_of(route: str) -> str:
    """Return the address of a route, or nothing where this installation lacks it."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> dict[str, object]:
    """Give every template ``work_links`` of the role: address, words, and whether one is there."""
    acting = getattr(request, "acting", None)
    role = acting.role if acting else ""
    found = [(address_of(link.route), link.words) for link in LINKS if role in link.roles]
    here = max(
        (place for place, _words in found if place and request.path.startswith(place)), key=len, default=""
    )
    return {"work_links": [(place, words, place == here) for place, words in found if place]}
