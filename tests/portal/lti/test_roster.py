"""The roster of a library's platform: who is recognised, what is left out, and taking it once."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from tests.portal import cast
from tests.portal.lti import made
from tests.portal.lti.lms import INSTRUCTOR, LEARNER

from portal.lti import roster
from portal.lti.models import LmsAccount, Pull
from portal.offerings.models import Enrolment
from portal.records.models import Entry

pytestmark = pytest.mark.django_db


def member(user, name="", role=LEARNER, **fields):
    return {"user_id": user, "roles": [role], "name": name or user, **fields}


@pytest.fixture
def course(moodle, registered, laila):
    return made.course(made.offering(), registered, memberships_url=f"{moodle.site}/members")


@pytest.fixture
def browser(laila):
    return cast.client_of(laila, "en")


def read(browser, course):
    """The list that was read, and its page."""
    answer = browser.post(reverse("lti:read-roster", args=[course.pk]))
    pull = Pull.objects.get()
    assert answer["Location"] == reverse("lti:pull", args=[pull.pk])
    return pull, browser.get(answer["Location"])


def states(pull):
    return {row["subject"]: row["state"] for row in pull.rows}


def test_people_are_known_by_account_email_or_number(moodle, course, browser, dayang, joseph):
    LmsAccount.objects.create(lms=course.lms, subject="u-joseph", person=joseph.person)
    moodle.members += [
        member("u-dayang", email="DAYANG@unimas.example"),
        member("u-joseph", email="joseph@elsewhere.example"),
        member("u-number", lis_person_sourcedid=cast.student_of(dayang).matric.lower()),
        member("u-laila", role=INSTRUCTOR, email="laila@unimas.example"),
        member("u-nobody", name="Dayang Nurul binti Awang", email="dayang@gmail.example"),
    ]

    pull, page = read(browser, course)

    assert states(pull) == {
        "u-dayang": roster.TWICE,
        "u-number": roster.TWICE,
        "u-joseph": roster.NEW,
        "u-laila": roster.TEACHER,
        "u-nobody": roster.UNKNOWN,
    }
    shown = page.content.decode()
    assert "1 person would be enrolled. 3 rows need your attention" in shown
    assert not Enrolment.objects.exists()
    assert moodle.asked.count("GET /members") == 2


def test_taking_it_enrols_who_is_new_and_only_once(moodle, course, browser, dayang, joseph):
    made.enrolled(course.offering, joseph)
    moodle.members += [
        member("u-dayang", email="dayang@unimas.example"),
        member("u-joseph", email="joseph@unimas.example"),
    ]
    pull, _page = read(browser, course)
    assert states(pull) == {"u-dayang": roster.NEW, "u-joseph": roster.ENROLLED}
    take = reverse("lti:take", args=[pull.pk])

    first = browser.post(take, follow=True)
    again = browser.post(take, follow=True)

    assert "1 row is taken." in first.content.decode()
    assert "was taken already" in again.content.decode()
    enrolment = Enrolment.objects.get(person=dayang.person)
    assert (enrolment.state, enrolment.offering) == ("active", course.offering)
    assert Enrolment.objects.count() == 2
    assert Entry.objects.filter(action="lti.take", details__after={"taken": 1, "refused": 0}).count() == 1


def test_who_enrolled_meanwhile_is_named_and_the_others_are_taken(moodle, course, browser, dayang, joseph):
    moodle.members += [
        member("u-dayang", email="dayang@unimas.example"),
        member("u-joseph", email="joseph@unimas.example"),
    ]
    pull, _page = read(browser, course)
    made.enrolled(course.offering, joseph, "deferred")

    page = browser.post(reverse("lti:take", args=[pull.pk]), follow=True).content.decode()

    assert "1 row is taken." in page
    assert "Joseph anak Tambi: You are in this course already: deferred." in page


def test_who_withdrew_is_not_enrolled_again_by_a_roster(moodle, course, browser, dayang):
    made.enrolled(course.offering, dayang, "withdrawn")
    moodle.members += [member("u-1", email="dayang@unimas.example")]

    pull, page = read(browser, course)

    assert states(pull) == {"u-1": roster.LEFT}
    assert "has left the offering; left out" in page.content.decode()


def test_a_full_class_goes_on_on_the_waiting_list(moodle, course, browser, dayang, joseph):
    course.offering.most_learners = 1
    course.offering.save()
    made.enrolled(course.offering, joseph)
    moodle.members += [member("u-1", email="dayang@unimas.example")]
    pull, _page = read(browser, course)

    browser.post(reverse("lti:take", args=[pull.pk]))

    assert Enrolment.objects.get(person=dayang.person).state == "waiting"


def test_signs_that_lead_to_different_people_are_a_conflict(moodle, course, browser, dayang, joseph):
    LmsAccount.objects.create(lms=course.lms, subject="u-1", person=joseph.person)
    moodle.members += [member("u-1", email="dayang@unimas.example")]

    pull, _page = read(browser, course)

    assert states(pull) == {"u-1": roster.CONFLICT}
    assert pull.rows[0]["person"] is None


def test_an_email_that_nobody_verified_is_no_sign(moodle, course, browser, dayang):
    EmailAddress.objects.update(verified=False)
    moodle.members += [member("u-1", email="dayang@unimas.example")]

    pull, _page = read(browser, course)

    assert states(pull) == {"u-1": roster.UNKNOWN}


def test_the_number_of_another_institutions_student_is_no_sign(moodle, course, browser, priya):
    moodle.members += [member("u-1", lis_person_sourcedid=cast.student_of(priya).matric)]

    pull, _page = read(browser, course)

    assert states(pull) == {"u-1": roster.UNKNOWN}


def test_members_that_are_inactive_or_without_id_are_left_out(moodle, course, browser, dayang):
    moodle.instead["/members"] = (
        200,
        {},
        {
            "members": [
                member("u-1", email="dayang@unimas.example", status="Inactive"),
                {"roles": [LEARNER], "name": "Tanpa id"},
                "rubbish",
                member("u-4", role="http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student"),
            ]
        },
    )

    pull, _page = read(browser, course)

    assert sorted(row["state"] for row in pull.rows) == ["inactive", "teacher", "unreadable", "unreadable"]


ANSWERS = {
    "no members": ((200, {}, {"people": []}), "cannot be read"),
    "a list": ((200, {}, []), "cannot be read"),
    "not JSON": ((200, {}, b"<html>"), "cannot be read"),
    "an error": ((403, {}, {"error": "Names and roles are off"}), "answer 403: Names and roles are off"),
    "elsewhere": ((301, {"Location": "http://127.0.0.1:1/"}, {}), "leads to another address"),
    "a next page elsewhere": (
        (200, {"Link": '<http://127.0.0.1:1/p>; rel="next"'}, {"members": []}),
        "does not belong to this registration",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_are_no_roster(moodle, course, browser, name):
    moodle.instead["/members"], words = ANSWERS[name]

    page = browser.post(reverse("lti:read-roster", args=[course.pk]), follow=True)

    assert words in page.content.decode()
    assert not Pull.objects.exists()


def test_a_roster_without_end_is_given_up(moodle, course, browser, monkeypatch):
    monkeypatch.setattr("portal.lti.connector.MOST_PAGES", 3)
    onwards = {"Link": f'<{moodle.site}/members?page=2>; rel="next"'}
    moodle.instead["/members"] = (200, onwards, {"members": []})

    page = browser.post(reverse("lti:read-roster", args=[course.pk]), follow=True)

    assert "does not end" in page.content.decode()
    assert moodle.asked.count("GET /members") == 3


def test_a_token_that_the_lms_does_not_give(moodle, course, browser):
    moodle.registration.set_tool_key_set({"keys": []})

    page = browser.post(reverse("lti:read-roster", args=[course.pk]), follow=True)

    assert "refuses (answer 400" in page.content.decode()


def test_a_service_at_a_foreign_host_is_not_asked(moodle, course, browser):
    course.memberships_url = "https://elsewhere.example/members"
    course.save()

    page = browser.post(reverse("lti:read-roster", args=[course.pk]), follow=True)

    assert "elsewhere.example, which is not its own" in page.content.decode()
    assert moodle.asked == []


def test_strangers_learn_nothing_of_it(moodle, course, browser, dayang, zarina):
    pull, _page = read(browser, course)
    for who in (dayang, zarina):
        other = cast.client_of(who)
        assert other.get(reverse("lti:pull", args=[pull.pk])).status_code == 404
        assert other.post(reverse("lti:take", args=[pull.pk])).status_code == 404
        assert other.post(reverse("lti:read-roster", args=[course.pk])).status_code == 404
