"""Credits that may not all be known, and how many of them count under the limits."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tauliah.policy.in_force import ValuesInForce
from tauliah.values.fields import CaseModel, ProgrammeCredits

UNBOUNDED = Decimal("Infinity")


@dataclass(frozen=True)
class Span:
    """An amount of credits between `least` and `most`; the same twice where it is known."""

    least: Decimal
    most: Decimal

    def __add__(self, other: "Span") -> "Span":
        return Span(self.least + other.least, self.most + other.most)

    def __sub__(self, other: "Span") -> "Span":
        return Span(self.least - other.most, self.most - other.least)

    def capped(self, limit: Decimal) -> "Span":
        """What stays within a limit."""
        return Span(min(self.least, limit), min(self.most, limit))

    def reaches(self, required: Decimal | Fraction) -> bool | None:
        """Whether it is at least so much, compared exactly; nothing where that is not known."""
        if self.least >= required:
            return True
        return False if self.most < required else None

    @property
    def known(self) -> Decimal | None:
        """The amount where it is known."""
        return self.least if self.least == self.most else None


def span(credits: Decimal | None) -> Span:
    """Credits as given; anything from none upwards where they are not."""
    return Span(Decimal(0), UNBOUNDED) if credits is None else Span(credits, credits)


def share_of(credits: Decimal, share: Fraction) -> Fraction:
    """A minimum share of credits, compared as it is: 30 % of 125 are 37.5."""
    return Fraction(credits) * share


def limit_of(credits: Decimal, share: Fraction) -> Decimal:
    """A limit in whole credits, rounded down: 30 % of 125 are 37."""
    return Decimal(int(share_of(credits, share)))


class Credits(CaseModel):
    """Credits earned, by where they come from; `mpu` says how many of all these are MPU."""

    own_micro_credentials: ProgrammeCredits | None = None
    other_micro_credentials: ProgrammeCredits | None = None
    stand_alone: ProgrammeCredits | None = None
    stand_alone_verified: ProgrammeCredits | None = None
    conventional: ProgrammeCredits | None = None
    mpu: ProgrammeCredits | None = None


class Counted:
    """Which of the earned credits count towards a programme."""

    def __init__(self, earned: Credits, graduating: Decimal, values: ValuesInForce) -> None:
        self.earned, self.graduating, self.values = earned, graduating, values
        self.own, self.conventional = span(earned.own_micro_credentials), span(earned.conventional)

    @property
    def other_limit(self) -> Decimal:
        """How many credits of other institutions' accredited programmes may count."""
        return limit_of(self.graduating, self.values.fraction("consortium_limit"))

    @property
    def unverified_limit(self) -> Decimal:
        """How many stand-alone credits may count that are not quality-verified."""
        return limit_of(self.graduating, self.values.fraction("stand_alone_limit"))

    @property
    def verified_limit(self) -> Decimal:
        """How many stand-alone credits may count in all where some are quality-verified."""
        return limit_of(
            self.graduating, self.values.fraction("stand_alone_limit_verified", all_verified=True)
        )

    @property
    def other(self) -> Span:
        """Credits of other institutions that count; a limit is read only where there are any."""
        brought = span(self.earned.other_micro_credentials)
        return brought.capped(self.other_limit) if brought.most else brought

    @property
    def alone(self) -> Span:
        """Stand-alone credits that count: the unverified within their limit, all within the larger one."""
        unverified, verified = span(self.earned.stand_alone), span(self.earned.stand_alone_verified)
        if unverified.most:
            unverified = unverified.capped(self.unverified_limit)
        return (unverified + verified).capped(self.verified_limit) if verified.most else unverified

    @property
    def outside(self) -> Span:
        """Credits that count and were not earned with the awarding institution's own courses."""
        return self.other + self.alone

    @property
    def inside(self) -> Span:
        """Credits earned with the awarding institution, in any mode."""
        return self.own + self.conventional

    @property
    def total(self) -> Span:
        """All credits that count."""
        return self.inside + self.outside
