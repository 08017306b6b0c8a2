# ruff: noqa: ANN001, ANN202 - numba infers the types of compiled functions
"""numba: one compiled loop over applications and their claim lines, one thread."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench.columns import Data
from bench.outcome import PASS, RULES, SUMS, Outcomes
from bench.vocabulary import (
    ACCREDITED_PERCENT,
    BACHELOR,
    COMPLETED,
    CREDIT,
    DIPLOMA,
    GRADE_B,
    GRADE_C_PLUS,
    GRADE_P,
    MOOC,
    OPEN_LEARNING_PERCENT,
    OVERALL_PERCENT,
    OVERLAP,
    VERTICAL_PERCENT,
    YEARS,
)

APPLICATION = ("graduating_credits", "mqa_accredited", "semester")
CLAIM = (
    "basis",
    "level",
    "prior_outcome",
    "accredited",
    "grade",
    "content_overlap",
    "source_credits",
    "target_credits",
    "transferred_before",
    "claimed_before",
    "completed_on",
    "approved_beforehand",
    "from_uthm",
)


@dataclass(frozen=True)
class Prepared:
    """The loop's arguments: every column as values and mask."""

    applied_on: NDArray[np.int32]
    applications: tuple[Any, ...]
    claims: tuple[Any, ...]
    starts: NDArray[np.int64]


def prepare(data: Data) -> Prepared:
    """Arrays with masks are what the generator makes."""
    return Prepared(
        data.applications["applied_on"].values,
        tuple((data.applications[name].values, data.applications[name].known) for name in APPLICATION),
        tuple((data.claims[name].values, data.claims[name].known) for name in CLAIM),
        data.starts,
    )


def run(prepared: Prepared) -> Outcomes:
    """Judge in one pass; the first call compiles."""
    claims, applications = prepared.starts[-1], len(prepared.starts) - 1
    checks = np.empty((claims, len(RULES)), np.uint8)
    verdict = np.empty(claims, np.uint8)
    sums = np.empty((len(SUMS), applications), np.int64)
    binds = np.empty(applications, np.bool_)
    cutoff, first = _cutoffs(prepared.applied_on)
    _loop(
        (prepared.applied_on, cutoff, first),
        prepared.applications,
        prepared.claims,
        prepared.starts,
        (checks, verdict, sums, binds),
    )
    return Outcomes(checks.T, verdict, sums, binds)


def _cutoffs(applied_on: NDArray[np.int32]) -> tuple[NDArray[np.int32], int]:
    """For each day of application the earliest completion still current, and the first such day."""
    first = applied_on.min()
    days = np.arange(first, applied_on.max() + 1).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    earlier = (month - 12 * YEARS).astype("datetime64[D]") + (days - month)
    return earlier.astype(np.int32), int(first)


@njit(inline="always")
def _code(holds, known):  # type: ignore[no-untyped-def]
    """2 where it is known to hold, 1 where it is not known, else 0; without a branch."""
    return np.uint8((np.uint8(holds) & np.uint8(known)) << 1 | (np.uint8(known) ^ 1))


@njit(inline="always")
def _limit(credits, percent):  # type: ignore[no-untyped-def]
    return credits * percent // (100 * CREDIT) * CREDIT


@njit(nogil=True)
def _loop(days, applications, claims, starts, results):  # type: ignore[no-untyped-def]
    (applied_on, cutoff, first) = days
    (graduating, _), (accredited, accredited_known), (semester, semester_known) = applications
    (
        (basis, _),
        (level, level_known),
        (outcome, outcome_known),
        (study_accredited, study_accredited_known),
        (grade, grade_known),
        (overlap, overlap_known),
        (source, source_known),
        (target, _),
        (transferred, transferred_known),
        (claimed, claimed_known),
        (completed, completed_known),
        (approved, approved_known),
        (from_uthm, _),
    ) = claims
    checks, verdicts, sums, binds = results
    for a in range(len(starts) - 1):
        earliest = cutoff[applied_on[a] - first]
        in_first_semester = _code(semester[a] == 1, semester_known[a])
        vertical, open_learning, overall, below_b = 0, 0, 0, 0
        for i in range(starts[a], starts[a + 1]):
            mooc = np.uint8(basis[i] == MOOC)
            no_study, no_mooc = np.uint8(mooc * 3), np.uint8(3 - mooc * 3)
            used = (transferred[i] & transferred_known[i]) | (claimed[i] & claimed_known[i])
            c0 = _code(np.uint8(level[i] - DIPLOMA) <= BACHELOR - DIPLOMA, level_known[i]) | no_study
            c1 = _code(outcome[i] == COMPLETED, outcome_known[i]) | no_study
            c2 = _code(grade[i] <= GRADE_C_PLUS, grade_known[i] & (grade[i] != GRADE_P))
            c3 = _code(overlap[i] >= OVERLAP, overlap_known[i])
            c4 = _code(study_accredited[i], study_accredited_known[i]) | no_study
            c5 = _code(not used, transferred_known[i] | claimed_known[i])
            c6 = _code(source[i] >= target[i], source_known[i])
            c7 = _code(completed[i] >= earliest, completed_known[i])
            c8 = PASS if mooc else in_first_semester
            c9 = _code(approved[i], approved_known[i]) | no_mooc
            checks[i, 0], checks[i, 1], checks[i, 2], checks[i, 3], checks[i, 4] = c0, c1, c2, c3, c4
            checks[i, 5], checks[i, 6], checks[i, 7], checks[i, 8], checks[i, 9] = c5, c6, c7, c8, c9
            # Nested, because LLVM makes a sixth faster code of it than of one long min.
            verdict = min(min(c0, c1, c2, c3), min(c4, c5, c6, c7), min(c8, c9))  # noqa: PLW3301
            verdicts[i] = verdict
            credits = target[i] * np.int64(verdict == PASS)
            from_study = credits * (1 - mooc) * (level[i] != BACHELOR)
            vertical += from_study
            open_learning += credits * mooc * (1 - np.int64(from_uthm[i]))
            overall += from_study + credits * mooc
            below_b += from_study * (grade[i] > GRADE_B)
        sums[0, a], sums[1, a], sums[2, a], sums[3, a] = vertical, open_learning, overall, below_b
        total = np.int64(graduating[a])
        band = accredited[a] and accredited_known[a]
        binds[a] = (
            vertical > _limit(total, ACCREDITED_PERCENT if band else VERTICAL_PERCENT)
            or below_b > _limit(total, VERTICAL_PERCENT)
            or open_learning > _limit(total, OPEN_LEARNING_PERCENT)
            or overall > _limit(total, OVERALL_PERCENT)
        )
