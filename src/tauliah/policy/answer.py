"""What every result begins and ends with: the policy that answered, and what a person should know."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import BaseModel

from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import Problem, unknown_keys
from tauliah.values.day import to_number
from tauliah.values.text import Text
from tauliah.values.unit import UNITS

Json = dict[str, Any]

EARLIER_THAN_PACK = Text(
    "Tarikh ini lebih awal daripada versi pertama dasar; versi {version} digunakan.",
    "This is before the first version of the policy; the version of {version} was used.",
)
ASSUMED_DATE = Text(
    "Garis panduan ini tidak bertarikh; tarikh mula kuat kuasanya dianggap {version}.",
    "The guideline is undated; it is taken to be in force from {version}.",
)


def values_on(pack: Pack, day: date | None = None) -> ValuesInForce:
    """The values in force on a day; the newest version where the kind of case has no day."""
    return ValuesInForce(pack, pack.versions[-1] if day is None else pack.version_on(day))


def result(
    kind: str, case: BaseModel, values: ValuesInForce, body: Json, notices: Iterable[Problem] = ()
) -> Json:
    """The answer with its policy, version and notices; `body` is what the contract asks of this kind."""
    found = [*notices, *_assumed(values), *unknown_keys(case)]
    return {
        "kind": kind,
        "policy": values.pack.name,
        "policy_version": values.day.isoformat(),
        **body,
        "notices": [{"where": p.where, "message": p.message.as_dict()} for p in dict.fromkeys(found)],
    }


def _assumed(values: ValuesInForce) -> Iterable[Problem]:
    if values.pack.first_day_assumed and values.day == values.pack.versions[0]:
        yield Problem("policy", ASSUMED_DATE.fill(version=_in_words(values.day)))


def _in_words(day: date) -> Text:
    return UNITS["day"].say(to_number(day))


def before_the_first(values: ValuesInForce, day: date, where: str) -> Iterable[Problem]:
    """A notice where the day is before the policy's first version."""
    if day < values.day:
        yield Problem(where, EARLIER_THAN_PACK.fill(version=_in_words(values.day)))
