"""Who may read the register."""

from django.db.models import QuerySet

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.records.models import Entry

READERS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})


def entries_for(acting: Appointment | None) -> QuerySet[Entry]:
    """Return the entries that somebody may read: those of the institution, to auditors and administrators."""
    if acting is None or acting.role not in READERS or acting.institution_id is None:
        return Entry.objects.none()
    return Entry.objects.filter(institution=acting.institution_id)
