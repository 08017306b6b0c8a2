"""Tauliah as a platform, judged by a tool library over HTTP: launch, members, line items, scores."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pylti1p3.exception import LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem as TheirItem
from pylti1p3.roles import StudentRole, TeacherRole
from tests.portal import cast
from tests.portal.lti import lms as platform
from tests.portal.lti import made
from tests.portal.lti.software import Software

from portal.lti.models import LineItem, Score
from portal.offerings.models import Mark
from portal.records.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
FIELD = re.compile(r'<input type="hidden" name="(id_token|state)" value="([^"]+)">')
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"


@pytest.fixture
def software(live_server, settings):
    """A tool whose key set answers on loopback, registered at UNIMAS."""
    settings.TAULIAH_ADDRESS = live_server.url
    with platform.running() as host:
        made_of = Software(made.tool(site=host.site))
        host.instead["/keys"] = (200, {}, made_of.jwks())
        yield made_of


@pytest.fixture
def placed(software):
    """A tool's place in an offering whose scores are the marks of a quiz."""
    cast.appear("laila")
    offering = made.offering()
    return made.placement(offering, software.tool, made.assessment(offering))


def opened(software, placement, who):
    """The launch that the tool gets when somebody opens it from the offering."""
    client = cast.client_of(who)
    begun = client.get(reverse("lti:open", args=[placement.pk]))
    assert begun.status_code == 302, begun.content.decode()
    answer = client.get("/lti/unimas/platform/authorize/", software.asks(begun["Location"]))
    assert answer.status_code == 200, answer.content.decode()
    return software.receives(dict(FIELD.findall(answer.content.decode())))


def test_a_learner_is_who_the_tool_gets(software, placed, dayang):
    made.enrolled(placed.offering, dayang)

    launch = opened(software, placed, dayang)

    told = launch.get_launch_data()
    assert launch.is_resource_launch()
    assert StudentRole(told).check()
    assert (told["name"], told["email"]) == ("Dayang Nurul binti Awang", "dayang@unimas.example")
    assert (told["given_name"], told["family_name"]) == ("Dayang Nurul", "binti Awang")
    assert told[f"{CLAIM}custom"] == {"id": "abc"}
    assert told[f"{CLAIM}context"]["title"] == "Asas Sains Data (Kohort 1)"
    assert str(dayang.person.pk) != told["sub"]


def test_a_teacher_is_a_teacher_there(software, placed, laila):
    assert TeacherRole(opened(software, placed, laila).get_launch_data()).check()


def test_a_tool_that_is_told_nothing_knows_only_its_own_name_of_a_person(software, placed, dayang):
    made.enrolled(placed.offering, dayang)
    software.tool.shares_names = software.tool.shares_emails = False
    software.tool.save()

    first = opened(software, placed, dayang).get_launch_data()
    second = opened(software, placed, dayang).get_launch_data()

    assert not {"name", "email", "given_name"} & set(first)
    assert first["sub"] == second["sub"]


def test_the_tool_reads_the_members(software, placed, dayang, joseph):
    made.enrolled(placed.offering, dayang)
    made.enrolled(placed.offering, joseph, "waiting")

    launch = opened(software, placed, dayang)
    members = launch.get_nrps().get_members()

    assert [(one["name"], one["roles"][0].rpartition("#")[2]) for one in members] == [
        ("Laila binti Bujang", "Instructor"),
        ("Dayang Nurul binti Awang", "Learner"),
    ]
    assert members[1]["user_id"] == launch.get_launch_data()["sub"]


def test_members_come_in_pages(software, placed, dayang, monkeypatch):
    made.enrolled(placed.offering, dayang)
    monkeypatch.setattr("portal.lti.members.PER_PAGE", 1)

    members = opened(software, placed, dayang).get_nrps().get_members()

    assert len(members) == 2


def grade(launch, given, maximum, when=0, **more):
    at = timezone.now() + timedelta(seconds=when)
    made = Grade().set_timestamp(at.isoformat())
    if given is not None:
        made.set_score_given(given).set_score_maximum(maximum)
    made.set_activity_progress("Completed").set_grading_progress(more.get("progress", "FullyGraded"))
    return made.set_user_id(more.get("user", launch.get_launch_data()["sub"]))


def test_a_score_becomes_a_mark(software, placed, dayang):
    enrolment = made.enrolled(placed.offering, dayang)
    launch = opened(software, placed, dayang)

    launch.get_ags().put_grade(grade(launch, 17, 20))

    mark = Mark.objects.get()
    assert (mark.enrolment, mark.mark, mark.source) == (enrolment, Decimal("85.00"), "lti")
    assert Entry.objects.get(action="offerings.mark").institution == placed.offering.institution
    assert launch.get_ags().get_grades()[0]["resultScore"] == 17


def test_a_later_score_replaces_it_and_an_earlier_one_is_refused(software, placed, dayang):
    made.enrolled(placed.offering, dayang)
    launch = opened(software, placed, dayang)
    ags = launch.get_ags()
    ags.put_grade(grade(launch, 10, 20))
    ags.put_grade(grade(launch, 12, 20, when=1))

    with pytest.raises(LtiServiceException) as refused:
        ags.put_grade(grade(launch, 20, 20, when=-60))

    assert refused.value.response.status_code == 409
    assert Mark.objects.get().mark == Decimal(60)


def test_a_score_above_the_highest_is_the_highest_mark(software, placed, dayang):
    """AGS 2.0: a platform supports a scoreGiven above the scoreMaximum."""
    made.enrolled(placed.offering, dayang)
    launch = opened(software, placed, dayang)

    launch.get_ags().put_grade(grade(launch, 22, 20).set_comment("Soalan bonus."))

    mark = Mark.objects.get()
    assert (mark.mark, mark.feedback) == (Decimal(100), "Soalan bonus.")
    assert launch.get_ags().get_grades()[0]["resultScore"] == 22


def test_a_score_that_is_taken_away_takes_its_mark_along(software, placed, dayang):
    """AGS 2.0: without scoreGiven there is no score any more, and the platform clears the one before."""
    made.enrolled(placed.offering, dayang)
    launch = opened(software, placed, dayang)
    ags = launch.get_ags()
    ags.put_grade(grade(launch, 17, 20))

    ags.put_grade(grade(launch, None, None, when=1, progress="NotReady"))

    assert not Mark.objects.exists()
    assert ags.get_grades() == []
    last = Entry.objects.filter(action="offerings.mark").last()
    assert list(last.details["before"].values()) == ["85.00"]


def test_a_score_that_is_taken_away_leaves_a_mark_that_somebody_entered(software, placed, dayang, laila):
    enrolment = made.enrolled(placed.offering, dayang)
    launch = opened(software, placed, dayang)
    Mark.objects.create(assessment=placed.offering.assessments.get(), enrolment=enrolment, mark=50)

    launch.get_ags().put_grade(grade(launch, None, None))

    assert Mark.objects.get().mark == 50


def test_a_score_that_is_not_final_is_kept_and_no_mark(software, placed, dayang):
    made.enrolled(placed.offering, dayang)
    launch = opened(software, placed, dayang)

    launch.get_ags().put_grade(grade(launch, 10, 20, progress="PendingManual"))

    assert Score.objects.get().given == Decimal(10)
    assert not Mark.objects.exists()


def test_a_score_that_cannot_be_a_mark_is_kept_with_the_reason(software, placed, dayang):
    enrolment = made.enrolled(placed.offering, dayang)
    quiz = placed.offering.assessments.get()
    Mark.objects.create(assessment=quiz, enrolment=enrolment, mark=50)
    launch = opened(software, placed, dayang)

    launch.get_ags().put_grade(grade(launch, 20, 20))

    assert dayang.person.name in Score.objects.get().refusal
    assert Mark.objects.get().mark == Decimal(50)


def test_a_tool_makes_a_column_that_staff_give_to_an_assessment(software, placed, dayang, laila):
    made.enrolled(placed.offering, dayang)
    final = made.assessment(placed.offering, "Ujian akhir", type="final")
    launch = opened(software, placed, dayang)
    column = TheirItem().set_label("Final test").set_score_maximum(50).set_tag("grade").set_resource_id("r")

    launch.get_ags().put_grade(grade(launch, 40, 50), column)
    assert not Mark.objects.exists()
    item = LineItem.objects.get(label="Final test")
    form = {f"item-{item.pk}-assessment": final.pk}
    cast.client_of(laila).post(reverse("lti:assign", args=[item.pk]), form)

    assert Mark.objects.get(assessment=final).mark == Decimal(80)
    assert len(launch.get_ags().get_lineitems()) == 2
