"""OpenFisca: formulas over the arrays of a simulation."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.simulations import Simulation, SimulationBuilder

from bench.columns import Column, Data
from bench.outcome import RULES, SUMS, Answer, Outcomes
from bench.peers.openfisca_model import inputs
from bench.peers.openfisca_model.system import CALCULATED, system
from bench.vocabulary import GRADE_P, GRADES

PERIOD = "2025"
YES_NO = ("accredited", "transferred_before", "claimed_before", "approved_beforehand", "mqa_accredited")
RENAMED = {
    "prior_outcome": "prior_study_outcome",
    "accredited": "study_accredited",
    "approved_beforehand": "faculty_approval",
    "grade": "grade_rank",
    "content_overlap": "overlap",
}


def prepare(data: Data) -> Simulation:
    """A simulation whose inputs are set from arrays."""
    builder = SimulationBuilder()
    builder.create_entities(system())
    lines = data.application
    builder.declare_person_entity("claim", np.arange(len(lines)))
    application = builder.declare_entity("application", np.arange(data.size))
    builder.join_with_persons(application, lines, np.full(len(lines), "line"))
    simulation = builder.build(system())
    for name, column in [*data.claims.items(), *data.applications.items()]:
        if name != "study":
            simulation.set_input(RENAMED.get(name, name), PERIOD, _input(name, column))
    return simulation


def run(prepared: Simulation) -> Outcomes:
    """Calculate every rule, the verdict, the sums and the flag afresh."""
    for variable in CALCULATED:
        prepared.delete_arrays(variable.__name__, PERIOD)
    verdict = prepared.calculate("verdict", PERIOD)
    binds = prepared.calculate("binds", PERIOD)
    return Outcomes(
        [prepared.calculate(rule, PERIOD).astype(np.uint8) for rule in RULES],
        verdict.astype(np.uint8),
        [prepared.calculate(name, PERIOD) for name in SUMS],
        binds,
    )


def run_one(document: Mapping[str, Any]) -> Answer:
    """One case document as an OpenFisca situation."""
    simulation = SimulationBuilder().build_from_dict(system(), _situation(document))
    checks = [simulation.calculate(rule, PERIOD).tolist() for rule in RULES]
    return Answer(
        [list(row) for row in zip(*checks, strict=True)],
        simulation.calculate("verdict", PERIOD).tolist(),
        [int(simulation.calculate(name, PERIOD)[0]) for name in SUMS],
        bool(simulation.calculate("binds", PERIOD)[0]),
    )


def _input(name: str, column: Column) -> Any:
    values, known = column.values, column.known
    if name in YES_NO:
        return _enumerated(np.where(known, values.astype(np.uint8) + 1, 0), inputs.YesNo)
    if name == "level":
        return _enumerated(np.where(known, values + 1, 0), inputs.Level)
    if name == "prior_outcome":
        return _enumerated(np.where(known, values + 1, 0), inputs.PriorOutcome)
    if name == "basis":
        return _enumerated(values, inputs.Basis)
    if name == "grade":
        return np.where(known & (values != GRADE_P), values, inputs.NOT_KNOWN)
    if name in ("completed_on", "applied_on"):
        return np.where(known, values.astype("datetime64[D]"), np.datetime64(inputs.NO_DATE))
    return values if known.all() else np.where(known, values, inputs.NOT_KNOWN)


def _enumerated(codes: Any, words: Any) -> EnumArray:
    return EnumArray(codes.astype(np.uint8), words)


def _situation(document: Mapping[str, Any]) -> dict[str, Any]:
    programme = document["programme"]
    studies = {study["id"]: study for study in document["prior_studies"]}
    lines = {str(n): _line(claim, studies) for n, claim in enumerate(document["claims"])}
    application = _at_period(
        applied_on=document["applied_on"],
        semester=document["student"]["semester"],
        graduating_credits=_ten_thousandths(programme["graduating_credits"]),
        mqa_accredited=_yes_no(programme["mqa_accredited"]),
    )
    return {"claims": lines, "applications": {"a": {"lines": list(lines), **application}}}


def _line(claim: Mapping[str, Any], studies: Mapping[str, Any]) -> dict[str, Any]:
    source = claim["sources"][0]
    study = studies.get(source.get("study"), {})
    grade, share = source["grade"], claim["content_overlap"]
    return _at_period(
        basis=claim["basis"],
        level=study.get("level"),
        prior_study_outcome=study.get("outcome"),
        study_accredited=_yes_no(study.get("accredited")),
        transferred_before=_yes_no(source["transferred_before"]),
        claimed_before=_yes_no(source.get("claimed_before")),
        faculty_approval=_yes_no(claim.get("approved_beforehand")),
        grade_rank=None if grade in (None, "P") else GRADES.index(grade),
        overlap=None if share is None else round(share * 1_000_000),
        source_credits=_ten_thousandths(source["credits"]),
        target_credits=_ten_thousandths(claim["target"]["credits"]),
        completed_on=source["completed_on"],
        from_uthm=source.get("institution") == "UTHM",
    )


def _at_period(**values: Any) -> dict[str, Any]:
    return {name: {PERIOD: value} for name, value in values.items() if value is not None}


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _ten_thousandths(credits: float | None) -> int | None:
    return None if credits is None else round(credits * 10_000)
