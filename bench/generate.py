"""Seeded synthetic applications: ungraded prior-study and MOOC claims of UTHM bachelor programmes."""

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.columns import Column, Data
from bench.vocabulary import COMPLETED, CREDIT, DIPLOMA, MOOC, OVERLAP, PRIOR_STUDY, WHOLE, day

SEED = 20250915
FIRST_DAY, LAST_DAY = day(2024, 1, 1), day(2026, 6, 30)
LEAP_APPLIED = [day(2024, 2, 29), day(2025, 2, 28), day(2025, 3, 1)]
LEAP_COMPLETED = [day(2019, 2, 28), day(2019, 3, 1), day(2020, 2, 28), day(2020, 2, 29), day(2020, 3, 1)]

LEVEL_WEIGHTS = [0.02, 0.02, 0.68, 0.06, 0.19, 0.02, 0.01]
OUTCOME_WEIGHTS = [0.90, 0.03, 0.03, 0.02, 0.02]
GRADE_WEIGHTS = [0.04, 0.11, 0.12, 0.15, 0.16, 0.13, 0.13, 0.05, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01, 0.02]
MODEST_WEIGHTS = [0.0, 0.01, 0.02, 0.03, 0.08, 0.38, 0.38, 0.03, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]
CREDIT_WEIGHTS = {2.0: 0.16, 2.5: 0.01, 3.0: 0.61, 3.5: 0.01, 4.0: 0.18, 6.0: 0.03}


def generate(applications: int, seed: int = SEED, crowded: float = 0.058) -> Data:
    """Draw so many applications; `crowded` is the share of them with claims enough to reach a limit."""
    rng = np.random.default_rng(seed)
    strong = _chance(rng, applications, crowded)
    counts = _claim_counts(rng, strong)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    programmes = _applications(rng, strong)
    return Data(programmes, _claims(rng, counts, strong, programmes["applied_on"].values), starts)


def _claim_counts(rng: Generator, strong: NDArray[np.bool_]) -> NDArray[np.int64]:
    usual = 1 + rng.negative_binomial(4, 4 / (4 + 3.16), len(strong))
    return np.where(strong, rng.integers(20, 39, len(strong)), np.minimum(usual, 24))


def _applications(rng: Generator, strong: NDArray[np.bool_]) -> dict[str, Column]:
    size = len(strong)
    applied_on = rng.integers(FIRST_DAY, LAST_DAY + 1, size, dtype=np.int32)
    leap = rng.random(size) < 0.01
    applied_on[leap] = rng.choice(np.array(LEAP_APPLIED, np.int32), leap.sum())
    credits = rng.choice(np.array([120, 122, 125, 128, 130, 135, 140], np.int32), size) * np.int32(CREDIT)
    semester = 1 + _pick(rng, size, [0.84, 0.08, 0.05, 0.03])
    return {
        "applied_on": _known(applied_on),
        "graduating_credits": _known(credits),
        "mqa_accredited": _nullable(rng, _chance(rng, size, 0.8), 0.03),
        "semester": _nullable(rng, np.where(strong, np.int8(1), semester), 0.02),
    }


def _claims(
    rng: Generator, counts: NDArray[np.int64], strong: NDArray[np.bool_], applied_on: NDArray[np.int32]
) -> dict[str, Column]:
    row = np.repeat(np.arange(len(counts)), counts)
    size = len(row)
    prior = rng.random(size) >= np.where(_chance(rng, len(counts), 0.06), 0.9, 0.12)[row]
    study = _pick(rng, size, [0.85, 0.15])
    target = _credits(rng, size)
    return {
        "basis": _known(np.where(prior, PRIOR_STUDY, MOOC).astype(np.int8)),
        "study": Column(study, prior),
        **_studies(rng, strong, row * 2 + study, prior),
        "grade": _nullable(rng, _grades(rng, len(counts), row), 0.03),
        "content_overlap": _nullable(rng, _overlaps(rng, size), 0.04),
        "source_credits": _nullable(rng, _source_credits(rng, target), 0.02),
        "target_credits": _known(target),
        "transferred_before": _nullable(rng, _chance(rng, size, 0.03), 0.03),
        "claimed_before": _nullable(rng, _chance(rng, size, 0.03), 0.04, ~prior),
        "completed_on": _nullable(rng, _completed_on(rng, applied_on[row]), 0.02),
        "approved_beforehand": _nullable(rng, _chance(rng, size, 0.88), 0.04, ~prior),
        "from_uthm": _known(_chance(rng, size, 0.25) & ~prior),
    }


def _studies(
    rng: Generator, strong: NDArray[np.bool_], study: NDArray[np.int64], prior: NDArray[np.bool_]
) -> dict[str, Column]:
    """Two earlier studies for each application; every claim line carries what its study says."""
    strong, size = np.repeat(strong, 2), 2 * len(strong)
    level = np.where(strong, np.int8(DIPLOMA), _pick(rng, size, LEVEL_WEIGHTS))
    outcome = np.where(strong, np.int8(COMPLETED), _pick(rng, size, OUTCOME_WEIGHTS))
    columns = {
        "level": _nullable(rng, level, 0.02),
        "prior_outcome": _nullable(rng, outcome, 0.02),
        "accredited": _nullable(rng, _chance(rng, size, 0.95) | strong, 0.03),
    }
    return {name: Column(c.values[study], c.known[study] & prior) for name, c in columns.items()}


def _grades(rng: Generator, applications: int, row: NDArray[np.int64]) -> NDArray[np.int8]:
    """Grades of the usual spread; one applicant in five has few above B-."""
    usual, modest = _pick(rng, len(row), GRADE_WEIGHTS), _pick(rng, len(row), MODEST_WEIGHTS)
    return np.where(_chance(rng, applications, 0.2)[row], modest, usual)


def _credits(rng: Generator, size: int) -> NDArray[np.int32]:
    credits = np.array([int(value * CREDIT) for value in CREDIT_WEIGHTS], np.int32)
    return credits[_pick(rng, size, list(CREDIT_WEIGHTS.values()))]


def _source_credits(rng: Generator, target: NDArray[np.int32]) -> NDArray[np.int32]:
    more = np.array([0, CREDIT, -CREDIT, 1, -1, CREDIT // 2], np.int32)
    return target + more[_pick(rng, len(target), [0.74, 0.13, 0.07, 0.01, 0.01, 0.04])]


def _overlaps(rng: Generator, size: int) -> NDArray[np.int32]:
    percent = np.rint(60 + 40 * rng.beta(5, 2, size)).astype(np.int32)
    near = OVERLAP + np.array([0, -1, 1, -10_000], np.int32)
    special = near[_pick(rng, size, [0.6, 0.15, 0.1, 0.15])]
    return np.where(rng.random(size) < 0.12, special, percent * np.int32(WHOLE // 100)).astype(np.int32)


def _completed_on(rng: Generator, applied_on: NDArray[np.int32]) -> NDArray[np.int32]:
    """Mostly one to five years earlier; some on the fifth anniversary or a day beside it; never later."""
    size = len(applied_on)
    completed = applied_on - (365 * rng.gamma(3.0, 0.75, size)).astype(np.int32)
    anniversary = _same_day_years_before(applied_on, 5) + rng.integers(-1, 2, size, dtype=np.int32)
    completed = np.where(rng.random(size) < 0.04, anniversary, completed)
    leap = np.isin(applied_on, LEAP_APPLIED) & (rng.random(size) < 0.5)
    completed[leap] = rng.choice(np.array(LEAP_COMPLETED, np.int32), leap.sum())
    return np.minimum(completed, applied_on).astype(np.int32)


def _same_day_years_before(days: NDArray[np.int32], years: int) -> NDArray[np.int32]:
    """The same day of the month so many years before; 29 February becomes 1 March."""
    date = days.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    before: NDArray[np.int32] = ((month - 12 * years).astype("datetime64[D]") + (date - month)).astype(
        np.int32
    )
    return before


def _pick(rng: Generator, size: int, weights: list[float]) -> NDArray[np.int8]:
    edges = np.cumsum(weights) / np.sum(weights)
    return np.searchsorted(edges[:-1], rng.random(size), side="right").astype(np.int8)


def _chance(rng: Generator, size: int, share: float) -> NDArray[np.bool_]:
    return rng.random(size) < share


def _known(values: NDArray[Any]) -> Column:
    return Column(values, np.ones(len(values), np.bool_))


def _nullable(
    rng: Generator, values: NDArray[Any], share: float, where: NDArray[np.bool_] | None = None
) -> Column:
    known = rng.random(len(values)) >= share
    return Column(values, known if where is None else known & where)
