"""Orders come from the fee schedule, with the clauses, and bear numbers without gaps."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from tests.portal.payments.conftest import LEVEL, RM250, Place

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.notices.models import Mail, Notice
from portal.payments.actions import place_order
from portal.payments.bridge import fees_of, has_fee
from portal.payments.models import Order
from portal.records.models import Entry

pytestmark = pytest.mark.django_db


def test_an_order_holds_the_lines_of_the_fee_schedule(place: Place) -> None:
    order = place()
    lines = [(line.item, line.text_ms, line.text_en, line.amount, line.clauses) for line in order.lines.all()]

    assert order.total == order.outstanding == RM250
    assert lines == [
        (
            "processing",
            "Yuran pemprosesan",
            "Processing fee",
            Decimal("10.00"),
            ["6.5.1", "6.1.5", "Rajah 1(**)"],
        ),
        ("credit_transfer", "Yuran pindah kredit", "Transfer fee", Decimal("240.00"), ["6.5.1", "6.5.1/3"]),
    ]


def test_numbers_run_without_gaps_for_each_institution(place: Place) -> None:
    year = timezone.localdate().year

    assert [place().number for _ in range(3)] == [f"UTM/P/{year}/{n:06}" for n in (1, 2, 3)]
    assert place("aminah").number == f"UTHM/P/{year}/000001"
    with transaction.atomic():
        place()
        transaction.set_rollback(True)
    assert place().number == f"UTM/P/{year}/000004"


def test_the_payer_is_told_and_the_register_knows(place: Place) -> None:
    order = place(due_on=timezone.localdate())
    notice, mail, entry = Notice.objects.get(), Mail.objects.get(), Entry.objects.get()

    assert "RM\N{NO-BREAK SPACE}250.00" in notice.title_ms
    assert notice.link == f"/payments/{order.pk}/"
    assert mail.to == "priya@utm.example"
    assert (entry.action, entry.details["after"]["total"]) == ("payments.place", "250.00")


def test_nothing_to_pay_is_no_order(priya: Appointment) -> None:
    nothing = {"lines": [], "total": "0.00"}
    order = place_order(
        priya,
        payer=priya.person,
        institution=priya.institution,
        purpose=Order.Purpose.CREDIT_TRANSFER,
        about="X",
        fees=nothing,
    )

    assert order is None
    assert not Order.objects.exists()


def test_an_amount_that_is_not_known_is_not_asked_for(place: Place) -> None:
    unknown = fees_of("utm", "credit_transfer", **LEVEL)

    with pytest.raises(Refused, match="kredit"):
        place(fees=unknown)
    assert not Order.objects.exists()
    assert not Notice.objects.exists()


def test_an_appeal_costs_fifty_ringgit_at_utm_and_has_no_fee_at_uthm() -> None:
    assert fees_of("utm", "appeal")["total"] == "50.00"
    assert has_fee("utm", "appeal")
    assert not has_fee("uthm", "appeal")
    assert not has_fee("nowhere", "appeal")
