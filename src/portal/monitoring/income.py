"""How the payment of a certificate is divided by the policy, and what the shares of a cohort come to.

A share is reckoned for one certificate and taken as often as there are certificates (UTM 5.5.3): what the
platform keeps, what the university receives, and of that what each party does (UTM, Jadual 3(a) and 4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.accounts.refusal import Refused
from portal.offerings.certificates import price_of, priced_as
from portal.offerings.models import Offering, Teacher
from portal.packs import packs
from portal.payments.bridge import has_fee
from portal.wording import in_language
from tauliah.evaluate import evaluate
from tauliah.fees.split import split
from tauliah.values.case import InvalidCase
from tauliah.values.money import SEN
from tauliah.values.number import as_json
from tauliah.values.vocabulary import VOCABULARY

Json = dict[str, Any]
ITEM = "certificate"
UNIVERSITY = "university_gross"


@dataclass(frozen=True, slots=True)
class Part:
    """What one party receives of one certificate, and by which clauses."""

    to: str
    percent: Decimal
    amount: Decimal
    clauses: tuple[str, ...]

    @property
    def label(self) -> str:
        """The party in words."""
        return party(self.to)


@dataclass(frozen=True, slots=True)
class Division:
    """How the price of one certificate is divided: between platform and university, and inside."""

    price: Decimal
    outer: tuple[Part, ...]
    inner: tuple[Part, ...]
    case: Json

    @property
    def university(self) -> Decimal:
        """What the university receives of one certificate."""
        return next(part.amount for part in self.outer if part.to == UNIVERSITY)


def party(to: str) -> str:
    """Name a receiver in the language that is active."""
    return in_language(VOCABULARY["recipient"].get(to, to))


def is_divided(policy: str) -> bool:
    """Say whether a policy states how certificate payments are divided."""
    return has_fee(policy, ITEM)


def case_of(offering: Offering) -> Json:
    """Write the question out as a case of kind ``fees``; roles are those that teach the offering."""
    achievement = offering.proposal.achievement
    named = set(offering.teachers.values_list("part", flat=True))
    return {
        "kind": "fees",
        "policy": offering.policy,
        "item": ITEM,
        "level": priced_as(offering),
        "credits": as_json(achievement.credits) if achievement and achievement.credits else None,
        "distribute": True,
        "roles": {
            "facilitator": Teacher.Part.FACILITATOR in named,
            "assessor": Teacher.Part.ASSESSOR in named,
        },
    }


def division_of(offering: Offering) -> Division:
    """Return how a certificate of an offering is divided now; raises ``Refused`` with what is missing."""
    if not is_divided(offering.policy):
        raise Refused(_("The policy states no division of certificate payments."))
    return divided(case_of(offering), price_of(offering))


def divided(case: Json, price: Decimal) -> Division:
    """Return what the policy answers to a case, for a certificate of this price.

    Raises ``Refused`` where the answer is not complete.
    """
    try:
        result = evaluate(case, packs())
    except InvalidCase as wrong:
        raise Refused(
            _("The division cannot be worked out: %(why)s") % {"why": in_language(wrong.message)}
        ) from wrong
    if not price or "operating_distribution" not in result:
        raise Refused(
            _("The price of a certificate is not known. Describe the course’s certificate with its credits.")
        )
    outer = parts(price, result["distribution"])
    gross = next(part.amount for part in outer if part.to == UNIVERSITY)
    return Division(price, outer, parts(gross, result["operating_distribution"]), case)


def parts(amount: Decimal, rows: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Divide an amount by the shares of the engine's answer, to the sen."""
    listed = list(rows)
    percents = [Decimal(str(row["percent"])) for row in listed]
    amounts = split(amount, percents)
    return tuple(
        Part(row["to"], percent, part, tuple(row["clauses"]))
        for row, percent, part in zip(listed, percents, amounts, strict=True)
    )


def shared(division: Division, number: int, received: Decimal) -> list[Part]:
    """Return what the parties receive of what came for so many certificates, to the sen.

    Where just what was claimed came, it is the share of one certificate times their number; another amount
    is divided as a whole by the same percentages.
    """
    if received == division.university * number:
        return [Part(part.to, part.percent, part.amount * number, part.clauses) for part in division.inner]
    amounts = split(received, [part.percent for part in division.inner])
    return [
        Part(part.to, part.percent, amount, part.clauses)
        for part, amount in zip(division.inner, amounts, strict=True)
    ]


def receivers_of(offering: Offering, to: str) -> list[Person | None]:
    """Return whose a share is: the developer's, the facilitators', the assessors'; else no person's."""
    if to == "sme":
        return [offering.proposal.developer]
    named = offering.teachers.filter(part=to).select_related("person").order_by("pk")
    return [one.person for one in named] or [None]


def equally(amount: Decimal, number: int) -> Sequence[Decimal]:
    """Divide an amount into equal parts; the sen left over go to the first ones."""
    each, left = divmod(int(amount / SEN), number)
    return [(each + (place < left)) * SEN for place in range(number)]
