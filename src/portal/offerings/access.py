"""Who may see which offering, enrolment and result."""

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.offerings.models import Enrolment, Offering, ResultSheet
from portal.proposals.access import CENTRE, PROPOSERS

PUBLIC = ("announced", "running", "ended")
"""States in which an offering stands in the public catalogue."""
WHOLE_INSTITUTION = CENTRE | {
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.BURSAR,
    Role.COMMITTEE_SECRETARY,
    Role.QUALITY_UNIT,
}
OWN_FACULTY = frozenset(
    {
        Role.DEAN,
        Role.DEPUTY_DEAN,
        Role.DEPUTY_DEAN_INDUSTRY,
        Role.FACULTY_OFFICE,
        Role.PROGRAMME_COORDINATOR,
    }
)
STAFF = PROPOSERS | WHOLE_INSTITUTION | OWN_FACULTY | {Role.ASSESSOR}
"""Roles with pages of offerings."""


def offerings_for(acting: Appointment | None) -> QuerySet[Offering]:
    """Return the offerings whose inside somebody may see: those taught, those of the faculty, or all."""
    if acting is None or acting.role not in STAFF:
        return Offering.objects.none()
    there = Offering.objects.filter(institution=acting.institution)
    if acting.role in WHOLE_INSTITUTION:
        return there
    mine = Q(pk__in=there.filter(taught_by(acting)).values("pk"))
    if acting.role in OWN_FACULTY:
        return there.filter(mine | Q(faculty=acting.faculty)) if acting.faculty_id else there
    return there.filter(mine)


def taught_by(acting: Appointment) -> Q:
    """Return the condition on offerings that somebody teaches or whose course they developed."""
    return Q(teachers__person=acting.person_id) | developed_by(acting)


def developed_by(acting: Appointment) -> Q:
    """Return the condition on offerings whose course somebody developed."""
    return Q(proposal__developer=acting.person_id) | Q(proposal__members__person=acting.person_id)


def offering_for(acting: Appointment | None, pk: int) -> Offering:
    """Return one offering with what its page needs; raises ``Http404`` for strangers."""
    related = ("institution", "faculty", "proposal", "proposal__achievement", "semester")
    found = offerings_for(acting).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def teaches(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody teaches an offering or develops its course, acting as staff there."""
    if acting is None or acting.is_learner or acting.institution_id != offering.institution_id:
        return False
    return Offering.objects.filter(pk=offering.pk).filter(taught_by(acting)).exists()


def runs(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody of the e-learning centre runs the offering."""
    if acting is None or acting.institution_id != offering.institution_id:
        return False
    return acting.role in CENTRE


def sheet_for(acting: Appointment | None, pk: int) -> ResultSheet:
    """Return one sheet of results of an offering that somebody may see; raises ``Http404``."""
    sheet = (
        ResultSheet.objects.filter(pk=pk, offering__in=offerings_for(acting))
        .select_related("institution", "offering__proposal", "offering__faculty", "run")
        .first()
    )
    if sheet is None:
        raise Http404
    return sheet


def own_enrolments(acting: Appointment | None) -> QuerySet[Enrolment]:
    """Return the enrolments of the person, whichever institution offers the course."""
    if acting is None:
        return Enrolment.objects.none()
    return Enrolment.objects.filter(person=acting.person)


def own_enrolment(acting: Appointment | None, pk: int) -> Enrolment:
    """Return one enrolment of the person; raises ``Http404``."""
    found = (
        own_enrolments(acting)
        .select_related("offering__proposal__achievement", "offering__institution", "order")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found
