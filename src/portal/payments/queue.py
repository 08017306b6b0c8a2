"""The orders that staff look through: narrowed by what they ask for, with totals and as a file."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.exports.listing import Column, Listing
from portal.payments.forms import Filters
from portal.payments.models import Order, Payment, Refund

MONEY: DecimalField[Any, Any] = DecimalField(max_digits=12, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=MONEY)
NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Totals:
    """What orders come to, in ringgit."""

    number: int
    asked: Decimal
    came: Decimal
    went_back: Decimal


def with_sums(orders: QuerySet[Order]) -> QuerySet[Any]:
    """Give each order ``came``, ``went_back`` and ``surplus`` (what is to be given back)."""
    received = Payment.objects.filter(order=OuterRef("pk"), state=Payment.State.RECEIVED)
    returned = Refund.objects.filter(order=OuterRef("pk"))
    owed = Case(
        When(state__in=[Order.State.OPEN, Order.State.PAID], then=F("total")),
        default=NOTHING,
        output_field=MONEY,
    )
    return orders.annotate(
        came=Coalesce(Subquery(summed(received)), NOTHING),
        went_back=Coalesce(Subquery(summed(returned)), NOTHING),
    ).annotate(surplus=F("came") - F("went_back") - owed)


def summed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return one value: the sum of the amounts."""
    found: QuerySet[Any] = rows.order_by().values("order").annotate(sum=Sum("amount")).values("sum")
    return found


def narrowed(orders: QuerySet[Order], asked: Filters) -> QuerySet[Order]:
    """Keep the orders that were asked for; what is not a filter leaves all."""
    given = asked.cleaned_data if asked.is_valid() else {}
    found = with_sums(orders).select_related("payer", "faculty", "receipt")
    if given.get("state") == Filters.RETURN:
        found = found.filter(surplus__gt=0)
    elif given.get("state"):
        found = found.filter(state=given["state"])
    for name in ("purpose", "faculty"):
        if given.get(name):
            found = found.filter(**{name: given[name]})
    if given.get("since"):
        found = found.filter(created_at__gte=first_moment(given["since"]))
    if given.get("until"):
        found = found.filter(created_at__lte=last_moment(given["until"]))
    return worded(found, given.get("q", "").strip())


def worded(orders: QuerySet[Order], words: str) -> QuerySet[Order]:
    """Keep the orders whose number, payer, matter, receipt or payment has these words."""
    if not words:
        return orders
    paid_under = Payment.objects.filter(reference__icontains=words).values("order")
    return orders.filter(
        Q(number__icontains=words)
        | Q(payer__name__icontains=words)
        | Q(payer__email__icontains=words)
        | Q(about__icontains=words)
        | Q(receipt__number__icontains=words)
        | Q(pk__in=paid_under)
    )


def first_moment(day: Any) -> datetime:
    """Return when a day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def last_moment(day: Any) -> datetime:
    """Return when a day ends."""
    return timezone.make_aware(datetime.combine(day, time.max))


def totals(orders: QuerySet[Order]) -> Totals:
    """Add up orders: how many, what was asked for, what came in, what went back."""
    keys = orders.order_by().values("pk")
    found = Order.objects.filter(pk__in=keys).aggregate(number=Count("pk"), asked=Sum("total"))
    received = Payment.objects.filter(order__in=keys, state=Payment.State.RECEIVED)
    returned = Refund.objects.filter(order__in=keys)
    return Totals(found["number"], found["asked"] or NOUGHT, sum_of(received), sum_of(returned))


def sum_of(rows: QuerySet[Any]) -> Decimal:
    """Return what amounts come to."""
    whole: Decimal | None = rows.aggregate(whole=Sum("amount"))["whole"]
    return whole or NOUGHT


def listing(orders: QuerySet[Order]) -> Listing[Any]:
    """Return the orders as a file."""
    columns: list[Column[Any]] = [
        Column(_("Order"), lambda o: o.number),
        Column(_("Placed"), lambda o: o.created_at),
        Column(_("Payer"), lambda o: o.payer.name),
        Column(_("Email"), lambda o: o.payer.email),
        Column(_("Purpose"), lambda o: o.get_purpose_display()),
        Column(_("About"), lambda o: o.about),
        Column(_("Faculty"), lambda o: o.faculty.name if o.faculty else ""),
        Column(_("State"), lambda o: o.get_state_display()),
        Column(_("Due"), lambda o: o.due_on),
        Column(_("Total in ringgit"), lambda o: o.total),
        Column(_("Received in ringgit"), lambda o: o.came),
        Column(_("Given back in ringgit"), lambda o: o.went_back),
        Column(_("Settled"), lambda o: o.settled_at),
        Column(_("Receipt"), lambda o: o.receipt.number if hasattr(o, "receipt") else ""),
    ]
    return Listing(_("Orders"), columns, orders)
