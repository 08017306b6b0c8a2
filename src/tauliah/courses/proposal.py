"""Whether the proposal of a course is complete and keeps to the policy."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from tauliah.courses.amounts import adds_up_to
from tauliah.policy.answer import result, values_on
from tauliah.policy.check import Fact, Finding, Question, checks, every
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import invalid
from tauliah.values.fields import CaseModel, Count, Level, Name, Percent, RequiredName, Share, Word, YesNo
from tauliah.values.number import as_json, in_words
from tauliah.values.text import joined, same
from tauliah.values.vocabulary import VOCABULARY, WORDS

Json = dict[str, Any]

MOST = 200
"""Assessments, modules or outcomes a proposal may list."""
WHOLE = Decimal(100)

Outcomes = Annotated[list[RequiredName], Field(max_length=MOST)]


class Assessment(CaseModel):
    """One assessment: how much it counts, and which learning outcomes it assesses."""

    name: Name | None = None
    type: Annotated[str, Word("assessment_type")] | None = None
    percent: Percent | None = None
    outcomes: Outcomes | None = None


class Module(CaseModel):
    """One module of a course, built on its learning outcome."""

    outcomes: Outcomes | None = None


class ProposalCase(CaseModel):
    """The proposal of a micro-credential or MOOC, as far as it is filled in."""

    kind: Literal["proposal"]
    policy: RequiredName
    origin: Annotated[str, Word("course_origin")] | None = None
    delivery: Annotated[str, Word("delivery")] | None = None
    online_share: Share | None = None
    conventional_origin: YesNo | None = None
    mpu: YesNo | None = None
    level: Level | None = None
    title: Name | None = None
    sections: Annotated[list[Annotated[str, Word("section")]], Field(max_length=MOST)] | None = None
    market_survey_respondents: Count | None = None
    learning_outcomes: Outcomes | None = None
    modules: Annotated[list[Module], Field(max_length=MOST)] | None = None
    assessments: Annotated[list[Assessment], Field(max_length=MOST)] | None = None
    units: Count | None = None
    units_with_assessment: Count | None = None
    course_type: Annotated[str, Word("course_type")] | None = None


def proposal(case: ProposalCase, pack: Pack) -> Json:
    """Whether the proposal is complete, check by check; raises `InvalidCase` for counts that cannot be."""
    units, having = case.units, case.units_with_assessment
    if units is not None and having is not None and having > units:
        raise invalid(
            "units_with_assessment",
            f"Lebih banyak daripada jumlah unit ({units}).",
            f"More than there are units ({units}).",
        )
    values = values_on(pack)
    found = checks(case, values, pack.answers["proposal"], QUESTIONS)
    asks_sections = any(check.rule == "sections" for check in found)
    body = {
        "complete": all(check.outcome == "pass" for check in found),
        "checks": [check.as_dict() for check in found],
        "missing_sections": _missing(case, values) if asks_sections else [],
    }
    return result("proposal", case, values, body)


def _required(case: ProposalCase, values: ValuesInForce) -> Mapping[str, bool | None]:
    """Which sections the form of this origin has, in the guideline's order; not known without the origin."""
    listed = [str(row.when["section"][0]) for row in values.rows("proposal_sections")]
    return {section: _asked_for(section, case.origin, values) for section in dict.fromkeys(listed)}


def _asked_for(section: str, origin: str | None, values: ValuesInForce) -> bool | None:
    worlds = {
        bool(values.rows("proposal_sections", section=section, origin=one))
        for one in ([origin] if origin else WORDS["course_origin"])
    }
    return worlds.pop() if len(worlds) == 1 else None


def _missing(case: ProposalCase, values: ValuesInForce) -> list[str] | None:
    """The sections that are certainly missing; nothing where the list is not known."""
    if case.sections is None:
        return None
    return [s for s, asked in _required(case, values).items() if asked and s not in case.sections]


def sections(case: ProposalCase, values: ValuesInForce) -> Finding:
    """Every section of the form is filled in."""
    required, missing = _required(case, values), _missing(case, values)
    parts = values.number("proposal_parts", origin=case.origin)
    if missing is None:
        return Finding(None, None, as_json(parts), {"required": in_words(parts)})
    for section in missing:
        values.read("proposal_sections", section=section, origin=case.origin)
    open_ = any(asked is None and s not in (case.sections or ()) for s, asked in required.items())
    filled = sum(bool(asked) and s in (case.sections or ()) for s, asked in required.items())
    facts: dict[str, Fact] = {
        "missing": joined([VOCABULARY["section"][s] for s in missing], ", "),
        "required": in_words(parts),
    }
    return Finding(False if missing else None if open_ else True, filled, as_json(parts), facts)


def market_survey(case: ProposalCase, values: ValuesInForce) -> Finding | None:
    """A stand-alone course is wanted by enough respondents of a survey; others need none."""
    if case.origin == "accredited_course":
        return None
    least, asked = values.number("market_survey_respondents"), case.market_survey_respondents
    holds = None if asked is None else asked >= least
    if holds is False and case.origin is None:
        holds = None
    facts: dict[str, Fact] = {
        "found": None if asked is None else in_words(asked),
        "required": in_words(least),
    }
    return Finding(holds, asked, as_json(least), facts)


def delivery_mode(case: ProposalCase, values: ValuesInForce) -> Finding:
    """A course approved for conventional delivery keeps within the band of time online; MPU may exceed it."""
    online = _online_percent(case)
    worlds = {_within_band(case, online, mpu, values) for mpu in _either(case.mpu)}
    holds = worlds.pop() if len(worlds) == 1 else None
    least, most = values.afresh().span("online_share", mpu=bool(case.mpu))
    facts: dict[str, Fact] = {
        "found": None if online is None else same(f"{in_words(online).ms} %"),
        "delivery": None if case.delivery is None else VOCABULARY["delivery"][case.delivery],
        "least": in_words(least),
        "most": in_words(most),
        "lacks": _lacking(case),
        "above": online is not None and online > most,
        "wholly": case.delivery == "odl",
        "bound": bool(case.conventional_origin) and case.delivery != "conventional",
    }
    shown = None if online is None else as_json(online / 100)
    return Finding(holds, shown, {"least": as_json(least / 100), "most": as_json(most / 100)}, facts)


def _online_percent(case: ProposalCase) -> Decimal | None:
    if case.delivery == "odl":
        return WHOLE
    return None if case.online_share is None or case.delivery != "blended" else case.online_share * 100


def _either(truth: bool | None) -> Sequence[bool]:
    return (True, False) if truth is None else (truth,)


def _within_band(case: ProposalCase, online: Decimal | None, mpu: bool, values: ValuesInForce) -> bool | None:
    """Whether the delivery is open to a course that is MPU or not."""
    if case.delivery in (None, "conventional"):
        return None if case.delivery is None else True
    if case.conventional_origin is False:
        return True
    least, most = values.span("online_share", mpu=mpu)
    if case.conventional_origin is None:
        return True if case.delivery == "odl" and most == WHOLE else None
    return None if online is None else least <= online <= most


def _lacking(case: ProposalCase) -> str:
    """The first thing to say that is not said."""
    if case.delivery is None:
        return "delivery"
    if case.conventional_origin is None:
        return "origin"
    return "share" if case.delivery == "blended" and case.online_share is None else "mpu"


def title(case: ProposalCase, values: ValuesInForce) -> Finding:
    """The title has one of the prescribed forms, so that it cannot be taken for a qualification's name."""
    rows = values.rows("title_forms")
    for row in rows:
        values.cite(row)
    forms = [str(row.value) for row in rows]
    given = None if case.title is None else " ".join(case.title.split())
    holds = None if given is None else any(_begins(given, form) for form in forms)
    listed = same(", ".join(f"“{form} …”" for form in forms))
    return Finding(holds, case.title, forms, {"found": given, "required": listed})


def _begins(title: str, form: str) -> bool:
    """Whether the title has the form and more words after it."""
    return title.casefold().startswith(f"{form.casefold()} ")


def origin_level(case: ProposalCase, values: ValuesInForce) -> Finding:
    """The originating programme is at a level from which micro-credentials may be made."""
    if case.level is None:
        return Finding(None)
    holds = bool(values.read("origin_levels", level=case.level))
    return Finding(holds, case.level, None, {"found": VOCABULARY["level"][case.level]})


def assessment_total(case: ProposalCase, values: ValuesInForce) -> Finding:
    """The assessments' percentages add up to the whole."""
    percents = None if case.assessments is None else [a.percent for a in case.assessments]
    return adds_up_to(values.number("assessment_total"), percents)


def continuous_and_final(case: ProposalCase, values: ValuesInForce) -> Finding:
    """There is continuous as well as final assessment."""
    wanted = [str(row.when["type"][0]) for row in values.rows("assessment_types")]
    for one in wanted:
        values.read("assessment_types", type=one)
    if case.assessments is None:
        return Finding(None, None, wanted)
    given = {assessment.type for assessment in case.assessments}
    missing = [one for one in wanted if one not in given]
    holds = True if not missing else None if None in given else False
    said = joined([VOCABULARY["assessment_type"][one] for one in missing], ", ")
    return Finding(holds, sorted(one for one in given if one), wanted, {"missing": said})


def outcomes_assessed(case: ProposalCase, values: ValuesInForce) -> Finding:
    """Every learning outcome is assessed, and nothing is assessed that is no learning outcome."""
    if case.learning_outcomes is None or case.assessments is None:
        return Finding(None, facts={"lacks": "list"})
    assessed = [assessment.outcomes for assessment in case.assessments]
    covered = {outcome for outcomes in assessed for outcome in outcomes or ()}
    strange = sorted(covered - {*case.learning_outcomes})
    open_ = [outcome for outcome in case.learning_outcomes if outcome not in covered]
    waits = any(outcomes is None for outcomes in assessed)
    holds = False if strange else None if waits else not open_
    facts: dict[str, Fact] = {
        "missing": ", ".join(open_),
        "strange": ", ".join(strange),
        "has_strange": bool(strange),
        "lacks": "outcomes",
    }
    return Finding(holds, sorted(covered), list(case.learning_outcomes), facts)


def unit_assessment(case: ProposalCase, values: ValuesInForce) -> Finding:
    """Every unit or week holds an assessment, counted or not."""
    units, having = case.units, case.units_with_assessment
    holds = None if units is None or having is None else having >= units
    facts: dict[str, Fact] = {
        name: None if n is None else in_words(n) for name, n in (("found", having), ("required", units))
    }
    return Finding(holds, having, units, facts)


def modules(case: ProposalCase, values: ValuesInForce) -> Finding:
    """Every module is built on one listed learning outcome, and a MOOC has enough of them.

    Where only their number falls short, the check rests on the clause of the number alone: it may bind less.
    """
    each = values.number("module_outcomes")
    types = (case.course_type,) if case.course_type else WORDS["course_type"]
    least = max(values.number("least_modules", course_type=one) for one in types)
    facts: dict[str, Fact] = {"least": in_words(least)}
    if case.modules is None:
        return Finding(None, None, None, facts | {"found": None, "lacks": "modules"})
    count = len(case.modules)
    enough = True if count >= least else False if case.course_type else None
    built = every(_built_on_one(module, each, case.learning_outcomes) for module in case.modules)
    facts |= {
        "found": in_words(count),
        "too_few": enough is False,
        "wrong": _numbers(case, each),
        "lacks": "type" if enough is None else "outcomes",
    }
    required = {"modules": as_json(least), "outcomes": as_json(each)}
    too_few = enough is False and built is True
    rests_on = _clauses_of_number(case, values) if too_few else ()
    return Finding(every((enough, built)), count, required, facts, rests_on)


def _clauses_of_number(case: ProposalCase, values: ValuesInForce) -> Sequence[str]:
    counted = values.afresh()
    counted.number("least_modules", course_type=case.course_type)
    return counted.clauses


def _built_on_one(module: Module, each: Decimal, listed: Sequence[str] | None) -> bool | None:
    if module.outcomes is None:
        return None
    if len(module.outcomes) != each:
        return False
    return None if listed is None else all(outcome in listed for outcome in module.outcomes)


def _numbers(case: ProposalCase, each: Decimal) -> str:
    """The modules that are not built on one listed outcome, counted from 1."""
    verdicts = (_built_on_one(module, each, case.learning_outcomes) for module in case.modules or ())
    return ", ".join(str(i) for i, holds in enumerate(verdicts, 1) if holds is False)


def _by_name(questions: Iterable[Question[ProposalCase]]) -> Mapping[str, Question[ProposalCase]]:
    return {question.__name__: question for question in questions}


QUESTIONS = _by_name(
    (
        sections,
        market_survey,
        delivery_mode,
        title,
        origin_level,
        assessment_total,
        continuous_and_final,
        outcomes_assessed,
        unit_assessment,
        modules,
    )
)
"""The checks of a proposal under the contract's names, in its order."""
