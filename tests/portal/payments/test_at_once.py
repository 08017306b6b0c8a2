"""Two at once: a report that comes twice in the same moment, and receipts that are numbered side by side."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from tests.portal.cast import appear
from tests.portal.payments.conftest import RM250, Place

from portal.accounts.refusal import Refused
from portal.payments.actions import receive_report, record_payment, start_payment
from portal.payments.actions.settling import Money
from portal.payments.gateway import Report
from portal.payments.models import Order, Payment, Receipt

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite gives a test's database one connection; PostgreSQL, the tests' default, gives many",
    ),
]


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Do several things in threads of their own; gives what each returned, or its refusal."""

    def do(call: Callable[[], object]) -> object:
        try:
            return call()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(do, calls))


def test_a_report_that_comes_twice_at_once_settles_once(place: Place) -> None:
    order = place()
    payment = start_payment(appear("priya"), order, "/", "/")
    report = Report(payment.reference, "received", RM250)
    at_once(*[lambda: receive_report("sandbox", report)] * 4)

    assert Receipt.objects.count() == 1
    assert Order.objects.get().state == "paid"


def test_the_counter_and_the_gateway_at_once_lose_no_money(place: Place) -> None:
    order, tan = place(), appear("tan")
    payment = start_payment(appear("priya"), order, "/", "/")
    report = Report(payment.reference, "received", RM250)
    money = Money("cash", "SLIP", RM250, date(2026, 11, 20))
    answers = at_once(lambda: receive_report("sandbox", report), lambda: record_payment(tan, order, money))
    kept = Order.objects.get()
    refused = [answer for answer in answers if isinstance(answer, Refused)]

    assert kept.state == "paid"
    assert Receipt.objects.count() == 1
    assert kept.received == RM250 * (2 - len(refused))
    assert kept.to_return == RM250 * (1 - len(refused))


def test_the_same_slip_entered_by_two_at_once_is_kept_once(place: Place) -> None:
    orders, tan = [place(), place()], appear("tan")
    money = Money("cash", "SLIP", RM250, date(2026, 11, 20))
    answers = at_once(*[lambda order=order: record_payment(tan, order, money) for order in orders])

    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Payment.objects.count() == Receipt.objects.count() == 1


def test_receipts_side_by_side_are_numbered_without_gaps(place: Place) -> None:
    tan = appear("tan")
    orders = [place() for _ in range(6)]
    at_once(
        *[
            lambda order=order: record_payment(
                tan, order, Money("cash", f"S-{order.pk}", Decimal(250), date(2026, 11, 20))
            )
            for order in orders
        ]
    )

    numbers = sorted(int(number[-6:]) for number in Receipt.objects.values_list("number", flat=True))

    assert numbers == [1, 2, 3, 4, 5, 6]
