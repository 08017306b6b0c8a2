"""Money at the counter: the whole amount, once, and everything that follows from it in one transaction."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.portal.cast import appear
from tests.portal.payments.conftest import RM250, Place

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.models import Notice
from portal.payments.actions import cancel_order, record_payment, refund, withdraw_order
from portal.payments.actions.closing import Return
from portal.payments.actions.settling import Money
from portal.payments.models import Order, Payment, Receipt
from portal.payments.signals import order_settled
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
Pay = Callable[[Order], Order]
DAY = date(2026, 11, 20)


def cash(amount: str = "250.00", reference: str = "SLIP-1", day: date = DAY) -> Money:
    return Money("cash", reference, Decimal(amount), day)


def test_the_whole_amount_settles_the_order(place: Place, tan: Appointment) -> None:
    order, heard = place(), []

    def listen(sender: object, order: Order, acting: object, **kwargs: object) -> None:
        heard.append((order.pk, order.state, acting))

    order_settled.connect(listen)
    try:
        payment = record_payment(tan, order, cash())
    finally:
        order_settled.disconnect(listen)
    order.refresh_from_db()

    assert (payment.state, payment.recorded_by, payment.received_on) == ("received", tan, DAY)
    assert (order.state, order.outstanding, order.to_return) == ("paid", 0, 0)
    assert order.receipt.number == f"UTM/R/{timezone.localdate().year}/000001"
    assert heard == [(order.pk, "paid", tan)]
    assert Notice.objects.filter(kind="payment_received", person=order.payer).count() == 1
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["payments.place", "payments.receive", "payments.settle"]


def test_what_fails_in_a_listener_undoes_everything(place: Place, tan: Appointment) -> None:
    order = place()

    def fail(sender: object, **kwargs: object) -> None:
        raise Refused("no")

    order_settled.connect(fail)
    try:
        with pytest.raises(Refused):
            record_payment(tan, order, cash())
    finally:
        order_settled.disconnect(fail)
    order.refresh_from_db()

    assert order.state == "open"
    assert not Payment.objects.exists()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("money", "field", "words"),
    [
        (cash("249.99"), "amount", "kurang RM\N{NO-BREAK SPACE}0.01"),
        (cash("260.00"), "amount", "lebih RM\N{NO-BREAK SPACE}10.00"),
        (cash(day=DAY + timedelta(days=400)), "received_on", "akan datang"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    place: Place, tan: Appointment, money: Money, field: str, words: str
) -> None:
    order = place()
    with pytest.raises(Refused) as refused:
        record_payment(tan, order, money)

    assert refused.value.field == field
    assert words in str(refused.value.message)
    assert not Payment.objects.exists()


def test_a_reference_is_entered_once(place: Place, tan: Appointment) -> None:
    first, second = place(), place()
    record_payment(tan, first, cash())
    with pytest.raises(Refused) as refused:
        record_payment(tan, second, cash(reference=" SLIP-1 "))

    assert refused.value.field == "reference"
    assert first.number in str(refused.value.message)
    assert Payment.objects.count() == 1


def test_two_institutions_may_have_the_same_reference(
    place: Place, tan: Appointment, chong: Appointment
) -> None:
    record_payment(tan, place(), cash())
    record_payment(chong, place("aminah"), cash())

    assert Payment.objects.count() == 2


def test_an_order_is_paid_once(place: Place, pay: Pay, tan: Appointment) -> None:
    order = pay(place())
    with pytest.raises(Refused, match="Dibayar"):
        record_payment(tan, order, cash(reference="SLIP-2"))
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("who", ["priya", "devi", "rashid", "vimala", "yap", "chong", "mariam"])
def test_others_may_not_take_money(place: Place, who: str) -> None:
    with pytest.raises(NotAllowed):
        record_payment(appear(who), place(), cash())
    with pytest.raises(NotAllowed):
        record_payment(None, place(), cash())


def test_the_office_of_another_faculty_may_not(place: Place, wahid: Appointment) -> None:
    wahid.role = "faculty_office"
    wahid.save()
    with pytest.raises(NotAllowed):
        record_payment(wahid, place("aminah"), cash())


def test_receipts_are_numbered_without_gaps(place: Place, pay: Pay, tan: Appointment) -> None:
    pay(place())
    with pytest.raises(Refused):
        record_payment(tan, place(), cash("1.00"))
    pay(place())
    numbers = Receipt.objects.order_by("pk").values_list("number", flat=True)

    assert [number[-6:] for number in numbers] == ["000001", "000002"]


class TestClosing:
    def test_an_open_order_is_cancelled_with_a_reason(self, place: Place, tan: Appointment) -> None:
        order = cancel_order(tan, place(), "Permohonan ditarik balik")

        assert (order.state, order.outstanding) == ("cancelled", 0)
        assert (
            Notice.objects.filter(kind="order_cancelled")
            .get()
            .text_ms.startswith("Sebab: Permohonan ditarik balik")
        )
        with pytest.raises(Refused):
            record_payment(tan, order, cash())

    def test_not_without_one_and_not_when_paid(self, place: Place, pay: Pay, tan: Appointment) -> None:
        with pytest.raises(Refused):
            cancel_order(tan, place(), "  ")
        with pytest.raises(Refused):
            withdraw_order(None, pay(place()), "x")

    def test_the_payer_may_not(self, place: Place, priya: Appointment) -> None:
        with pytest.raises(NotAllowed):
            cancel_order(priya, place(), "x")

    def test_the_bursar_gives_a_whole_order_back(self, place: Place, pay: Pay, umar: Appointment) -> None:
        order = pay(place())
        refund(umar, order, Return(RM250, "EFT-1", DAY, "Dibayar dua kali"))
        order.refresh_from_db()

        assert (order.state, order.to_return, order.closed_reason) == ("refunded", 0, "Dibayar dua kali")
        assert Notice.objects.filter(kind="refund_made").exists()

    @pytest.mark.parametrize(
        ("back", "field"),
        [
            (Return(Decimal(1), "EFT-1", DAY, "x"), "amount"),
            (Return(RM250, "EFT-1", DAY, " "), "reason"),
            (Return(RM250, "EFT-1", DAY + timedelta(days=400), "x"), "refunded_on"),
        ],
    )
    def test_what_does_not_fit_is_refused(
        self, place: Place, pay: Pay, umar: Appointment, back: Return, field: str
    ) -> None:
        order = pay(place())
        with pytest.raises(Refused) as refused:
            refund(umar, order, back)
        assert refused.value.field == field

    def test_an_unpaid_order_has_nothing_to_give_back(self, place: Place, umar: Appointment) -> None:
        with pytest.raises(Refused):
            refund(umar, place(), Return(RM250, "EFT-1", DAY, "x"))

    def test_the_office_may_not_give_back(self, place: Place, pay: Pay, tan: Appointment) -> None:
        with pytest.raises(NotAllowed):
            refund(tan, pay(place()), Return(RM250, "EFT-1", DAY, "x"))
