"""The form of a claim: from its rows to what is typed, what is wrong with that, and what it stands for."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from portal.applications.forms_choices import Choices
from portal.applications.forms_keys import CLAIM_FORM, SOURCE_FORM, claim_keys, details_of, source_fields
from portal.applications.models import Claim, Evidence, PriorApproval, PriorStudy, Source
from portal.cases import bridge
from portal.cases.bridge import NUMBER, Entry, blank, is_blank, written
from portal.cases.checking import checked
from portal.catalogue.models import Course, CourseResult
from portal.matching.models import Comparison
from portal.numbers import whole_number
from portal.transfer.bridge import PAPER
from portal.transfer.keys import CLAIM, SOURCE, STUDY, TRANSFER
from tauliah.values.case import Problem
from tauliah.values.text import Text

UNKNOWN_GRADE = Text(
    "Gred ini tiada dalam skala {institution}. Pilih satu daripada: {grades}.",
    "This grade is not on the scale of {institution}. Choose one of: {grades}.",
)
NOT_IN_PLAN = Text("Pilih kursus daripada pelan program.", "Choose a course of the programme’s plan.")
CLAIMED_TWICE = Text(
    "Kursus ini sudah dipohon dalam permohonan ini. Ubah tuntutan itu, atau pilih kursus lain.",
    "This course is claimed in this application already. Change that claim, or choose another course.",
)
TOO_LONG = Text("Paling banyak {most} aksara.", "{most} characters at most.")
TOO_FINE = Text(
    "Masukkan kredit sehingga 9999 dengan paling banyak dua tempat perpuluhan, contohnya 3 atau 2.5.",
    "Enter credits up to 9999 with two decimal places at most, for example 3 or 2.5.",
)
LONGEST = {"code": 40, "title": 300, "original_grade": 20, "original_credits": 40, "institution": 200}
FINE = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")
PRESET = frozenset({"study", "result"})
ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class SourceValues:
    """A source as it is kept."""

    study: PriorStudy | None
    columns: dict[str, Any]
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimValues:
    """A claim as it is kept, with what could not be kept of what was typed."""

    target: Course | None
    basis: str
    graded: bool
    partner_agreement: bool | None
    approval: PriorApproval | None
    replacement: Course | None
    comparison: Comparison | None
    sources: list[SourceValues]
    evidence: list[Evidence]
    problems: tuple[Problem, ...] = field(default=())


# --- From rows to what is typed ---------------------------------------------------------------------


def new_claim_entry(choices: Choices) -> Entry:
    """Return an empty claim on the policy's first basis, with one source."""
    basis = choices.pack.bases[0]
    entry = blank(CLAIM_FORM) | {"basis": basis, "graded": "no"}
    return entry | {"sources": [new_source_entry(choices)]}


def new_source_entry(choices: Choices) -> Entry:
    """Return an empty source; where there is but one prior study it is that one's."""
    only = str(choices.studies[0].pk) if len(choices.studies) == 1 else ""
    return blank(SOURCE_FORM) | {"study": only}


def entry_of_claim(claim: Claim) -> Entry:
    """Return a kept claim as its form shows it."""
    answer = {True: "yes", False: "no", None: ""}
    entry = blank(CLAIM_FORM)
    entry |= {
        "target": claim.target.code,
        "basis": claim.basis,
        "graded": answer[claim.graded],
        "partner_agreement": answer[claim.partner_agreement],
        "approval": str(claim.approved_beforehand_id or ""),
        "replacement": claim.replacement.code if claim.replacement else "",
        "precedent": str(claim.comparison_id or ""),
        "evidence": [str(use.evidence_id) for use in claim.evidence.all()],
    }
    entry["sources"] = [entry_of_source(source) for source in claim.sources.all()]
    return entry


def entry_of_source(source: Source) -> Entry:
    """Return a kept source as its form shows it."""
    columns = {name: getattr(source, name) for name in SOURCE_FORM if hasattr(source, name)}
    columns |= source.details | {"study": str(source.study_id or "")}
    columns["claimed_before"] = source.transferred_before
    return bridge.entry_of_case(columns, SOURCE_FORM)


# --- What is typed, completed -----------------------------------------------------------------------


def completed(entry: Entry, choices: Choices) -> Entry:
    """Fill in what follows from what is chosen: one's own result, and the grade on the deciding scale."""
    for source in entry["sources"]:
        result = next((r for r in choices.results if str(r.pk) == source["result"]), None)
        if result is not None:
            source.update(of_result(result))
        scale = choices.scale(source)
        if scale is not None and "original_grade" in source_fields(entry["basis"])[0]:
            source["grade"] = scale.converted(source["original_grade"])
        elif not choices.is_elsewhere(source):
            source["original_grade"] = ""
    return entry


def of_result(result: CourseResult) -> Entry:
    """Return what the registry says of a course that the student took here."""
    course = result.course
    return {
        "code": course.code,
        "title": course.name,
        "credits": f"{course.credits.normalize():f}",
        "grade": result.grade,
        "completed_on": result.completed_on.isoformat(),
        "institution": course.institution.name,
        "level": course.level,
    }


def pruned(entry: Entry) -> Entry:
    """Leave out sources in which nothing is filled; one always stays."""
    filled = [source for source in entry["sources"] if not is_blank(source, but=PRESET)]
    return entry | {"sources": filled or entry["sources"][:1]}


# --- What is typed, as the contract's claim -----------------------------------------------------------


def contract_entry(entry: Entry, choices: Choices) -> Entry:
    """Return a typed claim as a row of the eligibility check's form."""
    course = choices.targets.get(entry["target"])
    target = {"code": entry["target"], "title": "", "credits": "", "subject": ""}
    if course is not None:
        target |= {
            "title": course.name,
            "credits": f"{course.credits.normalize():f}",
            "subject": course.subject,
        }
    asked = set(claim_keys(entry["basis"]))
    row = blank(CLAIM) | {"target": target, "basis": entry["basis"], "graded": entry["graded"]}
    row["partner_agreement"] = entry["partner_agreement"] if "partner_agreement" in asked else ""
    row["approved_beforehand"] = "yes" if entry["approval"] and "approval" in asked else ""
    row["sources"] = [{name: source[name] for name in SOURCE} for source in entry["sources"]]
    return row


def problems_of(entry: Entry, choices: Choices) -> tuple[Problem, ...]:
    """Return what is wrong with a typed claim, each at its place in the form."""
    application, programme = choices.application, choices.application.programme
    whole = blank(TRANSFER)
    whole |= {"policy": application.policy, "applied_on": choices.today.isoformat()}
    whole["programme"] |= {
        "institution": application.institution.code,
        "level": programme.level,
        "graduating_credits": f"{programme.graduating_credits:f}",
        "coursework_credits": f"{programme.coursework_credits or programme.graduating_credits:f}",
        "mode": programme.mode,
    }
    named = [{"id": str(s.pk), "institution": s.institution_name} for s in choices.studies]
    whole["prior_studies"] = [blank(STUDY) | study for study in named]
    whole["claims"] = [contract_entry(entry, choices)]
    found = checked(PAPER, whole).problems
    ours = (p for p in found if p.where.startswith("claims[0]."))
    placed = [Problem(_in_form(p.where.removeprefix("claims[0].")), p.message) for p in ours]
    own = (*_target_problems(entry, choices), *_grades(entry, choices), *_unfit(entry))
    return (*own, *(p for p in placed if p.where not in {q.where for q in own}))


def _in_form(place: str) -> str:
    return "target" if place.startswith("target") else place


def _target_problems(entry: Entry, choices: Choices) -> list[Problem]:
    return [] if entry["target"] in choices.targets else [Problem("target", NOT_IN_PLAN)]


def _unfit(entry: Entry) -> list[Problem]:
    """Return what is longer, larger or finer than its place in the records."""
    problems = []
    for number, source in enumerate(entry["sources"]):
        for name, most in LONGEST.items():
            if len(source[name]) > most:
                problems.append(Problem(f"sources[{number}].{name}", TOO_LONG.fill(most=str(most))))
        if NUMBER.fullmatch(source["credits"]) and not FINE.fullmatch(source["credits"]):
            problems.append(Problem(f"sources[{number}].credits", TOO_FINE))
    return problems


def _grades(entry: Entry, choices: Choices) -> list[Problem]:
    problems = []
    for number, source in enumerate(entry["sources"]):
        scale = choices.scale(source) if source["original_grade"] else None
        if scale is not None and not scale.converted(source["original_grade"]):
            listed = ", ".join(scale.equals)
            message = UNKNOWN_GRADE.fill(institution=scale.institution, grades=listed)
            problems.append(Problem(f"sources[{number}].original_grade", message))
    return problems


# --- What is typed, as it is kept ---------------------------------------------------------------------


def values_of(entry: Entry, choices: Choices) -> ClaimValues:
    """Return what of a typed claim can be kept; ``problems`` names what cannot, and why."""
    problems = problems_of(entry, choices)
    wrong = {problem.where for problem in problems}
    return ClaimValues(
        target=choices.targets.get(entry["target"]),
        basis=entry["basis"],
        graded=entry["graded"] == "yes",
        partner_agreement=ANSWERS.get(entry["partner_agreement"]),
        approval=next((a for a in choices.approvals if str(a.pk) == entry["approval"]), None),
        replacement=choices.targets.get(entry["replacement"]),
        comparison=_precedent(entry, choices),
        sources=[
            _source_values(source, entry["basis"], f"sources[{n}]", wrong, choices)
            for n, source in enumerate(entry["sources"])
        ],
        evidence=[kept for kept in choices.files if str(kept.pk) in entry["evidence"]],
        problems=problems,
    )


def _precedent(entry: Entry, choices: Choices) -> Comparison | None:
    """Return the comparison that the claim rests on, if it is one of those offered for it."""
    number = whole_number(entry["precedent"])
    offered = {accepted.number for accepted in choices.precedents(entry)}
    return Comparison.objects.filter(pk=number).first() if number in offered else None


def _source_values(source: Entry, basis: str, place: str, wrong: set[str], choices: Choices) -> SourceValues:
    asked = {name for part in source_fields(basis) for name in part} | {"grade"}
    typed = {
        name: value if name in asked and not _is_wrong(f"{place}.{name}", wrong) else ""
        for name, value in source.items()
    }
    value = written(typed, SOURCE_FORM)
    columns = {
        "code": value.get("code", ""),
        "title": value.get("title", ""),
        "credits": Decimal(str(value["credits"])) if "credits" in value else None,
        "original_credits": value.get("original_credits", ""),
        "grade": value.get("grade", ""),
        "original_grade": value.get("original_grade", ""),
        "completed_on": date.fromisoformat(value["completed_on"]) if "completed_on" in value else None,
        "transferred_before": value.get("transferred_before"),
    }
    if "claimed_before" in asked:
        columns["transferred_before"] = value.get("claimed_before")
    kept = {name: value[name] for name in details_of(basis) if name in value}
    return SourceValues(choices.study(typed["study"]), columns, kept)


def _is_wrong(place: str, wrong: set[str]) -> bool:
    return any(where == place or where.startswith((f"{place}.", f"{place}[")) for where in wrong)
