"""A grade is carried over for a course of the study it belongs to (UTHM 19(b)): the file tells of doubts."""

from datetime import date

import pytest
from tests.portal import cast
from tests.portal.applications.stories import again, draft, submitted

from portal.accounts.models import Appointment
from portal.applications.models import Application, PriorStudy, Source
from portal.applications.periods import doubts_of

pytestmark = pytest.mark.django_db
ENDED = date(2026, 6, 30)


def graded(aminah: Appointment, completed_on: date | None, **changes: object) -> Application:
    """An application for one course with its grade; its study ended in June 2026."""
    application = submitted(aminah, claims=1)
    application.claims.update(graded=True)
    Source.objects.update(completed_on=completed_on, **changes)
    return again(application)


@pytest.mark.parametrize("day", [date(2025, 5, 30), ENDED])
def test_a_course_completed_within_its_study_raises_no_doubt(aminah: Appointment, day: date) -> None:
    assert doubts_of(graded(aminah, day)) == []


@pytest.mark.usefixtures("english_words")
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 7, 1), "completed on 1 July 2026, after that study ended on 30 June 2026"),
        (None, "the day of completion is not known"),
    ],
)
def test_a_course_completed_after_its_study_is_told_to_the_coordinator(
    aminah: Appointment, bakar: Appointment, day: date | None, words: str
) -> None:
    application = graded(aminah, day)
    page = cast.client_of(bakar, "en").get(f"/applications/{application.pk}/file/").content.decode()

    assert [doubt.words for doubt in doubts_of(application)] == [words]
    assert words in page
    assert "19(b)" in page


@pytest.mark.usefixtures("english_words")
def test_a_study_whose_end_nobody_knows_is_told(aminah: Appointment) -> None:
    application = graded(aminah, date(2025, 5, 30))
    PriorStudy.objects.update(ended_on=None)

    (doubt,) = doubts_of(again(application))

    assert doubt.words == "completed on 30 May 2025; when that study ended is not known"


@pytest.mark.usefixtures("english_words")
def test_a_course_taken_elsewhere_cannot_precede_the_study_here(aminah: Appointment) -> None:
    began = cast.student_of(aminah).intake.starts_on
    application = graded(aminah, began, study=None)
    assert doubts_of(application) == []

    Source.objects.update(completed_on=date(2020, 1, 31))
    (doubt,) = doubts_of(again(application))

    assert doubt.words.startswith("completed on 31 January 2020, before the study here began on")


def test_without_a_grade_nothing_is_asked(aminah: Appointment) -> None:
    application = submitted(aminah, claims=1)
    Source.objects.update(completed_on=None)

    assert doubts_of(again(application)) == []


def test_other_policies_do_not_ask(priya: Appointment) -> None:
    application = draft(priya, policy="utm")
    application.claims.update(graded=True)
    Source.objects.update(completed_on=date(2026, 7, 1))

    assert doubts_of(again(application)) == []
