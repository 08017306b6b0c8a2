"""What is due where a MOOC is not maintained: nothing, a written warning, or its closing."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal

from tauliah.policy.answer import before_the_first, result, values_on
from tauliah.policy.check import Fact, message
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import InvalidCase, Problem
from tauliah.values.day import anniversary, to_number
from tauliah.values.fields import CaseModel, Day, RequiredName
from tauliah.values.text import Text
from tauliah.values.unit import UNITS

Json = dict[str, Any]

MAINTENANCE_MISSING = Text(
    "Nyatakan bila MOOC kali terakhir diselenggarakan; tindakan bergantung padanya.",
    "State when the MOOC was last maintained; what is due depends on it.",
)


class MoocUpkeepCase(CaseModel):
    """A MOOC on a day, with its last maintenance and warning; without a warning none was given."""

    kind: Literal["mooc_upkeep"]
    policy: RequiredName
    on: Day
    last_maintained_on: Day | None = None
    warned_on: Day | None = None


def mooc_upkeep(case: MoocUpkeepCase, pack: Pack) -> Json:
    """What is due on the day; raises `InvalidCase` for maintenance or a warning after it."""
    _check_days(case)
    values = values_on(pack, case.on)
    due, action = _due(case, values), _action(case, values)
    facts: dict[str, Fact] = {
        "last": _said(case.last_maintained_on),
        "due": _said(due),
        "warned": _said(case.warned_on),
        "waiting": action == "none" and due is not None and case.on > due,
    }
    binding = pack.answers["mooc_upkeep"]["action"]
    body = {
        "action": action,
        "due_after": None if due is None else due.isoformat(),
        "clauses": list(dict.fromkeys((*values.clauses, *binding.clauses))),
        "message": message(binding, action or "unknown", facts).as_dict(),
    }
    return result("mooc_upkeep", case, values, body, _notices(case, values))


def _check_days(case: MoocUpkeepCase) -> None:
    later = Text(f"Selepas tarikh yang ditanya ({case.on}).", f"After the day asked about ({case.on}).")
    days = {"last_maintained_on": case.last_maintained_on, "warned_on": case.warned_on}
    problems = [Problem(name, later) for name, day in days.items() if day is not None and day > case.on]
    if problems:
        raise InvalidCase(problems)


def _due(case: MoocUpkeepCase, values: ValuesInForce) -> date | None:
    """The last day on which nothing is due yet."""
    if case.last_maintained_on is None:
        return None
    return anniversary(case.last_maintained_on, int(values.number("upkeep_years")))


def _action(case: MoocUpkeepCase, values: ValuesInForce) -> str | None:
    """A warning given after the last maintenance leads to closing, once the years and the grace are over."""
    due = _due(case, values)
    if due is None or case.last_maintained_on is None:
        return None
    if case.on <= due:
        return "none"
    if case.warned_on is None or case.warned_on <= case.last_maintained_on:
        return "warn"
    grace = timedelta(days=int(values.number("upkeep_grace_days")))
    return "close" if case.on > case.warned_on + grace else "none"


def _said(day: date | None) -> Text | None:
    return None if day is None else UNITS["day"].say(to_number(day))


def _notices(case: MoocUpkeepCase, values: ValuesInForce) -> Iterable[Problem]:
    yield from before_the_first(values, case.on, "on")
    if case.last_maintained_on is None:
        yield Problem("last_maintained_on", MAINTENANCE_MISSING)
