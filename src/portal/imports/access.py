"""Who may import, and who sees which import."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.catalogue.access import EDITORS
from portal.imports.models import Import


def may_import(acting: Appointment | None) -> bool:
    """Say whether the person keeps a catalogue."""
    return acting is not None and acting.role in EDITORS and acting.institution_id is not None


def imports_for(acting: Appointment | None) -> QuerySet[Import]:
    """Return the imports that the person may see: the administrator the institution's, others their own."""
    rows = Import.objects.select_related("acting__person")
    if acting is None or not may_import(acting):
        return rows.none()
    rows = rows.filter(institution=acting.institution_id)
    return rows if acting.role == Role.ADMINISTRATOR else rows.filter(acting__person=acting.person_id)


def import_for(acting: Appointment | None, pk: int) -> Import:
    """Return an import, or raise ``Http404``."""
    return get_object_or_404(imports_for(acting), pk=pk)
