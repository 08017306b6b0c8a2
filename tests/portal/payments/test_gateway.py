"""The gateway's word is believed once, whenever and however often it comes, and only when it is signed."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from tests.portal.cast import client_of
from tests.portal.payments.conftest import RM250, Place

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.models import Notice
from portal.payments.actions import (
    cancel_order,
    look_again,
    receive_report,
    record_payment,
    refund,
    start_payment,
)
from portal.payments.actions.closing import Return
from portal.payments.actions.settling import Money
from portal.payments.gateway import GatewayAway, Outcome, Report, signature_of, written
from portal.payments.models import Order, Payment, Receipt, SandboxTransaction
from portal.payments.sandbox import SandboxGateway, press
from portal.payments.tasks import ask_about_payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(place: Place, priya: Appointment) -> Payment:
    """A payment that Priya began."""
    return start_payment(priya, place(), "https://x.example/back", "https://x.example/report")


def said(payment: Payment, outcome: Outcome = "received", amount: Decimal = RM250) -> Report:
    return Report(payment.reference, outcome, amount)


def state_of(payment: Payment) -> tuple[str, str, int]:
    payment.refresh_from_db()
    payment.order.refresh_from_db()
    return payment.state, payment.order.state, Receipt.objects.count()


def test_it_settles_once_however_often_it_is_said(begun: Payment) -> None:
    for _ in range(3):
        receive_report("sandbox", said(begun))

    assert state_of(begun) == ("received", "paid", 1)
    assert Notice.objects.filter(kind="payment_received").count() == 1


def test_a_failure_said_later_takes_nothing_back(begun: Payment) -> None:
    receive_report("sandbox", said(begun))
    receive_report("sandbox", said(begun, "failed", Decimal(0)))

    assert state_of(begun) == ("received", "paid", 1)


def test_money_said_after_a_failure_counts(begun: Payment) -> None:
    receive_report("sandbox", said(begun, "failed", Decimal(0)))
    assert state_of(begun) == ("failed", "open", 0)

    receive_report("sandbox", said(begun))
    assert state_of(begun) == ("received", "paid", 1)


def test_pending_changes_nothing(begun: Payment) -> None:
    receive_report("sandbox", said(begun, "pending", Decimal(0)))

    assert state_of(begun) == ("started", "open", 0)


def test_a_part_keeps_the_order_open_for_the_rest(begun: Payment, priya: Appointment) -> None:
    receive_report("sandbox", said(begun, amount=Decimal(100)))

    assert state_of(begun) == ("received", "open", 0)
    assert begun.order.outstanding == 150
    assert "RM\N{NO-BREAK SPACE}150.00" in Notice.objects.get(kind="payment_in_part").text_ms

    rest = start_payment(priya, begun.order, "https://x.example/", "https://x.example/")
    assert rest.amount == 150
    receive_report("sandbox", said(rest, amount=Decimal(150)))
    assert state_of(rest) == ("received", "paid", 1)


def test_too_much_settles_and_the_bursar_gives_the_rest_back(begun: Payment, umar: Appointment) -> None:
    receive_report("sandbox", said(begun, amount=Decimal(300)))
    order = Order.objects.get()

    assert (order.state, order.to_return) == ("paid", 50)
    with pytest.raises(Refused, match=r"50\.00"):
        refund(umar, order, Return(Decimal(20), "EFT", begun.created_at.date(), "x"))
    refund(umar, order, Return(Decimal(50), "EFT", begun.created_at.date(), "Lebihan bayaran"))
    order.refresh_from_db()
    assert (order.state, order.to_return) == ("paid", 0)


def test_money_for_a_cancelled_order_waits_to_be_given_back(begun: Payment, tan: Appointment) -> None:
    cancel_order(tan, begun.order, "Permohonan ditarik balik")
    receive_report("sandbox", said(begun))
    order = Order.objects.get()

    assert (order.state, order.to_return) == ("cancelled", 250)
    assert not Receipt.objects.exists()


def test_paid_at_the_counter_and_online_is_paid_once(begun: Payment, tan: Appointment) -> None:
    record_payment(tan, begun.order, Money("cash", "SLIP", RM250, begun.created_at.date()))
    receive_report("sandbox", said(begun))
    order = Order.objects.get()

    assert (order.state, order.to_return, Receipt.objects.count()) == ("paid", 250, 1)


def test_beginning_again_gives_up_the_first_but_its_money_would_count(
    begun: Payment, priya: Appointment
) -> None:
    second = start_payment(priya, begun.order, "https://x.example/", "https://x.example/")
    begun.refresh_from_db()

    assert (begun.state, second.state) == ("failed", "started")
    receive_report("sandbox", said(begun))
    receive_report("sandbox", said(second))
    assert Order.objects.get().to_return == 250


def test_a_payment_never_begun_is_none() -> None:
    assert receive_report("sandbox", Report("unknown", "received", RM250)) is None


def test_only_the_payer_begins_and_only_an_open_order(
    begun: Payment, tan: Appointment, priya: Appointment
) -> None:
    with pytest.raises(NotAllowed):
        start_payment(tan, begun.order, "/", "/")
    with pytest.raises(NotAllowed):
        start_payment(None, begun.order, "/", "/")
    receive_report("sandbox", said(begun))
    with pytest.raises(Refused):
        start_payment(priya, Order.objects.get(), "/", "/")


def test_without_a_gateway_one_pays_at_the_counter(place: Place, priya: Appointment, settings) -> None:
    settings.TAULIAH_PAYMENT_GATEWAY = ""
    with pytest.raises(Refused, match="kaunter"):
        start_payment(priya, place(), "/", "/")
    assert Client().post("/payments/report/").status_code == 404
    assert Client().get("/payments/sandbox/x/").status_code == 404


def test_a_gateway_that_does_not_answer_charges_nothing(
    place: Place, priya: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: SandboxGateway, *words: object) -> str:
        raise GatewayAway

    monkeypatch.setattr(SandboxGateway, "start", away)
    with pytest.raises(Refused, match="Tiada caj"):
        start_payment(priya, place(), "/", "/")
    assert Payment.objects.get().state == "failed"


class TestReport:
    def send(self, body: bytes, signature: str | None = None) -> int:
        answer = Client(enforce_csrf_checks=True).post(
            "/payments/report/",
            body,
            content_type="application/json",
            headers={"X-Signature": signature_of(body) if signature is None else signature},
        )
        return answer.status_code

    def test_signed_it_is_believed(self, begun: Payment) -> None:
        assert self.send(written(said(begun))) == 200
        assert self.send(written(said(begun))) == 200
        assert state_of(begun) == ("received", "paid", 1)

    @pytest.mark.parametrize("signature", ["", "0" * 64, "é"])
    def test_unsigned_it_is_not(self, begun: Payment, signature: str) -> None:
        assert self.send(written(said(begun)), signature) == 400
        assert state_of(begun) == ("started", "open", 0)

    @pytest.mark.parametrize(
        "told",
        [
            b"",
            b"nonsense",
            b"[]",
            b"{}",
            b'{"reference": "x", "outcome": "received", "amount": "lots"}',
            b'{"reference": "x", "outcome": "received", "amount": "NaN"}',
            b'{"reference": "x", "outcome": "stolen", "amount": "1.00"}',
            b'{"reference": "x", "outcome": "received", "amount": "-1.00"}',
        ],
    )
    def test_what_cannot_be_read_is_refused(self, begun: Payment, told: bytes) -> None:
        assert self.send(told) == 400

    def test_another_payment_is_not_found(self) -> None:
        told = {"reference": "x", "outcome": "received", "amount": "1.00"}
        assert self.send(json.dumps(told).encode()) == 404


class TestSandbox:
    def leave(self, client: Client, order: Order) -> str:
        answer = client.post(f"/payments/{order.pk}/pay/", follow=True)
        assert answer.status_code == 200
        return Payment.objects.latest("pk").address

    def test_from_the_order_to_the_bank_and_back(self, place: Place, priya: Appointment) -> None:
        order, client = place(), client_of(priya, "en")
        bank = self.leave(client, order)

        assert "RM\N{NO-BREAK SPACE}250.00" in client.get(bank).text

        page = client.post(bank, {"press": "pay"}, follow=True)

        assert "the receipt is ready" in page.text
        assert Order.objects.get().state == "paid"
        client.post(bank, {"press": "fail"})
        assert Order.objects.get().state == "paid"

    @pytest.mark.parametrize("pressed", ["fail", "cancel"])
    def test_what_does_not_go_through_can_be_tried_again(
        self, place: Place, priya: Appointment, pressed: str
    ) -> None:
        order, client = place(), client_of(priya, "en")
        page = client.post(self.leave(client, order), {"press": pressed}, follow=True)

        assert "did not go through" in page.text
        assert Order.objects.get().state == "open"
        page = client.post(self.leave(client, order), {"press": "pay"}, follow=True)
        assert Order.objects.get().state == "paid"

    def test_a_part(self, place: Place, priya: Appointment) -> None:
        order, client = place(), client_of(priya, "en")
        bank = self.leave(client, order)
        page = client.post(bank, {"press": "pay_part", "amount": "100.00"}, follow=True)

        assert "Pay the rest" in page.text
        assert Order.objects.get().outstanding == 150

    def test_nonsense_is_not_pressed(self, place: Place, priya: Appointment) -> None:
        bank = self.leave(client_of(priya), place())

        assert Client().post(bank, {"press": "steal"}).status_code == 422
        assert SandboxTransaction.objects.get().outcome == "pending"


class TestLookingAgain:
    def test_what_the_gateway_never_said_is_found_out(self, begun: Payment) -> None:
        assert not look_again(begun.order)
        press(begun.reference, "received")

        assert look_again(begun.order)
        assert state_of(begun) == ("received", "paid", 1)

    def test_the_worker_asks_about_payments_in_doubt(self, begun: Payment) -> None:
        press(begun.reference, "received")

        assert ask_about_payments.call() == 0
        Payment.objects.update(created_at="2026-01-01T00:00Z")
        assert ask_about_payments.call() == 1
        assert ask_about_payments.call() == 0

    def test_a_gateway_that_does_not_answer_is_asked_later(self, begun: Payment) -> None:
        SandboxTransaction.objects.all().delete()
        Payment.objects.update(created_at="2026-01-01T00:00Z")

        with pytest.raises(Refused):
            look_again(begun.order)
        assert ask_about_payments.call() == 0
