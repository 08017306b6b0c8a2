"""Who may read what is monitored, and who keeps it."""

from django.db.models import QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.offerings.access import OWN_FACULTY, WHOLE_INSTITUTION, offerings_for, teaches
from portal.offerings.models import Offering
from portal.proposals.access import CENTRE, PROPOSERS, develops
from portal.proposals.actions.partnering import may_keep
from portal.proposals.models import Partner, Proposal

READERS = (WHOLE_INSTITUTION | OWN_FACULTY | PROPOSERS) - {Role.BURSAR}
"""Roles that read reports: the centre and the auditor of all, a faculty of its own, a teacher of the own."""
REVIEWERS = frozenset({Role.AUDITOR, Role.QUALITY_UNIT})
"""Roles that record reviews and visits (UNIMAS 5.5; UMPSA 13)."""
LOAD_KEEPERS = frozenset({Role.FACULTY_OFFICE, Role.DEAN, Role.DEPUTY_DEAN})
"""Roles that enter teaching loads (UTM 5.4.7)."""


def watched_offerings(acting: Appointment | None) -> QuerySet[Offering]:
    """Return the offerings whose reports somebody reads, with what a line shows."""
    if acting is None or acting.role not in READERS:
        return Offering.objects.none()
    return offerings_for(acting).select_related("proposal", "faculty", "institution", "semester")


def watched_offering(acting: Appointment | None, pk: int) -> Offering:
    """Return one offering whose report somebody reads; raises ``Http404``."""
    found = watched_offerings(acting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def courses_for(acting: Appointment | None) -> QuerySet[Proposal]:
    """Return the registered courses that somebody watches over or keeps up."""
    if acting is None or acting.role not in READERS:
        return Proposal.objects.none()
    there = Proposal.objects.filter(institution=acting.institution, state="registered")
    if acting.role in WHOLE_INSTITUTION:
        return there
    if acting.role in OWN_FACULTY:
        return there.filter(faculty=acting.faculty) if acting.faculty_id else there
    own = there.filter(developer=acting.person_id) | there.filter(members__person=acting.person_id)
    return own.distinct()


def course_for(acting: Appointment | None, pk: int) -> Proposal:
    """Return one registered course that somebody watches over or keeps up; raises ``Http404``."""
    found = courses_for(acting).select_related("institution", "faculty", "developer").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def partners_for(acting: Appointment | None) -> QuerySet[Partner]:
    """Return the partners of the courses that somebody watches over, by course."""
    found = Partner.objects.filter(proposal__in=courses_for(acting)).select_related("proposal")
    return found.order_by("proposal__code", "proposal", "name", "pk")


def may_maintain(acting: Appointment | None, course: Proposal) -> bool:
    """Say whether somebody keeps the course up: its developers."""
    return develops(acting, course)


def may_write_letters(acting: Appointment | None, course: Proposal) -> bool:
    """Say whether somebody warns and orders: the e-learning centre."""
    if acting is None or acting.institution_id != course.institution_id:
        return False
    return acting.role in CENTRE


def may_review(acting: Appointment | None, course: Proposal) -> bool:
    """Say whether somebody records the yearly review."""
    if acting is None or acting.institution_id != course.institution_id:
        return False
    return acting.role in REVIEWERS


def may_oversee(acting: Appointment | None, course: Proposal) -> bool:
    """Say whether somebody keeps what came of partners: who reviews, and who arranges partners."""
    return may_review(acting, course) or may_keep(acting, course)


def may_log(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody logs interaction: who teaches the offering."""
    return teaches(acting, offering)


def may_enter_load(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody enters the load: staff of the offering's faculty."""
    if acting is None or acting.institution_id != offering.institution_id:
        return False
    return acting.role in LOAD_KEEPERS and acting.faculty_id in (None, offering.faculty_id)
