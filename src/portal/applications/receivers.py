"""What an application does when something else happened: an order was settled, a mapping was.

Whoever settles holds the application before what is settled, as whoever changes an application does: each
taking the other's first row, both would wait for ever.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver

from portal.accounts.models import Appointment
from portal.applications.actions.concluding import conclude
from portal.applications.actions.mapping import on_comparison_settled
from portal.applications.actions.steps import go_on, hold, locked
from portal.applications.models import Application
from portal.matching.models import Comparison
from portal.matching.signals import comparison_changing, comparison_settled
from portal.payments.models import Order
from portal.payments.signals import order_changing, order_settled


def waiting_for(order: int) -> QuerySet[Application]:
    """Return the application that an order belongs to."""
    return Application.objects.filter(Q(order=order) | Q(transfer_order=order) | Q(appeal__order=order))


@receiver(order_changing, dispatch_uid="applications.order_changing")
def on_order_changing(sender: type[Order], pk: int, **kwargs: Any) -> None:
    """Hold the application before its order."""
    hold(waiting_for(pk))


@receiver(comparison_changing, dispatch_uid="applications.comparison_changing")
def on_comparison_changing(sender: type[Comparison], pk: int, **kwargs: Any) -> None:
    """Hold the applications that wait for a comparison before it."""
    hold(Application.objects.filter(claims__comparison=pk))


@receiver(order_settled, dispatch_uid="applications.order_settled")
def on_order_settled(sender: type[Order], order: Order, acting: Appointment | None, **kwargs: Any) -> None:
    """Go on with the application that waited for the order; grant what waited for the transfer fee."""
    waiting = waiting_for(order.pk).first()
    if waiting is None:
        return
    application = locked(waiting, None)
    go_on(application)
    conclude(acting, application)


@receiver(comparison_settled, dispatch_uid="applications.comparison_settled")
def on_settled(
    sender: type[Comparison], comparison: Comparison, acting: Appointment | None, **kwargs: Any
) -> None:
    """Go on with the applications that waited for the comparison."""
    on_comparison_settled(comparison, acting)
