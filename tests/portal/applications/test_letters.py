"""Letters and forms: written from what was recorded, in the student's language, kept, replaced, sent once."""

import os
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.test_process import again, draft, judge_quality, settle_mapping
from tests.tauliah.files.reading import text_of

from portal.accounts.models import Appointment
from portal.applications.actions.appealing import appeal
from portal.applications.actions.assessing import Sitting, arrange
from portal.applications.actions.deciding import Verdict, confirmed, decide, look_again
from portal.applications.actions.evidence import accept_documents, ask_evidence, tick
from portal.applications.actions.judging import judge
from portal.applications.actions.submission import submit
from portal.applications.letters import make_letter, pdf_of
from portal.applications.letters.kinds import COPIED, KINDS, sections
from portal.applications.models import Application, Letter
from portal.applications.process import process_of
from portal.notices.models import Mail, Notice
from portal.notices.reminders import remind
from portal.packs import packs
from portal.payments.actions import record_payment
from portal.payments.actions.settling import Money
from portal.records.models import Entry
from portal.work.worker import do_what_is_ready

pytestmark = pytest.mark.django_db
SHOWN = os.environ.get("SHOW_LETTERS")


def only(application: Application, kind: str) -> Letter:
    return Letter.objects.get(application=application, kind=kind, replaced_by=None)


def read(letter: Letter) -> str:
    pdf = pdf_of(letter)
    if SHOWN:
        Path(SHOWN, f"{letter.application.policy}-{letter.kind}-{letter.language}.pdf").write_bytes(pdf)
    return " ".join(text_of(pdf, "-raw").split())


def english(acting: Appointment) -> Appointment:
    acting.person.language = "en"
    acting.person.save()
    return acting


def dressed(acting: Appointment) -> Appointment:
    """The institution with an address, as its paper shows it."""
    where = acting.institution
    where.address = "Jalan Contoh 1\n86400 Parit Raja, Johor"
    where.email, where.phone = f"akademik@{where.code.lower()}.example", "+60 7-453 0000"
    where.website = f"https://www.{where.code.lower()}.example"
    where.save()
    acting.person.identity_number = "990101-01-1234"
    acting.person.save()
    return acting


def decided_at_uthm(aminah: Appointment, refused: int = 1) -> Application:
    """An application of three claims of which some are refused, through every hand."""
    bakar, halimah, hassan = (cast.appear(key) for key in ("bakar", "halimah", "hassan"))
    application = draft(aminah, claims=3)
    submit(aminah, application, version=1)
    application = again(application)
    settle_mapping(application)
    last = application.claims.last()
    if refused:
        last.comparison.overlap = Decimal(60)
        last.comparison.save()
    accept_documents(bakar, application, version=application.version)
    judge(application := again(application))
    verdicts = {claim.pk: confirmed(claim) for claim in application.claims.all()}
    decide(bakar, application, "recommendation", verdicts, version=application.version)
    application = again(application)
    decide(halimah, application, "decision", verdicts, version=application.version)
    application = again(application)
    if refused:
        look_again(hassan, application, upheld=True, version=application.version)
    return again(application)


def paid(application: Application, who: str, order: str = "order") -> Application:
    owed = getattr(application, order)
    record_payment(cast.appear(who), owed, Money("cash", f"S-{owed.pk}", owed.total, timezone.localdate()))
    return again(application)


def submitted_at_utm(priya: Appointment) -> Application:
    """A MOOC without proof of proctoring, with its processing fee paid."""
    application = draft(
        priya,
        basis="mooc",
        policy="utm",
        platform="coursera",
        certificate="completion",
        institution="Coursera",
        malaysian=False,
        claimed_before=False,
    )
    submit(priya, application, version=1)
    return paid(again(application), "tan")


class TestWords:
    def test_each_kind_has_words_in_both_languages(self) -> None:
        for section in sections().values():
            for name, words in section.items():
                assert set(words) == {"ms", "en"}, name
                assert all(words.values()), name
        assert set(sections()["titles"]) == set(KINDS)

    def test_the_clause_of_a_copy_stands_in_its_policy(self) -> None:
        for policy, clause in COPIED.items():
            assert clause in packs()[policy].clauses


class TestUthm:
    def test_a_receipt_is_written_when_the_application_is_sent(self, aminah: Appointment) -> None:
        application = draft(dressed(aminah), claims=2)
        submit(aminah, application, version=1)
        letter = only(application, "acknowledgement")
        told = read(letter)

        assert letter.reference == f"UTHM/S/{timezone.localdate().year}/000001"
        assert "Penerimaan permohonan pindah kredit" in told
        assert "Aminah binti Yusof" in told
        assert application.reference in told
        for claim in application.claims.all():
            assert claim.target.code in told
            assert claim.sources.get().code in told
        assert "Garis Panduan Pindah Kredit Universiti Tun Hussein Onn Malaysia" in told

    def test_more_evidence_is_asked_for_by_letter(
        self, aminah: Appointment, bakar: Appointment, mailoutbox: list[EmailMessage]
    ) -> None:
        application = draft(dressed(aminah))
        submit(aminah, application, version=1)
        application = again(application)
        due = timezone.localdate() + timedelta(days=14)
        ask_evidence(
            bakar,
            application,
            "Transkrip yang disahkan\nSukatan pelajaran DIT2003",
            due,
            version=application.version,
        )
        letter = only(application, "evidence_request")
        told = read(letter)
        do_what_is_ready()

        assert "Sukatan pelajaran DIT2003" in told
        assert "Bakar bin Salleh" in told
        assert letter.about == application.requests.get().pk
        (message,) = [m for m in mailoutbox if "Bukti" in m.subject]
        assert message.attachments[0][0] == f"{letter.reference.replace('/', '-')}.pdf"

    def test_the_decision_says_what_why_and_what_next(self, aminah: Appointment) -> None:
        application = decided_at_uthm(dressed(aminah))
        told = read(only(application, "decision"))

        assert "2 diluluskan dengan jumlah 6 kredit dan 1 tidak diluluskan" in told
        assert "60 % < 80 %" in told
        assert "(5(b))" in told
        assert "Halimah binti Abdullah" in told
        assert "Dekan, Fakulti Sains Komputer dan Teknologi Maklumat" in told
        assert "Dasar ini tidak menyatakan tatacara rayuan" in told
        assert "Tidak diluluskan" in told

    def test_in_english_too(self, aminah: Appointment) -> None:
        application = decided_at_uthm(english(dressed(aminah)))
        told = read(only(application, "decision"))

        assert "Decision on your application for credit transfer" in told
        assert "2 approved with 6 credits in all, 1 not approved" in told
        assert "60 % < 80 %: the contents do not agree enough." in told
        assert "Dean, " in told

    def test_all_granted_gives_no_reasons(self, aminah: Appointment) -> None:
        told = read(only(decided_at_uthm(aminah, refused=0), "decision"))

        assert "Sebab tidak diluluskan" not in told
        assert "rayu" not in told.lower()
        assert "mohon mendaftar kursus itu di portal" in told

    def test_an_override_bears_its_reason(
        self, aminah: Appointment, bakar: Appointment, halimah: Appointment
    ) -> None:
        application = draft(aminah)
        submit(aminah, application, version=1)
        settle_mapping(application := again(application), percent=70)
        accept_documents(bakar, application, version=application.version)
        judge(application := again(application))
        claim = application.claims.get()
        verdict = Verdict("approved", "credit_without_grade", reason="Senat membenarkan 75 peratus.")
        for who, stage in ((bakar, "recommendation"), (halimah, "decision")):
            application = again(application)
            decide(who, application, stage, {claim.pk: verdict}, version=application.version)
        told = read(only(application, "decision"))

        assert "Catatan keputusan" in told
        assert "Senat membenarkan 75 peratus." in told
        assert "Baki kredit" not in told

    def test_the_exemption_form_is_filled_in(self, aminah: Appointment, chong: Appointment) -> None:
        application = decided_at_uthm(dressed(aminah))
        for language in ("ms", "en"):
            application.student.person.language = language
            letter = make_letter(application, "exemption_form", chong)
            told = read(letter)

            assert "990101-01-1234" in told
            assert application.claims.last().target.code in told
            assert ("Borang pengecualian kredit kursus" in told) == (language == "ms")
        assert letter.reference.split("/")[1] == "B"
        assert not Mail.objects.filter(subject__icontains="borang").exists()


class TestUtm:
    def test_the_processing_fee_is_asked_for(self, priya: Appointment) -> None:
        application = submitted_at_utm(dressed(priya))
        told = read(only(application, "acknowledgement"))

        assert "RM 10.00" in told
        assert application.order.number in told

    @pytest.mark.parametrize("language", ["ms", "en"])
    def test_the_invitation_says_when_where_and_what_to_bring(
        self, priya: Appointment, devi: Appointment, tan: Appointment, language: str
    ) -> None:
        dressed(priya).person.language = language
        priya.person.save()
        application = invited(submitted_at_utm(priya))
        letter = only(application, "onsite_invitation")
        told = read(letter)

        assert "Makmal 3, Blok N28" in told
        assert "09:30" in told
        assert ("kad pengenalan" in told) == (language == "ms")
        assert "Salmah binti Ghani" in told
        assert Notice.objects.filter(kind="onsite_assigned", person__name="Salmah binti Ghani").exists()

    def test_the_checklists_are_printed_as_ticked(self, priya: Appointment, devi: Appointment) -> None:
        application = submitted_at_utm(dressed(priya))
        items = process_of(application).checklists["faculty"]
        tick(devi, application, {items[0].key: True}, version=application.version)
        application = again(application)
        for language in ("ms", "en"):
            application.student.person.language = language
            for kind, clause in (
                ("applicant_checklist", "Lampiran D 6(h)"),
                ("faculty_checklist", "Lampiran E 6"),
            ):
                told = read(make_letter(application, kind, devi))

                assert clause in told
                assert "Devi a/p Krishnan" in told or kind == "applicant_checklist"

    def test_refusal_names_the_appeal_and_its_fee_and_the_appeal_is_final(self, priya: Appointment) -> None:
        application = refused_at_utm(dressed(priya))
        told = read(only(application, "decision"))

        assert "merayu satu (1) kali" in told
        assert "Yuran rayuan ialah RM 50.00" in told

        application = appealed_at_utm(application, priya)
        told = read(only(application, "appeal_decision"))

        assert "Keputusan rayuan ini muktamad" in told
        assert "Diluluskan: Kredit Dapat" in told
        certificate = read(make_letter(application, "approval_certificate", cast.appear("tan")))
        assert "Sijil kelulusan pindah kredit" in certificate
        assert "Kredit Dapat" in certificate
        assert "Jumlah kredit" in certificate


def invited(application: Application) -> Application:
    """Its documents are in order, its mapping is settled, and it is to be assessed face to face."""
    devi = cast.appear("devi")
    items = process_of(application).checklists["faculty"]
    tick(devi, application, {item.key: True for item in items}, version=application.version)
    settle_mapping(application := again(application))
    accept_documents(devi, application, version=application.version)
    application = again(application)
    sitting = Sitting(
        timezone.make_aware(datetime(2030, 3, 4, 9, 30)),
        "Makmal 3, Blok N28",
        ["written", "oral"],
        cast.appear("salmah"),
    )
    arrange(devi, application.claims.get(), sitting, version=application.version)
    return again(application)


def refused_at_utm(priya: Appointment) -> Application:
    """Its mapping fell short; the dean refused it and the deputy dean upheld that."""
    devi, rashid = cast.appear("devi"), cast.appear("rashid")
    application = submitted_at_utm(priya)
    items = process_of(application).checklists["faculty"]
    tick(devi, application, {item.key: True for item in items}, version=application.version)
    settle_mapping(application := again(application), percent=40)
    judge(application)
    accept_documents(devi, again(application), version=again(application).version)
    Application.objects.filter(pk=application.pk).update(state="recommendation")
    refusal = {application.claims.get().pk: Verdict("refused", reason="Pemetaan hanya 40 peratus.")}
    for who, stage in ((devi, "recommendation"), (rashid, "decision")):
        application = again(application)
        decide(who, application, stage, refusal, version=application.version)
    application = again(application)
    look_again(deputy(rashid), application, upheld=True, version=application.version)
    return again(application)


def deputy(dean: Appointment, name: str = "Aziz bin Samad") -> Appointment:
    who = cast.person(name.split(maxsplit=1)[0].lower(), name, "UTM")
    return cast.appointment(who, "deputy_dean", dean.institution, dean.faculty)


def appealed_at_utm(application: Application, priya: Appointment) -> Application:
    """The appeal is paid for and granted by somebody who took no part before."""
    claim = application.claims.get()
    appeal(priya, application, [claim.pk], "Sukatan baharu dilampirkan.", version=application.version)
    application = again(application)
    owed = application.appeal.order
    record_payment(cast.appear("tan"), owed, Money("cash", "APPEAL", owed.total, timezone.localdate()))
    application = again(application)
    verdict = Verdict("approved", "credit_without_grade", reason="Sukatan baharu mencapai 85 peratus.")
    other = deputy(cast.appear("rashid"), "Wong Li Na")
    application = judge_quality(other, application)
    decide(other, application, "appeal", {claim.pk: verdict}, version=application.version)
    return again(application)


def test_a_letter_made_again_replaces_the_first(aminah: Appointment, chong: Appointment) -> None:
    application = draft(aminah)
    submit(aminah, application, version=1)
    first = only(application, "acknowledgement")
    second = make_letter(again(application), "acknowledgement", chong)
    first.refresh_from_db()

    assert first.replaced_by == second
    assert pdf_of(first).startswith(b"%PDF")
    assert only(application, "acknowledgement") == second
    entry = Entry.objects.filter(action="applications.letter").last()
    assert entry.details["before"]["replaced"] == [first.reference]


def test_each_is_sent_once_with_the_file(aminah: Appointment, mailoutbox: list[EmailMessage]) -> None:
    application = draft(aminah)
    submit(aminah, application, version=1)
    do_what_is_ready()
    do_what_is_ready()
    own = [m for m in mailoutbox if m.to == [aminah.person.email]]

    assert len(own) == 1
    assert own[0].attachments[0][1] == pdf_of(only(application, "acknowledgement"))


def test_numbers_run_without_gaps(aminah: Appointment, chong: Appointment) -> None:
    application = draft(aminah)
    submit(aminah, application, version=1)
    with pytest.raises(KeyError):
        make_letter(application, "nonsense", chong)
    numbers = [
        make_letter(application, kind, chong).reference[-6:] for kind in ("acknowledgement", "exemption_form")
    ]

    assert numbers == ["000002", "000001"]


def test_the_staff_whose_turn_it_is_are_told(
    aminah: Appointment, bakar: Appointment, wahid: Appointment
) -> None:
    submit(aminah, draft(aminah), version=1)
    told = Notice.objects.filter(kind="application_arrived")

    assert [notice.person for notice in told] == [bakar.person]


def test_the_applicant_sees_letters_and_own_forms_but_no_office_papers(
    aminah: Appointment, chong: Appointment
) -> None:
    application = draft(aminah)
    submit(aminah, application, version=1)
    application = again(application)
    paper = make_letter(application, "faculty_checklist", chong)
    own, office = cast.client_of(aminah), cast.client_of(chong)
    page = own.get(f"/letters/of/{application.pk}/").text

    assert "Perakuan penerimaan" in page
    assert paper.reference not in page
    assert paper.reference not in own.get(f"/applications/{application.pk}/").text
    assert own.get(f"/letters/{paper.pk}.pdf").status_code == 404
    assert paper.reference in office.get(f"/letters/of/{application.pk}/").text
    assert office.get(f"/letters/{paper.pk}.pdf")["Content-Type"] == "application/pdf"


def test_forms_are_made_by_those_who_may(aminah: Appointment, chong: Appointment, bakar: Appointment) -> None:
    application = draft(aminah)
    submit(aminah, application, version=1)
    address = f"/letters/of/{application.pk}/"
    own = cast.client_of(aminah)

    made = own.post(address, {"kind": "exemption_form"}, follow=True)
    assert made["Content-Type"] == "application/pdf"
    assert own.post(address, {"kind": "faculty_checklist"}).status_code == 403
    assert own.post(address, {"kind": "decision"}).status_code == 403
    assert own.post(address, {"kind": "nonsense"}).status_code == 404
    assert cast.client_of(chong).post(address, {"kind": "decision"}).status_code == 403
    assert cast.client_of(cast.appear("nathan")).post(address, {"kind": "exemption_form"}).status_code == 403
    assert cast.client_of(cast.appear("wahid")).post(address, {"kind": "exemption_form"}).status_code == 404
    assert Letter.objects.filter(kind="exemption_form").count() == 1


def test_a_lost_file_is_not_found_and_can_be_made_again(aminah: Appointment, bakar: Appointment) -> None:
    application = decided_at_uthm(aminah)
    letter = only(application, "decision")
    letter.file.storage.delete(letter.file.name)
    address = f"/letters/{letter.pk}.pdf"

    assert cast.client_of(aminah).get(address).status_code == 404
    answer = cast.client_of(bakar, "en").post(
        f"/letters/of/{application.pk}/", {"kind": "decision"}, follow=True
    )
    assert "on its way to the student" in answer.text
    letter.refresh_from_db()
    assert letter.replaced_by == only(application, "decision")
    assert "replaced by" in answer.text


def test_the_list_asks_the_same_number_of_questions(
    aminah: Appointment, chong: Appointment, django_assert_max_num_queries
) -> None:
    application = draft(aminah)
    submit(aminah, application, version=1)
    for _ in range(12):
        make_letter(again(application), "exemption_form", chong)
    client = cast.client_of(chong)
    with django_assert_max_num_queries(14):
        page = client.get(f"/letters/of/{application.pk}/")
    assert page.text.count("<tr>") == 14


class TestReminders:
    def test_evidence_assessments_mappings_and_late_steps_are_told_once(
        self, priya: Appointment, devi: Appointment
    ) -> None:
        application = invited(submitted_at_utm(priya))
        day = datetime(2030, 3, 2).date()

        assert Notice.objects.filter(kind="onsite_reminder").count() == 0
        remind(day), remind(day)
        assert Notice.objects.filter(kind="onsite_reminder", person=priya.person).count() == 1
        late = Notice.objects.filter(kind="application_overdue")
        assert late.count() == len({n.person_id for n in late}) > 0
        assert application.reference in late.first().title_ms

    def test_evidence_is_asked_for_again_before_its_day(
        self, aminah: Appointment, bakar: Appointment
    ) -> None:
        application = draft(aminah)
        submit(aminah, application, version=1)
        application = again(application)
        due = timezone.localdate() + timedelta(days=14)
        ask_evidence(bakar, application, "Transkrip", due, version=application.version)

        remind(due - timedelta(days=4))
        assert not Notice.objects.filter(kind="evidence_reminder").exists()
        remind(due - timedelta(days=3)), remind(due - timedelta(days=1))
        assert Notice.objects.filter(kind="evidence_reminder", person=aminah.person).count() == 1
