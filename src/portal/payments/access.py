"""Who may see which order, and who may do what with it."""

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.payments.models import Order, Share

WHOLE_INSTITUTION = frozenset({Role.BURSAR, Role.ADMINISTRATOR, Role.AUDITOR})
OWN_FACULTY = frozenset({Role.FACULTY_OFFICE, Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
READERS = WHOLE_INSTITUTION | OWN_FACULTY
"""Roles that see the orders of others."""
CASHIERS = frozenset({Role.BURSAR, Role.FACULTY_OFFICE})
"""Roles that take money and divide it (UTM Jadual 5(5)(iv) and (vi))."""


def own_orders(acting: Appointment | None) -> QuerySet[Order]:
    """Return what the person has to pay or has paid; staff see that of the institution they act for.

    A learner of one university may take, and pay for, a course of another.
    """
    if acting is None:
        return Order.objects.none()
    own = Order.objects.filter(payer=acting.person)
    if acting.is_learner or not acting.institution_id:
        return own
    return own.filter(institution=acting.institution)


def queued_orders(acting: Appointment | None) -> QuerySet[Order]:
    """Return the orders that a role of staff sees: those of the institution, or of the own faculty."""
    if acting is None or acting.role not in READERS:
        return Order.objects.none()
    orders = Order.objects.filter(institution=acting.institution)
    if acting.role in OWN_FACULTY and acting.faculty_id:
        return orders.filter(faculty=acting.faculty)
    return orders


def orders_for(acting: Appointment | None) -> QuerySet[Order]:
    """Return every order that somebody may see."""
    if acting is None:
        return Order.objects.none()
    own, queued = own_orders(acting).values("pk"), queued_orders(acting).values("pk")
    return Order.objects.filter(Q(pk__in=own) | Q(pk__in=queued))


def order_for(acting: Appointment | None, pk: int) -> Order:
    """Return an order with all that its page shows; raises ``Http404`` for strangers."""
    orders = orders_for(acting).select_related("institution", "faculty", "payer", "receipt")
    found = orders.prefetch_related("lines__shares__person", "payments__recorded_by__person", "refunds")
    order = found.filter(pk=pk).first()
    if order is None:
        raise Http404
    return order


def shares_for(acting: Appointment | None) -> QuerySet[Share]:
    """Return the parts of settled orders that somebody may see: staff those of their orders."""
    return Share.objects.filter(order__in=queued_orders(acting))


def is_cashier_of(acting: Appointment | None, order: Order) -> bool:
    """Say whether somebody takes the money of this order: the bursar, and its faculty's office."""
    if acting is None or acting.role not in CASHIERS or acting.institution_id != order.institution_id:
        return False
    return acting.role == Role.BURSAR or acting.faculty_id in (None, order.faculty_id)


def is_bursar_of(acting: Appointment | None, order: Order) -> bool:
    """Say whether somebody is the bursar of the order's institution."""
    return is_cashier_of(acting, order) and acting is not None and acting.role == Role.BURSAR


def must_be_cashier(acting: Appointment | None, order: Order) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for everybody but a cashier of the order."""
    if acting is None or not is_cashier_of(acting, order):
        raise NotAllowed
    return acting


def must_be_bursar(acting: Appointment | None, order: Order) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for everybody but the bursar."""
    if acting is None or not is_bursar_of(acting, order):
        raise NotAllowed
    return acting
