"""Line items (AGS 2.0): the columns into which a tool writes; it sees those of its own, in its offerings."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from portal.lti import claims as lti
from portal.lti.addresses import of
from portal.lti.granting import ServiceError
from portal.lti.members import whole_number
from portal.lti.models import LineItem, Placement, Tool
from portal.offerings.models import Offering

PER_PAGE = 100
MOST = 200
"""How many columns a tool may have in an offering."""
LARGEST = Decimal(100_000)


def body_of(request: HttpRequest) -> lti.Claims:
    """Return the JSON object that a tool sends, numbers as they were written; raises ``ServiceError``."""
    try:
        told = json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError, ArithmeticError) as broken:
        raise ServiceError(400, "invalid_request", "The body is not JSON.") from broken
    if not isinstance(told, dict):
        raise ServiceError(400, "invalid_request", "The body must be a JSON object.")
    return told


def _no_number(name: str) -> Any:
    raise ValueError(name)


def number_in(told: lti.Claims, name: str) -> Decimal:
    """Return a number that a tool sends, to the thousandth; raises ``ServiceError``."""
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ServiceError(400, "invalid_request", f"{name} must be a number.")
    if not 0 <= value <= LARGEST:
        raise ServiceError(400, "invalid_request", f"{name} must lie between 0 and {LARGEST}.")
    return Decimal(value).quantize(Decimal("0.001"))


def items_of(tool: Tool, offering: Offering) -> Any:
    """Return the columns of a tool in an offering."""
    return LineItem.objects.filter(tool=tool, offering=offering).select_related("placement", "assessment")


def item_of(tool: Tool, offering: Offering, pk: int) -> LineItem:
    """Return one column; raises ``ServiceError`` for a foreign one."""
    found: LineItem | None = items_of(tool, offering).filter(pk=pk).first()
    if found is None:
        raise ServiceError(404, "not_found", "The tool has no such line item.")
    return found


def shown(item: LineItem) -> lti.Claims:
    """Return a column as AGS writes it."""
    maximum = item.maximum.normalize()
    told = {
        "id": of(item.tool.institution, "item", item.offering_id, item.pk),
        "label": item.label,
        "scoreMaximum": int(maximum) if maximum == maximum.to_integral_value() else float(maximum),
    }
    if item.placement is not None:
        told["resourceLinkId"] = item.placement.code
    optional = {"resourceId": item.resource_id, "tag": item.tag}
    return told | {name: value for name, value in optional.items() if value}


def listed(tool: Tool, offering: Offering, given: Mapping[str, str]) -> tuple[list[lti.Claims], str]:
    """Return a page of the columns, and the address of the next one, if any; raises ``ServiceError``."""
    found = items_of(tool, offering)
    for name, field in {
        "resource_link_id": "placement__code",
        "resource_id": "resource_id",
        "tag": "tag",
    }.items():
        if given.get(name):
            found = found.filter(**{field: given[name]})
    limit = min(whole_number(given, "limit", PER_PAGE), PER_PAGE)
    page = whole_number(given, "page", 1)
    rows = list(found[(page - 1) * limit : page * limit + 1])
    address = of(tool.institution, "items", offering.pk)
    onwards = f"{address}?limit={limit}&page={page + 1}" if len(rows) > limit else ""
    return [shown(item) for item in rows[:limit]], onwards


@transaction.atomic
def make(tool: Tool, offering: Offering, told: lti.Claims) -> LineItem:
    """Keep a column that a tool asks for; staff say which assessment it is. Raises ``ServiceError``."""
    Offering.objects.select_for_update(of=("self",), no_key=True).get(pk=offering.pk)
    if items_of(tool, offering).count() >= MOST:
        raise ServiceError(403, "access_denied", f"A tool may have {MOST} line items in an offering.")
    made: LineItem = LineItem.objects.create(tool=tool, offering=offering, **_fields(tool, offering, told))
    return made


def _fields(tool: Tool, offering: Offering, told: lti.Claims) -> dict[str, Any]:
    label = lti.words_of(told.get("label"), 255)
    maximum = number_in(told, "scoreMaximum")
    if not label or maximum <= 0:
        raise ServiceError(400, "invalid_request", "Give a label, and a scoreMaximum above 0.")
    placement = None
    if code := lti.words_of(told.get("resourceLinkId"), 64):
        placement = Placement.objects.filter(tool=tool, offering=offering, code=code).first()
        if placement is None:
            raise ServiceError(404, "not_found", "The tool has no such resource link.")
    return {
        "label": label,
        "maximum": maximum,
        "placement": placement,
        "resource_id": lti.words_of(told.get("resourceId"), 255),
        "tag": lti.words_of(told.get("tag"), 255),
    }


@transaction.atomic
def change(item: LineItem, told: lti.Claims) -> LineItem:
    """Change a column as its tool asks; one that is an assessment here keeps its highest score."""
    held = LineItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    fields = _fields(item.tool, item.offering, told)
    if held.assessment_id is not None and fields["maximum"] != held.maximum:
        raise ServiceError(403, "access_denied", "This line item is an assessment; its scoreMaximum stays.")
    fields["placement"] = held.placement
    for name, value in fields.items():
        setattr(held, name, value)
    held.save()
    return held


@transaction.atomic
def remove(item: LineItem) -> None:
    """Take a column away that holds no scores and is no assessment; raises ``ServiceError``."""
    held = LineItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    if held.assessment_id is not None or held.scores.exists():
        raise ServiceError(403, "access_denied", "This line item is an assessment or holds scores.")
    held.delete()
