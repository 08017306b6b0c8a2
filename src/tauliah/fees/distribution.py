"""Who receives what part of a payment."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tauliah.fees.split import split
from tauliah.policy.in_force import ValuesInForce
from tauliah.values.money import in_ringgit
from tauliah.values.number import as_json
from tauliah.values.vocabulary import VOCABULARY

REMAINDER = "university"
"""Who receives the share of a role that does not exist."""


@dataclass(frozen=True)
class Part:
    """What one party receives of a payment, and by which clauses."""

    to: str
    percent: Decimal
    amount: Decimal
    clauses: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The part as results carry it."""
        return {
            "to": self.to,
            "label": VOCABULARY["recipient"][self.to].as_dict(),
            "percent": as_json(self.percent),
            "amount": in_ringgit(self.amount),
            "clauses": list(self.clauses),
        }


def distribution(
    name: str, amount: Decimal, values: ValuesInForce, exists: Mapping[str, bool] | None = None
) -> list[Part]:
    """The parts of an amount by the shares of the parameter `name`, in its order.

    The share of a role that does not exist goes to the university, with the clause that states it.
    """
    shares: dict[str, Decimal] = {}
    clauses: dict[str, dict[str, None]] = {}
    for row in values.rows(name):
        (stated,) = row.when["to"]
        to = stated if (exists or {}).get(stated, True) else REMAINDER
        shares[to] = shares.get(to, Decimal(0)) + Decimal(str(row.value))
        clauses[to] = clauses.get(to, {}) | dict.fromkeys(row.clauses)
    order = [to for row in values.rows(name) for to in row.when["to"] if to in shares]
    amounts = split(amount, [shares[to] for to in order])
    return [Part(to, shares[to], part, tuple(clauses[to])) for to, part in zip(order, amounts, strict=True)]
