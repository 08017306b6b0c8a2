"""Tauliah itself: the UTHM pack as installed, read as Polars for a batch and as Python for one case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.columns import Column, Data
from bench.outcome import ABSENT, RULES, Answer, Outcomes
from bench.vocabulary import BASES, GRADE_B, MOOC
from tauliah.batch.judge import Judged, judge
from tauliah.files.packs import installed_packs
from tauliah.policy.column_reading import NO_WORD, NOT_KNOWN, Frames
from tauliah.transfer.case import TransferCase
from tauliah.transfer.claim import case_row, claim_rows
from tauliah.transfer.columns import GIVEN
from tauliah.transfer.edition import Edition, edition_of
from tauliah.values.case import parse
from tauliah.values.vocabulary import CODES

PACK = installed_packs()["uthm"]
EDITION: Edition = edition_of(PACK, PACK.versions[-1])
LIMITS = ("vertical_limit", "open_learning_limit", "overall_limit")
NAMES = {"credits": "source_credits"}
CLAIM = ("content_overlap", "approved_beforehand", "target_credits")
SOURCE = (
    "credits",
    "grade",
    "completed_on",
    "transferred_before",
    "claimed_before",
    "level",
    "prior_outcome",
    "accredited",
)
APPLICATION = ("applied_on", "graduating_credits", "mqa_accredited", "semester")


@dataclass(frozen=True)
class Prepared:
    """The frames, and what the comparison asks for beside Tauliah's own answer."""

    frames: Frames
    below_b: np.ndarray[Any, Any]


def prepare(data: Data) -> Prepared:
    """The engine's columns: the generator's under the core's names, each with its mark for not known."""
    applications, claims, lines = data.applications, data.claims, int(data.starts[-1])
    basis = np.array([CODES["basis"][word] for word in BASES], np.uint8)[claims["basis"].values]
    own = claims["from_uthm"].values
    frames = Frames(
        {name: _coded(applications[name], name) for name in APPLICATION}
        | {"programme_level": np.full(data.size, CODES["level"]["bachelor"], np.uint8)},
        {name: _coded(claims[name], name) for name in CLAIM}
        | {"basis": basis, "graded": np.zeros(lines, np.uint8), "subject": _words("subject", "none", lines)},
        {name: _coded(claims[NAMES.get(name, name)], name) for name in SOURCE}
        | {"level_compared": _truths(claims["basis"].values != MOOC), "own_institution": _truths(own)},
        data.starts,
    )
    return Prepared(frames, claims["grade"].values > GRADE_B)


def _coded(column: Column, name: str) -> np.ndarray[Any, Any]:
    kind = GIVEN[name].kind
    if kind == "bool":
        return np.where(column.known, column.values.astype(np.uint8) * 2, 1).astype(np.uint8)
    if kind in CODES:
        return np.where(column.known, column.values.astype(np.uint8), np.uint8(NO_WORD))
    return np.where(column.known, column.values.astype(np.int32), np.int32(NOT_KNOWN))


def _truths(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return values.astype(np.uint8) * 2


def _words(vocabulary: str, word: str, size: int) -> np.ndarray[Any, Any]:
    return np.full(size, CODES[vocabulary][word], np.uint8)


def run(prepared: Prepared) -> Outcomes:
    """Every rule's outcome, the verdict, the limits' sums and whether one binds."""
    return _answer(judge(prepared.frames, EDITION), prepared.below_b)


def _answer(judged: Judged, below_b: np.ndarray[Any, Any]) -> Outcomes:
    absent = np.full(len(judged.verdict), ABSENT, np.uint8)
    checks = [judged.outcomes.get(name, absent) for name in RULES]
    return Outcomes(checks, judged.verdict, _sums(judged), judged.binds)


def _sums(judged: Judged) -> list[np.ndarray[Any, Any]]:
    """The three limits' sums, and what the lower tier of the vertical limit holds."""
    return [*(judged.sums[name] for name in LIMITS), judged.tiers["vertical_limit"][-1]]
