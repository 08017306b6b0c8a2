"""Courses with outcomes, topics, experts and their places in the plans."""

from decimal import Decimal
from typing import Any

from portal.accounts.models import Person
from portal.accounts.roles import Role
from portal.catalogue.models import Course, LearningOutcome, Programme, ProgrammeCourse, Topic
from portal.demonstration.reading import both, courses_of
from portal.institutions.models import Institution

HOURS_OF_A_CREDIT = 40


def make_courses(institution: Institution) -> None:
    """Make the courses of an institution; its subject experts judge those of their faculty."""
    faculties = {faculty.code: faculty for faculty in institution.faculties.all()}
    programmes = {programme.code: programme for programme in institution.programmes.all()}
    experts = Person.objects.filter(
        appointments__institution=institution, appointments__role=Role.SUBJECT_EXPERT
    )
    for code, told in courses_of(institution.code).items():
        course = Course.objects.create(
            institution=institution,
            faculty=faculties.get(told.get("faculty")),
            code=code,
            name_ms=told["name"]["ms"],
            name_en=told["name"]["en"],
            credits=Decimal(told.get("credits", 3)),
            level=told.get("level", ""),
            subject=told.get("subject", ""),
            learning_hours=learning_hours(told, institution),
        )
        course.experts.set(experts.filter(appointments__faculty=course.faculty))
        make_syllabus(course, told)
        put_into_plans(course, told, programmes)


def learning_hours(told: dict[str, Any], institution: Institution) -> Decimal:
    """Return the notional hours of a course: 40 for a credit in Malaysia, 10 for a British one."""
    return Decimal(told.get("credits", 3)) * (HOURS_OF_A_CREDIT if institution.country == "MY" else 10)


def make_syllabus(course: Course, told: dict[str, Any]) -> None:
    """Make the outcomes and topics of a course."""
    LearningOutcome.objects.bulk_create(
        LearningOutcome(course=course, code=f"CLO{number}", text_ms=both(line)[0], text_en=both(line)[1])
        for number, line in enumerate(told["outcomes"], start=1)
    )
    topics = []
    for position, line in enumerate(told["topics"], start=1):
        hours, _, names = line.partition(" | ")
        ms, en = both(names)
        topics.append(
            Topic(course=course, position=position, title_ms=ms, title_en=en, hours=Decimal(hours.strip()))
        )
    Topic.objects.bulk_create(topics)


def put_into_plans(course: Course, told: dict[str, Any], programmes: dict[str, Programme]) -> None:
    """Put a course into the plans that name it."""
    ProgrammeCourse.objects.bulk_create(
        ProgrammeCourse(
            programme=programmes[code],
            course=course,
            semester=semester,
            is_elective=bool(told.get("elective")),
        )
        for code, semester in told.get("plan", {}).items()
    )
