"""Whoever arrives from an LMS is asked once whose the account is, and comes no further than they may."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from tests.portal import cast
from tests.portal.lti import made
from tests.portal.lti.browser import DAYANG, LAILA, arrived, launched

from portal.lti.models import CourseLink, LmsAccount
from portal.lti.offered import connected_by, learning_page
from portal.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(moodle, registered, laila):
    return made.course(made.offering(), registered)


def test_who_is_not_logged_in_logs_in_on_the_way(moodle, course):
    client = Client()

    page = arrived(client, moodle, DAYANG)

    assert page["Location"].startswith("/accounts/login/?next=/lti/arrive/")


def test_an_unknown_account_is_connected_by_its_owner(moodle, course, dayang):
    made.enrolled(course.offering, dayang)
    client = cast.client_of(dayang, "en")
    other = {**DAYANG, "email": "dayang@gmail.example"}
    place = launched(client, moodle, other)["Location"]

    page = client.get(place).content.decode()
    assert "Is this your account?" in page
    assert "dayang@gmail.example" in page
    assert not LmsAccount.objects.exists()
    answer = client.post(place, {"connect": "1"})

    assert answer["Location"] == learning_page(dayang.person, course.offering)
    assert LmsAccount.objects.get().person == dayang.person
    assert arrived(client, moodle, other)["Location"] == answer["Location"]


def test_an_email_that_is_not_verified_here_connects_nothing_by_itself(moodle, course, dayang):
    EmailAddress.objects.update(verified=False)

    page = arrived(cast.client_of(dayang, "en"), moodle, DAYANG)

    assert "Is this your account?" in page.content.decode()


def test_an_account_that_is_another_persons_is_refused(moodle, course, dayang, joseph):
    LmsAccount.objects.create(lms=course.lms, subject="u-dayang", person=joseph.person)

    page = arrived(cast.client_of(dayang, "en"), moodle, DAYANG)

    assert page.status_code == 400
    assert "connected with another account" in page.content.decode()


def test_a_learner_who_is_not_enrolled_is_told_so(moodle, course, dayang):
    page = arrived(cast.client_of(dayang, "en"), moodle, DAYANG)

    assert "You are not enrolled in" in page.content.decode()


def test_a_learner_cannot_connect_a_course(moodle, registered, dayang, laila):
    offering = made.offering()
    client = cast.client_of(dayang, "en")
    place = launched(client, moodle, DAYANG)["Location"]

    page = client.post(place, {"offering": offering.pk})

    assert "Ask who teaches the course" in page.content.decode()
    assert not CourseLink.objects.exists()


def test_staff_whom_the_lms_calls_a_learner_cannot_connect_it(moodle, registered, laila):
    offering = made.offering()
    client = cast.client_of(laila, "en")
    place = launched(client, moodle, {**LAILA, "role": DAYANG["role"]})["Location"]

    client.post(place, {"offering": offering.pk})

    assert not CourseLink.objects.exists()


def test_staff_of_another_institution_do_not_find_the_offerings(moodle, registered, yusuf):
    """A teacher of the LMS who is a lecturer elsewhere is not offered that university's offerings."""
    theirs = made.offering("UTM", "yusuf", "zarina")
    client = cast.client_of(yusuf, "en")
    teacher = {**LAILA, "sub": "u-yusuf", "email": "yusuf@utm.example"}
    place = launched(client, moodle, teacher)["Location"]

    page = client.post(place, {"offering": theirs.pk})

    assert "Not connected yet" in page.content.decode()
    assert not CourseLink.objects.exists()


def test_a_teacher_is_led_to_the_roster(moodle, course, laila):
    client = cast.client_of(laila)

    assert arrived(client, moodle, LAILA)["Location"] == reverse("lti:course", args=[course.pk])
    course.refresh_from_db()
    assert course.memberships_url == f"{moodle.site}/members"


@pytest.mark.parametrize("language", ["ms", "en"])
def test_the_choice_is_in_both_languages(moodle, registered, laila, language):
    made.offering()

    page = arrived(cast.client_of(laila, language), moodle, LAILA).content.decode()

    assert {"ms": "Penawaran yang mana?", "en": "Which offering is this?"}[language] in page


def test_what_was_connected_by_mistake_is_untied_by_the_centre(moodle, course, dayang, joseph, salleh):
    wrong = LmsAccount.objects.create(lms=course.lms, subject="u-dayang", person=joseph.person)
    centre = cast.client_of(salleh, "en")
    place = reverse("lti:accounts", args=[course.lms.pk])
    assert "Joseph anak Tambi" in centre.get(place, {"words": "tambi"}).content.decode()
    assert "Nobody fits" in centre.get(place, {"words": "awang"}).content.decode()

    page = centre.post(reverse("lti:account-end", args=[wrong.pk]), follow=True)

    assert "no longer connected" in page.content.decode()
    assert not LmsAccount.objects.exists()
    assert Entry.objects.filter(action="lti.disconnect_account").count() == 1
    arrived(cast.client_of(dayang), moodle, DAYANG)
    assert LmsAccount.objects.get().person == dayang.person


def test_the_choice_holds_the_offerings_that_one_teaches_or_runs(
    moodle, registered, salleh, django_assert_max_num_queries
):
    ours = made.offering()
    cast.appear("rosli")
    assert list(connected_by(cast.appear("laila"))) == [ours]
    assert list(connected_by(salleh)) == [ours]
    assert list(connected_by(cast.appear("rosli"))) == []
    assert list(connected_by(cast.appear("dayang"))) == []
    assert list(connected_by(cast.appear("zarina"))) == []
    with django_assert_max_num_queries(1):
        list(connected_by(salleh))
