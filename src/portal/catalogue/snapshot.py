"""What a thing of the catalogue is at a moment: for the register, and to notice another's change."""

from typing import Any

from django.db import models

from portal.catalogue.models import Course, GradingScale
from portal.records.register import digest_of, plain

LEFT_OUT = frozenset({"id", "institution"})


def snapshot(thing: models.Model) -> dict[str, Any]:
    """Return every value of a thing as the register keeps it; related things by their names."""
    values = {
        field.name: _shown(thing, field)
        for field in thing._meta.concrete_fields
        if field.name not in LEFT_OUT
    }
    if isinstance(thing, Course) and thing.pk:
        values |= _parts_of_course(thing)
    if isinstance(thing, GradingScale) and thing.pk:
        columns = ("label", "lowest_mark", "points", "equal_to")
        values["grades"] = [list(row) for row in thing.grades.values_list(*columns)]
    return dict(plain(values))


def _shown(thing: models.Model, field: "models.Field[Any, Any]") -> Any:
    if isinstance(field, models.ForeignKey):
        related = getattr(thing, field.name)
        return getattr(related, "code", None) or ("" if related is None else str(related))
    value = getattr(thing, field.attname)
    # A number just typed and the same number from the database are one: 3 and 3.00.
    places = getattr(field, "decimal_places", None)
    return round(value, places) if value is not None and places is not None else value


def _parts_of_course(course: Course) -> dict[str, Any]:
    return {
        "experts": sorted(course.experts.values_list("email", flat=True)),
        "outcomes": [list(row) for row in course.outcomes.values_list("code", "text_ms", "text_en")],
        "topics": [
            list(row) for row in course.topics.values_list("position", "title_ms", "title_en", "hours")
        ],
    }


def fingerprint(thing: models.Model) -> str:
    """Return what a form carries along, to be compared when it is sent; nothing for a new thing."""
    return digest_of(snapshot(thing)) if thing.pk else ""


def difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return only what changed, as it was and as it is."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before[name] for name in changed if name in before}, {name: after[name] for name in changed}
