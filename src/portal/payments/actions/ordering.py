"""Placing orders."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.institutions.models import Faculty, Institution
from portal.institutions.numbering import next_number
from portal.notices.notify import notify
from portal.payments.models import Order, OrderLine
from portal.records.register import record

Line = Mapping[str, Any]


@transaction.atomic
def place_order(
    acting: Appointment | None,
    *,
    payer: Person,
    institution: Institution,
    purpose: str,
    about: str,
    fees: Mapping[str, Any],
    policy: str = "",
    policy_version: str = "",
    faculty: Faculty | None = None,
    link: str = "",
    due_on: date | None = None,
) -> Order | None:
    """Keep what is to be paid by the fee schedule, and tell the payer; nothing where there is nothing to pay.

    ``fees`` holds ``lines`` and ``total`` as the core's results do. Raises ``Refused`` where an amount is
    not known: nobody is asked for a sum that may be another one tomorrow.
    """
    lines = list(fees["lines"])
    if any(line["amount"] is None for line in lines):
        raise Refused(
            _("The fee of %(items)s is not known yet: complete the credits and the provider of the course.")
            % {"items": ", ".join(line.get("claim") or line["item"] for line in lines if not line["amount"])}
        )
    total = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    if not total:
        return None
    order = Order.objects.create(
        number=order_number(institution),
        institution=institution,
        faculty=faculty,
        payer=payer,
        purpose=purpose,
        about=about[:300],
        link=link,
        total=total,
        policy=policy,
        policy_version=policy_version,
        due_on=due_on,
    )
    OrderLine.objects.bulk_create(row_of(order, line) for line in lines)
    record(
        acting,
        "payments.place",
        order,
        institution=institution,
        after={"number": order.number, "total": total, "about": about, "payer": payer.pk},
    )
    told = {"reference": about, "number": order.number, "total": total, "due_on": due_on}
    notify(payer, "fee_due", told, page_of(order), institution=institution, mail_key=f"order-{order.pk}-due")
    return order


def order_number(institution: Institution) -> str:
    """Return the next order number of the institution and year: UTM/P/2026/000041."""
    return numbered(institution, "P", "order")


def numbered(institution: Institution, letter: str, series: str) -> str:
    """Return the next number of a series; the institution's row is locked first, as by the register."""
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    year = timezone.localdate().year
    return f"{institution.code.upper()}/{letter}/{year}/{next_number(institution, series, year):06}"


def row_of(order: Order, line: Line) -> OrderLine:
    """Return the line of an order for a line of the core's fees."""
    return OrderLine(
        order=order,
        item=line["item"],
        about=line.get("claim") or "",
        text_ms=line["label"]["ms"],
        text_en=line["label"]["en"],
        amount=Decimal(line["amount"]),
        clauses=list(line["clauses"]),
    )


def page_of(order: Order) -> str:
    """Return the address of an order's page."""
    return reverse("payments:order", args=[order.pk])
