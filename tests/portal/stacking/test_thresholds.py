"""Ages, months and limits on both sides of their threshold, and credits that count once."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.stacking import made

from portal.accounts.models import Appointment
from portal.catalogue.models import CourseResult, Student
from portal.institutions.models import Institution
from portal.offerings.models import Enrolment
from portal.stacking.bridge import evaluated, months_there
from portal.stacking.earned import earned_of
from portal.stacking.models import Goal, Outside, Profile
from portal.stacking.progress import standing_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def outcome(goal: Goal, rule: str, day: date = DAY, part: str = "") -> str:
    """The outcome of a check on a goal as it stands now."""
    found = evaluated(Goal.objects.get(pk=goal.pk), earned_of(goal), day)
    assert found is not None
    checks = (found[1][part] if part else found[1])["checks"]
    return str(next(check["outcome"] for check in checks if check["rule"] == rule))


@pytest.mark.parametrize(
    ("level", "route", "least"),
    [
        ("certificate", "standard", 19),
        ("diploma", "apel", 22),
        ("bachelor", "standard", 22),
        ("bachelor", "apel", 24),
        ("master", "apel", 31),
    ],
)
def test_the_age_counts_by_the_year_of_birth(
    dayang: Appointment, unimas: Institution, level: str, route: str, least: int
) -> None:
    goal = made.goal(dayang, made.programme(unimas, level=level), route=route)
    for born, expected in (
        (date(DAY.year - least, 12, 31), "pass"),
        (date(DAY.year - least + 1, 1, 1), "fail"),
    ):
        Profile.objects.update_or_create(person=dayang.person, defaults={"born_on": born})
        assert outcome(goal, "graduation_age") == expected


def test_an_age_that_is_not_known_is_neither_passed_nor_failed(
    dayang: Appointment, unimas: Institution
) -> None:
    assert outcome(made.goal(dayang, made.programme(unimas)), "graduation_age") == "unknown"


def test_for_apel_m_the_age_of_apel_counts_whatever_the_route(
    dayang: Appointment, unimas: Institution
) -> None:
    goal = made.goal(dayang, made.programme(unimas), route="standard")
    for years, expected in ((24, "pass"), (23, "fail")):
        Profile.objects.update_or_create(
            person=dayang.person, defaults={"born_on": date(DAY.year - years, 6, 1)}
        )
        assert outcome(goal, "apel_m_age", part="apel_m") == expected


def test_mpu_does_not_count_to_the_half_for_apel_m(dayang: Appointment, unimas: Institution) -> None:
    goal = made.goal(dayang, made.programme(unimas))
    made.elsewhere(dayang, 60, origin=Outside.Origin.ACCREDITED)
    assert outcome(goal, "apel_m_credits", part="apel_m") == "pass"
    Outside.objects.update(is_mpu=True)
    made.elsewhere(dayang, 59, origin=Outside.Origin.ACCREDITED)
    assert outcome(goal, "apel_m_credits", part="apel_m") == "fail"


@pytest.mark.parametrize(
    ("credits", "accepted"), [(Decimal("35.5"), Decimal("35.5")), (Decimal(36), 36), (Decimal(37), 36)]
)
def test_stand_alone_credits_count_up_to_thirty_percent(
    dayang: Appointment, unimas: Institution, credits: Decimal, accepted: Decimal
) -> None:
    goal = made.goal(dayang, made.programme(unimas))
    Outside.objects.filter(pk=made.elsewhere(dayang).pk).update(credits=credits)
    found = evaluated(goal, earned_of(goal), DAY)
    assert found is not None
    (limit,) = found[1]["limits"]
    assert limit["accepted_credits"] == accepted


@pytest.mark.parametrize(("days", "months"), [(0, 11), (1, 12)])
def test_months_with_the_institution_are_whole_ones(unimas: Institution, days: int, months: int) -> None:
    learner, there = stories.learner(70), stories.running_offering("UNIMAS")
    goal = Goal.objects.create(person=learner, programme=made.programme(unimas))
    assert months_there(goal, [], DAY) is None
    began = timezone.make_aware(datetime(2025, 11, 23, 0, 30)) - timedelta(days=days)
    Enrolment.objects.create(offering=there, person=learner, state="active", active_at=began)
    assert months_there(goal, [], DAY) == months


def passed(learner: Appointment, programme: object, code: str, grade: str = "B") -> CourseResult:
    """A course of the programme passed the usual way."""
    student, _new = Student.objects.get_or_create(
        person=learner.person,
        programme=programme,
        defaults={
            "matric": f"M{learner.pk}",
            "intake": cast.semester(programme.institution),  # type: ignore[attr-defined]
        },
    )
    course = made.component(programme, code)  # type: ignore[arg-type]
    return CourseResult.objects.create(
        student=student,
        course=course,
        grade=grade,
        semester=cast.semester(programme.institution),  # type: ignore[attr-defined]
        completed_on=date(2026, 1, 5),
    )


def test_a_course_passed_both_ways_counts_once(dayang: Appointment, unimas: Institution) -> None:
    programme = made.programme(unimas)
    made.award(dayang, made.registered(programme).achievement)
    passed(dayang, programme, "TMF1014")
    passed(dayang, programme, "TMF2034")
    passed(dayang, programme, "TMF3054", grade="F")
    standing = standing_of(made.goal(dayang, programme))
    assert sorted(each.origin for each in standing.earned) == ["conventional", "own_micro_credentials"]
    assert standing.total == 8


def test_what_may_be_taken_next_goes_by_the_course_not_by_its_name(
    dayang: Appointment, unimas: Institution
) -> None:
    programme = made.programme(unimas)
    had, same_name = made.registered(programme), made.registered(programme, "TMF2034")
    made.registered(programme, "TMF3054")
    passed(dayang, programme, "TMF3054")
    had.achievement.name_ms = had.achievement.name_en = "Nama yang diubah kemudian"
    had.achievement.save()
    same_name.name_ms = same_name.achievement.name_ms = had.name_ms
    same_name.save()
    made.award(dayang, had.achievement)
    standing = standing_of(made.goal(dayang, programme))
    assert [course.pk for course, _offering in standing.next_courses] == [same_name.pk]


def test_a_list_of_learners_asks_no_more_for_more_of_them(edwin: Appointment, unimas: Institution) -> None:
    programme, client = made.programme(unimas), cast.client_of(edwin)
    learners = [stories.learner(number) for number in (71, 72, 73)]
    asked = []
    for learner in learners:
        Goal.objects.create(person=learner, programme=programme)
        made.elsewhere(learner.appointments.get())
        with CaptureQueriesContext(connection) as page:
            assert client.get("/stacking/learners/").status_code == 200
        with CaptureQueriesContext(connection) as file:
            sent = client.get("/stacking/learners/", {"form": "csv"})
            lines = b"".join(sent.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert len(lines) == learners.index(learner) + 2
        asked.append((len(page), len(file)))
    assert asked[0] == asked[-1]
