"""A decision on a transfer case in the engine's numbers, before it is put into words."""

from dataclasses import dataclass

from tauliah.transfer.case import TransferCase
from tauliah.transfer.claim import Row
from tauliah.transfer.edition import Edition


@dataclass(frozen=True)
class LimitUse:
    """A limit and the claims that count against it; `ceilings` by claim number, in credit units."""

    name: str
    ceilings: dict[int, int | None]
    shown: int | None
    granted: int


@dataclass(frozen=True)
class ClaimDecision:
    """What was decided on a claim: outcomes by rule, verdict, credits in units."""

    outcomes: tuple[int, ...]
    verdict: int
    direction: int | None
    exempting: bool
    credits: int


@dataclass(frozen=True)
class Decision:
    """The whole decision, in the engine's numbers; `accepted` and `possible` by claim number."""

    case: TransferCase
    edition: Edition
    facts: Row
    rows: list[Row]
    claims: list[ClaimDecision]
    limits: list[LimitUse]
    accepted: list[bool]
    possible: list[bool]
