"""What a sheet of results does when a committee decided, and what a committee is asked."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import Appointment
from portal.approvals.actions.asking import ask, committee_called, take_back
from portal.approvals.models import Item
from portal.approvals.signals import decided
from portal.offerings.facts import ITEM
from portal.offerings.models import ResultSheet
from portal.offerings.process import RESULTS
from portal.offerings.signals import results_moved


@receiver(results_moved, dispatch_uid="offerings.asks")
def on_results_moved(
    sender: type[ResultSheet],
    thing: ResultSheet,
    before: str,
    acting: Appointment | None,
    **kwargs: Any,
) -> None:
    """Put the results to the committee of their new state; take back what they left undecided."""
    process = thing.declared()
    if process.states[before].committee:
        take_back(acting, ITEM, thing)
    code = process.states[thing.state].committee
    if code is None:
        return
    course, cohort = thing.offering.proposal, thing.offering.cohort
    ask(
        acting,
        committee_called(thing.institution, process, code),
        thing,
        kind=ITEM,
        purpose=thing.state,
        titles=(
            f"Keputusan {course.code} {course.name_ms}, {cohort}",
            f"Results of {course.code} {course.name_en or course.name_ms}, {cohort}",
        ),
        link=thing.get_absolute_url(),
    )


@receiver(decided, dispatch_uid="offerings.decided")
def on_decided(sender: type[Item], item: Item, **kwargs: Any) -> None:
    """Let results go on that waited for a committee."""
    if item.kind == ITEM:
        RESULTS.go_on(RESULTS.locked(ResultSheet.objects.get(pk=item.subject), None))
