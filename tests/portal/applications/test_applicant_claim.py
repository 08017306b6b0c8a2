"""The form of a claim: kept while typed, judged by the engine, nothing typed is lost."""

import re
from datetime import date
from typing import Any

import pytest
from tests.portal import cast
from tests.portal.applications.applicant import claim_form, claimed, diploma, draft, planned, scale
from tests.portal.applications.test_applicant_table import precedent

from portal.accounts.models import Appointment
from portal.applications.models import Application, Claim, Evidence, PriorApproval
from portal.catalogue.models import CourseResult

pytestmark = pytest.mark.django_db


def address(application: Application, claim: Claim | None = None) -> str:
    return f"/applications/{application.pk}/claims/{claim.pk if claim else 'new'}/"


def test_a_claim_is_kept_with_its_grade_as_earned_and_as_it_counts(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    scale()
    study, application = diploma(aminah), draft(aminah)
    form = claim_form(course, study) | {"version": "1"}
    answer = cast.client_of(aminah).post(address(application), form)

    assert answer.status_code == 302
    source = Claim.objects.get(application=application).sources.get()
    assert (source.original_grade, source.grade, source.study, source.code) == ("B", "B+", study, "DIT10103")


def test_the_form_shows_both_grades(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    scale()
    claim = claimed(draft(aminah), course, diploma(aminah))
    page = cast.client_of(aminah, "en").get(address(claim.application, claim)).content.decode()

    assert "Counts as B+ here" in page
    assert 'name="sources[0].grade"' not in page


def test_without_a_scale_the_equal_grade_is_asked(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    claim = claimed(draft(aminah), course, diploma(aminah))
    page = cast.client_of(aminah, "en").get(address(claim.application, claim)).content.decode()

    assert "Grade on this university’s scale" in page
    assert 'name="sources[0].original_grade"' in page


def test_mistakes_stand_at_their_fields_and_the_rest_is_kept(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    form = claim_form(course, study) | {"version": "1", "sources[0].credits": "three"}
    answer = cast.client_of(aminah, "en").post(address(application), form)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'href="#sources-0-credits"' in page
    assert 'value="three"' in page
    assert Claim.objects.get(application=application).sources.get().title == "Pengaturcaraan"


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("sources[0].credits", "-1", "sources-0-credits"),
        ("sources[0].credits", "2.555", "sources-0-credits"),
        ("sources[0].credits", "100000", "sources-0-credits"),
        ("sources[0].code", "X" * 41, "sources-0-code"),
        ("sources[0].completed_on", "2099-01-01", "sources-0-completed_on"),
        ("sources[0].completed_on", "31/2/2025", "sources-0-completed_on"),
        ("sources[0].grade", "Z", "sources-0-grade"),
        ("sources[0].study", "", "sources-0-study"),
        ("sources[0].study", "999999999999999999999", "sources-0-study"),
        ("target", "NONE", "target"),
        ("target", "", "target"),
        ("basis", "magic", "basis"),
    ],
)
def test_bad_input_is_answered_at_its_field(aminah: Appointment, field: str, value: str, place: str) -> None:
    (course,) = planned(aminah, "BIT10303")
    form = claim_form(course, diploma(aminah)) | {"version": "1", field: value}
    answer = cast.client_of(aminah).post(address(draft(aminah)), form)

    assert answer.status_code == 422
    assert f'href="#{place}"' in answer.content.decode()


def test_a_grade_outside_the_scale_is_named_with_those_of_it(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    scale()
    form = claim_form(course, diploma(aminah)) | {"version": "1", "sources[0].original_grade": "B-"}
    answer = cast.client_of(aminah, "en").post(address(draft(aminah)), form)

    assert "not on the scale of Politeknik Merlimau. Choose one of: A, B, C" in answer.content.decode()


def live(who: Appointment, application: Application, form: dict[str, Any], **more: str) -> str:
    sent = form | {"action": "live", "version": str(application.version)} | more
    return (
        cast.client_of(who, "en")
        .post(address(application), sent, headers={"HX-Request": "true"})
        .content.decode()
    )


def test_while_typing_the_engine_answers_and_the_draft_is_kept(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    answer = live(aminah, application, claim_form(course, study, **{"sources[0]__grade": "B"}))

    claim = Claim.objects.get(application=application)
    assert "More evidence needed" in answer or "evidence" in answer
    assert f'name="claim" value="{claim.pk}"' in answer
    assert 'name="version" value="2"' in answer
    assert "Saved" in answer


def test_while_typing_what_cannot_be_read_waits_without_a_reproach(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    answer = live(aminah, application, claim_form(course, study, **{"sources[0]__credits": "3x"}))

    assert "except one field" in answer
    assert Claim.objects.get(application=application).sources.get().credits is None


def test_the_second_window_is_told_and_overwrites_nothing(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    claim = claimed(application, course, study)
    form = claim_form(course, study, **{"sources[0]__title": "Lain"}) | {"version": "0"}
    answer = cast.client_of(aminah, "en").post(address(application, claim), form)

    assert answer.status_code == 422
    assert "changed in another window" in answer.content.decode()
    assert 'value="Lain"' in answer.content.decode()
    assert claim.sources.get().title == "Pengaturcaraan"


def test_a_course_is_claimed_once(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    claimed(application, course, study)
    answer = cast.client_of(aminah, "en").post(
        address(application), claim_form(course, study) | {"version": "1"}
    )

    assert answer.status_code == 422
    assert "claimed in this application already" in answer.content.decode()


def test_sources_are_added_and_taken_away_without_losing_what_is_typed(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    client, form = cast.client_of(aminah, "en"), claim_form(course, study)
    page = client.post(address(application), form | {"action": "add_source"}).content.decode()
    assert 'name="sources[1].code"' in page
    assert 'value="DIT10103"' in page

    second = form | {"sources[1].code": "DIT2", "sources[1].study": str(study.pk), "action": "drop_source:0"}
    page = client.post(address(application), second).content.decode()
    assert 'name="sources[1].code"' not in page
    assert 'value="DIT2"' in page


def test_the_fields_follow_the_basis(aminah: Appointment) -> None:
    planned(aminah, "BIT10303")
    application = draft(aminah)
    page = (
        cast.client_of(aminah, "en")
        .post(address(application), {"basis": "mooc", "target": "", "action": "refresh:basis"})
        .content.decode()
    )

    for name in ("sources[0].platform", "sources[0].certificate", "sources[0].proctoring", "approval"):
        assert f'name="{name}"' in page
    assert 'name="sources[0].study"' not in page


def test_a_chosen_course_is_kept_and_judged_at_once(aminah: Appointment) -> None:
    """Choosing it asks for the fields anew; what the policy says stands beside them in the same answer."""
    planned(aminah, "BIT10303")
    application = draft(aminah)
    form = {"version": "1", "target": "BIT10303", "basis": "prior_study", "action": "refresh:target"}
    page = cast.client_of(aminah, "en").post(address(application), form).content.decode()

    claim = Claim.objects.get(application=application)
    assert f'name="claim" value="{claim.pk}"' in page
    assert "It appears here once a course is chosen." not in page
    assert re.search(r'<p id="saved-at"[^>]*>Saved \d\d:\d\d', page)


def test_without_a_course_nothing_is_kept_and_the_page_says_so(aminah: Appointment) -> None:
    planned(aminah, "BIT10303")
    application = draft(aminah)
    form = {"version": "1", "target": "", "basis": "mooc", "action": "refresh:basis"}
    page = cast.client_of(aminah, "en").post(address(application), form).content.decode()

    assert not Claim.objects.exists()
    assert "Nothing is saved until a course is chosen." in page


def test_who_offers_a_mooc_is_asked_at_once_where_it_decides_the_fee(
    priya: Appointment, aminah: Appointment
) -> None:
    """At UTM the transfer of a MOOC costs less where a Malaysian university offers it (6.5.1)."""
    at_once = {}
    for student in (priya, aminah):
        planned(student, "BIT10303")
        form = {"basis": "mooc", "target": "", "action": "refresh:basis"}
        page = cast.client_of(student, "en").post(address(draft(student)), form).content.decode()
        at_once[student] = page.partition('<details class="further"')[0]

    assert 'name="sources[0].malaysian"' in at_once[priya]
    assert "Decides what the transfer costs" in at_once[priya]
    assert 'name="sources[0].malaysian"' not in at_once[aminah]


def test_a_combination_has_its_sources_in_order(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    form = claim_form(course, study) | {
        "version": "1",
        "sources[1].study": str(study.pk),
        "sources[1].code": "DIT20203",
        "sources[1].grade": "A",
    }
    cast.client_of(aminah).post(address(application), form)

    claim = Claim.objects.get(application=application)
    assert [source.code for source in claim.sources.all()] == ["DIT10103", "DIT20203"]


# --- Who may ----------------------------------------------------------------------------------------


def test_the_page_refuses_other_methods(aminah: Appointment) -> None:
    assert cast.client_of(aminah).put(address(draft(aminah))).status_code == 405


def test_a_fellow_student_finds_nothing(aminah: Appointment, zain: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    claim = claimed(draft(aminah), course, diploma(aminah))
    client = cast.client_of(zain)

    assert client.get(address(claim.application, claim)).status_code == 404
    assert client.post(address(claim.application), {"version": "1"}).status_code == 404


def test_staff_may_not_write_in_a_draft(aminah: Appointment, bakar: Appointment) -> None:
    assert cast.client_of(bakar).get(address(draft(aminah))).status_code == 403


def test_another_university_finds_nothing(aminah: Appointment, priya: Appointment) -> None:
    assert cast.client_of(priya).get(address(draft(aminah))).status_code == 404


def test_a_claim_of_another_application_is_not_found(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    claim, other = claimed(draft(aminah), course, diploma(aminah)), draft(aminah)

    assert cast.client_of(aminah).get(address(other, claim)).status_code == 404


def test_a_submitted_application_is_closed(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    claim = claimed(draft(aminah), course, diploma(aminah))
    Application.objects.update(state="document_check")
    answer = cast.client_of(aminah).post(address(claim.application, claim), {"version": "1"})

    assert answer.status_code == 302
    assert claim.sources.count() == 1


# --- What is offered ------------------------------------------------------------------------------------


def test_what_was_accepted_before_is_offered_and_counts(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    settled = precedent(course, "DIT10103")
    study, application = diploma(aminah), draft(aminah)
    form = claim_form(course, study, **{"sources[0]__grade": "B"})
    assert "Accepted before" in live(aminah, application, form)

    application.refresh_from_db()
    claim = Claim.objects.get(application=application)
    chosen = form | {"precedent": str(settled.comparison_id), "claim": str(claim.pk)}
    answer = live(aminah, application, chosen)
    claim.refresh_from_db()

    assert claim.comparison == settled.comparison
    assert "86 %" in answer
    assert "has not judged the overlap" not in answer


def test_a_comparison_that_does_not_fit_cannot_be_claimed(aminah: Appointment) -> None:
    (course, other) = planned(aminah, "BIT10303", "BIT20303")
    settled = precedent(other, "DIT99999")
    study, application = diploma(aminah), draft(aminah)
    form = claim_form(course, study) | {"version": "1", "precedent": str(settled.comparison_id)}
    cast.client_of(aminah).post(address(application), form)

    assert Claim.objects.get(application=application).comparison is None


def test_an_approval_given_beforehand_is_used(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    application = draft(aminah)
    asked = {
        "institution": application.institution,
        "student": application.student,
        "basis": "mooc",
        "provider": "edX",
        "target": course,
    }
    given = PriorApproval.objects.create(title="Python", state="approved", **asked)
    over = PriorApproval.objects.create(title="Lama", state="approved", valid_until=date(2026, 1, 1), **asked)
    form = {
        "version": "1",
        "target": course.code,
        "basis": "mooc",
        "graded": "no",
        "approval": str(given.pk),
        "sources[0].institution": "edX",
        "sources[0].platform": "edx",
        "sources[0].credits": "3",
        "sources[0].claimed_before": "no",
    }
    client = cast.client_of(aminah)
    page = client.post(address(application), form | {"action": "refresh:basis"}).content.decode()
    assert "Python → BIT10303" in page
    assert f'<option value="{over.pk}"' not in page

    client.post(address(application), form)
    claim = Claim.objects.get(application=application)
    source = claim.sources.get()
    assert claim.approved_beforehand == given
    assert source.transferred_before is False
    assert source.details == {"institution": "edX", "platform": "edx"}
    reopened = client.get(address(application, claim)).content.decode()
    assert '<option value="edx" selected>' in reopened
    assert 'name="sources[0].claimed_before"' in reopened


def test_a_result_of_ones_own_fills_the_source(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    student, application = cast.student_of(aminah), draft(aminah)
    taken = cast.course(application.institution, "BIT40403")
    result = CourseResult.objects.create(
        student=student, course=taken, semester=student.intake, grade="A-", completed_on=date(2026, 2, 28)
    )
    form = {
        "version": "1",
        "target": course.code,
        "basis": "same_institution",
        "sources[0].result": str(result.pk),
    }
    page = cast.client_of(aminah).post(address(application), form | {"action": "refresh:sources[0].result"})
    assert 'value="BIT40403"' in page.content.decode()

    cast.client_of(aminah).post(address(application), form)
    source = Claim.objects.get(application=application).sources.get()
    assert (source.code, source.grade, source.credits) == ("BIT40403", "A-", 3)
    assert source.details["institution"] == "Universiti Tun Hussein Onn Malaysia"


def test_anothers_result_fills_nothing(aminah: Appointment, zain: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    student = cast.student_of(zain)
    result = CourseResult.objects.create(
        student=student, course=course, semester=student.intake, grade="A", completed_on=date(2026, 2, 28)
    )
    form = {"target": course.code, "basis": "same_institution", "sources[0].result": str(result.pk)}
    page = cast.client_of(aminah).post(address(draft(aminah)), form | {"action": "refresh:basis"})

    assert 'name="sources[0].code" value=""' in page.content.decode()


def test_a_document_of_ones_own_is_used_for_a_claim(aminah: Appointment, zain: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    study, application = diploma(aminah), draft(aminah)
    kept = [
        Evidence.objects.create(
            person=who.person, kind="syllabus", name="s.pdf", file="x", media_type="application/pdf", size=1
        ).pk
        for who in (aminah, zain)
    ]
    cast.client_of(aminah).post(
        address(application), claim_form(course, study) | {"version": "1", "evidence": kept}
    )

    claim = Claim.objects.get(application=application)
    assert [use.evidence_id for use in claim.evidence.all()] == [kept[0]]
