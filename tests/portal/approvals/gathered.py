"""Committees with items before them: courses presented by the centre, results put forward, meetings planned."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories as offerings
from tests.portal.proposals import stories as proposals

from portal.accounts.models import Appointment
from portal.approvals.actions import planning
from portal.approvals.models import Committee, Item, Meeting
from portal.institutions.models import Institution
from portal.offerings.actions.results import submit, take
from portal.offerings.models import ResultSheet
from portal.proposals.models import Proposal


def presented(number: int = 1, **changes: Any) -> list[Proposal]:
    """Stand-alone courses that the centre presented, so that they stand before JPPEU."""
    laila = cast.appear("laila")
    made = []
    for place in range(1, number + 1):
        given = {"name_ms": f"Asas IoT {place}", "name_en": f"IoT Fundamentals {place}"} | changes
        proposal = proposals.draft(laila, "stand_alone", **given)
        Proposal.objects.filter(pk=proposal.pk).update(state="presentation", submitted_at=timezone.now())
        made.append(proposals.presented(proposals.again(proposal)))
    return made


def results_before_committee(**fields: Any) -> ResultSheet:
    """A sheet of results that stands before JPPEU."""
    _offering, sheet = offerings.graded_offering(**fields)
    sheet = submit(cast.appear("laila"), sheet, version=sheet.version)
    return take(cast.appear("salleh"), sheet, "put_forward", version=sheet.version)


def committee(code: str = "jppeu", at: Institution | None = None) -> Committee:
    """A committee, found or made."""
    made, _new = Committee.objects.get_or_create(
        institution=at or cast.institution("UNIMAS"), code=code, defaults={"name_ms": f"JK {code.upper()}"}
    )
    return made


def meeting(
    of: Committee | None = None, secretary: Appointment | None = None, days: int = 0, **fields: Any
) -> Meeting:
    """A planned meeting, today unless said otherwise."""
    where = of or committee()
    given: dict[str, Any] = {
        "number": f"{Meeting.objects.count() + 1}/2026",
        "held_on": timezone.localdate() + timedelta(days=days),
        "begins_at": time(9, 30),
        "place": "Bilik Senat",
    }
    planned = Meeting(institution=where.institution, committee=where, **given | fields)
    return planning.plan(secretary or cast.appear("abu"), planned)


def bundled(number: int = 3, **fields: Any) -> Meeting:
    """A meeting of JPPEU with courses on its agenda."""
    presented(number)
    there = meeting(**fields)
    items = waiting().filter(committee=there.committee).values_list("pk", flat=True)
    planning.bundle(cast.appear("abu"), there, list(items))
    return again(there)


def waiting() -> Any:
    """The items that wait for a meeting."""
    return Item.objects.filter(decision="", withdrawn_at=None, meeting=None).order_by("pk")


def again(there: Meeting) -> Meeting:
    """The meeting as it stands now."""
    return Meeting.objects.get(pk=there.pk)


def today() -> date:
    """The day of the tests."""
    return timezone.localdate()
