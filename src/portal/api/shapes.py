"""The shapes of what the API answers with, as the OpenAPI document shows them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field


class Words(Schema):
    """The same words in Malay and English."""

    ms: str
    en: str


class Source(Schema):
    """A document that the guideline is or refers to."""

    title: Words
    year: int | None
    note: Words | None


class Counts(Schema):
    """How much of each thing a policy holds."""

    clauses: int
    parameters: int
    rules: int
    limits: int
    conditions: int
    discrepancies: int


class PackSummary(Schema):
    """A policy in a list."""

    name: str
    title: Words
    institution: Words
    purpose: Words
    language: str
    versions: list[date]
    counts: Counts


class PackList(Schema):
    """Every policy this portal serves."""

    total: int
    packs: list[PackSummary]


class Binding(Schema):
    """A rule, limit or condition with the clauses it rests on."""

    name: str
    label: Words
    clauses: list[str]


class Discrepancy(Schema):
    """Where the guideline contradicts itself or is silent, and the reading taken."""

    about: Words
    clauses: list[str]
    reading: Words


class PackDetail(PackSummary):
    """A policy with what it applies and where its document is unclear."""

    sources: list[Source]
    sections: list[Words]
    rules: list[Binding]
    limits: list[Binding]
    conditions: list[Binding]
    discrepancies: list[Discrepancy]


class Citation(Schema):
    """A rule, limit, condition or parameter that cites a clause."""

    sort: str
    name: str
    label: Words


class Clause(Schema):
    """One statement of the guideline; `wording` is in the language of the document."""

    id: str
    section: Words
    text: Words
    wording: str | None
    actor: str
    force: str
    realised_as: list[str]
    names: list[str]


class ClauseDetail(Clause):
    """A clause with its document's language and what cites it."""

    language: str
    cited_by: list[Citation]
    discrepancies: list[Discrepancy]


class ClauseList(Schema):
    """Some of the clauses that were asked for; `total` counts all of them."""

    total: int
    offset: int
    limit: int
    clauses: list[Clause]


def plain(value: Any) -> Any:
    """Write a value of a pack as JSON can carry it: a fraction as text (1/3), a decimal as a number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, Fraction) else value


Value = Annotated[str | bool | int | float | dict[str, int] | None, BeforeValidator(plain)]


class Row(Schema):
    """A value under its conditions; the first row that applies gives the value."""

    when: dict[str, list[str | bool | int]]
    value: Value
    clauses: list[str]


class Span(Schema):
    """The rows of a parameter and the days on which they are in force; no last day: they still are."""

    start: date = Field(serialization_alias="from")
    end: date | None = Field(serialization_alias="until")
    rows: list[Row]


class Parameter(Schema):
    """A value of the policy through time, oldest first."""

    name: str
    label: Words
    unit: str
    note: Words | None
    last_checked: date | None
    history: list[Span]


class ParameterList(Schema):
    """Every parameter of a policy."""

    total: int
    parameters: list[Parameter]


class ParameterDetail(Parameter):
    """A parameter; `in_force` holds the rows of the day asked about, if a day was asked about."""

    on: date | None
    in_force: Span | None


class Open(Schema):
    """A part of a result: it may always carry more than is listed."""

    model_config = ConfigDict(extra="allow")


class Check(Open):
    """What one rule found for a claim."""

    rule: str
    outcome: str
    clauses: list[str]
    found: Any
    required: Any
    message: Words


class ClaimResult(Open):
    """The outcome of one claim."""

    target: str
    title: str | None
    direction: str | None
    outcome: str
    award: str
    credits: float
    checks: list[Check]
    message: Words


class LimitResult(Open):
    """How much of a limit is used."""

    rule: str
    label: Words
    clauses: list[str]
    limit_credits: float | None
    granted_credits: float
    accepted_credits: float


class ConditionResult(Open):
    """A condition attached to what was accepted."""

    rule: str
    clauses: list[str]
    message: Words


class NextStep(Open):
    """What is missing and what to do; without a claim it concerns the whole case."""

    claim: str | None
    message: Words


class Result(Open):
    """The result of a case of kind transfer (docs: the evaluation contract)."""

    kind: str
    policy: str
    policy_version: date
    claims: list[ClaimResult]
    limits: list[LimitResult]
    conditions: list[ConditionResult]
    credits_accepted: float
    credits_possible: float
    next_steps: list[NextStep]


class CaseProblem(Schema):
    """One thing wrong with a case, in both languages."""

    where: str
    message: Words


class CaseError(CaseProblem):
    """The first thing wrong with a case of a list, and all of them."""

    problems: list[CaseProblem]


class ListedResult(Schema):
    """The answer to one case of a list: its result or its error."""

    index: int
    result: Result | None = None
    error: CaseError | None = None


class FieldError(Schema):
    """One field that is wrong, in the caller's language."""

    where: str
    message: str


class ProblemDetails(Schema):
    """A problem after RFC 9457; `type` is the address of its explanation."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldError] | None = None
