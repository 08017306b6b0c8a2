"""Launches from an LMS that a library made: taken where they are its own, for us, now and once."""

import pytest
from django.urls import reverse
from tests.portal import cast
from tests.portal.lti import made
from tests.portal.lti.browser import DAYANG, LAILA, arrived, launched

from portal.lti.models import CourseLink, LmsAccount
from portal.lti.offered import learning_page
from portal.records.models import Entry

pytestmark = pytest.mark.django_db


def test_a_teacher_connects_the_course_with_an_offering(moodle, registered, laila):
    offering = made.offering()
    client = cast.client_of(laila)

    answer = launched(client, moodle, LAILA)
    page = client.get(answer["Location"])

    assert page.status_code == 200
    assert "Sains Data (Moodle)" in page.content.decode()
    done = client.post(answer["Location"], {"offering": offering.pk})
    course = CourseLink.objects.get()
    assert done["Location"] == reverse("lti:course", args=[course.pk])
    assert (course.offering, course.context_id, course.resource_link_id) == (offering, "course-7", "link-1")
    assert course.memberships_url == f"{moodle.site}/members"
    assert course.items_url == f"{moodle.site}/items"
    assert set(Entry.objects.values_list("action", flat=True)) == {"lti.connect_account", "lti.bind"}


def test_a_learner_comes_to_the_offering(moodle, registered, dayang):
    offering = made.offering()
    made.course(offering, registered)
    made.enrolled(offering, dayang)
    client = cast.client_of(dayang)

    page = arrived(client, moodle, DAYANG)

    assert page["Location"] == learning_page(dayang.person, offering)
    assert LmsAccount.objects.get().person == dayang.person
