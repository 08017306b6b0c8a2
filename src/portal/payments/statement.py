"""The statement of who receives what of settled orders, for the bursar (UTM 6.5.2, Jadual 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from portal.exports.listing import Column, Listing
from portal.payments.models import Order, Share
from portal.payments.queue import first_moment, last_moment
from portal.payments.words import receiver


@dataclass(frozen=True, slots=True)
class Sums:
    """What one receiver is due of the statement, in ringgit."""

    receiver: str
    due: Decimal
    paid: Decimal

    @property
    def open(self) -> Decimal:
        """What is still to be paid out."""
        return self.due - self.paid


def stated(shares: QuerySet[Share], given: Mapping[str, Any]) -> QuerySet[Share]:
    """Keep the parts of paid orders that a statement is of."""
    found = shares.filter(order__state=Order.State.PAID).select_related(
        "order__payer", "order__faculty", "line", "person"
    )
    if given.get("receiver"):
        found = found.filter(receiver=given["receiver"])
    if given.get("person"):
        words = given["person"].strip()
        found = found.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    if given.get("since"):
        found = found.filter(order__settled_at__gte=first_moment(given["since"]))
    if given.get("until"):
        found = found.filter(order__settled_at__lte=last_moment(given["until"]))
    if given.get("paid"):
        found = found.filter(paid_on__isnull=given["paid"] == "no")
    return found.order_by("order__settled_at", "pk")


def sums(shares: QuerySet[Share]) -> list[Sums]:
    """Add up a statement by receiver, in the order of Jadual 7."""
    rows = (
        shares.order_by()
        .values("receiver")
        .annotate(due=Sum("amount"), paid=Sum("amount", filter=Q(paid_on__isnull=False)))
    )
    found = {row["receiver"]: Sums(row["receiver"], row["due"], row["paid"] or Decimal(0)) for row in rows}
    order = ("question_setter", "assessor", "faculty", "university")
    return sorted(
        found.values(), key=lambda s: order.index(s.receiver) if s.receiver in order else len(order)
    )


def whole(rows: Iterable[Sums]) -> Sums:
    """Add up receivers."""
    listed = list(rows)
    return Sums("", sum((r.due for r in listed), Decimal(0)), sum((r.paid for r in listed), Decimal(0)))


def listing(shares: QuerySet[Share]) -> Listing[Any]:
    """Return a statement as a file."""
    columns: list[Column[Any]] = [
        Column(_("Settled"), lambda s: s.order.settled_at),
        Column(_("Order"), lambda s: s.order.number),
        Column(_("For"), lambda s: s.line.about or s.order.about),
        Column(_("Faculty"), lambda s: s.order.faculty.name if s.order.faculty else ""),
        Column(_("Receiver"), lambda s: receiver(s.receiver)),
        Column(_("Person"), lambda s: s.person.name if s.person else ""),
        Column(_("Percent"), lambda s: s.percent),
        Column(_("Amount in ringgit"), lambda s: s.amount),
        Column(_("Paid out on"), lambda s: s.paid_on),
        Column(_("Reference of the payment"), lambda s: s.paid_reference),
    ]
    return Listing(_("Distribution of fees"), columns, shares)


def period_of(given: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the first and the last day that a statement was asked for."""
    return given.get("since"), given.get("until")
