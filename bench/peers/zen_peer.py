"""The ZEN engine: a JDM graph evaluated once for each application.

The graph lies in `zen_peer.json`. Its five years are sixty months, because `add(5, 'y')` makes an invalid
date of 29 February. The engine is given the graph by its static loader, which compiles it once: a decision
made by `create_decision` is five times slower, and `evaluate_batch` is no faster on one thread.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import zen

from bench.columns import Data
from bench.documents import documents
from bench.outcome import RULES, SUMS, Answer, Outcomes, gathered
from bench.vocabulary import CREDIT

GRAPH = Path(__file__).with_suffix(".json")


@cache
def _engine() -> zen.ZenEngine:
    content = {"transfer": json.loads(GRAPH.read_text(encoding="utf-8"))}
    return zen.ZenEngine({"loader": {"type": "static", "content": content}})


def prepare(data: Data) -> list[dict[str, Any]]:
    """Contexts as the graph reads them: claim lines carry what they need of study and application."""
    return [_context(document) for document in documents(data)]


def run(prepared: list[dict[str, Any]]) -> Outcomes:
    """Evaluate every context in turn."""
    return gathered(map(_evaluate, prepared))


def run_one(document: Mapping[str, Any]) -> Answer:
    """Judge one case document."""
    return _evaluate(_context(document))


def _evaluate(context: dict[str, Any]) -> Answer:
    result = _engine().evaluate("transfer", context)["result"]
    outcomes = result["outcomes"]
    return Answer(
        [[outcome[rule] for rule in RULES] for outcome in outcomes],
        [outcome["verdict"] for outcome in outcomes],
        [round(result[name] * CREDIT) for name in SUMS],
        result["binds"],
    )


def _context(document: Mapping[str, Any]) -> dict[str, Any]:
    programme = document["programme"]
    studies = {study["id"]: study for study in document["prior_studies"]}
    shared = {"applied_on": document["applied_on"], "semester": document["student"]["semester"]}
    return {
        "graduating_credits": programme["graduating_credits"],
        "mqa_accredited": programme["mqa_accredited"],
        "claims": [_line(claim, studies, shared) for claim in document["claims"]],
    }


def _line(claim: Mapping[str, Any], studies: Mapping[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    source = claim["sources"][0]
    study = studies.get(source.get("study"), {})
    return {
        "basis": claim["basis"],
        "level": study.get("level"),
        "outcome": study.get("outcome"),
        "accredited": study.get("accredited"),
        "grade": source["grade"],
        "content_overlap": claim["content_overlap"],
        "source_credits": source["credits"],
        "target_credits": claim["target"]["credits"],
        "transferred_before": source["transferred_before"],
        "claimed_before": source.get("claimed_before"),
        "completed_on": source["completed_on"],
        "approved_beforehand": claim.get("approved_beforehand"),
        "institution": source.get("institution"),
        **shared,
    }
