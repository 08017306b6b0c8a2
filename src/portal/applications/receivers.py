"""What an application does when something else happened: an order was settled, a mapping was."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from portal.accounts.models import Appointment
from portal.applications.actions.concluding import conclude
from portal.applications.actions.mapping import on_comparison_settled
from portal.applications.actions.steps import go_on, locked
from portal.applications.models import Application
from portal.matching.models import Comparison
from portal.matching.signals import comparison_settled
from portal.payments.models import Order
from portal.payments.signals import order_settled


@receiver(order_settled, dispatch_uid="applications.order_settled")
def on_order_settled(sender: type[Order], order: Order, acting: Appointment | None, **kwargs: Any) -> None:
    """Go on with the application that waited for the order; grant what waited for the transfer fee."""
    waiting = Application.objects.filter(
        Q(order=order) | Q(transfer_order=order) | Q(appeal__order=order)
    ).first()
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
