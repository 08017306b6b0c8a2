"""What LMSs told is let go of after a month, what has ended at once, and with a person all that was theirs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from tests.portal import cast
from tests.portal.lti import made

from portal.lti.models import AccessToken, LmsAccount, LoginState, Pull, Score, Ticket, ToolUser
from portal.lti.opening import open_tool, user_of
from portal.lti.tasks import forget
from portal.offerings.models import Mark
from portal.people.signals import person_erased

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(laila):
    return made.course(made.offering(), made.lms())


def row(who):
    return {"person": who.person.pk, "name": who.person.name, "state": "enrolled"}


def test_lists_are_let_go_of_after_a_month(course, dayang):
    old, taken, new = (Pull.objects.create(course=course, rows=[row(dayang)]) for _ in range(3))
    Pull.objects.filter(pk__in=(old.pk, taken.pk)).update(made_at=timezone.now() - timedelta(days=31))
    Pull.objects.filter(pk=taken.pk).update(taken_at=timezone.now())

    forget.func()

    assert {pull.pk: len(pull.rows) for pull in Pull.objects.all()} == {taken.pk: 0, new.pk: 1}


def test_what_has_ended_is_deleted(course, dayang):
    quiz = made.placement(course.offering, made.tool())
    made.enrolled(course.offering, dayang)
    open_tool(dayang.person, quiz)
    gone = timezone.now() - timedelta(hours=1)
    Ticket.objects.update(expires_at=gone)
    LoginState.objects.create(lms=course.lms, digest="a", browser="b", nonce="c", expires_at=gone)
    AccessToken.objects.create(tool=quiz.tool, digest="d", scopes=[], expires_at=gone)
    AccessToken.objects.create(
        tool=quiz.tool, digest="e", scopes=[], expires_at=timezone.now() + timedelta(hours=1)
    )

    forget.func()

    assert not Ticket.objects.exists()
    assert not LoginState.objects.exists()
    assert [token.digest for token in AccessToken.objects.all()] == ["e"]


def test_with_a_person_goes_what_platforms_said_of_them(course, dayang, joseph):
    tool, quiz = made.tool(), made.assessment(course.offering)
    made.placement(course.offering, tool, quiz)
    enrolment = made.enrolled(course.offering, dayang)
    LmsAccount.objects.create(lms=course.lms, subject="u", person=dayang.person, name="Dayang N.")
    item = quiz.lti_line_items.get()
    Score.objects.create(item=item, user=user_of(tool, dayang.person), given=5, maximum=10, at=timezone.now())
    Mark.objects.create(assessment=quiz, enrolment=enrolment, mark=50, source="lti")
    Pull.objects.create(course=course, rows=[row(dayang), row(joseph)])

    person_erased.send(type(dayang.person), person=dayang.person)

    assert not LmsAccount.objects.exists()
    assert not ToolUser.objects.exists()
    assert not Score.objects.exists()
    assert [one["person"] for one in Pull.objects.get().rows] == [joseph.person.pk]
    assert Mark.objects.get().mark == 50


def test_an_address_that_begins_logins_without_end_is_asked_to_wait(client, settings):
    cache.clear()
    settings.TAULIAH_VERIFICATIONS_PER_MINUTE = 0
    cast.institution("UNIMAS")

    answer = client.get("/lti/unimas/tool/login/")

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    cache.clear()
