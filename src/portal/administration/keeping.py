"""Keeping the things of an institution: each saved or removed together with its entry in the register."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.administration.access import institution_of
from portal.institutions.models import Institution, Semester
from portal.records.register import record


def values_of(thing: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return fields of a row as the register keeps them: relations by number, files by name."""
    found: dict[str, Any] = {}
    for name in names:
        field: Any = thing._meta.get_field(name)
        value = getattr(thing, field.attname)
        found[name] = str(value) if isinstance(field, models.FileField) else value
    return found


@transaction.atomic
def keep(
    acting: Appointment | None, action: str, thing: models.Model, names: Iterable[str], before: dict[str, Any]
) -> None:
    """Save a thing of the administrator's institution; where nothing differs, nothing is done."""
    institution = institution_of(acting)
    owner = thing.pk if isinstance(thing, Institution) else getattr(thing, "institution_id", None)
    if owner != institution.pk:
        raise NotAllowed
    if isinstance(thing, Semester):
        refuse_overlap(thing)
    after = values_of(thing, names)
    if thing.pk and before == after:
        return
    thing.save()
    record(acting, action, thing, before=before, after=values_of(thing, names))


@transaction.atomic
def remove(acting: Appointment | None, action: str, thing: models.Model, names: Iterable[str]) -> None:
    """Remove a thing that nothing refers to; raises Refused where something does."""
    institution = institution_of(acting)
    if getattr(thing, "institution_id", None) != institution.pk:
        raise NotAllowed
    before = values_of(thing, names)
    record(acting, action, thing, before=before)
    try:
        with transaction.atomic():
            thing.delete()
    except ProtectedError as used:
        raise Refused(
            _("It is in use and stays: %(count)s entries refer to it.")
            % {"count": len(used.protected_objects)}
        ) from used


def refuse_overlap(semester: Semester) -> None:
    """Raise Refused where a semester shares a day with another one of the same calendar."""
    Institution.objects.select_for_update(no_key=True).get(pk=semester.institution_id)
    clash = (
        Semester.objects.filter(
            institution=semester.institution, starts_on__lte=semester.ends_on, ends_on__gte=semester.starts_on
        )
        .exclude(pk=semester.pk)
        .first()
    )
    if clash is not None:
        raise Refused(
            _("These days overlap %(semester)s (%(first)s to %(last)s).")
            % {"semester": clash.label, "first": clash.starts_on, "last": clash.ends_on},
            "starts_on",
        )
