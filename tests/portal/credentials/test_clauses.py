"""What the guidelines ask of credentials in learners' hands; ``realised_by`` of the packs names these."""

import json
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.credentials.actions.issuing import start
from portal.credentials.faces import faces_of
from portal.notices.models import Mail
from portal.records.models import Entry

pytestmark = pytest.mark.django_db


def test_the_centre_issues_and_each_learner_is_sent_certificate_and_badge(
    kumar: Appointment, aminah: Appointment, fatimah: Appointment, chong: Appointment
) -> None:
    run = made.run(kumar)
    made.learners(run, 1)
    for other in (aminah, fatimah, chong):
        with pytest.raises(NotAllowed):
            start(other, run)

    (credential,) = made.issued(kumar)
    assert Mail.objects.get().to == aminah.person.email
    assert Entry.objects.filter(action="credentials.issue").count() == 1

    client = cast.client_of(aminah)
    assert {face.name for face in faces_of(credential)} >= {"certificate", "statement", "badge-png"}
    for name, begins in (("certificate", b"%PDF"), ("statement", b"%PDF"), ("badge-png", b"\x89PNG")):
        answer = client.get(reverse("credentials:own-face", args=[credential.pk, name]))
        assert answer.getvalue().startswith(begins)


def test_a_learner_shares_it_on_a_profile_by_its_address_and_by_a_link(
    kumar: Appointment, aminah: Appointment, client: Client
) -> None:
    (credential,) = made.issued(kumar)
    own = cast.client_of(aminah)
    page = own.get(reverse("credentials:own", args=[credential.pk])).content.decode()

    assert "https://www.linkedin.com/profile/add?" in page
    assert credential.serial in page
    own.post(reverse("credentials:own-link", args=[credential.pk]), {"days": "7", "note": "Majikan"})
    assert credential.share_links.open().count() == 1
    assert client.get(reverse("verification:credential", args=[credential.public_id])).status_code == 200


def test_where_the_qr_code_leads_anybody_sees_that_it_is_genuine_and_its_statement(
    kumar: Appointment, client: Client
) -> None:
    (credential,) = made.issued(kumar)
    page = client.get(reverse("verification:credential", args=[credential.public_id])).content.decode()
    statement = reverse("verification:statement", args=[credential.public_id])

    assert "Kelayakan ini sah." in page
    assert "Aminah binti Yusof" in page
    assert statement in page
    assert client.get(statement).json()["serial"] == credential.serial


def test_a_changed_certificate_is_told_to_be_no_longer_genuine(kumar: Appointment, client: Client) -> None:
    (credential,) = made.issued(kumar)
    changed = deepcopy(credential.document)
    changed["credentialSubject"]["licenseNumber"] = "UTHM-MC-2026-999999"
    files = {"baik": credential.document, "ubah": changed}
    answers = {
        name: client.post(
            reverse("verification:check"),
            {"file": SimpleUploadedFile(f"{name}.json", json.dumps(document).encode())},
        ).content.decode()
        for name, document in files.items()
    }

    assert "Kelayakan ini sah." in answers["baik"]
    assert "Kelayakan ini tidak sah." in answers["ubah"]
