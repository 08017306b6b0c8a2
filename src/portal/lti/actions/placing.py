"""Putting a tool into an offering, and saying which assessment its scores are."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.lti import offered
from portal.lti.models import LineItem, Placement
from portal.lti.scores import settle
from portal.offerings.models import Assessment
from portal.records.register import record

HIGHEST = Decimal(100)


@transaction.atomic
def place(acting: Appointment | None, placement: Placement, assessment: Assessment | None) -> Placement:
    """Put a tool into an offering; with an assessment, the tool's scores become its marks."""
    acting = offered.must_connect(acting, placement.offering)
    tool, offering = placement.tool, placement.offering
    if tool.institution_id != offering.institution_id:
        raise NotAllowed
    if not tool.is_open:
        raise Refused(_("This tool is not in use any more."), "tool")
    placement.save()
    if assessment is not None:
        _must_be_of(assessment, placement)
        LineItem.objects.create(
            tool=tool,
            offering=offering,
            placement=placement,
            assessment=assessment,
            label=assessment.name,
            maximum=HIGHEST,
        )
    after = {"tool": tool.name, "offering": offering.pk, "title": placement.title}
    record(acting, "lti.place", placement, after=after)
    return placement


def _must_be_of(assessment: Assessment, placement: Placement) -> None:
    if assessment.offering_id != placement.offering_id:
        raise NotAllowed


@transaction.atomic
def end_placement(acting: Appointment | None, placement: Placement) -> None:
    """Take a tool out of an offering; its scores and marks stay."""
    held = Placement.objects.select_for_update(of=("self",), no_key=True).get(pk=placement.pk)
    acting = offered.must_connect(acting, held.offering)
    if held.ended_at is not None:
        raise Refused(_("This tool was taken out already."))
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    record(acting, "lti.end_placement", held, before={"title": held.title})


@transaction.atomic
def assign(acting: Appointment | None, item: LineItem, assessment: Assessment | None) -> None:
    """Say which assessment a column of a tool is; scores that wait become marks."""
    held = LineItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    acting = offered.must_connect(acting, held.offering)
    if assessment is not None and assessment.offering_id != held.offering_id:
        raise NotAllowed
    before = {"assessment": held.assessment.name if held.assessment else ""}
    held.assessment = assessment
    held.save(update_fields=["assessment"])
    after = {"assessment": assessment.name if assessment else ""}
    record(acting, "lti.assign", held, before=before, after=after)
    for score in held.scores.select_related("item__assessment__offering", "item__tool", "user__person"):
        settle(score)
