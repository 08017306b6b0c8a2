"""The words of the portal for states, methods and receivers of payments."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.payments.models import Order
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

Words = Mapping[str, str | Promise]

METHODS: Words = {
    "cash": _("Cash"),
    "card": _("Card at the counter"),
    "transfer": _("Bank transfer"),
    "draft": _("Bank draft or postal order"),
    "sandbox": _("Sandbox (no money moves)"),
}
TONES = {
    Order.State.OPEN: "wait",
    Order.State.PAID: "good",
    Order.State.CANCELLED: "",
    Order.State.REFUNDED: "bad",
}
PAYMENT_TONES = {"started": "wait", "received": "good", "failed": "bad"}


def method(name: str) -> str:
    """Name how money came; a gateway's own name where it is none of the known ways."""
    return str(METHODS.get(name, name))


def receiver(name: str) -> str:
    """Name who receives a part, in the language of the page."""
    return in_language(VOCABULARY["recipient"].get(name, name))
