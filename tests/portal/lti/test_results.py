"""The results of a library's gradebook: columns named, looked at, and taken as marks."""

from decimal import Decimal

import pytest
from django.urls import reverse
from tests.portal import cast
from tests.portal.lti import made

from portal.lti import claims as lti
from portal.lti import results
from portal.lti.models import Column, LmsAccount, Pull
from portal.offerings.models import Mark, Result, ResultSheet
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
SCOPES = [lti.ITEMS_SCOPE, lti.RESULTS_SCOPE]


@pytest.fixture
def course(moodle, registered, laila, dayang, joseph):
    offering = made.offering()
    for who in (dayang, joseph):
        made.enrolled(offering, who)
        LmsAccount.objects.create(lms=registered, subject=f"u-{who.person.pk}", person=who.person)
    made.assessment(offering)
    return made.course(offering, registered, items_url=f"{moodle.site}/items", scopes=SCOPES)


@pytest.fixture
def browser(laila):
    return cast.client_of(laila, "en")


@pytest.fixture
def column(moodle, course):
    moodle.items["1"] = {"id": f"{moodle.site}/items/1", "label": "Quiz", "scoreMaximum": 20}
    return Column.objects.create(
        course=course,
        assessment=course.offering.assessments.get(),
        address=f"{moodle.site}/items/1",
        label="Quiz",
        maximum=20,
    )


def scored(who, score, maximum=20, **fields):
    user = f"u-{who.person.pk}" if hasattr(who, "person") else who
    return {"userId": user, "resultScore": score, "resultMaximum": maximum, **fields}


def read(browser, column):
    answer = browser.post(reverse("lti:read-results", args=[column.pk]))
    pull = Pull.objects.first()
    assert answer["Location"] == reverse("lti:pull", args=[pull.pk])
    return pull, browser.get(answer["Location"]).content.decode()


def test_a_column_of_the_gradebook_is_named(moodle, course, browser):
    moodle.items["1"] = {"id": f"{moodle.site}/items/1", "label": "Quiz", "scoreMaximum": 20}
    moodle.items["2"] = {"id": f"{moodle.site}/items/2", "label": "Broken", "scoreMaximum": 0}
    assessment = course.offering.assessments.get()
    address = reverse("lti:column", args=[course.pk])

    page = browser.get(address).content.decode()
    answer = browser.post(address, {"assessment": assessment.pk, "column": f"{moodle.site}/items/1"})

    assert "Quiz" in page
    assert "Broken" not in page
    assert answer.status_code == 302
    assert Column.objects.get().maximum == Decimal(20)


def test_a_column_is_made_in_the_lms(moodle, course, browser):
    assessment = course.offering.assessments.get()

    browser.post(reverse("lti:column", args=[course.pk]), {"assessment": assessment.pk, "column": "make"})

    made_there = moodle.items["1"]
    assert (made_there["label"], made_there["scoreMaximum"]) == ("Kuiz 1", 100)
    assert Column.objects.get().address == f"{moodle.site}/items/1"


def test_a_column_that_the_lms_does_not_show_is_not_taken(moodle, course, browser):
    assessment = course.offering.assessments.get()

    answer = browser.post(
        reverse("lti:column", args=[course.pk]),
        {"assessment": assessment.pk, "column": "https://elsewhere.example/items/1"},
    )

    assert answer.status_code == 422
    assert not Column.objects.exists()


def test_results_become_marks_of_100(moodle, column, browser, dayang, joseph):
    moodle.results["1"] = [scored(dayang, 17.5), scored(joseph, 13.333)]
    pull, page = read(browser, column)
    assert "2 marks would be new or changed." in page
    assert not Mark.objects.exists()

    browser.post(reverse("lti:take", args=[pull.pk]))

    marks = {mark.enrolment.person: mark for mark in Mark.objects.all()}
    assert marks[dayang.person].mark == Decimal("87.50")
    assert marks[joseph.person].mark == Decimal("66.67")
    assert {mark.source for mark in marks.values()} == {"lti"}
    assert Entry.objects.filter(action="offerings.mark").count() == 2


def test_a_later_result_replaces_the_one_before_and_the_same_changes_nothing(
    moodle, column, browser, dayang, joseph
):
    moodle.results["1"] = [scored(dayang, 10), scored(joseph, 10)]
    pull, _page = read(browser, column)
    browser.post(reverse("lti:take", args=[pull.pk]))
    moodle.results["1"] = [scored(dayang, 12), scored(joseph, 10)]

    pull, page = read(browser, column)
    browser.post(reverse("lti:take", args=[pull.pk]))

    assert {row["state"] for row in pull.rows} == {results.CHANGED, results.SAME}
    assert "50.00 → 60.00" in page
    assert Mark.objects.count() == 2
    assert Mark.objects.get(enrolment__person=dayang.person).mark == Decimal("60.00")
    assert Entry.objects.filter(action="offerings.mark").count() == 3


def test_mistakes_come_first_and_no_mark_is_guessed(moodle, column, browser, dayang, joseph):
    priya = cast.appear("priya")
    LmsAccount.objects.create(lms=column.course.lms, subject="u-priya", person=priya.person)
    moodle.results["1"] = [
        scored(dayang, 21),
        scored(joseph, None),
        scored("u-priya", 5),
        scored("u-stranger", 5),
        scored("u-minus", -1),
        {"resultScore": 7},
    ]

    pull, page = read(browser, column)

    assert [row["state"] for row in pull.rows] == [
        results.WRONG,
        results.UNKNOWN,
        results.UNKNOWN,
        results.UNKNOWN,
        results.NOT_ENROLLED,
        results.NONE,
    ]
    assert "There is nothing new to take. 5 rows need your attention" in page
    browser.post(reverse("lti:take", args=[pull.pk]))
    assert not Mark.objects.exists()


@pytest.mark.parametrize("score", ["12", True, [1], 1e400, {"a": 1}])
def test_a_score_that_is_no_number(moodle, column, browser, dayang, score):
    moodle.results["1"] = [scored(dayang, score)]

    pull, _page = read(browser, column)

    assert pull.rows[0]["state"] == results.WRONG


def test_two_scores_of_one_person_are_not_chosen_between(moodle, column, browser, dayang):
    moodle.results["1"] = [scored(dayang, 5), scored(dayang, 15)]

    pull, _page = read(browser, column)

    assert {row["state"] for row in pull.rows} == {results.TWICE}


def test_the_roster_says_whose_a_result_is(moodle, column, browser, dayang):
    LmsAccount.objects.all().delete()
    column.course.memberships_url = f"{moodle.site}/members"
    column.course.save()
    moodle.members += [
        {"user_id": "x-1", "roles": ["Learner"], "name": "Dayang", "email": "dayang@unimas.example"}
    ]
    moodle.results["1"] = [scored("x-1", 20)]

    pull, _page = read(browser, column)

    assert (pull.rows[0]["person"], pull.rows[0]["by"]) == (dayang.person.pk, ["email"])


def test_a_mark_entered_here_is_not_replaced(moodle, column, browser, dayang):
    enrolment = made.enrolled(column.course.offering, dayang)
    Mark.objects.create(assessment=column.assessment, enrolment=enrolment, mark=90)
    moodle.results["1"] = [scored(dayang, 5)]
    pull, _page = read(browser, column)

    page = browser.post(reverse("lti:take", args=[pull.pk]), follow=True).content.decode()

    assert "Dayang Nurul binti Awang: “Kuiz 1” allows 1 attempts" in page
    assert Mark.objects.get().mark == Decimal(90)


def test_submitted_results_stay(moodle, column, browser, dayang, laila):
    offering = column.course.offering
    sheet = ResultSheet.objects.create(
        institution=offering.institution, offering=offering, policy="unimas", state="centre_check"
    )
    Result.objects.create(sheet=sheet, enrolment=made.enrolled(offering, dayang))
    moodle.results["1"] = [scored(dayang, 5)]
    pull, _page = read(browser, column)

    page = browser.post(reverse("lti:take", args=[pull.pk]), follow=True).content.decode()

    assert "The results were submitted" in page
    assert not Mark.objects.exists()
