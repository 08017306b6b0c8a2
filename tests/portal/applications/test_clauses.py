"""What the guidelines ask of the work and no other test shows; ``realised_by`` of the packs names these."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.stories import again, draft, settle_mapping
from tests.portal.applications.test_letters import (
    appealed_at_utm,
    decided_at_uthm,
    dressed,
    invited,
    only,
    paid,
    read,
    refused_at_utm,
    submitted_at_utm,
)

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.actions.assessing import Mark, mark
from portal.applications.actions.deciding import confirmed, decide, look_again
from portal.applications.actions.evidence import accept_documents, tick
from portal.applications.actions.judging import judge
from portal.applications.actions.submission import submit
from portal.applications.letters import make_letter
from portal.applications.models import Application, Decision, EvidenceUse, PriorStudy, TranscriptEntry
from portal.applications.process import process_of, steps_for
from portal.matching.actions import compare
from portal.matching.models import Judgement, SourceSyllabus
from portal.notices.models import Notice
from portal.packs import packs
from portal.records.models import Entry
from portal.work.worker import do_what_is_ready

pytestmark = pytest.mark.django_db


def everything_ticked(acting: Appointment, application: Application) -> Application:
    """The coordinator's checklist, where the policy has one."""
    items = process_of(application).checklists.get("faculty", ())
    tick(acting, application, {item.key: True for item in items}, version=application.version)
    return again(application)


def verdicts(application: Application) -> Any:
    return {claim.pk: confirmed(claim) for claim in application.claims.all()}


def dean(of: Appointment, faculty: str, role: Role = Role.DEAN, key: str = "dekan") -> Appointment:
    """A dean of the institution of somebody."""
    person = cast.person(key, f"Dekan {key}", of.institution.code)
    return cast.appointment(person, role, of.institution, cast.faculty(faculty))


def begin(acting: Appointment, days_ago: int) -> None:
    """Let the running semester of somebody's institution have begun some days ago."""
    semester = cast.student_of(acting).intake
    semester.starts_on = timezone.localdate() - timedelta(days=days_ago)
    semester.ends_on = semester.starts_on + timedelta(days=140)
    semester.save()


def exchange(aminah: Appointment, days_ago: int) -> Application:
    """A draft with a course of a partner university, asked for with its grade in a running semester."""
    begin(aminah, days_ago)
    student = cast.student_of(aminah)
    student.final_semester = False
    student.save()
    application = draft(aminah, basis="mobility", institution="Universitas Contoh", accredited=True)
    application.claims.update(graded=True, partner_agreement=True)
    return application


class TestApplying:
    @pytest.mark.parametrize(("who", "policy"), [("aminah", "uthm"), ("priya", "utm"), ("dayang", "unimas")])
    def test_nothing_is_sent_without_its_documents(self, who: str, policy: str) -> None:
        acting = cast.appear(who)
        application = draft(acting, policy=policy)
        EvidenceUse.objects.all().delete()

        with pytest.raises(Refused, match="Muat naik transkrip atau sijil"):
            submit(acting, application, version=1)
        assert again(application).state == "draft"

    @pytest.mark.parametrize("basis", ["prior_study", "apel_c", "integrated"])
    def test_what_is_for_the_first_semester_is_too_late_afterwards(
        self, aminah: Appointment, basis: str
    ) -> None:
        student = cast.student_of(aminah)
        student.intake = cast.semester(aminah.institution, "20252026-1", date(2025, 10, 6), date(2026, 2, 27))
        student.save()
        if basis == "integrated":
            student.programme.level = "master"
            student.programme.save()
        application = draft(aminah, basis=basis)

        with pytest.raises(Refused, match="Tempoh permohonan"):
            submit(aminah, application, version=1)
        assert again(application).state == "draft"

    def test_a_grade_is_carried_over_in_the_first_two_weeks_only(self, aminah: Appointment) -> None:
        application = exchange(aminah, days_ago=21)
        with pytest.raises(Refused, match="Tempoh permohonan"):
            submit(aminah, application, version=1)
        assert again(application).state == "draft"

        begin(aminah, days_ago=10)
        submit(aminah, again(application), version=1)
        assert again(application).state == "document_check"

    def test_each_course_is_a_claim_of_its_own_and_each_may_stay_out(self, aminah: Appointment) -> None:
        planned = [cast.course(aminah.institution, code) for code in ("BIT30103", "BIT30203")]
        application = draft(aminah, claims=1)
        submit(aminah, application, version=1)

        targets = {claim.target for claim in again(application).claims.all()}
        assert len(again(application).result["claims"]) == 1
        assert targets.isdisjoint(planned)


class TestSenate:
    def test_graded_credit_from_outside_waits_for_the_senate(
        self, aminah: Appointment, bakar: Appointment, halimah: Appointment, latifah: Appointment
    ) -> None:
        application = exchange(aminah, days_ago=10)
        submit(aminah, application, version=1)
        settle_mapping(application := again(application))
        accept_documents(bakar, application, version=application.version)
        judge(application := again(application))
        for who, stage in ((bakar, "recommendation"), (halimah, "decision")):
            decide(who, application, stage, verdicts(application), version=application.version)
            application = again(application)
        assert application.state == "senate"
        assert not TranscriptEntry.objects.exists()

        for other in (bakar, halimah):
            with pytest.raises(NotAllowed):
                decide(other, application, "senate", verdicts(application), version=application.version)
        decide(latifah, application, "senate", verdicts(application), version=application.version)

        assert again(application).state == "decided"
        entry = TranscriptEntry.objects.get()
        assert (entry.award, entry.grade) == ("credit_with_grade", "B")
        assert Entry.objects.filter(action="applications.senate").count() == 1


class TestDecision:
    def test_the_student_and_only_the_student_is_told(self, aminah: Appointment, zain: Appointment) -> None:
        application = decided_at_uthm(dressed(aminah))

        told = Notice.objects.filter(kind="decision_made")
        assert [notice.person for notice in told] == [aminah.person]
        assert only(application, "decision").application == application

    def test_an_approved_course_stands_with_the_sources_as_they_were(self, aminah: Appointment) -> None:
        application = decided_at_uthm(dressed(aminah), refused=0)

        entries = TranscriptEntry.objects.filter(claim__application=application)
        assert {entry.term for entry in entries} == {"Pengecualian Kredit"}
        assert {entry.grade for entry in entries} == {""}
        assert {entry.original[0]["grade"] for entry in entries} == {"B"}
        assert Entry.objects.filter(action="applications.transcript").count() == 3


class TestMqa:
    def test_who_failed_is_told_by_letter_to_start_again(
        self, aminah: Appointment, bakar: Appointment, halimah: Appointment, hassan: Appointment
    ) -> None:
        application = draft(dressed(aminah), policy="mqa")
        PriorStudy.objects.update(outcome="failed")
        submit(aminah, application, version=1)
        application = everything_ticked(bakar, again(application))
        settle_mapping(application)
        accept_documents(bakar, application, version=application.version)
        judge(application := again(application))
        for who, stage in ((bakar, "recommendation"), (halimah, "decision")):
            decide(who, application, stage, verdicts(application), version=application.version)
            application = again(application)
        look_again(hassan, application, upheld=True, version=application.version)

        assert "pelajar bermula semula dari semester 1" in read(only(application, "decision"))
        assert Notice.objects.filter(kind="decision_made", person=aminah.person).count() == 1

    @pytest.mark.parametrize(
        ("credits", "diploma_too", "told"),
        [
            (80, True, "tahun ke-3 program."),
            (79, True, "tahun ke-2 program."),
            (39, True, ""),
            (80, False, ""),
        ],
    )
    def test_the_letter_tells_the_year_in_which_an_advanced_diploma_lets_one_enter(
        self, aminah: Appointment, halimah: Appointment, credits: int, diploma_too: bool, told: str
    ) -> None:
        """The programme has 120 credits in three years: 40 in each."""
        application = draft(dressed(aminah), policy="mqa")
        PriorStudy.objects.update(level="advanced_diploma", also_holds_diploma=diploma_too)
        application.programme.duration_years = Decimal(3)
        application.programme.save()
        submit(aminah, application, version=1)
        Decision.objects.create(
            claim=application.claims.get(),
            stage="decision",
            outcome="approved",
            award="credit_without_grade",
            credits=credits,
            recommended="eligible",
            policy_version="2010-12-28",
            decided_by=halimah,
            decided_at=timezone.now(),
        )
        letter = read(make_letter(again(application), "decision", halimah))

        assert told in letter
        assert ("tahun ke-" in letter) is bool(told)


@pytest.fixture
def proctored(priya: Appointment) -> Application:
    """A UTM application for a MOOC that was proctored online, with its processing fee paid."""
    started = timezone.localdate() - timedelta(days=10)
    cast.semester(priya.institution, starts_on=started, ends_on=started + timedelta(days=120))
    application = draft(
        dressed(priya),
        basis="mooc",
        policy="utm",
        platform="coursera",
        institution="Coursera",
        malaysian=False,
        certificate="verified",
        proctoring="online",
    )
    submit(priya, application, version=1)
    return paid(again(application), "tan")


class TestUtm:
    def test_proctored_online_needs_no_assessment(self, proctored: Application, devi: Appointment) -> None:
        settle_mapping(proctored)
        application = everything_ticked(devi, again(proctored))
        accept_documents(devi, application, version=application.version)

        application = again(proctored)
        assert application.state == "recommendation"
        assert application.claims.get().recommended_outcome == "eligible"

    def test_an_appeal_is_the_only_one_and_applying_again_is_paid_again(self, priya: Appointment) -> None:
        application = appealed_at_utm(refused_at_utm(dressed(priya)), priya)
        assert application.state == "closed"
        assert steps_for(priya, application) == []

        repeated = submitted_again(priya)
        assert repeated.state == "fee"
        assert repeated.order.total == Decimal(10)

    def test_every_item_of_the_appendices_is_printed_with_its_clause(
        self, priya: Appointment, devi: Appointment
    ) -> None:
        application = everything_ticked(devi, submitted_at_utm(dressed(priya)))
        for name, appendix in (("applicant", "Lampiran D"), ("faculty", "Lampiran E")):
            told = read(make_letter(application, f"{name}_checklist", devi))
            items = process_of(application).checklists[name]
            cited = {clause for item in items for clause in item.clauses}

            assert {clause for clause in cited if clause not in told} == set()
            assert lists_of(appendix) - cited == set()

    def test_the_declaration_of_first_use_is_printed(self, priya: Appointment, devi: Appointment) -> None:
        application = submitted_at_utm(dressed(priya))
        told = read(make_letter(application, "applicant_checklist", devi))

        assert application.declared_first_use
        assert "belum pernah diberi pindah kredit" in told

    def test_the_faculty_checklist_bears_the_day_of_the_assessment(
        self, priya: Appointment, devi: Appointment, salmah: Appointment
    ) -> None:
        application = invited(submitted_at_utm(dressed(priya)))
        held = application.claims.get().assessments.get()
        result = Mark(attended=True, identity_document="Kad pelajar", mark=Decimal(71), grade="B+")
        mark(salmah, held, result, version=application.version)
        told = read(make_letter(again(application), "faculty_checklist", devi))

        assert "4 Mac 2030" in told

    def test_the_expert_sees_how_the_learning_times_compare(
        self, devi: Appointment, salmah: Appointment
    ) -> None:
        target = cast.course(devi.institution, "SPPM1702", learning_hours=Decimal(120), faculty=devi.faculty)
        source = SourceSyllabus(
            institution_name="Coursera", codes="ID-1", credits=Decimal(3), learning_hours=Decimal(96)
        )
        compare(devi, source, target, [salmah], timezone.localdate() + timedelta(days=10))
        asked = Judgement.objects.get(expert=salmah)
        page = cast.client_of(salmah, "en").get(reverse("matching:judge", args=[asked.pk])).text

        assert "Learning time of the source: 80 %" in page
        assert Entry.objects.filter(action="matching.compare").count() == 1

    def test_the_faculty_that_teaches_decides(
        self, proctored: Application, rashid: Appointment, salmah: Appointment
    ) -> None:
        other = dean(rashid, "FKE", key="lain")
        for stranger in (other, salmah):
            with pytest.raises(NotAllowed):
                accept_documents(stranger, proctored, version=proctored.version)


def submitted_again(priya: Appointment) -> Application:
    """Another application of the same student, sent."""
    application = draft(
        priya,
        basis="mooc",
        policy="utm",
        platform="coursera",
        institution="Coursera",
        malaysian=False,
        certificate="completion",
        proctoring="none",
    )
    submit(priya, application, version=1)
    return again(application)


def lists_of(appendix: str) -> set[str]:
    """The clauses of an appendix that are items to tick: not its heading, groups, nor the letter that goes along."""
    groups = {"Lampiran D 6", "Lampiran E 8/2"}
    return {name for name in packs()["utm"].clauses if name.startswith(f"{appendix} ")} - groups


class TestUnimas:
    def test_the_approval_is_sent_to_the_applicant_with_a_copy_to_the_administrator(
        self, dayang: Appointment, edwin: Appointment, mailoutbox: list[EmailMessage]
    ) -> None:
        application = draft(
            dressed(dayang),
            policy="unimas",
            basis="micro_credential",
            origin="accredited_programme",
            accredited=True,
            institution="UNIMAS",
        )
        application.claims.update(graded=False)
        submit(dayang, application, version=1)
        application = again(application)
        assert application.state == "document_check"
        settle_mapping(application)
        accept_documents(edwin, application, version=application.version)
        judge(application := again(application))
        decide(edwin, application, "recommendation", verdicts(application), version=application.version)
        application = again(application)
        assert application.state == "decision"
        verdict = verdicts(application)
        with pytest.raises(NotAllowed):
            decide(edwin, application, "decision", verdict, version=application.version)
        decide(dean(edwin, "FCSIT"), application, "decision", verdict, version=application.version)
        assert again(application).state == "decided"
        do_what_is_ready()

        (message,) = [m for m in mailoutbox if "Keputusan" in m.subject]
        assert message.to == [dayang.person.email]
        assert message.cc == [dayang.institution.email]
        assert message.attachments
