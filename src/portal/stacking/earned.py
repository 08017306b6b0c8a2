"""What a learner has earned toward a programme, each thing with where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from portal.catalogue.models import CourseResult, Programme
from portal.credentials.models import Achievement, Credential
from portal.offerings.models import Enrolment
from portal.proposals.models import Kind, Proposal
from portal.stacking.models import Goal, Outside

OWN, OTHER = "own_micro_credentials", "other_micro_credentials"
ALONE, VERIFIED, CONVENTIONAL = "stand_alone", "stand_alone_verified", "conventional"
FAILED = frozenset({"F", "E"})
"""Grades of the contract that earn no credit."""


@dataclass(frozen=True, slots=True)
class Earned:
    """Credits earned once; ``origin`` is a word of the contract's ``credits``."""

    title: str
    where: str
    credits: Decimal
    origin: str
    on: date | None
    is_mpu: bool = False
    link: str = ""


def origin_of(achievement: Achievement, programme: Programme) -> str:
    """Return as what a course counts toward a programme.

    A part of a divided course counts as stand-alone (readings/unimas; 1.5(b)-divided).
    """
    proposal = proposal_of(achievement)
    if proposal is None:
        return from_origin(achievement, programme)
    if proposal.kind == Kind.ACCREDITED and (proposal.parts or 1) == 1:
        if achievement.institution_id != programme.institution_id:
            return OTHER
        return OWN if in_plan(proposal, programme) else OTHER
    return VERIFIED if proposal.quality_verified_on else ALONE


def proposal_of(achievement: Achievement) -> Proposal | None:
    """Return the proposal that a course was certified from, where there is one."""
    found: Proposal | None = getattr(achievement, "proposal", None)
    return found


def from_origin(achievement: Achievement, programme: Programme) -> str:
    """Return the same for a course entered for certification only, by its programme of origin."""
    if not (achievement.origin_ms or achievement.origin_code):
        return ALONE
    own = achievement.institution_id == programme.institution_id
    return OWN if own and achievement.origin_code == programme.mqr_code else OTHER


def in_plan(proposal: Proposal, programme: Programme) -> bool:
    """Whether the original course stands in the programme's plan."""
    return programme.plan.filter(course=proposal.original_id).exists()


def earned_of(goal: Goal) -> list[Earned]:
    """Return everything that a learner has earned toward a goal, newest first."""
    found = [*awards(goal), *outside(goal), *conventional(goal)]
    return sorted(found, key=lambda each: each.on or date.min, reverse=True)


def awards(goal: Goal) -> Iterator[Earned]:
    """Yield the credentials in effect of courses, each course once."""
    held = (
        Credential.objects.filter(
            person=goal.person, kind=Credential.Kind.AWARD, state=Credential.State.ISSUED
        )
        .exclude(achievement=None)
        .select_related("achievement__institution", "achievement__proposal__original", "run")
        .order_by("issued_at")
    )
    once = {credential.achievement_id: credential for credential in held}
    for credential in once.values():
        achievement = credential.achievement
        if achievement is None:
            continue
        yield Earned(
            achievement.name,
            achievement.institution.name,
            achievement.credits,
            origin_of(achievement, goal.programme),
            credential.run.ended_on if credential.run else credential.issued_at.date(),
            is_mpu=is_mpu(achievement),
            link=reverse("credentials:own", args=[credential.pk]),
        )


def is_mpu(achievement: Achievement) -> bool:
    """Whether the course was made of an MPU subject."""
    proposal = proposal_of(achievement)
    return bool(proposal and proposal.original and proposal.original.subject == "mpu")


def outside(goal: Goal) -> Iterator[Earned]:
    """Yield what the learner recorded of other institutions."""
    for each in Outside.objects.filter(person=goal.person):
        yield Earned(
            each.title,
            each.institution_name,
            each.credits,
            each.origin,
            each.completed_on,
            is_mpu=each.is_mpu,
            link=each.address,
        )


def conventional(goal: Goal) -> Iterator[Earned]:
    """Yield the courses passed the usual way by a student of the programme, each once."""
    results = CourseResult.objects.filter(
        student__person=goal.person, student__programme=goal.programme
    ).select_related("course__institution")
    passed = {result.course_id: result for result in results if result.grade not in FAILED}
    for result in passed.values():
        course = result.course
        yield Earned(
            str(course),
            course.institution.name,
            course.credits,
            CONVENTIONAL,
            result.completed_on,
            is_mpu=course.subject == "mpu",
        )


def on_the_way(goal: Goal) -> list[tuple[Enrolment, str]]:
    """Return the courses that the learner takes now, each with the origin it will count as."""
    now = Enrolment.objects.filter(
        person=goal.person, state=Enrolment.State.ACTIVE, offering__proposal__achievement__isnull=False
    ).select_related("offering__proposal__achievement__institution")
    found = []
    for enrolment in now:
        achievement = enrolment.offering.proposal.achievement
        if achievement is not None:
            found.append((enrolment, origin_of(achievement, goal.programme)))
    return found
