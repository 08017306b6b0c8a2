"""Two at once: an application changes while what it waits for is settled, and neither waits for ever."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection, transaction
from tests.portal.applications.stories import draft, submitted
from tests.portal.cast import appear

from portal.applications.actions.mapping import ask_experts
from portal.applications.actions.steps import locked
from portal.applications.actions.submission import order_for
from portal.applications.models import Application
from portal.matching.actions import Part, judge
from portal.matching.models import Comparison
from portal.payments.actions import record_payment
from portal.payments.actions.settling import Money
from portal.payments.models import Order
from portal.records.register import record

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite gives a test's database one connection; PostgreSQL, the tests' default, gives many",
    ),
]

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def while_held(application: Application, settle: Callable[[], object]) -> None:
    """Change an application in one connection while another settles: the second comes in between."""
    held = Event()

    def change() -> None:
        with closing(connection), transaction.atomic():
            now = locked(application, None)
            held.set()
            until_the_other_waits()
            record(None, "applications.hand_over", now, institution=now.institution)

    def other() -> None:
        held.wait(10)
        with closing(connection):
            settle()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(other), pool.submit(change)]:
            done.result(30)


def until_the_other_waits() -> None:
    """Return once another connection waits for a row."""
    last = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < last:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_an_order_is_settled_while_its_application_changes() -> None:
    aminah, chong = appear("aminah"), appear("chong")
    application = draft(aminah)
    line = {"item": "processing", "label": {"ms": "x", "en": "x"}, "amount": "50.00", "clauses": []}
    order = order_for(aminah, application, [line], Order.Purpose.CREDIT_TRANSFER)
    assert order is not None
    Application.objects.filter(pk=application.pk).update(order=order)
    money = Money("cash", "SLIP", order.total, date(2026, 11, 20))
    while_held(application, lambda: record_payment(chong, order, money))

    assert Order.objects.get().state == "paid"


def test_a_comparison_is_settled_while_its_application_changes() -> None:
    aminah, bakar, fatimah = appear("aminah"), appear("bakar"), appear("fatimah")
    application = submitted(aminah, claims=1)
    (claim,) = application.claims.all()
    parts = {outcome.pk: Part(Decimal(90)) for outcome in claim.target.outcomes.all()}
    comparison = ask_experts(bakar, claim, [fatimah], version=None)
    asked = comparison.judgements.get()
    while_held(application, lambda: judge(fatimah, asked, parts))

    assert Comparison.objects.get().overlap == Decimal(90)
