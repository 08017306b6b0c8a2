"""Who of the staff may open the pages of learners, marks and results; which ones, ``access`` says."""

from django.db.models import QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.offerings.access import STAFF, offerings_for
from portal.offerings.models import Enrolment, ListUpload

READERS = STAFF - {Role.BURSAR, Role.ADMINISTRATOR}
"""Roles that may read of learners: not those whose work needs no names and marks."""
TEACHING = READERS - {Role.AUDITOR, Role.COMMITTEE_SECRETARY, Role.QUALITY_UNIT, Role.FACULTY_OFFICE}
"""Roles that may work with learners; whether they do, ``teaches`` and ``runs`` say."""


def enrolments_for(acting: Appointment | None) -> QuerySet[Enrolment]:
    """Return the enrolments that somebody of the staff may see."""
    if acting is None or acting.role not in READERS:
        return Enrolment.objects.none()
    return Enrolment.objects.filter(offering__in=offerings_for(acting))


def enrolment_for(acting: Appointment | None, pk: int) -> Enrolment:
    """Return one enrolment with what its page needs; raises ``Http404``."""
    whole = enrolments_for(acting).select_related(
        "person", "order", "offering__institution", "offering__proposal__achievement", "offering__faculty"
    )
    found = whole.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def upload_for(acting: Appointment | None, pk: int) -> ListUpload:
    """Return a list that somebody uploaded; raises ``Http404`` for everybody else."""
    if acting is None:
        raise Http404
    own = ListUpload.objects.filter(acting__person=acting.person_id, offering__in=offerings_for(acting))
    found = own.select_related("offering__proposal", "offering__institution", "acting").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
