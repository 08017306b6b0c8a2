"""How far the development of a course has come."""

from itertools import takewhile
from typing import Annotated, Any, Literal

from pydantic import Field

from tauliah.policy.answer import result, values_on
from tauliah.policy.pack import Pack
from tauliah.policy.parameter import Row
from tauliah.values.fields import CaseModel, RequiredName, Word
from tauliah.values.vocabulary import VOCABULARY

Json = dict[str, Any]


class MilestonesCase(CaseModel):
    """The milestones that are reached."""

    kind: Literal["milestones"]
    policy: RequiredName
    done: Annotated[list[Annotated[str, Word("milestone")]], Field(max_length=100)]


def milestones(case: MilestonesCase, pack: Pack) -> Json:
    """The progress of the last milestone reached with none before it missing, and the next one."""
    values = values_on(pack)
    listed = [(str(row.when["milestone"][0]), row) for row in values.rows("milestone_progress")]
    reached = list(takewhile(lambda each: each[0] in case.done, listed))
    left = listed[len(reached) :]
    cited = (clause for _, row in (*reached[-1:], *left[:1]) for clause in row.clauses)
    body = {
        "progress_percent": reached[-1][1].value if reached else 0,
        "next": left[0][0] if left else None,
        "clauses": [*dict.fromkeys(cited), *pack.answers["milestones"]["progress"].clauses],
        "milestones": [
            _milestone(name, row, case, values.optional("milestone_time", milestone=name))
            for name, row in listed
        ],
    }
    return result("milestones", case, values, body)


def _milestone(name: str, row: Row, case: MilestonesCase, suggested: object) -> Json:
    return {
        "milestone": name,
        "label": VOCABULARY["milestone"][name].as_dict(),
        "percent": row.value,
        "done": name in case.done,
        "suggested": suggested,
        "clauses": list(row.clauses),
    }
