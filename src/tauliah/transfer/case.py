"""The case of kind `transfer`, field by field as the contract lists it."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tauliah.policy.pack import Pack
from tauliah.values.case import REQUIRED, InvalidCase, Problem
from tauliah.values.fields import (
    CaseModel,
    CourseCredits,
    Day,
    Name,
    Ordinal,
    Percent,
    ProgrammeCredits,
    RequiredName,
    Share,
    Word,
    Years,
    YesNo,
)
from tauliah.values.text import Text

MOST_CLAIMS = 200
MOST_SOURCES = 50

Level = Annotated[str, Word("level")]
Mode = Annotated[str, Word("mode")]
Grade = Annotated[str, Word("grade")]

STUDY_BASES = ("prior_study", "resumed_study", "continued_study")
"""Bases whose sources must name a prior study of the case."""


class Student(CaseModel):
    """Where the student stands in the current programme."""

    status: Annotated[str, Word("status")] | None = None
    standing: Annotated[str, Word("standing")] | None = None
    semester: Ordinal | None = None
    week: Ordinal | None = None
    final_semester: YesNo | None = None


class Programme(CaseModel):
    """The programme the credits would go to."""

    institution: RequiredName
    field: Name | None = None
    level: Level
    mode: Mode | None = None
    graduating_credits: ProgrammeCredits
    coursework_credits: ProgrammeCredits | None = None
    duration_years: Years | None = None
    mqa_accredited: YesNo | None = None
    minimum_grade: Grade | None = None
    standard_limit_percent: Percent | None = None
    professional_limit_percent: Percent | None = None


class PriorStudy(CaseModel):
    """A study before the current programme."""

    id: RequiredName
    institution: Name | None = None
    country: Name | None = None
    field: Name | None = None
    level: Level | None = None
    mode: Mode | None = None
    outcome: Annotated[str, Word("prior_outcome")] | None = None
    withdrawn_with_cause: YesNo | None = None
    ended_on: Day | None = None
    accredited: YesNo | None = None
    also_holds_diploma: YesNo | None = None


def _none_as_empty(value: Any) -> Any:
    return [] if value is None else value


class Granted(CaseModel):
    """Credits granted earlier in this programme, and the limits they fill."""

    credits: CourseCredits
    limits: Annotated[
        list[Annotated[str, Word("limit")]], Field(max_length=20), BeforeValidator(_none_as_empty)
    ] = Field(default_factory=list)


class Target(CaseModel):
    """The course of the programme that would not be taken."""

    code: RequiredName
    title: Name | None = None
    credits: CourseCredits
    subject: Annotated[str, Word("subject", but=("none",))] | None = None


class Source(CaseModel):
    """A course, certificate or experience that stands in for the target."""

    study: Name | None = None
    code: Name | None = None
    title: Name | None = None
    institution: Name | None = None
    level: Level | None = None
    accredited: YesNo | None = None
    credits: CourseCredits | None = None
    grade: Grade | None = None
    completed_on: Day | None = None
    transferred_before: YesNo | None = None
    platform: Name | None = None
    malaysian: YesNo | None = None
    certificate: Annotated[str, Word("certificate")] | None = None
    proctoring: Annotated[str, Word("proctoring")] | None = None
    onsite_grade: Grade | None = None
    claimed_before: YesNo | None = None
    origin: Annotated[str, Word("origin")] | None = None
    quality_verified: YesNo | None = None
    clo_percent: Annotated[dict[str, Percent | None], Field(max_length=100)] | None = None


class Claim(CaseModel):
    """One target with the sources that stand in for it."""

    target: Target
    basis: Annotated[str, Word("basis")]
    graded: YesNo | None = None
    content_overlap: Share | None = None
    partner_agreement: YesNo | None = None
    approved_beforehand: YesNo | None = None
    sources: Annotated[list[Source], Field(min_length=1, max_length=MOST_SOURCES)]


class TransferCase(CaseModel):
    """A student's claims for credit transfer into one programme on one day."""

    kind: Literal["transfer"]
    policy: RequiredName
    applied_on: Day
    student: Student | None = None
    programme: Programme
    prior_studies: Annotated[list[PriorStudy], Field(max_length=MOST_SOURCES)] | None = None
    granted: Annotated[list[Granted], Field(max_length=MOST_CLAIMS)] | None = None
    claims: Annotated[list[Claim], Field(min_length=1, max_length=MOST_CLAIMS)]

    def study(self, identifier: str | None) -> PriorStudy | None:
        """The prior study of that id, if the case has it."""
        return next((s for s in self.prior_studies or () if s.id == identifier), None)


def check_consistency(case: TransferCase, pack: Pack) -> None:
    """Raises `InvalidCase` where parts of the case contradict each other or the policy's scope."""
    problems = [*_repeated_studies(case), *_out_of_scope(case, pack)]
    for i, claim in enumerate(case.claims):
        if claim.basis not in pack.bases:
            covered = ", ".join(pack.bases)
            text = Text(
                f"Dasar {case.policy} tidak meliputi asas ini; asas yang diliputi: {covered}.",
                f"The policy {case.policy} does not cover this basis; it covers: {covered}.",
            )
            problems.append(Problem(f"claims[{i}].basis", text))
        problems += _repeated_sources(claim, f"claims[{i}]")
        for j, source in enumerate(claim.sources):
            problems += _source_problems(case, claim, source, f"claims[{i}].sources[{j}]")
    if problems:
        raise InvalidCase(problems)


def _out_of_scope(case: TransferCase, pack: Pack) -> list[Problem]:
    """A level the policy does not know, and fields it cannot do without."""
    problems = []
    if case.programme.level not in pack.levels:
        covered = ", ".join(pack.levels)
        text = Text(
            f"Dasar {case.policy} tidak meliputi peringkat ini; peringkat yang diliputi: {covered}.",
            f"The policy {case.policy} does not cover this level; it covers: {covered}.",
        )
        problems.append(Problem("programme.level", text))
    for required in pack.requires:
        asked = all(_value_at(case, field) in values for field, values in required.when.items())
        if asked and _value_at(case, required.field) is None:
            problems.append(Problem(required.field, REQUIRED))
    return problems


def _value_at(case: TransferCase, path: str) -> object:
    value: object = case
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def _repeated_sources(claim: Claim, where: str) -> list[Problem]:
    """A combination brings several courses together; one named twice would count twice."""
    named = [(s.study, s.platform, s.institution, s.code) for s in claim.sources]
    text = Text(
        "Kursus ini sudah dinyatakan dalam gabungan yang sama; buang yang berulang.",
        "This course stands in the same combination already; remove the repetition.",
    )
    return [
        Problem(f"{where}.sources[{j}].code", text)
        for j, name in enumerate(named)
        if name[-1] is not None and name in named[:j]
    ]


def _repeated_studies(case: TransferCase) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for i, study in enumerate(case.prior_studies or ()):
        if study.id in seen:
            text = Text(
                f"Id “{study.id}” sudah digunakan; beri id yang lain.",
                f"The id “{study.id}” is used already; give another.",
            )
            problems.append(Problem(f"prior_studies[{i}].id", text))
        seen.add(study.id)
    return problems


def _source_problems(case: TransferCase, claim: Claim, source: Source, where: str) -> list[Problem]:
    problems = []
    if source.study is None and claim.basis in STUDY_BASES:
        text = Text(
            "Nyatakan pengajian terdahulu (id daripada prior_studies).",
            "Name the prior study (an id from prior_studies).",
        )
        problems.append(Problem(f"{where}.study", text))
    if source.study is not None and case.study(source.study) is None:
        text = Text(
            f"Pengajian “{source.study}” tiada dalam prior_studies.",
            f"The study “{source.study}” is not among prior_studies.",
        )
        problems.append(Problem(f"{where}.study", text))
    if source.completed_on is not None and source.completed_on > case.applied_on:
        text = Text(
            f"Kursus tamat selepas tarikh permohonan ({case.applied_on}).",
            f"The course was completed after the application date ({case.applied_on}).",
        )
        problems.append(Problem(f"{where}.completed_on", text))
    return problems
