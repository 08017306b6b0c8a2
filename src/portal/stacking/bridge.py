"""A goal written out as the contract's case of kind ``qualification``."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.catalogue.models import Student
from portal.offerings.models import Enrolment
from portal.packs import packs
from portal.pathways.qualification import QUESTIONS
from portal.stacking.earned import CONVENTIONAL, OWN, Earned
from portal.stacking.models import AgeException, Goal, Profile
from portal.wording import in_language
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase
from tauliah.values.number import as_json

Json = dict[str, Any]
ORIGINS = (
    "own_micro_credentials",
    "other_micro_credentials",
    "stand_alone",
    "stand_alone_verified",
    "conventional",
)
MONTHS_OF_A_YEAR = 12
NO_QUALIFICATION = "foundation"
"""The level whose programmes end in no qualification of the framework: no rule asks about them."""


def knows_qualifications(policy: str) -> bool:
    """Whether a policy says how micro-credentials stack up to a qualification."""
    pack = packs().get(policy)
    return pack is not None and pack.covers("qualification")


def case_of(goal: Goal, earned: Sequence[Earned], day: date) -> Json:
    """Write a goal out as a case; what is not known of the learner is left out."""
    programme = goal.programme
    case: Json = {
        "kind": "qualification",
        "policy": programme.institution.policy,
        "on": day.isoformat(),
        "born": born_of(goal),
        "route": goal.route,
        "programme": {
            "institution": programme.institution.code,
            "level": programme.level,
            "graduating_credits": as_json(programme.graduating_credits),
        },
        "meets_entry_requirement": goal.meets_entry,
        "exceptional_learner": AgeException.objects.filter(goal=goal).exists(),
        "months_with_awarding_institution": months_there(goal, earned, day),
        "credits": credits_of(earned),
    }
    if programme.mqa_accredited is not None:
        case["programme"]["accreditation"] = "full" if programme.mqa_accredited else "none"
    return {name: value for name, value in case.items() if value is not None}


def credits_of(earned: Iterable[Earned]) -> Json:
    """Return the credits by where they come from, and how many of all are MPU."""
    sums = dict.fromkeys(ORIGINS, Decimal(0))
    mpu = Decimal(0)
    for each in earned:
        sums[each.origin] += each.credits
        mpu += each.credits if each.is_mpu else 0
    return {name: as_json(amount) for name, amount in sums.items()} | {"mpu": as_json(mpu)}


def born_of(goal: Goal) -> str | None:
    """Return the day of birth that the learner gave."""
    profile = Profile.objects.filter(person=goal.person).first()
    return profile.born_on.isoformat() if profile and profile.born_on else None


def months_there(goal: Goal, earned: Iterable[Earned], day: date) -> int | None:
    """Return the whole months since the learner began at the awarding institution; none before that."""
    institution = goal.programme.institution_id
    intake = Student.objects.filter(person=goal.person, programme=goal.programme).select_related("intake")
    begun = [student.intake.starts_on for student in intake]
    begun += [
        timezone.localdate(enrolment.active_at)
        for enrolment in Enrolment.objects.filter(
            person=goal.person, offering__institution=institution, active_at__isnull=False
        )
        if enrolment.active_at
    ]
    begun += [each.on for each in earned if each.origin in (OWN, CONVENTIONAL) and each.on]
    if not begun:
        return None
    first = min(begun)
    months = (day.year - first.year) * MONTHS_OF_A_YEAR + day.month - first.month - (day.day < first.day)
    return max(months, 0)


def evaluated(goal: Goal, earned: Sequence[Earned], day: date | None = None) -> tuple[Json, Json] | None:
    """Return case and result for a goal; nothing where no policy has a rule for its qualification.

    Raises ``Refused`` with what is wrong where what is known of the learner cannot be.
    """
    programme = goal.programme
    if programme.level == NO_QUALIFICATION or not knows_qualifications(programme.institution.policy):
        return None
    case = case_of(goal, earned, day or timezone.localdate())
    try:
        return case, evaluate(case, packs())
    except InvalidCase as wrong:
        question = QUESTIONS.get(wrong.where)
        place = str(question.label) if question else wrong.where
        raise Refused(f"{place}: {in_language(wrong.message)}") from wrong
