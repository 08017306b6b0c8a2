"""What an application or a certificate costs, line by line; unknown in, unknown out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tauliah.policy.in_force import ValuesInForce
from tauliah.values.level import POSTGRADUATE, UNDERGRADUATE
from tauliah.values.money import in_ringgit, to_the_sen
from tauliah.values.vocabulary import VOCABULARY


@dataclass(frozen=True)
class Line:
    """One thing to pay; `amount` is not known where something it depends on is not."""

    item: str
    amount: Decimal | None
    clauses: tuple[str, ...]
    claim: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The line as results carry it; `claim` only where it is for one of several claims."""
        return {
            "item": self.item,
            "label": VOCABULARY["fee_item"][self.item].as_dict(),
            "amount": None if self.amount is None else in_ringgit(self.amount),
            "clauses": list(self.clauses),
            **({} if self.claim is None else {"claim": self.claim}),
        }


@dataclass(frozen=True)
class Charge:
    """A claim that pays the transfer fee: its target, who offers the MOOC, and its credits."""

    claim: str | None
    provider: str | None
    credits: Decimal | None


def study_level(level: str | None) -> str | None:
    """`undergraduate` or `postgraduate`; nothing for a level that is neither or not known."""
    if level in UNDERGRADUATE:
        return "undergraduate"
    return "postgraduate" if level in POSTGRADUATE else None


def provider_of(malaysian: bool | None, values: ValuesInForce) -> str | None:
    """Which rate a MOOC pays by: `malaysia_mooc` or `external_mooc`."""
    return None if malaysian is None else values.word("fee_provider", malaysian=malaysian)


def schedule(level: str | None, charges: Sequence[Charge], values: ValuesInForce) -> list[Line]:
    """What an application for credit transfer costs: once for processing, then for each claim by credits."""
    processing = _line("processing", values, Decimal(1))
    return [processing, *(_transfer(level, charge, values) for charge in charges)]


def _transfer(level: str | None, charge: Charge, values: ValuesInForce) -> Line:
    facts = {"study_level": study_level(level), "provider": charge.provider}
    return _line("credit_transfer", values, charge.credits, charge.claim, **facts)


def appeal(values: ValuesInForce) -> list[Line]:
    """What an appeal costs, whatever the level and the MOOC."""
    return [_line("appeal", values, Decimal(1))]


def certificate(level: str | None, credits: Decimal | None, values: ValuesInForce) -> list[Line]:
    """What a certificate of a paid MOOC costs, by credits."""
    return [_line("certificate", values, credits, study_level=study_level(level))]


def _line(
    item: str, values: ValuesInForce, times: Decimal | None, claim: str | None = None, **facts: str | None
) -> Line:
    """The rate of an item times credits; half a sen is rounded up."""
    used = values.afresh()
    rate = used.read(f"fee_{item}", **facts)
    amount = None if rate is None or times is None else to_the_sen(Decimal(str(rate)) * times)
    return Line(item, amount, tuple(used.clauses), claim)


def total(lines: Iterable[Line]) -> Decimal | None:
    """What the lines come to; not known while one of them is not."""
    amounts = [line.amount for line in lines]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def fees_of_transfer(level: str | None, charges: Sequence[Charge], values: ValuesInForce) -> dict[str, Any]:
    """The `fees` of a transfer result; nothing to pay where the policy states no fees."""
    lines = schedule(level, charges, values) if values.has("fee_processing") else []
    amount = total(lines)
    return {
        "lines": [line.as_dict() for line in lines],
        "total": None if amount is None else in_ringgit(amount),
    }
