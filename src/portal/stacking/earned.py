"""What learners have earned toward programmes, each thing once, with where it comes from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from portal.catalogue.models import CourseResult, Programme, ProgrammeCourse
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
    """Credits earned once; ``origin`` is a word of the contract's ``credits``.

    ``achievement`` is the course that a credential certifies, ``course`` the one of the programme that it
    stands for; ``objectives`` and ``outcomes`` are what a provider elsewhere says of it.
    """

    title: str
    where: str
    credits: Decimal
    origin: str
    on: date | None
    is_mpu: bool = False
    link: str = ""
    achievement: int | None = None
    course: int | None = None
    objectives: str = ""
    outcomes: str = ""


def origin_of(achievement: Achievement, programme: Programme, plan: Collection[int]) -> str:
    """Return as what a course counts toward a programme; ``plan`` are the keys of the programme's courses.

    A part of a divided course counts as stand-alone (readings/unimas; 1.5(b)-divided).
    """
    proposal = proposal_of(achievement)
    if proposal is None:
        return from_origin(achievement, programme)
    if proposal.kind == Kind.ACCREDITED and (proposal.parts or 1) == 1:
        if achievement.institution_id != programme.institution_id:
            return OTHER
        return OWN if proposal.original_id in plan else OTHER
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


def plans_of(programmes: Iterable[int]) -> Mapping[int, set[int]]:
    """Return the keys of the courses in the plan of each programme."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = ProgrammeCourse.objects.filter(programme__in=set(programmes))
    for programme, course in rows.values_list("programme", "course"):
        found[programme].add(course)
    return found


def earned_of(goal: Goal) -> list[Earned]:
    """Return everything that a learner has earned toward a goal, newest first."""
    return earned_for([goal])[goal.pk]


def earned_for(goals: Iterable[Goal]) -> dict[int, list[Earned]]:
    """Return what was earned toward each goal, with a fixed number of questions to the database."""
    listed = list(goals)
    people = {goal.person_id for goal in listed}
    held, brought, passed = credentials_of(people), outside_of(people), results_of(people)
    plans = plans_of(goal.programme_id for goal in listed)
    return {
        goal.pk: toward(
            goal,
            plans[goal.programme_id],
            held[goal.person_id],
            brought[goal.person_id],
            passed[goal.person_id, goal.programme_id],
        )
        for goal in listed
    }


def toward(
    goal: Goal,
    plan: Collection[int],
    held: Iterable[Credential],
    brought: Iterable[Outside],
    passed: Iterable[CourseResult],
) -> list[Earned]:
    """Return what counts toward one goal; a course that was passed both ways counts once."""
    awarded = list(awards(goal, plan, held))
    own = {each.course for each in awarded if each.origin == OWN}
    usual = (result for result in passed if result.course_id not in own)
    found = [*awarded, *map(outside, brought), *map(conventional, usual)]
    return sorted(found, key=lambda each: each.on or date.min, reverse=True)


def credentials_of(people: Collection[int]) -> Mapping[int, list[Credential]]:
    """Return the credentials of courses that are in effect, by learner, the oldest first."""
    found: dict[int, list[Credential]] = defaultdict(list)
    held = (
        Credential.objects.filter(
            person__in=people, kind=Credential.Kind.AWARD, state=Credential.State.ISSUED
        )
        .exclude(achievement=None)
        .select_related("achievement__institution", "achievement__proposal__original", "run")
        .order_by("issued_at")
    )
    for credential in held:
        found[credential.person_id or 0].append(credential)
    return found


def outside_of(people: Collection[int]) -> Mapping[int, list[Outside]]:
    """Return what learners recorded of other institutions, by learner."""
    found: dict[int, list[Outside]] = defaultdict(list)
    for each in Outside.objects.filter(person__in=people):
        found[each.person_id].append(each)
    return found


def results_of(people: Collection[int]) -> Mapping[tuple[int, int], list[CourseResult]]:
    """Return the courses passed the usual way, each once, by learner and programme."""
    once: dict[tuple[int, int], dict[int, CourseResult]] = defaultdict(dict)
    results = CourseResult.objects.filter(student__person__in=people).exclude(grade__in=FAILED)
    for result in results.select_related("course__institution", "student"):
        student = result.student
        once[student.person_id or 0, student.programme_id][result.course_id] = result
    return defaultdict(list, {key: list(found.values()) for key, found in once.items()})


def awards(goal: Goal, plan: Collection[int], held: Iterable[Credential]) -> Iterator[Earned]:
    """Yield the credentials of courses, each course once."""
    once = {credential.achievement_id: credential for credential in held}
    for credential in once.values():
        achievement = credential.achievement
        if achievement is None:
            continue
        proposal = proposal_of(achievement)
        yield Earned(
            achievement.name,
            achievement.institution.name,
            achievement.credits,
            origin_of(achievement, goal.programme, plan),
            credential.run.ended_on if credential.run else timezone.localdate(credential.issued_at),
            is_mpu=is_mpu(achievement),
            link=reverse("credentials:own", args=[credential.pk]),
            achievement=achievement.pk,
            course=proposal.original_id if proposal else None,
        )


def is_mpu(achievement: Achievement) -> bool:
    """Whether the course was made of an MPU subject."""
    proposal = proposal_of(achievement)
    return bool(proposal and proposal.original and proposal.original.subject == "mpu")


def outside(each: Outside) -> Earned:
    """Return what a learner recorded of another institution."""
    return Earned(
        each.title,
        each.institution_name,
        each.credits,
        each.origin,
        each.completed_on,
        is_mpu=each.is_mpu,
        link=each.address,
        objectives=each.objectives,
        outcomes=each.outcomes,
    )


def conventional(result: CourseResult) -> Earned:
    """Return a course passed the usual way by a student of the programme."""
    course = result.course
    return Earned(
        str(course),
        course.institution.name,
        course.credits,
        CONVENTIONAL,
        result.completed_on,
        is_mpu=course.subject == "mpu",
        course=course.pk,
    )


def on_the_way(goal: Goal) -> list[tuple[Enrolment, str]]:
    """Return the courses that the learner takes now, each with the origin it will count as."""
    now = Enrolment.objects.filter(
        person=goal.person, state=Enrolment.State.ACTIVE, offering__proposal__achievement__isnull=False
    ).select_related("offering__proposal__achievement__institution")
    plan = plans_of([goal.programme_id])[goal.programme_id]
    found = []
    for enrolment in now:
        achievement = enrolment.offering.proposal.achievement
        if achievement is not None:
            found.append((enrolment, origin_of(achievement, goal.programme, plan)))
    return found
