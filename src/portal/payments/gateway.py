"""What the portal asks of a payment gateway, and the signature by which it knows the gateway's word.

A gateway is chosen by ``TAULIAH_PAYMENT_GATEWAY``: the path of a class that does what ``Gateway`` says.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

Outcome = Literal["pending", "received", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("pending", "received", "failed")
SIGNATURE = "X-Signature"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a payer is to pay: an amount in ringgit under a reference that is given once."""

    reference: str
    amount: Decimal
    about: str
    payer_name: str
    payer_email: str
    return_to: str
    report_to: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a gateway says of a payment; ``amount`` is what it took."""

    reference: str
    outcome: Outcome
    amount: Decimal


class NotGenuine(ValueError):
    """A report that the gateway did not sign, or that cannot be read; nothing is believed."""


class GatewayAway(RuntimeError):
    """The gateway does not answer; nothing was charged."""


class Gateway(Protocol):
    """A bank or payment service."""

    name: str

    def start(self, charge: Charge) -> str:
        """Announce a payment and return the address where it is paid; raises ``GatewayAway``."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> Report:
        """Read what the gateway sent by itself; raises ``NotGenuine``."""

    def ask(self, reference: str) -> Report:
        """Ask what has become of a payment; raises ``GatewayAway``."""


def gateway() -> Gateway | None:
    """Return the gateway that the settings name, none where payments are made at the counter alone."""
    path = settings.TAULIAH_PAYMENT_GATEWAY
    if not path:
        return None
    chosen: Gateway = import_string(path)()
    return chosen


def signature_of(body: bytes) -> str:
    """Return the HMAC-SHA256 of a message under ``TAULIAH_PAYMENT_KEY``, in hexadecimal digits."""
    return hmac.new(settings.TAULIAH_PAYMENT_KEY.encode(), body, sha256).hexdigest()


def written(report: Report) -> bytes:
    """Write a report as the portal reads it: JSON with reference, outcome and amount."""
    told = {"reference": report.reference, "outcome": report.outcome, "amount": f"{report.amount:.2f}"}
    return json.dumps(told, sort_keys=True).encode()


def read_signed(body: bytes, headers: Mapping[str, str]) -> Report:
    """Read a report whose header ``X-Signature`` signs it; raises ``NotGenuine``."""
    given = headers.get(SIGNATURE, "")
    if not hmac.compare_digest(given.encode(), signature_of(body).encode()):
        raise NotGenuine("The signature does not fit the message.")
    try:
        told = json.loads(body)
        report = Report(str(told["reference"]), told["outcome"], Decimal(str(told["amount"])))
    except (ValueError, KeyError, TypeError, InvalidOperation) as unreadable:
        raise NotGenuine("The message lacks reference, outcome or amount.") from unreadable
    if report.outcome not in OUTCOMES or not report.amount.is_finite() or report.amount < 0:
        raise NotGenuine("The outcome or the amount is none.")
    return report
