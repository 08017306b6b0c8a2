"""Whether a learner can be awarded a programme's qualification through micro-credentials."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from tauliah.pathways.credits import Counted, Credits, share_of, span
from tauliah.policy.answer import before_the_first, result, values_on
from tauliah.policy.check import Fact, Finding, checks, every, message, some, verdict
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import InvalidCase, Problem
from tauliah.values.fields import CaseModel, Count, Day, Name, ProgrammeCredits, RequiredName, Word, YesNo
from tauliah.values.number import as_json, in_words
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

Json = dict[str, Any]


class Programme(CaseModel):
    """The programme whose qualification is wanted."""

    institution: Name | None = None
    level: Annotated[str, Word("level", but=("foundation",))]
    graduating_credits: ProgrammeCredits
    mpu_credits: ProgrammeCredits | None = None
    accreditation: Annotated[str, Word("programme_accreditation")] | None = None


class QualificationCase(CaseModel):
    """A learner on the day of the intended award."""

    kind: Literal["qualification"]
    policy: RequiredName
    on: Day
    born: Day | None = None
    route: Annotated[str, Word("route")] | None = None
    programme: Programme
    meets_entry_requirement: YesNo | None = None
    exceptional_learner: YesNo | None = None
    months_with_awarding_institution: Count | None = None
    credits: Credits | None = None

    @property
    def age(self) -> int | None:
        """The year of award less the year of birth."""
        return None if self.born is None else self.on.year - self.born.year

    @property
    def earned(self) -> Credits:
        """The credits as far as they are given."""
        return self.credits or Credits()


def qualification(case: QualificationCase, pack: Pack) -> Json:
    """Whether the qualification can be awarded, check by check; raises `InvalidCase` for what cannot be."""
    _check_consistency(case)
    values, words = values_on(pack, case.on), pack.answers["qualification"]
    found = checks(case, values, words, QUESTIONS)
    apel_m = checks(case, values, words, APEL_M)
    advice = _advice(case, values.afresh())
    body = {
        "eligible": verdict(check.outcome for check in found),
        "checks": [check.as_dict() for check in found],
        "limits": _limits(case, values),
        "apel_m": {
            "eligible": verdict(check.outcome for check in apel_m),
            "checks": [check.as_dict() for check in apel_m],
        },
        "advice": [entry["advice"] for entry in advice],
        "advice_reasons": advice,
    }
    return result("qualification", case, values, body, before_the_first(values, case.on, "on"))


def _check_consistency(case: QualificationCase) -> None:
    problems = []
    if case.born is not None and case.born > case.on:
        text = Text(f"Lahir selepas tarikh penganugerahan ({case.on}).", f"Born after the award ({case.on}).")
        problems.append(Problem("born", text))
    sources = [getattr(case.earned, name) for name in Credits.model_fields if name != "mpu"]
    if case.earned.mpu is not None and None not in sources and case.earned.mpu > sum(sources):
        text = Text("Lebih banyak daripada semua kredit yang diperoleh.", "More than all credits earned.")
        problems.append(Problem("credits.mpu", text))
    if problems:
        raise InvalidCase(problems)


def _counted(case: QualificationCase, values: ValuesInForce) -> Counted:
    return Counted(case.earned, case.programme.graduating_credits, values)


def programme_accreditation(case: QualificationCase, values: ValuesInForce) -> Finding:
    """The programme has the accreditation under which a qualification may be awarded."""
    given = case.programme.accreditation
    holds = values.read("awarding_accreditation", accreditation=given)
    said = None if given is None else VOCABULARY["programme_accreditation"][given]
    return Finding(None if holds is None else bool(holds), given, None, {"found": said})


def entry_requirement(case: QualificationCase, values: ValuesInForce) -> Finding:
    """The learner meets the usual entry requirement, or came in through APEL.A or APEL.M."""
    through_apel = None if case.route is None else case.route == "apel"
    holds = some((case.meets_entry_requirement, through_apel))
    lacks = "requirement" if case.meets_entry_requirement is None else "route"
    facts: dict[str, Fact] = {"through_apel": through_apel, "lacks": lacks}
    return Finding(holds, case.meets_entry_requirement, None, facts)


def graduation_age(case: QualificationCase, values: ValuesInForce) -> Finding:
    """The learner is as old as is normal at graduation, or exceptional."""
    old_enough = _old_enough(case, case.route, values)
    exceptional = case.exceptional_learner
    facts = {**old_enough.facts, "exceptional": exceptional is True and old_enough.holds is not True}
    if old_enough.holds is False and exceptional is None:
        facts["lacks"] = "exception"
    holds = some((old_enough.holds, exceptional)) if exceptional is not False else old_enough.holds
    return Finding(holds, case.age, old_enough.required, facts)


def _old_enough(case: QualificationCase, route: str | None, values: ValuesInForce) -> Finding:
    """Whether the age of Table 1 is reached by the route, without exceptions."""
    least = values.read("graduation_age", level=case.programme.level, route=route)
    required = least if isinstance(least, int) else None
    holds = None if required is None or case.age is None else case.age >= required
    facts: dict[str, Fact] = {
        "found": None if case.age is None else in_words(case.age),
        "required": None if required is None else in_words(required),
        "level": VOCABULARY["level"][case.programme.level],
        "lacks": "route" if route is None else "birth" if required is not None else "row",
    }
    return Finding(holds, case.age, required, facts)


def credits_complete(case: QualificationCase, values: ValuesInForce) -> Finding:
    """The credits that count complete the programme, its MPU among them."""
    counted, programme = _counted(case, values), case.programme
    total, mpu = counted.total, span(case.earned.mpu)
    enough = total.reaches(programme.graduating_credits)
    mpu_enough = None if programme.mpu_credits is None else mpu.reaches(programme.mpu_credits)
    found = total.known
    facts: dict[str, Fact] = {
        "found": None if found is None else in_words(found),
        "required": in_words(programme.graduating_credits),
        "mpu": None if mpu.known is None else in_words(mpu.known),
        "mpu_required": None if programme.mpu_credits is None else in_words(programme.mpu_credits),
        "enough": enough,
        "short": None if found is None else in_words(max(programme.graduating_credits - found, Decimal(0))),
    }
    shown = None if found is None else as_json(found)
    return Finding(every((enough, mpu_enough)), shown, as_json(programme.graduating_credits), facts)


def awarding_share(case: QualificationCase, values: ValuesInForce) -> Finding | None:
    """Enough of the credits are taken with the awarding institution, where others count too."""
    counted = _counted(case, values.afresh())
    if counted.outside.most == 0:
        return None
    least = share_of(case.programme.graduating_credits, values.fraction("awarding_share"))
    holds = counted.inside.reaches(least)
    found = counted.inside.known
    facts: dict[str, Fact] = {
        "found": None if found is None else in_words(found),
        "required": in_words(_whole_credits(least)),
    }
    return Finding(_asked(holds, counted), None if found is None else as_json(found), as_json(least), facts)


def _whole_credits(least: Fraction) -> int:
    """A minimum in whole credits, rounded up, as a sentence tells it."""
    return -int(-least // 1)


def _asked(holds: bool | None, counted: Counted) -> bool | None:
    """A requirement that applies only where credits from elsewhere count."""
    return holds if holds or counted.outside.least > 0 else None


def awarding_duration(case: QualificationCase, values: ValuesInForce) -> Finding | None:
    """The credits with the awarding institution are taken over enough months, where others count too."""
    counted, months = _counted(case, values.afresh()), case.months_with_awarding_institution
    if counted.outside.most == 0:
        return None
    least = values.number("awarding_months")
    facts: dict[str, Fact] = {
        "found": None if months is None else in_words(months),
        "required": in_words(least),
    }
    holds = None if months is None else months >= least
    return Finding(_asked(holds, counted), months, as_json(least), facts)


def apel_m_credits(case: QualificationCase, values: ValuesInForce) -> Finding:
    """Half of the programme is earned by micro-credentials of accredited programmes, MPU not counted."""
    earned = case.earned
    portfolio = span(earned.own_micro_credentials) + span(earned.other_micro_credentials) - span(earned.mpu)
    least = share_of(case.programme.graduating_credits, values.fraction("apel_m_share"))
    found = None if portfolio.known is None else max(portfolio.known, Decimal(0))
    facts: dict[str, Fact] = {
        "found": None if found is None else in_words(found),
        "required": in_words(_whole_credits(least)),
    }
    return Finding(portfolio.reaches(least), None if found is None else as_json(found), as_json(least), facts)


def apel_m_age(case: QualificationCase, values: ValuesInForce) -> Finding:
    """The learner has reached the age for APEL.M; an exception does not help."""
    return _old_enough(case, "apel", values)


QUESTIONS = {
    "programme_accreditation": programme_accreditation,
    "entry_requirement": entry_requirement,
    "graduation_age": graduation_age,
    "credits_complete": credits_complete,
    "awarding_share": awarding_share,
    "awarding_duration": awarding_duration,
}
"""The checks of a qualification under the contract's names, in its order."""

APEL_M = {"apel_m_credits": apel_m_credits, "apel_m_age": apel_m_age}
"""What makes a learner ready for APEL.M."""


def _advice(case: QualificationCase, values: ValuesInForce) -> list[Json]:
    """Whom the institution advises to take APEL.A or APEL.M: who is far on without the entry requirement."""
    if case.meets_entry_requirement is not False or case.route == "apel":
        return []
    own, other = span(case.earned.own_micro_credentials), span(case.earned.other_micro_credentials)
    for over, passed in (("one", own), ("several", own + other)):
        share = values.afresh()
        least = share_of(case.programme.graduating_credits, share.fraction("advice_share", over=over))
        if passed.reaches(least):
            return [_advised("apel_a_or_m", share)]
    return []


def _advised(name: str, values: ValuesInForce) -> Json:
    binding = values.pack.answers["qualification"][name]
    return {
        "advice": name,
        "clauses": list(dict.fromkeys((*values.clauses, *binding.clauses))),
        "message": message(binding, "applies", {}).as_dict(),
    }


def _limits(case: QualificationCase, values: ValuesInForce) -> list[Json]:
    """The limits on credits from elsewhere, where such credits are brought."""
    return [*_consortium_limit(case, values.afresh()), *_stand_alone_limit(case, values.afresh())]


def _consortium_limit(case: QualificationCase, values: ValuesInForce) -> Iterable[Json]:
    counted, claimed = _counted(case, values), case.earned.other_micro_credentials
    if claimed:
        yield _limit("consortium_limit", counted.other_limit, claimed, counted.other.known, values)


def _stand_alone_limit(case: QualificationCase, values: ValuesInForce) -> Iterable[Json]:
    """The larger limit is shown as soon as one quality-verified credit is brought."""
    counted = _counted(case, values.afresh())
    unverified, verified = case.earned.stand_alone, case.earned.stand_alone_verified
    if not unverified and not verified:
        return
    shown = _counted(case, values)
    limit = shown.verified_limit if verified else shown.unverified_limit
    given = None if unverified is None or verified is None else unverified + verified
    yield _limit("stand_alone_limit", limit, given, counted.alone.known, values)


def _limit(
    name: str, limit: Decimal, claimed: Decimal | None, accepted: Decimal | None, values: ValuesInForce
) -> Json:
    binding = values.pack.answers["qualification"][name]
    beyond = None if claimed is None or accepted is None else claimed > accepted
    facts: dict[str, Fact] = {
        "limit": in_words(limit),
        "claimed": None if claimed is None else in_words(claimed),
        "accepted": None if accepted is None else in_words(accepted),
        "beyond": beyond,
    }
    return {
        "rule": name,
        "label": binding.label.as_dict(),
        "clauses": list(dict.fromkeys((*values.clauses, *binding.clauses))),
        "limit_credits": as_json(limit),
        "claimed_credits": None if claimed is None else as_json(claimed),
        "accepted_credits": None if accepted is None else as_json(accepted),
        "message": message(binding, "applies", facts).as_dict(),
    }
