"""Cases as columns: words as positions, credits and shares as integers, days as day numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tauliah.policy.column_reading import Array, Frames, code_column
from tauliah.transfer.case import TransferCase
from tauliah.transfer.claim import case_row, claim_rows
from tauliah.transfer.columns import GIVEN
from tauliah.values.credit import to_units
from tauliah.values.vocabulary import WORDS

GRANTED = "granted_"
"""Prefix of the application columns that hold credits granted earlier, by limit."""


def frames_of(cases: Sequence[TransferCase], names_of_institution: tuple[str, ...]) -> Frames:
    """The columns of valid cases, in their order; targets of an application are numbered in `target`."""
    claims = [claim_rows(case, names_of_institution) for case in cases]
    rows = [row for of_case in claims for row in of_case]
    sources = [source for row in rows for source in row["sources"]]
    return Frames(
        _columns([case_row(case, names_of_institution) for case in cases], "case") | _granted(cases),
        _columns(rows, "claim") | {"target": _targets(cases)},
        _columns(sources, "source"),
        _offsets([len(of_case) for of_case in claims]),
        _offsets([len(row["sources"]) for row in rows]),
    )


def _offsets(counts: Sequence[int]) -> Array:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _columns(rows: Sequence[dict[str, Any]], scope: str) -> dict[str, Array]:
    columns = [c for c in GIVEN.values() if c.scope == scope]
    return {c.name: code_column([row[c.name] for row in rows], c.kind) for c in columns}


def _targets(cases: Sequence[TransferCase]) -> Array:
    numbers: list[int] = []
    for case in cases:
        codes: dict[str, int] = {}
        numbers += [codes.setdefault(claim.target.code, len(codes)) for claim in case.claims]
    return np.array(numbers, np.int32)


def _granted(cases: Sequence[TransferCase]) -> dict[str, Array]:
    def before(case: TransferCase, limit: str) -> int:
        return sum(to_units(g.credits) for g in case.granted or () if limit in g.limits)

    named = {limit for case in cases for g in case.granted or () for limit in g.limits}
    return {
        f"{GRANTED}{limit}": np.array([before(case, limit) for case in cases], np.int64)
        for limit in WORDS["limit"]
        if limit in named
    }
