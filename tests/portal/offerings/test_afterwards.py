"""After the final assessment: survey, reminders, what follows on, and the certificate that is paid for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.actions.issuing import carry_out
from portal.credentials.models import Credential, IssuingRun
from portal.notices.models import Mail
from portal.notices.reminders import remind
from portal.offerings.actions.awarding import ask_for_certificate, issue_certificates
from portal.offerings.actions.recommending import keep_follow_on
from portal.offerings.actions.results import issue
from portal.offerings.actions.surveying import answer, keep_survey, survey_of
from portal.offerings.actions.writing import report_transfers, write
from portal.offerings.experience import report_of
from portal.offerings.models import Enrolment, FollowOn, Offering, ResultSheet
from portal.offerings.sheets import results_due_on
from portal.offerings.tasks_learning import ask_how_it_was
from portal.payments.actions import cancel_order, record_payment, refund
from portal.payments.actions.closing import Return
from portal.payments.actions.settling import Money
from tauliah.values.day import months_after

pytestmark = pytest.mark.django_db


def test_learners_are_asked_once_the_final_assessment_is_due() -> None:
    offering = stories.running_offering(learners=2)

    assert ask_how_it_was.func() == 2
    assert ask_how_it_was.func() == 0

    survey = survey_of(offering)
    assert survey
    assert {question["sort"] for question in survey.questions} == {"rating", "text"}
    for enrolment in offering.enrolments.all():
        assert enrolment.person.notices.filter(kind="course_survey").count() == 1


def test_answers_are_kept_once_and_reported_without_names_from_three_on() -> None:
    offering = stories.running_offering(learners=3)
    ask_how_it_was.func()
    survey = survey_of(offering)
    assert survey
    learners = list(offering.enrolments.all())
    for place, enrolment in enumerate(learners[:2]):
        answer(enrolment, survey, {"materials": str(place + 3), "best": f"Contoh {place}"})
    assert not report_of(survey).is_shown
    with pytest.raises(Refused):
        answer(learners[0], survey, {"materials": "1"})
    with pytest.raises(Refused):
        answer(learners[2], survey, {"materials": "6"})
    with pytest.raises(Refused):
        answer(learners[2], survey, {})
    answer(learners[2], survey, {"materials": "5"})

    report = report_of(survey)
    rated = next(one for one in report.rated if one.number)
    assert (report.asked, report.answered, rated.mean) == (3, 3, Decimal("4.00"))
    assert [count for _value, count, _share in rated.counts] == [0, 0, 1, 1, 1]
    assert sorted(text for one in report.told for text in one.answers) == ["Contoh 0", "Contoh 1"]


def test_the_pages_of_the_survey(laila: Appointment) -> None:
    offering = stories.running_offering(learners=0)
    joseph = cast.appear("joseph")
    enrolment = stories.joined(offering, joseph.person)
    ask_how_it_was.func()
    survey = survey_of(offering)
    assert survey
    client, address = cast.client_of(joseph), f"/offerings/learn/{enrolment.pk}/survey/{survey.pk}/"

    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"q-materials": "4"}).status_code == 302
    assert "terima kasih" in client.get(address).content.decode()
    page = cast.client_of(laila).get(f"/offerings/{offering.pk}/experience/").content.decode()
    assert "sekurang-kurangnya tiga" in page


def test_own_questions_are_kept_until_somebody_answers(laila: Appointment, joseph: Appointment) -> None:
    offering = stories.running_offering(learners=1)
    today = timezone.localdate()
    both = [
        {"key": "a", "sort": "rating", "ms": "Satu?", "en": "One?"},
        {"key": "b", "sort": "text", "ms": "Dua?", "en": "Two?"},
    ]
    with pytest.raises(Refused):
        keep_survey(laila, offering, both[:1], today, None)
    with pytest.raises(NotAllowed):
        keep_survey(joseph, offering, both, today, None)
    survey = keep_survey(laila, offering, both, today, None)
    answer(offering.enrolments.get(), survey, {"a": "5"})

    with pytest.raises(Refused):
        keep_survey(laila, offering, both, today, today)


def test_those_whose_turn_it_is_are_reminded_a_month_after_the_final_assessment(laila: Appointment) -> None:
    offering = stories.running_offering()
    due_on = results_due_on(offering)
    assert due_on
    assert offering.final_due_on
    assert due_on == months_after(offering.final_due_on, 1)
    assert results_due_on(Offering(final_due_on=date(2026, 1, 31))) == date(2026, 2, 28)

    remind(due_on - timedelta(days=8))
    assert not laila.person.notices.filter(kind="course_results_due").exists()
    remind(due_on - timedelta(days=7))
    remind(due_on - timedelta(days=6))
    assert laila.person.notices.filter(kind="course_results_due").count() == 1
    remind(due_on + timedelta(days=1))
    assert laila.person.notices.filter(kind="course_results_due").count() == 2


def test_a_message_reaches_only_those_who_agreed_to_its_purpose(
    laila: Appointment, joseph: Appointment
) -> None:
    offering = stories.running_offering(learners=2)
    agreed = offering.enrolments.first()
    assert agreed
    Enrolment.objects.filter(pk=agreed.pk).update(contact_purposes=["changes"])

    assert write(laila, offering, "changes", "Unit baharu", "Unit 3 ditambah minggu ini.") == 1
    assert write(laila, offering, "course", "Tarikh akhir", "Projek dihantar pada hari Jumaat.") == 2
    with pytest.raises(Refused) as refused:
        write(laila, offering, "usage", "Tinjauan", "Bagaimana anda menggunakan kursus?")
    with pytest.raises(NotAllowed):
        write(joseph, offering, "course", "Hai", "Hai.")

    assert refused.value.field == "purpose"
    assert Mail.objects.get(subject__contains="Unit baharu").to == agreed.person.email
    page = cast.client_of(laila).post(
        f"/offerings/{offering.pk}/message/", {"purpose": "usage", "subject": "a", "text": "b"}
    )
    assert page.status_code == 422


def test_a_mooc_asks_by_email_only_those_who_agreed() -> None:
    offering = stories.running_offering("UTM", proposal=stories.registered("UTM", kind="mooc"), learners=2)
    agreed = offering.enrolments.first()
    assert agreed
    Enrolment.objects.filter(pk=agreed.pk).update(contact_purposes=["opinion"])

    assert ask_how_it_was.func() == 2

    assert Mail.objects.get(key__startswith="survey-").to == agreed.person.email


def test_those_who_may_apply_for_transfer_are_reported_to_faculty_and_centre(
    yusuf: Appointment, zarina: Appointment, devi: Appointment, tan: Appointment
) -> None:
    offering = stories.running_offering("UTM", proposal=stories.registered("UTM", kind="mooc"), learners=2)
    with pytest.raises(Refused):
        report_transfers(yusuf, offering)
    with pytest.raises(NotAllowed):
        report_transfers(devi, offering)
    Enrolment.objects.filter(offering=offering, person__name="Pelajar Contoh 2").update(wants_transfer=True)

    answer = cast.client_of(yusuf).post(f"/offerings/{offering.pk}/transfers/", follow=True)

    assert "1 pelajar dilaporkan" in answer.content.decode()
    for who in (zarina, devi, tan):
        assert "Pelajar Contoh 2" in who.person.notices.get(kind="course_transfer_report").text_ms


def test_courses_that_follow_on_stand_on_the_learners_page(laila: Appointment) -> None:
    offering = stories.running_offering(learners=0)
    joseph = cast.appear("joseph")
    enrolment = stories.joined(offering, joseph.person)
    other = stories.registered(name_ms="IoT Lanjutan", name_en="Advanced IoT")
    keep_follow_on(laila, offering, other, FollowOn.Kind.ADVANCED)
    keep_follow_on(laila, offering, other, FollowOn.Kind.UPGRADE)
    with pytest.raises(Refused):
        keep_follow_on(laila, offering, offering.proposal, FollowOn.Kind.RELATED)

    page = cast.client_of(joseph).get(f"/offerings/learn/{enrolment.pk}/").content.decode()

    assert "IoT Lanjutan" in page
    assert FollowOn.objects.get().kind == "upgrade"


def test_at_utm_the_certificate_of_accomplishment_is_asked_for_paid_and_issued_once(
    zarina: Appointment, umar: Appointment
) -> None:
    course = stories.registered("UTM", kind="mooc")
    sheet = stories.confirmed_sheet(
        "UTM", proposal=course, certificate="paid", certificate_fee=Decimal("225.00"), marks=("85", "45")
    )
    issue(zarina, sheet, version=sheet.version)
    passed, failed = (
        ResultSheet.objects.get(pk=sheet.pk).results.order_by("-total").select_related("enrolment__person")
    )
    learner = passed.enrolment.person.appointments.get()
    assert Enrolment.objects.get(pk=passed.enrolment_id).state == "completed"
    with pytest.raises(Refused):
        ask_for_certificate(failed.enrolment.person.appointments.get(), failed.enrolment)

    order = ask_for_certificate(learner, passed.enrolment)
    with pytest.raises(Refused):
        ask_for_certificate(learner, passed.enrolment)
    with pytest.raises(Refused):
        issue_certificates(zarina, sheet.offering)
    record_payment(umar, order, Money("cash", "SLIP-1", order.outstanding, timezone.localdate()))
    run = issue_certificates(zarina, sheet.offering)
    carry_out(IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=run.pk))
    with pytest.raises(Refused):
        issue_certificates(zarina, sheet.offering)

    credential = Credential.objects.get(run=run)
    assert credential.values["certificate"] == "accomplishment"
    assert credential.values["payment"] == order.receipt.number
    assert order.total == Decimal("225.00")


@pytest.mark.parametrize("back", [False, True])
def test_a_certificate_whose_order_came_to_nothing_is_ordered_again(
    zarina: Appointment, umar: Appointment, *, back: bool
) -> None:
    course = stories.registered("UTM", kind="mooc")
    sheet = stories.confirmed_sheet(
        "UTM", proposal=course, certificate="paid", certificate_fee=Decimal(225), marks=("85",)
    )
    issue(zarina, sheet, version=sheet.version)
    enrolment = sheet.offering.enrolments.get()
    learner, page = enrolment.person.appointments.get(), f"/offerings/learn/{enrolment.pk}/"
    order = ask_for_certificate(learner, enrolment)
    client = cast.client_of(learner)
    assert "Pesan sijil" not in client.get(page).content.decode()
    if back:
        record_payment(umar, order, Money("cash", "SLIP-1", order.outstanding, timezone.localdate()))
        refund(umar, order, Return(Decimal(225), "R-1", timezone.localdate(), "Tersalah bayar."))
    else:
        cancel_order(umar, order, "Tersalah pesan.")

    assert "Pesan sijil" in client.get(page).content.decode()
    assert ask_for_certificate(learner, enrolment).pk != order.pk


@pytest.mark.django_db(transaction=True)
def test_the_centre_is_told_of_a_certificate_that_was_paid_for() -> None:
    zarina, umar = cast.appear("zarina"), cast.appear("umar")
    course = stories.registered("UTM", kind="mooc")
    sheet = stories.confirmed_sheet(
        "UTM", proposal=course, certificate="paid", certificate_fee=Decimal("225.00"), marks=("85",)
    )
    issue(zarina, sheet, version=sheet.version)
    enrolment = sheet.offering.enrolments.get()
    order = ask_for_certificate(enrolment.person.appointments.get(), enrolment)

    record_payment(umar, order, Money("cash", "SLIP-1", order.outstanding, timezone.localdate()))

    notice = zarina.person.notices.get(kind="course_certificate_paid")
    assert order.receipt.number in notice.text_ms
