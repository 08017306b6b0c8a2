"""Applications moved to the very edge of a limit, where an evaluator that rounds wrongly shows itself."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.columns import Column, Data
from bench.outcome import Outcomes
from bench.vocabulary import (
    ACCREDITED_PERCENT,
    CREDIT,
    OPEN_LEARNING_PERCENT,
    OVERALL_PERCENT,
    VERTICAL_PERCENT,
)


def at_the_limits(data: Data, outcomes: Outcomes) -> Data:
    """Choose each programme's credits anew, so that one sum meets its limit, or exceeds it by one credit.

    The sums take turns, application by application; a sum with half a credit comes within half a credit.
    """
    turn = np.arange(data.size) % 4
    sums, percent = np.choose(turn, list(outcomes.sums)), _percent(data, turn)
    whole = sums // CREDIT - (np.arange(data.size) // 4) % 2
    credits = -(-whole * 100 // percent) * CREDIT
    column = Column(np.maximum(credits, CREDIT).astype(np.int32), np.ones(data.size, np.bool_))
    return replace(data, applications={**data.applications, "graduating_credits": column})


def _percent(data: Data, turn: NDArray[np.int64]) -> NDArray[np.int64]:
    accredited = data.applications["mqa_accredited"]
    vertical = np.where(accredited.values & accredited.known, ACCREDITED_PERCENT, VERTICAL_PERCENT)
    return np.choose(turn, [vertical, OPEN_LEARNING_PERCENT, OVERALL_PERCENT, VERTICAL_PERCENT])
