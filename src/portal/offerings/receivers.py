"""What offerings do when a committee decided, money came, or one of them or its results took a step."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver

from portal.accounts.models import Appointment
from portal.approvals.actions.asking import ask, committee_called, take_back
from portal.approvals.models import Item
from portal.approvals.signals import decided
from portal.offerings.actions.awarding import certificate_paid
from portal.offerings.actions.enrolling import activate
from portal.offerings.actions.leaving import all_leave, close_list
from portal.offerings.actions.results import conclude, is_settled
from portal.offerings.facts import ITEM
from portal.offerings.models import Enrolment, Offering, ResultSheet
from portal.offerings.process import RESULTS
from portal.offerings.signals import moved, results_moved
from portal.payments.models import Order
from portal.payments.signals import order_changing, order_settled


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


@receiver(results_moved, dispatch_uid="offerings.concludes")
def on_results_settled(
    sender: type[ResultSheet], thing: ResultSheet, acting: Appointment | None, **kwargs: Any
) -> None:
    """Make results final, and tell the learners, once nobody can return them any more (UNIMAS 3.3.2)."""
    if is_settled(thing):
        conclude(thing, acting)


@receiver(moved, dispatch_uid="offerings.over")
def on_over(sender: type[Offering], thing: Offering, acting: Appointment | None, **kwargs: Any) -> None:
    """Let everybody go where an offering does not take place; once it has ended, those who never came in."""
    if thing.state == "cancelled":
        all_leave(acting, thing)
    elif thing.state == "ended":
        close_list(acting, thing)


def paying(pk: int) -> Q:
    """Return the condition on enrolments that an order is placed for."""
    return Q(order=pk) | Q(certificate_order=pk)


@receiver(order_changing, dispatch_uid="offerings.order_changing")
def on_order_changing(sender: type[Order], pk: int, **kwargs: Any) -> None:
    """Hold the enrolment before its order."""
    list(Enrolment.objects.select_for_update(no_key=True).filter(paying(pk)).values_list("pk", flat=True))


@receiver(order_settled, dispatch_uid="offerings.order_settled")
def on_order_settled(sender: type[Order], order: Order, acting: Appointment | None, **kwargs: Any) -> None:
    """Let a learner in whose fee was paid; have a certificate issued that was paid for."""
    enrolment = Enrolment.objects.filter(paying(order.pk)).first()
    if enrolment is None:
        return
    if enrolment.order_id == order.pk:
        activate(acting, enrolment)
    else:
        transaction.on_commit(lambda: tell_paid(enrolment.pk))


def tell_paid(pk: int) -> None:
    """Tell the centre of a paid certificate, with the receipt that was written meanwhile."""
    with transaction.atomic():
        enrolment = Enrolment.objects.select_related(
            "offering__institution", "offering__proposal", "person", "certificate_order__receipt"
        )
        certificate_paid(enrolment.get(pk=pk))
