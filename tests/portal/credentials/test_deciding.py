"""A decision of credit transfer becomes a credential, and one from another university offers its courses."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications import stories
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.evidence import keep
from portal.applications.models import Application, Decision, Source
from portal.credentials.actions.deciding import issue_decision
from portal.credentials.models import Credential
from portal.credentials.offers import offers_of
from portal.credentials.tasks import issue_what_waits
from portal.credentials.verifying import verified, verified_own
from portal.institutions.models import Institution
from tauliah.credentials.answer import Outcome
from tauliah.credentials.decision_reading import read_decision
from tauliah.credentials.document import supersedes

pytestmark = pytest.mark.django_db


def decided(aminah: Appointment, bakar: Appointment, **said: Any) -> Application:
    """An application of two courses: the first is granted, the second refused by a person."""
    application = stories.recommended(aminah, bakar)
    given = {"stage": "decision", "award": "credit_without_grade", "recommended": "eligible"}
    for place, claim in enumerate(application.claims.all()):
        granted = place == 0
        Decision.objects.create(
            claim=claim,
            outcome="approved" if granted else "refused",
            credits=Decimal(3) if granted else Decimal(0),
            checks=(application.result or {})["claims"][place]["checks"],
            policy_version=application.policy_version,
            decided_by=bakar,
            decided_at=timezone.now(),
            **given | said,
        )
    Application.objects.filter(pk=application.pk).update(state="decided", decided_at=timezone.now())
    return stories.again(application)


def test_a_decision_is_a_credential_that_says_what_was_decided(
    aminah: Appointment, bakar: Appointment, uthm: Institution
) -> None:
    made.ready(uthm)
    application = decided(aminah, bakar)

    credential = issue_decision(application)

    assert credential
    assert verified_own(credential).verification.outcome is Outcome.YES
    said = read_decision(credential.document)
    assert said.reference == application.reference
    assert [(c.outcome, c.credits) for c in said.courses] == [
        ("eligible", Decimal(3)),
        ("ineligible", Decimal(0)),
    ]
    assert (said.policy, said.policy_version) == ("uthm", application.policy_version)
    assert any(check.clauses for check in said.courses[0].checks)
    assert said.courses[0].sources[0].institution == "Politeknik Merlimau"
    assert credential.person == aminah.person


def test_the_same_decision_is_issued_once(aminah: Appointment, bakar: Appointment, uthm: Institution) -> None:
    made.ready(uthm)
    application = decided(aminah, bakar)

    assert issue_decision(application) == issue_decision(application)
    assert Credential.objects.count() == 1


def test_what_an_appeal_changes_supersedes(
    aminah: Appointment, bakar: Appointment, uthm: Institution
) -> None:
    made.ready(uthm)
    application = decided(aminah, bakar)
    first = issue_decision(application)
    assert first
    refused = Decision.objects.get(outcome="refused", stage="decision")
    Decision.objects.create(
        claim=refused.claim,
        stage="appeal",
        outcome="approved",
        award="credit_without_grade",
        credits=Decimal(3),
        recommended="eligible",
        checks=refused.checks,
        policy_version=refused.policy_version,
        decided_by=bakar,
        decided_at=timezone.now(),
    )

    second = issue_decision(application)

    assert second
    assert supersedes(second.document) == first.urn
    assert Credential.objects.get(pk=first.pk).state == "superseded"
    assert read_decision(second.document).credits == Decimal(6)


def test_an_institution_that_is_not_ready_issues_later(
    aminah: Appointment, bakar: Appointment, uthm: Institution
) -> None:
    application = decided(aminah, bakar)
    with pytest.raises(Refused):
        issue_decision(application)
    assert issue_what_waits.func() == 0

    made.ready(uthm)

    assert issue_what_waits.func() == 1
    assert Credential.objects.get().application == application


def upload(of: Appointment, document: dict[str, Any]) -> Any:
    """Hand a credential in as evidence."""
    file = SimpleUploadedFile("keputusan.json", json.dumps(document).encode())
    return keep(of, file, "credential")[0]


def test_another_university_verifies_it_and_takes_its_courses(
    aminah: Appointment, bakar: Appointment, priya: Appointment, uthm: Institution
) -> None:
    made.ready(uthm)
    credential = issue_decision(decided(aminah, bakar))
    assert credential
    kept = upload(priya, credential.document)
    draft = stories.draft(priya, policy="utm")
    draft.claims.all().delete()
    target = cast.course(draft.institution, "SCSJ1013")
    client = cast.client_of(priya)

    page = client.get(f"/credentials/evidence/{kept.pk}/").content.decode()
    assert "Kelayakan ini sah." in page
    assert "Politeknik Merlimau" in page
    assert client.post(f"/credentials/evidence/{kept.pk}/", {"application": draft.pk}).status_code == 422
    chosen = {"application": draft.pk, f"target-{draft.pk}-0": target.code}
    done = client.post(f"/credentials/evidence/{kept.pk}/", chosen)

    assert done["Location"] == f"/applications/{draft.pk}/"
    source = Source.objects.get(claim__application=draft)
    assert (source.claim.target, source.study.institution_name) == (target, "Politeknik Merlimau")
    assert (source.credits, source.completed_on) == (Decimal(3), date(2025, 5, 30))
    assert draft.evidence.filter(evidence=kept).exists()


def test_a_credential_that_does_not_hold_offers_nothing(
    aminah: Appointment, bakar: Appointment, priya: Appointment, uthm: Institution
) -> None:
    made.ready(uthm)
    credential = issue_decision(decided(aminah, bakar))
    assert credential
    forged = json.loads(json.dumps(credential.document).replace("Aminah", "Priya"))

    page = cast.client_of(priya).get(f"/credentials/evidence/{upload(priya, forged).pk}/").content.decode()

    assert "Kelayakan ini tidak sah." in page
    assert "Gunakan kursusnya" not in page


def test_an_award_offers_its_course(kumar: Appointment) -> None:
    document = made.issued(kumar)[0].document

    (offer,) = offers_of(document)

    assert (offer.basis, offer.code, offer.grade) == ("micro_credential", "BIT10303MC", "A-")
    assert (offer.credits, offer.level, offer.completed_on) == (Decimal("1.5"), "bachelor", date(2026, 5, 29))
    assert offer.institution == "Universiti Tun Hussein Onn Malaysia"
    assert verified(document).verification.outcome is Outcome.YES


@pytest.mark.parametrize("content", [b'{"type": "Dokumen"}', b"{", b'{"a": 1, "a": 2}'])
def test_json_that_is_no_credential_is_no_evidence(priya: Appointment, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        keep(priya, SimpleUploadedFile("x.json", content), "credential")

    assert refused.value.field == "files"
