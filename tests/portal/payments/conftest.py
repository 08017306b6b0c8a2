"""What the tests of payments share: an order of UTM's fee schedule, and its payment at the counter."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.portal.cast import appear, faculty, institution

from portal.payments.actions import place_order, record_payment
from portal.payments.actions.settling import Money
from portal.payments.bridge import fees_of
from portal.payments.models import Order

Place = Callable[..., Order]
LEVEL = {"level": "bachelor", "provider": "external_mooc"}


@pytest.fixture
def place(db: None) -> Place:
    """Place an order for Priya at UTM: RM 10 for processing and RM 240 for three credits, unless said otherwise."""

    def placed(who: str = "priya", fees: dict[str, Any] | None = None, **fields: Any) -> Order:
        payer = appear(who)
        standard = {
            "payer": payer.person,
            "institution": payer.institution,
            "faculty": faculty("FC") if payer.institution == institution("UTM") else faculty("FSKTM"),
            "purpose": Order.Purpose.CREDIT_TRANSFER,
            "about": "UTM/PK/2026/000012",
            "fees": fees or fees_of("utm", "credit_transfer", credits=3, **LEVEL),
            "policy": "utm",
            "policy_version": "2018-01-01",
        }
        order = place_order(payer, **standard | fields)
        assert order is not None
        return order

    return placed


@pytest.fixture
def pay(db: None) -> Callable[[Order], Order]:
    """Have the faculty's office take the whole amount at the counter."""

    def paid(order: Order) -> Order:
        cashier = appear("tan" if order.institution.code == "UTM" else "chong")
        money = Money("cash", f"SLIP-{order.pk}", order.outstanding, date(2026, 11, 20))
        record_payment(cashier, order, money)
        order.refresh_from_db()
        return order

    return paid


RM10 = Decimal("10.00")
RM250 = Decimal("250.00")
