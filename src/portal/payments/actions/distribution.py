"""Who receives the parts of settled orders, and that they had them (UTM 6.5.2, Jadual 7)."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.payments.access import CASHIERS, must_be_cashier, shares_for
from portal.payments.models import Order, Share
from portal.records.register import record

PERSONS = frozenset({"question_setter", "assessor"})
"""Receivers who are people: somebody must be named before the part is paid out."""


@transaction.atomic
def name_receiver(acting: Appointment | None, share: Share, person: Person | None) -> Share:
    """Say who set the questions or assessed, so that the part is theirs."""
    acting = must_be_cashier(acting, share.order)
    share = (
        Share.objects.select_for_update(of=("self",), no_key=True).select_related("order").get(pk=share.pk)
    )
    if share.paid_on:
        raise Refused(_("This part was paid out already; its receiver stays."))
    if share.receiver not in PERSONS:
        raise Refused(_("This part goes to an office, not to a person."))
    before, share.person = share.person_id, person
    share.save(update_fields=["person"])
    record(
        acting,
        "payments.name_receiver",
        share,
        before={"person": before},
        after={"person": person.pk if person else None, "receiver": share.receiver},
    )
    return share


@transaction.atomic
def pay_out(
    acting: Appointment | None, shares: Collection[int], paid_on: date, reference: str
) -> list[Share]:
    """Note that parts were paid out; all of them or, where one cannot be, none.

    Raises ``Refused`` for a day to come, a part that is paid out or refunded, or one for nobody named.
    """
    if acting is None or acting.role not in CASHIERS:
        raise NotAllowed
    if paid_on > timezone.localdate():
        raise Refused(_("The parts cannot have been paid out on a day that is still to come."), "paid_on")
    mine = shares_for(acting).filter(pk__in=shares).values("pk")
    chosen = list(
        Share.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=mine)
        .select_related("order")
        .order_by("pk")
    )
    if len(chosen) != len(set(shares)) or not chosen:
        raise Refused(_("Choose at least one part; those chosen must still be in the list."))
    must_be_payable(chosen)
    for share in chosen:
        share.paid_on, share.paid_by, share.paid_reference = paid_on, acting, " ".join(reference.split())
        share.save(update_fields=["paid_on", "paid_by", "paid_reference"])
        after = {"amount": share.amount, "receiver": share.receiver, "paid_on": paid_on}
        record(acting, "payments.pay_out", share, after=after)
    return chosen


def must_be_payable(shares: Iterable[Share]) -> None:
    """Raise ``Refused`` where a part was paid out already or nobody is named for it."""
    for share in shares:
        if share.order.state != Order.State.PAID:
            raise Refused(
                _("Order %(number)s was refunded; its parts are no longer paid out.")
                % {"number": share.order.number}
            )
        if share.paid_on:
            raise Refused(
                _("A part of order %(number)s was paid out already; load the page anew.")
                % {"number": share.order.number}
            )
        if share.receiver in PERSONS and share.person_id is None:
            raise Refused(
                _("Name who receives the part of order %(number)s first.") % {"number": share.order.number}
            )
