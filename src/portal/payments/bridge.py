"""Orders asked of the core: what something costs by the fee schedule, and who receives what of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.packs import packs
from portal.payments.models import Order, OrderLine, Share
from tauliah.evaluate import evaluate
from tauliah.fees.distribution import distribution
from tauliah.policy.answer import values_on

Fees = Mapping[str, Any]


def fees_of(policy: str, item: str, **facts: Any) -> dict[str, Any]:
    """Return what an appeal, a transfer or a certificate costs: lines with clauses, and the total.

    ``facts`` are those of a case of kind ``fees``: level, provider, credits. Raises ``InvalidCase`` where
    the policy states no such fee.
    """
    return evaluate({"kind": "fees", "policy": policy, "item": item, **facts}, packs())


def has_fee(policy: str, item: str, day: date | None = None) -> bool:
    """Say whether a policy asks for a fee at all."""
    pack = packs().get(policy)
    return pack is not None and values_on(pack, day).has(f"fee_{item}")


def parts_of(order: Order, line: OrderLine) -> list[Share]:
    """Return the parts of a line by its policy as of the order, not yet kept; none where undivided."""
    pack = packs().get(order.policy)
    if pack is None or not line.amount:
        return []
    values = values_on(pack, date.fromisoformat(order.policy_version) if order.policy_version else None)
    name = f"share_{line.item}"
    if line.item != "credit_transfer" or not values.has(name):
        return []
    return [
        Share(order=order, line=line, receiver=part.to, percent=part.percent, amount=part.amount)
        for part in distribution(name, line.amount, values)
    ]
