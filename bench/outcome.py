"""The one form in which every contestant hands back its answers, so that they can be compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FAIL, UNKNOWN, PASS, ABSENT = 0, 1, 2, 3

RULES = (
    "direction",
    "prior_outcome",
    "minimum_grade",
    "content_overlap",
    "accreditation",
    "not_transferred_before",
    "credit_value",
    "currency",
    "window",
    "approved_beforehand",
)
SUMS = ("vertical_limit", "open_learning_limit", "overall_limit", "vertical_below_b")


@dataclass(frozen=True)
class Outcomes:
    """Answers for many applications, column by column.

    `checks` is claims x 10 held by columns: one uint8 column of FAIL, UNKNOWN, PASS or ABSENT for each of
    RULES. `sums` has one integer column for each of SUMS, in ten-thousandths of a credit of passing claims.
    """

    checks: Sequence[NDArray[np.uint8]] | NDArray[np.uint8]
    verdict: NDArray[np.uint8]
    sums: Sequence[NDArray[Any]] | NDArray[np.int64]
    binds: NDArray[np.bool_]


@dataclass(frozen=True)
class Answer:
    """Answers for one application: ten outcomes and a verdict for each claim, four sums and the flag."""

    checks: list[list[int]]
    verdict: list[int]
    sums: list[int]
    binds: bool


def gathered(answers: Iterable[Answer]) -> Outcomes:
    """Answers given one by one, as columns; taken up while they are made."""
    checks, verdict = bytearray(), bytearray()
    sums: list[list[int]] = []
    binds: list[bool] = []
    for answer in answers:
        for row in answer.checks:
            checks.extend(row)
        verdict.extend(answer.verdict)
        sums.append(answer.sums)
        binds.append(answer.binds)
    table = np.frombuffer(checks, np.uint8).reshape(-1, len(RULES)).T
    return Outcomes(table, np.frombuffer(verdict, np.uint8), np.array(sums, np.int64).T, np.array(binds))
