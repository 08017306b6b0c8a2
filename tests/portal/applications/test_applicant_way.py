"""The applicant's way: from the check to a draft, its last look, submission, and what can be done after."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.applicant import claimed, diploma, draft, planned
from tests.portal.applications.test_evidence_content import pdf

from portal.accounts.models import Appointment
from portal.applications.actions.judging import judge
from portal.applications.models import Application, Claim, Decision, Evidence, EvidenceUse, PriorStudy, Source
from portal.cases.link import link_of
from portal.records.models import Entry
from portal.transfer.bridge import PAPER

pytestmark = pytest.mark.django_db

CASE = {
    "kind": "transfer",
    "policy": "uthm",
    "applied_on": "2026-11-22",
    "programme": {"institution": "UTHM", "level": "bachelor", "graduating_credits": 120},
    "prior_studies": [
        {
            "id": "s1",
            "institution": "Politeknik Merlimau",
            "level": "diploma",
            "outcome": "completed",
            "ended_on": "2026-06-30",
        }
    ],
    "claims": [
        {
            "target": {"code": code, "credits": 3},
            "basis": "prior_study",
            "graded": False,
            "sources": [
                {"study": "s1", "code": f"D{code}", "credits": 3, "grade": "B", "completed_on": "2025-05-30"}
            ],
        }
        for code in ("BIT10303", "XYZ99999")
    ],
}


def test_a_check_is_taken_along_through_the_login(aminah: Appointment, client: Any) -> None:
    planned(aminah, "BIT10303")
    came = client.post("/applications/from-check/", {"c": link_of(PAPER, CASE)})
    assert came.headers["Location"] == "/applications/new/"
    assert "login" in client.get("/applications/new/").headers["Location"]

    client.force_login(aminah.person)
    assert b'name="bring"' in client.get("/applications/new/").content
    begun = client.post(
        "/applications/new/", {"student": cast.student_of(aminah).pk, "bring": "yes"}, follow=True
    )

    claim = Claim.objects.get()
    assert (claim.target.code, claim.sources.get().code, claim.sources.get().grade) == (
        "BIT10303",
        "DBIT10303",
        "B",
    )
    assert claim.sources.get().study == PriorStudy.objects.get(person=aminah.person)
    assert "XYZ99999" in begun.content.decode()


def test_a_study_that_is_known_is_not_kept_twice(aminah: Appointment, client: Any) -> None:
    planned(aminah, "BIT10303")
    diploma(aminah)
    client.force_login(aminah.person)
    client.post("/applications/from-check/", {"c": link_of(PAPER, CASE)})
    client.post("/applications/new/", {"student": cast.student_of(aminah).pk, "bring": "yes"})

    assert PriorStudy.objects.count() == 1


def test_without_a_tick_nothing_comes_along(aminah: Appointment, client: Any) -> None:
    client.force_login(aminah.person)
    client.post("/applications/from-check/", {"c": link_of(PAPER, CASE)})
    client.post("/applications/new/", {"student": cast.student_of(aminah).pk})

    assert not Claim.objects.exists()


@pytest.mark.parametrize("link", ["", "kosong", "x" * 500_000])
def test_a_link_that_holds_no_case_leads_back(client: Any, link: str) -> None:
    assert client.post("/applications/from-check/", {"c": link}).headers["Location"] == "/transfer/check/"


def test_the_public_check_offers_to_apply(example: Any, english: Any) -> None:
    page = english.post("/transfer/check/", example()).content.decode()

    assert 'action="/applications/from-check/"' in page


def test_another_students_programme_cannot_be_applied_for(aminah: Appointment, zain: Appointment) -> None:
    answer = cast.client_of(aminah).post("/applications/new/", {"student": cast.student_of(zain).pk})

    assert answer.status_code == 404


# --- Checklist, last look, submission ---------------------------------------------------------------


def ready(acting: Appointment, monkeypatch: pytest.MonkeyPatch) -> Application:
    """A draft that lacks nothing but the declarations."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 10, 12))
    (course, other) = planned(acting, "BIT10303", "BIT20303")
    application, study = draft(acting), diploma(acting)
    claimed(application, course, study)
    claimed(application, other, study, code="DIT20203", grade="A", original_grade="A")
    if application.policy == "utm":
        application.claims.update(basis="mooc")
        details = {
            "platform": "coursera",
            "certificate": "verified",
            "proctoring": "online",
            "malaysian": False,
        }
        Source.objects.filter(claim__application=application).update(study=None, details=details)
    kept = Evidence.objects.create(
        person=acting.person,
        kind="transcript",
        name="transkrip.pdf",
        file="x",
        media_type="application/pdf",
        size=len(pdf()),
        sha256="0",
    )
    EvidenceUse.objects.create(application=application, evidence=kept)
    return application


DECLARED = {"first_use": "yes", "true": "yes"}


def test_a_draft_is_submitted_once_declared(aminah: Appointment, monkeypatch: pytest.MonkeyPatch) -> None:
    application = ready(aminah, monkeypatch)
    client, address = cast.client_of(aminah, "en"), f"/applications/{application.pk}/"
    assert "Make both declarations" in client.get(f"{address}review/").content.decode()

    refused = client.post(f"{address}review/", {"version": "1"})
    assert refused.status_code == 422
    assert "Make both declarations" in refused.content.decode()

    client.post(f"{address}checklist/", DECLARED | {"version": "1", "note": "Terima kasih"})
    sent = client.post(f"{address}review/", {"version": "2"})
    application.refresh_from_db()

    assert sent.headers["Location"] == address
    assert (application.state, application.note) == ("document_check", "Terima kasih")
    assert application.case is not None
    assert application.applied_on == date(2026, 10, 12)


def test_pressing_twice_submits_once(aminah: Appointment, monkeypatch: pytest.MonkeyPatch) -> None:
    application = ready(aminah, monkeypatch)
    client, address = cast.client_of(aminah), f"/applications/{application.pk}/"
    client.post(f"{address}checklist/", DECLARED | {"version": "1"})
    answers = [client.post(f"{address}review/", {"version": "2"}).headers["Location"] for _ in range(2)]

    assert answers == [address, address]
    assert Entry.objects.filter(action="applications.submit", subject_id=application.pk).count() == 1


def test_outside_the_window_it_is_said_which_and_by_which_clause(
    aminah: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = ready(aminah, monkeypatch)
    student = cast.student_of(aminah)
    for number, (start, end) in enumerate((((2025, 2, 1), (2025, 6, 30)), ((2025, 9, 1), (2026, 1, 31)))):
        cast.semester(application.institution, f"lama-{number}", date(*start), date(*end))
    student.intake = application.institution.semesters.get(code="lama-0")
    student.save()
    client, address = cast.client_of(aminah, "en"), f"/applications/{application.pk}/"
    client.post(f"{address}checklist/", DECLARED | {"version": "1"})
    page = client.get(f"{address}review/").content.decode()
    answer = client.post(f"{address}review/", {"version": "2"})
    application.refresh_from_db()

    assert "first semester" in page
    assert "/policies/uthm/clauses/15/" in page
    assert answer.status_code == 422
    assert application.state == "draft"


def test_the_second_window_of_a_checklist_is_told(aminah: Appointment) -> None:
    application = draft(aminah)
    answer = cast.client_of(aminah, "en").post(
        f"/applications/{application.pk}/checklist/", DECLARED | {"version": "0", "note": "catatan"}
    )

    assert answer.status_code == 422
    assert "catatan" in answer.content.decode()
    application.refresh_from_db()
    assert not application.declared_true


def test_the_checklist_of_utm_is_that_of_its_appendix(priya: Appointment) -> None:
    application = draft(priya)
    client, address = cast.client_of(priya, "en"), f"/applications/{application.pk}/checklist/"
    page = client.get(address).content.decode()
    client.post(address, {"version": "1", "item": ["active", "platform", "nonsense"]})
    application.refresh_from_db()

    assert page.count('name="item"') == 15
    assert "Lampiran D 6(h)" in page
    assert application.checklist == {"active": True, "platform": True}


def test_a_draft_is_deleted_after_being_asked(aminah: Appointment) -> None:
    application = draft(aminah)
    client, address = cast.client_of(aminah), f"/applications/{application.pk}/discard/"
    assert client.get(address).status_code == 200
    client.post(address, {"version": "1"})

    assert not Application.objects.exists()


# --- Afterwards -------------------------------------------------------------------------------------


def submitted(acting: Appointment, monkeypatch: pytest.MonkeyPatch, state: str) -> Application:
    """A submitted application with two claims, in a state."""
    application = ready(acting, monkeypatch)
    application.applied_on = timezone.localdate()
    application.submitted_at = timezone.now()
    application.save()
    judge(application)
    Application.objects.filter(pk=application.pk).update(state=state)
    application.refresh_from_db()
    return application


def test_the_page_says_where_it_stands_and_with_whom(
    aminah: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = submitted(aminah, monkeypatch, "mapping")
    page = cast.client_of(aminah, "en").get(f"/applications/{application.pk}/").content.decode()

    assert "With: Subject expert, since" in page
    assert 'aria-current="step"' in page
    assert "A subject expert has not judged the overlap yet" in page


def test_a_claim_is_taken_back_after_being_asked(
    aminah: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = submitted(aminah, monkeypatch, "document_check")
    claim = application.claims.first()
    assert claim is not None
    client, address = cast.client_of(aminah), f"/applications/{application.pk}/claims/{claim.pk}/take-back/"
    assert client.get(address).status_code == 200
    client.post(address, {"version": application.version, "reason": "Saya mahu mengambilnya"})
    claim.refresh_from_db()

    assert claim.withdrawn_at is not None


def test_an_application_is_withdrawn_after_being_asked(
    aminah: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = submitted(aminah, monkeypatch, "document_check")
    client, address = cast.client_of(aminah, "en"), f"/applications/{application.pk}/withdraw/"
    late = client.post(address, {"version": "0"})
    assert late.status_code == 422

    client.post(address, {"version": application.version})
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_what_is_decided_can_no_longer_be_withdrawn(
    aminah: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = submitted(aminah, monkeypatch, "decided")
    answer = cast.client_of(aminah).post(
        f"/applications/{application.pk}/withdraw/", {"version": application.version}
    )

    assert answer.status_code == 422


def decided(acting: Appointment, dean: Appointment, monkeypatch: pytest.MonkeyPatch) -> Application:
    """An application of which one claim was granted and one refused."""
    application = submitted(acting, monkeypatch, "decided")
    application.decided_at = timezone.now()
    application.save()
    for claim, outcome in zip(application.claims.order_by("position"), ("approved", "refused"), strict=True):
        Decision.objects.create(
            claim=claim,
            stage="decision",
            outcome=outcome,
            award="credit_without_grade" if outcome == "approved" else "",
            credits=3 if outcome == "approved" else 0,
            recommended="eligible",
            reason="" if outcome == "approved" else "Sukatan tidak setara.",
            policy_version="1",
            decided_by=dean,
            decided_at=timezone.now(),
        )
    return application


def test_a_decision_is_shown_with_its_reason_only_once_it_stands(
    aminah: Appointment, halimah: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = decided(aminah, halimah, monkeypatch)
    client, address = cast.client_of(aminah, "en"), f"/applications/{application.pk}/"
    assert "Sukatan tidak setara." in client.get(address).content.decode()

    Application.objects.update(state="decision", decided_at=None)
    assert "Sukatan tidak setara." not in client.get(address).content.decode()


def test_an_appeal_needs_grounds_and_is_lodged_once(
    priya: Appointment, rashid: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = decided(priya, rashid, monkeypatch)
    refused = application.claims.order_by("position").last()
    assert refused is not None
    client, address = cast.client_of(priya, "en"), f"/applications/{application.pk}/appeal/"
    assert "Sukatan tidak setara." in client.get(address).content.decode()

    form = {"version": application.version, "claims": refused.pk}
    without = client.post(address, form)
    assert without.status_code == 422
    assert "Give the grounds" in without.content.decode()

    lodged = client.post(address, form | {"grounds": "Sukatan penuh dilampirkan."})
    application.refresh_from_db()
    assert lodged.status_code == 302
    assert application.state in {"appeal", "appeal_fee"}
    assert [claim.pk for claim in application.appeal.claims.all()] == [refused.pk]
    assert client.post(address, form | {"grounds": "Lagi"}).status_code in {403, 422}
