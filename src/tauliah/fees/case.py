"""The case of kind `fees`, field by field as the contract lists it, and its answer."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from tauliah.fees.distribution import distribution
from tauliah.fees.schedule import Charge, Line, appeal, certificate, schedule, total
from tauliah.policy.answer import result, values_on
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import Problem, invalid
from tauliah.values.fields import CaseModel, CreditHours, Level, RequiredName, Word, YesNo
from tauliah.values.money import in_ringgit
from tauliah.values.text import Text

Json = dict[str, Any]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "credit_transfer": ("level", "provider", "credits"),
    "appeal": (),
    "certificate": ("level", "credits"),
}
"""What the amount of an item depends on."""

MISSING = Text(
    "Belum diberi; jumlah yuran tidak dapat dikira tanpanya.",
    "Not given; the fee cannot be worked out without it.",
)
ROLE_MISSING = Text(
    "Nyatakan sama ada peranan ini wujud; bahagian universiti tidak dapat diagihkan tanpanya.",
    "State whether this role exists; the university's part cannot be divided without it.",
)
NO_DISTRIBUTION = Text(
    "Garis panduan tidak menyatakan agihan bagi yuran ini.",
    "The guideline states no division of this fee.",
)


class Roles(CaseModel):
    """Which optional roles a paid MOOC has."""

    facilitator: YesNo | None = None
    assessor: YesNo | None = None


class FeesCase(CaseModel):
    """A question for the price of an application, an appeal or a certificate."""

    kind: Literal["fees"]
    policy: RequiredName
    item: Annotated[str, Word("fee_item", but=("processing",))]
    level: Level | None = None
    provider: Annotated[str, Word("provider")] | None = None
    credits: CreditHours | None = None
    distribute: YesNo | None = None
    roles: Roles | None = None


def fees(case: FeesCase, pack: Pack) -> Json:
    """What is to be paid and who receives it; raises `InvalidCase` for a level the policy has no fees for."""
    if case.level is not None and case.level not in pack.levels:
        raise invalid(
            "level",
            f"Dasar {pack.name} tidak meliputi peringkat ini; pilih satu daripada: {', '.join(pack.levels)}.",
            f"The policy {pack.name} does not cover this level; choose one of: {', '.join(pack.levels)}.",
        )
    values = values_on(pack)
    if not values.has(f"fee_{case.item}"):
        raise invalid(
            "item",
            f"Dasar {pack.name} tidak menyatakan yuran ini.",
            f"The policy {pack.name} states no such fee.",
        )
    lines = _lines(case, values)
    amount = total(lines)
    body: Json = {
        "item": case.item,
        "lines": [line.as_dict() for line in lines],
        "total": None if amount is None else in_ringgit(amount),
    }
    if case.distribute:
        body |= _distributions(case, lines, values)
    return result("fees", case, values, body, _notices(case))


def _lines(case: FeesCase, values: ValuesInForce) -> list[Line]:
    match case.item:
        case "appeal":
            return appeal(values)
        case "certificate":
            return certificate(case.level, case.credits, values)
    return schedule(case.level, [Charge(None, case.provider, case.credits)], values)


def _distributions(case: FeesCase, lines: list[Line], values: ValuesInForce) -> Json:
    """The parts of the item's own line; the processing fee is not divided."""
    name, (line,) = f"share_{case.item}", [line for line in lines if line.item == case.item]
    if line.amount is None or not values.has(name):
        return {}
    parts = distribution(name, line.amount, values)
    found: Json = {"distribution": [part.as_dict() for part in parts]}
    exists = _existing(case.roles)
    if case.item == "certificate" and exists is not None:
        (gross,) = (part.amount for part in parts if part.to == "university_gross")
        operating = distribution("share_operating", gross, values, exists)
        found["operating_distribution"] = [part.as_dict() for part in operating]
    return found


def _existing(roles: Roles | None) -> dict[str, bool] | None:
    """Which optional roles exist; nothing while one of them is not known."""
    given = {name: getattr(roles, name, None) for name in Roles.model_fields}
    known = {name: exists for name, exists in given.items() if exists is not None}
    return known if len(known) == len(given) else None


def _notices(case: FeesCase) -> Iterable[Problem]:
    for name in NEEDED[case.item]:
        if getattr(case, name) is None:
            yield Problem(name, MISSING)
    if not case.distribute:
        return
    if case.item == "appeal":
        yield Problem("distribute", NO_DISTRIBUTION)
    if case.item == "certificate":
        for role in Roles.model_fields:
            if getattr(case.roles, role, None) is None:
                yield Problem(f"roles.{role}", ROLE_MISSING)
