"""Tauliah itself: the UTHM pack as installed, read as Polars for a batch and as Python for one case."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.columns import Column, Data
from bench.outcome import ABSENT, PASS, RULES, Answer, Outcomes
from bench.vocabulary import BASES, GRADE_B, MOOC
from tauliah.batch.judge import Judged, judge
from tauliah.files.packs import installed_packs
from tauliah.policy.column_reading import NO_WORD, NOT_KNOWN, Frames
from tauliah.transfer.case import TransferCase
from tauliah.transfer.claim import Row, case_row, claim_rows
from tauliah.transfer.columns import GIVEN
from tauliah.transfer.edition import Edition, edition_of
from tauliah.values.case import parse
from tauliah.values.vocabulary import CODES

PACK = installed_packs()["uthm"]
EDITION: Edition = edition_of(PACK, PACK.versions[-1])
LIMITS = ("vertical_limit", "open_learning_limit", "overall_limit")
PART = 50_000
"""Applications read together from files."""


def _places() -> dict[str, int]:
    """Where the judgement of a claim says whether it counts under each limit."""
    place, places = len(EDITION.rules) + 3, {}
    for limit in EDITION.limits:
        places[limit.name] = place
        place += 1 if limit.limit.ceiling is None else 2
    return places


VERDICT = len(EDITION.rules)
COUNTS = [_places()[name] for name in LIMITS]
RULE_PLACES = [[rule.name for rule in EDITION.rules].index(name) for name in RULES]
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


def prepare(data: Data) -> Frames:
    """The engine's columns: the generator's under the core's names, each with its mark for not known."""
    applications, claims, lines = data.applications, data.claims, int(data.starts[-1])
    basis = np.array([CODES["basis"][word] for word in BASES], np.uint8)[claims["basis"].values]
    own = claims["from_uthm"].values
    return Frames(
        {name: _coded(applications[name], name) for name in APPLICATION}
        | {
            "programme_level": np.full(data.size, CODES["level"]["bachelor"], np.uint8),
            "own_programme": np.full(data.size, 2, np.uint8),
        },
        {name: _coded(claims[name], name) for name in CLAIM}
        | {"basis": basis, "graded": np.zeros(lines, np.uint8), "subject": _words("subject", "none", lines)},
        {name: _coded(claims[NAMES.get(name, name)], name) for name in SOURCE}
        | {
            "level_compared": _truths(claims["basis"].values != MOOC),
            "own_institution": _truths(own),
            "claimed_in_case": np.zeros(lines, np.uint8),
            "study_named": _truths(claims["basis"].values != MOOC),
        },
        data.starts,
    )


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


def run(prepared: Frames) -> Outcomes:
    """Every rule's outcome, the verdict, the limits' sums and whether one binds."""
    return _answer(judge(prepared, EDITION))


def _answer(judged: Judged) -> Outcomes:
    absent = np.full(len(judged.verdict), ABSENT, np.uint8)
    checks = [judged.outcomes.get(name, absent) for name in RULES]
    return Outcomes(checks, judged.verdict, _sums(judged), judged.binds)


def _sums(judged: Judged) -> list[np.ndarray[Any, Any]]:
    """The three limits' sums, and what the lower tier of the vertical limit holds."""
    return [*(judged.sums[name] for name in LIMITS), judged.tiers["vertical_limit"][-1]]


def run_one(document: Mapping[str, Any]) -> Answer:
    """One case from its document: checked, judged, its limits added up."""
    return run_facts(facts_of(document))


def facts_of(document: Mapping[str, Any]) -> tuple[Row, list[Row]]:
    """The checked case as the rows that the compiled functions read."""
    case = parse(TransferCase, document)
    return case_row(case, PACK.names_of_institution), claim_rows(case, PACK.names_of_institution)


def run_facts(facts: tuple[Row, list[Row]]) -> Answer:
    """One case from its rows: every rule's outcome, the verdict, the limits' sums and whether one binds."""
    (top,), judged = EDITION.judge(*facts)
    sums, binds = [0, 0, 0, 0], False
    low = top
    for values, claim in zip(judged, facts[1], strict=True):
        if values[VERDICT] < PASS:
            continue
        credits = claim["target_credits"]
        for k, place in enumerate(COUNTS):
            if values[place]:
                sums[k] += credits
                binds = binds or sums[k] > (top if k == 0 else values[place + 1])
        if values[COUNTS[0]] and claim["sources"][0]["grade"] > GRADE_B:
            sums[3] += credits
            low = values[COUNTS[0] + 1]
    checks = [[values[i] for i in RULE_PLACES] for values in judged]
    return Answer(checks, [values[VERDICT] for values in judged], sums, binds or sums[3] > low)


def stream(folder: Path) -> None:
    """Judges the files part by part, so that no more than a part is held."""
    applications = pl.scan_parquet(folder / "applications.parquet")
    lines = pl.scan_parquet(folder / "claims.parquet")
    size = applications.select(pl.len()).collect().item()
    for start in range(0, size, PART):
        part = applications.slice(start, PART).collect()
        of_part = lines.filter(pl.col("application").is_between(start, start + PART - 1)).collect()
        run(prepare(_data(part, of_part, start)))


def _data(applications: pl.DataFrame, lines: pl.DataFrame, start: int) -> Data:
    counts = np.bincount(lines["application"].to_numpy() - start, minlength=applications.height)
    return Data(
        {name: _known(applications[name]) for name in APPLICATION},
        {name: _known(lines[name]) for name in lines.columns if name not in ("application", "line")},
        np.concatenate([[0], np.cumsum(counts)]),
    )


def _known(series: pl.Series) -> Column:
    values = series.to_physical() if series.dtype == pl.Date else series
    filled = values.fill_null(False) if series.dtype == pl.Boolean else values.fill_null(0)
    return Column(filled.to_numpy(), series.is_not_null().to_numpy())
