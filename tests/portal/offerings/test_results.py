"""Results: submitted, endorsed, confirmed, told, and issued once."""

from decimal import Decimal

import pytest
from django.core import mail
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.approvals.models import Item
from portal.credentials.actions.issuing import carry_out
from portal.credentials.models import Credential, IssuingRun
from portal.notices.models import Mail, Notice
from portal.offerings.actions.leaving import answer_leave, ask_to_leave
from portal.offerings.actions.marking import enter_mark
from portal.offerings.actions.results import finish, issue, open_sheet, submit, take
from portal.offerings.models import Enrolment, Result, ResultSheet

pytestmark = pytest.mark.django_db


def again(sheet: ResultSheet) -> ResultSheet:
    return ResultSheet.objects.get(pk=sheet.pk)


def test_the_instructor_hands_on_totals_grades_and_attainment(laila: Appointment) -> None:
    _offering, sheet = stories.graded_offering()

    submit(laila, sheet, version=sheet.version)

    best = sheet.results.get(enrolment__person__name="Pelajar Contoh 1")
    assert (best.total, best.grade, best.passed) == (Decimal("85.00"), "A", True)
    assert (best.continuous, best.final) == (Decimal("85.00"), Decimal("85.00"))
    assert best.attainment == {"CLO1": "85.00", "CLO2": "85.00"}
    other = sheet.results.get(enrolment__person__name="Pelajar Contoh 2")
    assert (other.total, other.grade, other.passed) == (Decimal("45.00"), "D", False)
    assert again(sheet).state == "centre_check"


def test_a_mark_that_is_missing_holds_the_sheet_back(laila: Appointment) -> None:
    offering = stories.running_offering()
    sheet = open_sheet(laila, offering)

    with pytest.raises(Refused, match="Masukkan markah setiap pelajar"):
        submit(laila, sheet, version=sheet.version)

    assert again(sheet).state == "draft"
    assert not sheet.results.exists()


def test_without_a_grading_scale_it_says_where_to_enter_one(laila: Appointment) -> None:
    offering, sheet = stories.graded_offering()
    offering.institution.grading_scales.all().delete()

    with pytest.raises(Refused, match=r"Skala gred|Grading scales"):
        submit(laila, sheet, version=sheet.version)


def test_somebody_who_does_not_teach_hands_nothing_on(edwin: Appointment) -> None:
    _offering, sheet = stories.graded_offering()

    with pytest.raises(NotAllowed):
        submit(edwin, sheet, version=sheet.version)
    with pytest.raises(NotAllowed):
        open_sheet(edwin, sheet.offering)


@pytest.mark.parametrize("version", ["", "x", "٣", "9" * 5000])
def test_a_version_that_nobody_saw_changes_nothing(laila: Appointment, version: str) -> None:
    _offering, sheet = stories.graded_offering()
    page = f"/offerings/sheets/{sheet.pk}/submit/"

    assert cast.client_of(laila).post(page, {"version": version}).status_code == 422
    assert again(sheet).state == "draft"


@pytest.mark.parametrize("kind", ["withdraw", "defer"])
def test_who_left_after_the_sheet_was_handed_on_gets_no_certificate(laila: Appointment, kind: str) -> None:
    offering, sheet = stories.graded_offering(marks=("85", "90"))
    sheet = submit(laila, sheet, version=sheet.version)
    going, staying = offering.enrolments.order_by("pk")
    asked = ask_to_leave(Appointment.objects.get(person=going.person), going, kind, "Berpindah kerja.")
    answer_leave(cast.appear("salleh"), asked, granted=True, answer="")

    confirmed = stories.confirm(sheet)
    issue(cast.appear("salleh"), confirmed)

    run = again(sheet).run
    assert run
    assert [award.person for award in run.awards.all()] == [staying.person]
    assert not Result.objects.filter(enrolment=going).exists()
    assert not Notice.objects.filter(person=going.person, kind="course_result").exists()


def test_submitted_marks_change_only_once_they_are_returned(laila: Appointment, salleh: Appointment) -> None:
    offering, sheet = stories.graded_offering()
    sheet = submit(laila, sheet, version=sheet.version)
    first, quiz = offering.enrolments.order_by("pk")[0], offering.assessments.first()
    assert quiz

    with pytest.raises(Refused):
        enter_mark(laila, quiz, first, "90")
    with pytest.raises(Refused):
        take(salleh, sheet, "return_results", version=sheet.version)
    take(salleh, sheet, "return_results", version=sheet.version, reason="Semak kuiz pelajar pertama.")
    enter_mark(laila, quiz, first, "90")

    assert again(sheet).state == "draft"
    assert not sheet.results.exists()


def test_committee_and_senate_confirm_and_only_then_learners_are_told(
    laila: Appointment, salleh: Appointment
) -> None:
    _offering, sheet = stories.graded_offering()
    sheet = submit(laila, sheet, version=sheet.version)
    sheet = take(salleh, sheet, "put_forward", version=sheet.version)
    assert Item.objects.get(kind="results").committee.code == "jppeu"
    stories.decide(sheet, "approved")
    assert again(sheet).state == "senate"
    assert not Mail.objects.filter(subject__contains="Keputusan").exists()

    stories.decide(again(sheet), "approved")

    assert again(sheet).state == "confirmed"
    assert again(sheet).confirmed_on is not None
    states = dict(Enrolment.objects.values_list("person__name", "state"))
    assert states == {"Pelajar Contoh 1": "completed", "Pelajar Contoh 2": "failed"}
    told = Mail.objects.filter(key__startswith="result-")
    assert sorted(mail.to for mail in told) == [  # type: ignore[attr-defined]
        "pelajar1@unimas.example",
        "pelajar2@unimas.example",
    ]


def test_a_committee_that_returns_leads_back_to_the_centre(laila: Appointment, salleh: Appointment) -> None:
    _offering, sheet = stories.graded_offering()
    sheet = submit(laila, sheet, version=sheet.version)
    sheet = take(salleh, sheet, "put_forward", version=sheet.version)

    stories.decide(sheet, "returned")

    assert again(sheet).state == "centre_check"


def test_certificates_go_to_those_who_passed_and_the_sheet_is_issued_when_the_run_is_done(
    salleh: Appointment,
) -> None:
    sheet = stories.confirmed_sheet()

    sheet = issue(salleh, sheet, version=sheet.version)
    assert sheet.run
    assert again(sheet).state == "confirmed"
    carry_out(IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=sheet.run.pk))
    finish(sheet)

    assert again(sheet).state == "issued"
    credential = Credential.objects.get()
    assert credential.name == "Pelajar Contoh 1"
    assert (credential.values["grade"], credential.values["formative_mark"]) == ("A", "85")
    assert credential.values["summative_mark"] == "85"


def test_nobody_starts_the_same_certificates_twice(salleh: Appointment) -> None:
    sheet = stories.confirmed_sheet()
    issue(salleh, sheet, version=sheet.version)

    with pytest.raises(Refused):
        issue(salleh, sheet, version=sheet.version)
    with pytest.raises(Refused):
        issue(salleh, again(sheet), version=again(sheet).version)

    assert IssuingRun.objects.count() == 1


def test_where_nobody_passed_the_sheet_is_done_without_a_run(salleh: Appointment) -> None:
    sheet = stories.confirmed_sheet(marks=("30",))

    issue(salleh, sheet, version=sheet.version)

    assert again(sheet).state == "issued"
    assert not IssuingRun.objects.exists()


def test_at_utm_the_sme_confirms_and_learners_are_told_with_the_certificates(
    yusuf: Appointment, zarina: Appointment
) -> None:
    course = stories.registered("UTM", kind="mooc")
    sheet = stories.confirmed_sheet("UTM", proposal=course)
    assert sheet.state == "confirmed"
    assert not Mail.objects.filter(key__startswith="result-").exists()

    sheet = issue(zarina, sheet, version=sheet.version)
    assert sheet.run
    carry_out(IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=sheet.run.pk))

    assert Mail.objects.filter(key__startswith="result-").count() == 2
    assert {c.values["certificate"] for c in Credential.objects.all()} == {"participation"}
    assert Credential.objects.count() == 2
    assert not mail.outbox or cast


def test_a_second_sheet_of_a_self_paced_course_takes_those_who_finished_since(laila: Appointment) -> None:
    offering = stories.running_offering(learners=1, mode="self_paced", ends_on=None)
    late = stories.joined(offering, stories.learner(9))
    for assessment in offering.assessments.all():
        enter_mark(laila, assessment, offering.enrolments.exclude(pk=late.pk).get(), "70")

    first = open_sheet(laila, offering)
    submit(laila, first, version=first.version)
    for assessment in offering.assessments.all():
        enter_mark(laila, assessment, late, "60")
    second = open_sheet(laila, offering)
    submit(laila, second, version=second.version)

    assert [r.enrolment.person.name for r in first.results.all()] == ["Pelajar Contoh 1"]
    assert [r.enrolment.person.name for r in second.results.all()] == ["Pelajar Contoh 9"]


def test_at_umpsa_the_report_is_confirmed_by_somebody_else_and_then_certified(
    azlina: Appointment, kumar: Appointment
) -> None:
    _offering, sheet = stories.graded_offering("UTHM", policy="umpsa", marks=("85", "45"))
    sheet = submit(azlina, sheet, version=sheet.version)
    assert sheet.state == "report_check"
    with pytest.raises(NotAllowed):
        take(azlina, sheet, "confirm", version=sheet.version)

    sheet = take(kumar, sheet, "confirm", version=sheet.version)
    sheet = issue(kumar, sheet, version=sheet.version)
    assert sheet.run
    carry_out(IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=sheet.run.pk))
    finish(sheet)

    assert again(sheet).state == "issued"
    credential = Credential.objects.get()
    assert credential.values["certificate"] == "micro_credential"
    achievement = credential.document["credentialSubject"]["achievement"]
    assert achievement["name"]
    assert credential.mms
