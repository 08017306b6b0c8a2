"""Who may open the pages of payments: payers their own, staff those of institution or faculty, cashiers act."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.portal import cast
from tests.portal.routes import EVERYBODY, FORBIDDEN, NOT_FOUND, PEOPLE, Route

from portal.accounts.roles import Role
from portal.payments.access import CASHIERS, READERS
from portal.payments.actions import place_order, record_payment, start_payment
from portal.payments.actions.settling import Money
from portal.payments.bridge import fees_of
from portal.payments.models import Order, SandboxTransaction, Share


def order() -> dict[str, Any]:
    """An order that Aminah has to pay."""
    aminah = cast.appear("aminah")
    placed = place_order(
        aminah,
        payer=aminah.person,
        institution=aminah.institution,
        faculty=cast.faculty("FSKTM"),
        purpose=Order.Purpose.CREDIT_TRANSFER,
        about="PK-1",
        fees=fees_of("utm", "credit_transfer", level="bachelor", provider="external_mooc", credits=3),
        policy="utm",
        policy_version="2018-01-01",
    )
    assert placed
    return {"pk": placed.pk}


def paid() -> dict[str, Any]:
    """An order that Aminah paid."""
    placed = Order.objects.get(**order())
    record_payment(
        cast.appear("chong"), placed, Money("cash", f"S-{placed.pk}", Decimal(250), date(2026, 11, 20))
    )
    return {"pk": placed.pk}


def begun() -> dict[str, Any]:
    """An order that Aminah has begun to pay."""
    placed = Order.objects.get(**order())
    start_payment(cast.appear("aminah"), placed, "/", "/")
    return {"pk": placed.pk}


def transaction() -> dict[str, Any]:
    begun()
    return {"reference": SandboxTransaction.objects.latest("pk").reference}


def part() -> dict[str, Any]:
    """The assessor's part of an order that was paid."""
    return {"pk": Share.objects.get(order__pk=paid()["pk"], receiver="assessor").pk}


PAYER = frozenset({Role.STUDENT})
SEEN = READERS | PAYER
"""Who sees Aminah's order: she herself, and staff of the faculty or the whole institution."""


def forbidden(*allowed: Role) -> dict[Any, int]:
    """Those who see the order and may not do this with it are told so; the others do not find it."""
    return dict.fromkeys(SEEN - set(allowed), FORBIDDEN)


def of_cashiers(place: Any) -> Route:
    return Route(CASHIERS, forbidden(*CASHIERS), NOT_FOUND, place)


ROUTES = {
    "payments:mine": Route(PEOPLE),
    "payments:queue": Route(READERS),
    "payments:statement": Route(READERS),
    "payments:statement_paper": Route(READERS),
    "payments:report": Route(EVERYBODY, post=dict),
    "payments:sandbox": Route(EVERYBODY, place=transaction),
    "payments:order": Route(SEEN, NOT_FOUND, NOT_FOUND, order),
    "payments:receipt": Route(SEEN, NOT_FOUND, NOT_FOUND, paid),
    "payments:record": of_cashiers(order),
    "payments:cancel": of_cashiers(order),
    "payments:name_receiver": Route(CASHIERS, dict.fromkeys(READERS - CASHIERS, FORBIDDEN), NOT_FOUND, part),
    "payments:refund": Route(frozenset({Role.BURSAR}), forbidden(Role.BURSAR), NOT_FOUND, paid),
    "payments:start": Route(PAYER, forbidden(*PAYER), NOT_FOUND, order, post=dict),
    "payments:leave": Route(SEEN, NOT_FOUND, NOT_FOUND, begun),
    "payments:returned": Route(SEEN, NOT_FOUND, NOT_FOUND, begun),
    "payments:look": Route(SEEN, NOT_FOUND, NOT_FOUND, begun, post=dict),
}
