"""The form of a claim: kept while typed, judged by the engine, nothing typed is lost."""

from typing import Any

import pytest
from tests.portal import cast
from tests.portal.applications.applicant import claim_form, claimed, diploma, draft, planned, scale

from portal.accounts.models import Appointment
from portal.applications.models import Application, Claim

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
