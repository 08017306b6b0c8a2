"""A gateway to try payments with: no money moves; the payer presses what the bank would answer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from django.urls import reverse

from portal.payments.gateway import Charge, GatewayAway, Outcome, Report, read_signed
from portal.payments.models import SandboxTransaction


class SandboxGateway:
    """Does what a bank's gateway does, with a page of its own in place of the bank's."""

    name = "sandbox"

    def start(self, charge: Charge) -> str:
        SandboxTransaction.objects.create(
            reference=charge.reference, amount=charge.amount, about=charge.about, return_to=charge.return_to
        )
        return reverse("payments:sandbox", args=[charge.reference])

    def read(self, body: bytes, headers: Mapping[str, str]) -> Report:
        return read_signed(body, headers)

    def ask(self, reference: str) -> Report:
        kept = SandboxTransaction.objects.filter(reference=reference).first()
        if kept is None:
            raise GatewayAway("The sandbox does not know this payment.")
        return report_of(kept)


def report_of(kept: SandboxTransaction) -> Report:
    """Return what the sandbox says of a payment."""
    return Report(kept.reference, cast("Outcome", kept.outcome), kept.paid or Decimal(0))


def press(reference: str, outcome: Outcome, paid: Decimal | None = None) -> SandboxTransaction:
    """Note what the payer pressed on the sandbox's page; the first press counts."""
    kept = SandboxTransaction.objects.select_for_update(no_key=True).get(reference=reference)
    if kept.outcome == "pending":
        kept.outcome = outcome
        kept.paid = (paid if paid is not None else kept.amount) if outcome == "received" else Decimal(0)
        kept.save(update_fields=["outcome", "paid"])
    return kept
