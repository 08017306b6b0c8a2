"""numpy by a practised hand: byte-wide arithmetic over blocks of applications that stay in the cache."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.columns import Column, Data
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

Bytes = NDArray[np.uint8]
BLOCK = 8192
"""Applications judged together: some 46,000 claim lines, so that the columns of a block stay cached."""


@dataclass(frozen=True)
class Prepared:
    """The columns, and the application of each claim line as an index."""

    data: Data
    application: NDArray[np.int64]


def prepare(data: Data) -> Prepared:
    """Arrays with masks are what the generator makes."""
    return Prepared(data, data.application)


def run(prepared: Prepared) -> Outcomes:
    """Judge block by block."""
    data, starts = prepared.data, prepared.data.starts
    checks = np.empty((len(RULES), starts[-1]), np.uint8)
    verdict = np.empty(starts[-1], np.uint8)
    sums = np.empty((len(SUMS), data.size), np.int64)
    cutoff, window = _cutoff(data.applications["applied_on"].values), _window(data.applications["semester"])
    for first in range(0, data.size, BLOCK):
        last = min(first + BLOCK, data.size)
        rows = slice(starts[first], starts[last])
        claims = {name: column[rows] for name, column in data.claims.items()}
        application = prepared.application[rows]
        _judge(claims, cutoff[application], window[application], checks[:, rows])
        np.minimum.reduce(checks[:, rows], axis=0, out=verdict[rows])
        _add(claims, verdict[rows] == PASS, starts[first:last] - rows.start, sums[:, first:last])
    return Outcomes(checks, verdict, sums, _binds(data.applications, sums))


def _judge(claims: dict[str, Column], cutoff: NDArray[Any], window: Bytes, checks: Bytes) -> None:
    mooc = (claims["basis"].values == MOOC).view(np.uint8)
    no_study, no_mooc = mooc * np.uint8(3), (mooc ^ 1) * np.uint8(3)
    level, outcome, grade = claims["level"], claims["prior_outcome"], claims["grade"]
    holds = (level.values - DIPLOMA).view(np.uint8) <= BACHELOR - DIPLOMA
    checks[0] = _code(holds, level.known) | no_study
    checks[1] = _code(outcome.values == COMPLETED, outcome.known) | no_study
    checks[2] = _code(grade.values <= GRADE_C_PLUS, grade.known & (grade.values != GRADE_P))
    overlap, credits = claims["content_overlap"], claims["source_credits"]
    checks[3] = _code(overlap.values >= OVERLAP, overlap.known)
    checks[4] = _code(claims["accredited"].values, claims["accredited"].known) | no_study
    checks[5] = _not_transferred_before(claims["transferred_before"], claims["claimed_before"])
    checks[6] = _code(credits.values >= claims["target_credits"].values, credits.known)
    checks[7] = _code(claims["completed_on"].values >= cutoff, claims["completed_on"].known)
    checks[8] = (window & ~no_study) | (mooc << 1)
    checks[9] = _code(claims["approved_beforehand"].values, claims["approved_beforehand"].known) | no_mooc


def _code(holds: NDArray[np.bool_], known: NDArray[np.bool_]) -> Bytes:
    """2 where it is known to hold, 1 where it is not known, else 0."""
    code: Bytes = ((holds & known).view(np.uint8) << np.uint8(1)) | (known.view(np.uint8) ^ np.uint8(1))
    return code


def _not_transferred_before(transferred: Column, claimed: Column) -> Bytes:
    used = (transferred.values & transferred.known) | (claimed.values & claimed.known)
    return _code(~used, transferred.known | claimed.known)


def _add(claims: dict[str, Column], passes: NDArray[Any], starts: NDArray[Any], sums: NDArray[Any]) -> None:
    """Sum the passing claims' credits over the segments of the block's applications."""
    prior = claims["basis"].values != MOOC
    vertical = passes & prior & (claims["level"].values != BACHELOR)
    mooc = passes & ~prior
    below_b = vertical & (claims["grade"].values > GRADE_B)
    credits = claims["target_credits"].values
    for row, counted in enumerate((vertical, mooc & ~claims["from_uthm"].values, vertical | mooc, below_b)):
        sums[row] = np.add.reduceat(credits * counted, starts)


def _cutoff(applied_on: NDArray[np.int32]) -> NDArray[np.int32]:
    """The earliest completion still current on each day of application, from a table of days."""
    first = applied_on.min()
    days = np.arange(first, applied_on.max() + 1).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    earlier = (month - 12 * YEARS).astype("datetime64[D]") + (days - month)
    cutoff: NDArray[np.int32] = earlier.astype(np.int32)[applied_on - first]
    return cutoff


def _window(semester: Column) -> Bytes:
    return _code(semester.values == 1, semester.known)


def _binds(applications: Any, sums: NDArray[np.int64]) -> NDArray[np.bool_]:
    credits = applications["graduating_credits"].values.astype(np.int64)
    accredited = applications["mqa_accredited"].values & applications["mqa_accredited"].known
    vertical, band = _limit(credits, VERTICAL_PERCENT), _limit(credits, ACCREDITED_PERCENT)
    return np.asarray(
        (sums[0] > np.where(accredited, band, vertical))
        | (sums[3] > vertical)
        | (sums[1] > _limit(credits, OPEN_LEARNING_PERCENT))
        | (sums[2] > _limit(credits, OVERALL_PERCENT))
    )


def _limit(credits: NDArray[np.int64], percent: int) -> NDArray[np.int64]:
    """Percent of the graduating credits, rounded down to whole credits."""
    return credits * percent // (100 * CREDIT) * CREDIT
