"""An application on its way: who may take a step, what it needs, what follows, and what is kept of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications import stories
from tests.portal.applications.stories import again, draft, evidence, judge_quality, settle_mapping

from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.actions.appealing import appeal
from portal.applications.actions.assessing import Mark, Sitting, arrange, mark
from portal.applications.actions.concluding import fee_lines
from portal.applications.actions.deciding import Verdict, confirmed, decide, look_again
from portal.applications.actions.evidence import accept_documents, answer, ask_evidence, tick
from portal.applications.actions.judging import judge
from portal.applications.actions.submission import order_for, submit, take_back, withdraw
from portal.applications.models import (
    Decision,
    EvidenceUse,
    TranscriptEntry,
)
from portal.applications.process import process_of
from portal.payments.actions import record_payment
from portal.payments.actions.settling import Money
from portal.payments.models import Order
from portal.records.models import Entry
from portal.records.register import broken_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(aminah):
    return stories.submitted(aminah)


@pytest.fixture
def recommended(aminah, bakar):
    return stories.recommended(aminah, bakar)


class TestSubmitting:
    def test_it_is_evaluated_numbered_and_waits_for_the_coordinator(self, submitted):
        assert submitted.state == "document_check"
        assert submitted.applied_on == timezone.localdate()
        assert [claim["outcome"] for claim in submitted.result["claims"]] == ["needs_evidence"] * 2
        assert submitted.due_on == timezone.localdate() + timedelta(days=5)

    def test_it_tells_everything_that_is_missing(self, aminah):
        application = draft(aminah, claims=0)
        application.declared_true = False
        application.save()
        with pytest.raises(Refused) as refused:
            submit(aminah, application, version=1)
        assert "sekurang-kurangnya satu kursus" in str(refused.value)
        assert "pengakuan" in str(refused.value)
        assert again(application).state == "draft"

    def test_the_same_button_twice_submits_once(self, aminah, submitted):
        with pytest.raises(Refused):
            submit(aminah, submitted, version=1)
        assert Entry.objects.filter(action="applications.submit").count() == 1

    def test_nobody_else_may(self, aminah, zain, bakar):
        application = draft(aminah)
        for other in (zain, bakar):
            with pytest.raises(NotAllowed):
                submit(other, application, version=1)

    def test_a_semester_too_late_is_told_with_its_window(self, aminah):
        student = cast.student_of(aminah)
        student.intake = cast.semester(aminah.institution, "20252026-1", date(2025, 10, 6), date(2026, 2, 27))
        student.save()
        application = draft(aminah)
        with pytest.raises(Refused, match="Tempoh permohonan"):
            submit(aminah, application, version=1)

    def test_a_claim_can_be_taken_back_but_not_the_last_one(self, aminah, submitted):
        first, second = submitted.claims.all()
        take_back(aminah, first, version=submitted.version)
        assert len(again(submitted).result["claims"]) == 1
        with pytest.raises(Refused, match=r"satu-satunya|only claim"):
            take_back(aminah, second, version=again(submitted).version)

    def test_all_of_it_can_be_withdrawn(self, aminah, submitted):
        withdraw(aminah, submitted, version=submitted.version)
        assert again(submitted).state == "withdrawn"


class TestChecking:
    def test_more_evidence_is_asked_for_and_sent(self, aminah, bakar, submitted):
        due = timezone.localdate() + timedelta(days=10)
        ask_evidence(bakar, submitted, "Sila muat naik silibus.", due, version=submitted.version)
        returned = again(submitted)
        assert (returned.state, returned.due_on) == ("more_evidence", due)
        with pytest.raises(Refused, match=r"Muat naik|Upload"):
            answer(aminah, returned, version=returned.version)
        kept = evidence(aminah, "syllabus", "1")
        EvidenceUse.objects.create(application=returned, evidence=kept)
        answer(aminah, returned, version=returned.version)
        assert again(submitted).state == "document_check"

    def test_another_faculty_and_another_university_may_not(self, wahid, devi, submitted):
        for stranger in (wahid, devi):
            with pytest.raises(NotAllowed):
                accept_documents(stranger, submitted, version=submitted.version)

    def test_what_is_not_mapped_goes_to_the_expert(self, bakar, submitted):
        accept_documents(bakar, submitted, version=submitted.version)
        assert again(submitted).state == "mapping"


class TestDeciding:
    def test_confirming_enters_the_transcript(self, halimah, recommended):
        verdicts = {claim.pk: confirmed(claim) for claim in recommended.claims.all()}
        decide(halimah, recommended, "decision", verdicts, version=recommended.version)
        assert again(recommended).state == "decided"
        entries = TranscriptEntry.objects.all()
        assert {entry.term for entry in entries} == {"Pengecualian Kredit"}
        assert entries[0].original[0]["institution"] == "Politeknik Merlimau"
        assert "vertical_limit" in entries[0].limits

    def test_some_claims_first_then_the_rest(self, halimah, recommended):
        first, second = recommended.claims.all()
        decide(halimah, recommended, "decision", {first.pk: confirmed(first)}, version=recommended.version)
        held = again(recommended)
        assert held.state == "decision"
        decide(halimah, held, "decision", {second.pk: confirmed(second)}, version=held.version)
        assert again(recommended).state == "decided"

    def test_departing_needs_a_reason_and_is_kept_beside_the_recommendation(self, halimah, recommended):
        first = recommended.claims.first()
        with pytest.raises(Refused) as refused:
            decide(
                halimah, recommended, "decision", {first.pk: Verdict("refused")}, version=recommended.version
            )
        assert refused.value.field == f"claim-{first.pk}"
        verdict = Verdict("refused", reason="Makmal tidak diliputi.")
        decide(halimah, recommended, "decision", {first.pk: verdict}, version=recommended.version)
        kept = Decision.objects.get(claim=first, stage="decision")
        assert (kept.recommended, kept.overrides) == ("eligible", True)

    def test_a_refusal_is_upheld_by_somebody_else(self, halimah, hassan, recommended):
        verdicts = {
            claim.pk: Verdict("refused", reason="Makmal tidak diliputi.")
            for claim in recommended.claims.all()
        }
        decide(halimah, recommended, "decision", verdicts, version=recommended.version)
        waiting = again(recommended)
        assert waiting.state == "second_look"
        with pytest.raises(Refused, match="Orang lain"):
            look_again(halimah, waiting, upheld=True, version=waiting.version)
        look_again(hassan, waiting, upheld=True, version=waiting.version)
        assert again(recommended).state == "decided"
        assert not TranscriptEntry.objects.exists()

    def test_or_returned_for_a_new_decision(self, halimah, hassan, recommended):
        verdicts = {c.pk: Verdict("refused", reason="Tidak setara.") for c in recommended.claims.all()}
        decide(halimah, recommended, "decision", verdicts, version=recommended.version)
        waiting = again(recommended)
        look_again(hassan, waiting, upheld=False, version=waiting.version, reason="Lihat HPK 2.")
        reopened = again(recommended)
        assert reopened.state == "decision"
        verdicts = {claim.pk: confirmed(claim) for claim in reopened.claims.all()}
        decide(halimah, reopened, "decision", verdicts, version=reopened.version)
        assert again(recommended).state == "decided"

    def test_of_two_who_decide_at_once_the_second_is_told(self, halimah, hassan, recommended):
        first = recommended.claims.first()
        decide(halimah, recommended, "decision", {first.pk: confirmed(first)}, version=recommended.version)
        with pytest.raises(Refused, match="Halimah"):
            decide(hassan, recommended, "decision", {first.pk: confirmed(first)}, version=recommended.version)
        assert Decision.objects.filter(stage="decision").count() == 1

    def test_the_coordinator_does_not_decide(self, bakar, recommended):
        with pytest.raises(NotAllowed):
            decide(bakar, recommended, "decision", {}, version=recommended.version)


def paid(order, cashier):
    record_payment(cashier, order, Money("cash", f"R{order.pk}", order.total, timezone.localdate()))


@pytest.fixture
def mooc(priya, tan):
    """A UTM application for a MOOC that was not proctored, with its processing fee paid."""
    cast.semester(
        priya.institution, starts_on=timezone.localdate() - timedelta(days=10), ends_on=date(2027, 9, 1)
    )
    application = draft(
        priya,
        basis="mooc",
        policy="utm",
        platform="coursera",
        institution="Universiti Contoh",
        malaysian=False,
        certificate="completion",
        proctoring="none",
    )
    submit(priya, application, version=1)
    application = again(application)
    assert application.state == "fee"
    assert application.order.total == Decimal(10)
    paid(application.order, tan)
    return again(application)


@pytest.fixture
def recommendable(mooc):
    """The same, waiting for the coordinator's recommendation."""
    settle_mapping(mooc)
    judge(mooc)
    mooc.state = "recommendation"
    mooc.save()
    return again(mooc)


class TestWhoOffersAMooc:
    """The transfer fee of UTM depends on who offers the MOOC (6.5.1): it is asked, never guessed."""

    def test_it_is_asked_before_the_application_is_handed_in(self, priya, mooc):
        source = mooc.claims.get().sources.get()
        del source.details["malaysian"]
        source.save()
        mooc.state = "draft"
        mooc.save()

        with pytest.raises(Refused, match="universiti di Malaysia menawarkannya"):
            submit(priya, again(mooc), version=again(mooc).version)

    def test_no_fee_is_asked_for_while_it_is_not_stated(self, recommendable):
        claim = recommendable.claims.get()
        source = claim.sources.get()
        del source.details["malaysian"]
        source.save()
        judge(recommendable)

        (line,) = fee_lines(again(recommendable), claim)

        assert line["amount"] is None
        with pytest.raises(Refused, match="belum diketahui"):
            order_for(None, again(recommendable), [line], Order.Purpose.CREDIT_TRANSFER)


class TestTheFullWayOfUtm:
    def test_nothing_is_processed_before_the_fee_and_everything_follows(  # noqa: PLR0917
        self, priya, tan, devi, rashid, salmah, mooc
    ):
        assert mooc.state == "document_check"
        with pytest.raises(Refused, match="senarai semak fakulti"):
            accept_documents(devi, mooc, version=mooc.version)
        items = process_of(mooc).checklists["faculty"]
        tick(devi, mooc, {item.key: True for item in items}, version=mooc.version)
        settle_mapping(mooc)
        mooc = again(mooc)
        accept_documents(devi, mooc, version=mooc.version)
        mooc = again(mooc)
        assert mooc.state == "assessment"
        claim = mooc.claims.get()
        sitting = Sitting(timezone.now() + timedelta(days=1), "Makmal 2", ["written"], salmah)
        held = arrange(devi, claim, sitting, version=mooc.version)
        mark(
            salmah,
            held,
            Mark(attended=True, identity_document="Kad pelajar", mark=Decimal(71), grade="B+"),
            version=again(mooc).version,
        )
        mooc = again(mooc)
        assert mooc.state == "recommendation"
        claim = mooc.claims.get()
        assert claim.recommended_outcome == "eligible"
        mooc = judge_quality(devi, mooc)
        decide(devi, mooc, "recommendation", {claim.pk: confirmed(claim)}, version=mooc.version)
        mooc = again(mooc)
        decide(rashid, mooc, "decision", {claim.pk: confirmed(claim)}, version=mooc.version)
        mooc = again(mooc)
        assert mooc.state == "decided"
        assert mooc.transfer_order.total == Decimal(240)
        assert not TranscriptEntry.objects.exists()
        paid(mooc.transfer_order, tan)
        assert TranscriptEntry.objects.get().term == "Kredit Dapat"
        assert list(broken_entries(mooc.institution)) == []

    @pytest.mark.parametrize("quality", ["", "poor"])
    def test_nothing_is_granted_for_a_mooc_whose_quality_nobody_vouches_for(
        self, devi, rashid, recommendable, quality
    ):
        claim = recommendable.claims.get()
        granted = {claim.pk: Verdict("approved", "credit_without_grade", reason="Pengalaman baik.")}
        refused = {claim.pk: Verdict("refused", reason="Kandungan lapuk.")}
        mooc = judge_quality(devi, recommendable, quality) if quality else recommendable
        with pytest.raises(Refused, match="Nilai kualiti setiap MOOC"):
            decide(devi, mooc, "recommendation", granted, version=mooc.version)
        mooc = again(mooc)
        assert mooc.state == "recommendation"

        decide(devi, mooc, "recommendation", refused, version=mooc.version)
        mooc = again(mooc)
        with pytest.raises(Refused, match="Nilai kualiti setiap MOOC"):
            decide(rashid, mooc, "decision", granted, version=mooc.version)
        mooc = judge_quality(rashid, again(mooc))
        decide(rashid, mooc, "decision", granted, version=mooc.version)

        assert again(mooc).state == "decided"

    def test_a_refused_student_appeals_once_for_fifty_ringgit_to_others(self, priya, tan, devi, rashid, mooc):
        mooc.state = "decided"
        mooc.save()
        claim = mooc.claims.get()
        Decision.objects.create(
            claim=claim,
            stage="decision",
            outcome="refused",
            award="none",
            credits=0,
            recommended="needs_evidence",
            reason="Tiada bukti.",
            policy_version="2018-01-01",
            decided_by=rashid,
            decided_at=timezone.now(),
        )
        lodged = appeal(priya, mooc, [claim.pk], "Sijil baharu dilampirkan.", version=mooc.version)
        mooc = again(mooc)
        assert (mooc.state, lodged.order.total) == ("appeal_fee", Decimal(50))
        paid(lodged.order, tan)
        mooc = again(mooc)
        assert mooc.state == "appeal"
        with pytest.raises(Refused, match=r"Orang lain|Somebody else"):
            decide(rashid, mooc, "appeal", {claim.pk: Verdict("refused", reason="x")}, version=mooc.version)
        other = cast.appointment(
            cast.person("timbalan", "Timbalan Dekan", "UTM"), Role.DEPUTY_DEAN, mooc.institution, mooc.faculty
        )
        verdict = Verdict("approved", "credit_without_grade", reason="Bukti baharu diterima.")
        with pytest.raises(Refused, match="Nilai kualiti setiap MOOC"):
            decide(other, mooc, "appeal", {claim.pk: verdict}, version=mooc.version)
        mooc = judge_quality(other, again(mooc))
        decide(other, mooc, "appeal", {claim.pk: verdict}, version=mooc.version)
        mooc = again(mooc)
        assert mooc.state == "closed"
        with pytest.raises(Refused):
            appeal(priya, mooc, [claim.pk], "Sekali lagi.", version=mooc.version)


class TestMoocAtUmpsa:
    """UMPSA 14-mooc: the steps of MOOC credit transfer come before the decision."""

    @pytest.fixture
    def application(self):
        where = cast.institution("UMPSA", policy="umpsa")
        fk = cast.faculty("FK", where)
        student = cast.person("aisyah", at="UMPSA")
        cast.student(student, cast.programme(where, "BKA", faculty=fk))
        acting = cast.appointment(student, Role.STUDENT, where)
        application = draft(
            acting,
            claims=1,
            basis="mooc",
            policy="umpsa",
            platform="edx",
            institution="Universiti Contoh",
            malaysian=False,
            certificate="completion",
            proctoring="none",
        )
        submit(acting, application, version=1)
        application = again(application)
        settle_mapping(application)
        judge(application)
        return again(application)

    @pytest.fixture
    def coordinator(self, application):
        where, fk = application.institution, application.student.programme.faculty
        return cast.appointment(cast.person("bibi", at="UMPSA"), Role.PROGRAMME_COORDINATOR, where, fk)

    @pytest.fixture
    def dean(self, application):
        where, fk = application.institution, application.student.programme.faculty
        return cast.appointment(cast.person("daud", at="UMPSA"), Role.DEAN, where, fk)

    def test_nothing_is_granted_before_they_are_on_record(self, application, coordinator, dean):
        application.state = "recommendation"
        application.save()
        claim = application.claims.get()
        granted = {claim.pk: Verdict("approved", "credit_without_grade", reason="Pelajar cemerlang.")}

        for by, stage in ((coordinator, "recommendation"), (dean, "decision")):
            application.state = stage
            application.save()
            with pytest.raises(Refused, match="Langkah pindah kredit MOOC belum lengkap"):
                decide(by, application, stage, granted, version=application.version)

        assert not claim.decisions.exists()

    def test_a_claim_whose_steps_nobody_took_can_be_refused(self, application, coordinator):
        application.state = "recommendation"
        application.save()
        refused = {application.claims.get().pk: Verdict("refused", reason="Tidak hadir ke pentaksiran.")}

        decide(coordinator, application, "recommendation", refused, version=application.version)

        assert again(application).state == "decision"

    def test_it_is_granted_once_the_assessment_is_recorded(self, application, coordinator, dean):
        accept_documents(coordinator, application, version=application.version)
        application = again(application)
        assert application.state == "assessment"
        assessor = cast.appointment(
            cast.person("esah", at="UMPSA"), Role.SUBJECT_EXPERT, application.institution, coordinator.faculty
        )
        sitting = Sitting(timezone.now() + timedelta(days=1), "Makmal 1", ["written"], assessor)
        held = arrange(coordinator, application.claims.get(), sitting, version=application.version)
        passed = Mark(attended=True, identity_document="Kad pelajar", mark=Decimal(71), grade="B+")
        mark(assessor, held, passed, version=again(application).version)
        application = again(application)
        assert application.state == "recommendation"

        for by, stage in ((coordinator, "recommendation"), (dean, "decision")):
            verdicts = {claim.pk: confirmed(claim) for claim in application.claims.all()}
            decide(by, application, stage, verdicts, version=application.version)
            application = again(application)

        assert application.state == "decided"
        assert TranscriptEntry.objects.exists()
