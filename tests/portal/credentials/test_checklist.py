"""The portal's part of the security checklist: items 14, 15, 21, 22, 23, 26 and 30, each by its number."""

import json
import logging
import re
import zlib
from base64 import urlsafe_b64decode
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.credentials import status
from portal.credentials.addresses import did_of, page_of
from portal.credentials.faces import FACES
from portal.credentials.faces import made as face
from portal.credentials.models import Credential, StatusList
from portal.credentials.signing import (
    did_document,
    document_key,
    issuing_key,
    key_folder,
    signed,
    signed_as_asked,
)
from portal.credentials.verifying import verified, verified_own
from portal.institutions.models import Institution
from tauliah.credentials.answer import Outcome
from tauliah.credentials.bitstring import FEWEST
from tauliah.credentials.identity_card import exposed, nric_in
from tauliah.credentials.proof import unsecured

pytestmark = pytest.mark.django_db
NRIC = "000101-13-4321"


@pytest.fixture
def own_keys(tmp_path: Path, settings: Any) -> Path:
    """A folder of keys for this test alone: what it does to them harms no other."""
    settings.TAULIAH_KEYS = tmp_path / "keys"
    return tmp_path / "keys"


# --- 14: the status list ---------------------------------------------------------------------------


def test_item_14_a_list_has_131072_places_and_ends_soon(kumar: Appointment, client: Client) -> None:
    made.issued(kumar)

    published = client.get("/status/uthm/1").json()

    encoded = published["credentialSubject"]["encodedList"]
    assert len(zlib.decompress(urlsafe_b64decode(encoded[1:] + "==="), 31)) * 8 == FEWEST == 131_072
    assert published["credentialSubject"]["statusPurpose"] == "revocation"
    assert verified(published).verification.signature.outcome is Outcome.YES


def test_item_14_a_list_that_ends_is_signed_anew_before(kumar: Appointment) -> None:
    credential = made.issued(kumar)[0]
    StatusList.objects.update(valid_until=timezone.now() + timedelta(days=3))

    assert status.renew() == 1
    assert status.renew() == 0
    assert StatusList.objects.get().valid_until > timezone.now() + timedelta(days=13)
    assert verified_own(Credential.objects.get(pk=credential.pk)).verification.outcome is Outcome.YES


def test_item_14_a_list_out_of_reach_is_never_a_yes(kumar: Appointment) -> None:
    credential = made.issued(kumar)[0]
    document = credential.document
    credential.delete()
    StatusList.objects.all().delete()

    told = verified(document).verification

    assert told.status.outcome is Outcome.UNKNOWN
    assert told.outcome is not Outcome.YES


# --- 15: the status tells nothing else -------------------------------------------------------------


def test_item_15_places_are_drawn_by_chance(kumar: Appointment) -> None:
    """A runs test on the order of allocation: about as many runs up as chance makes (2/3 of the steps)."""
    indices = [credential.status_index for credential in made.issued(kumar, 200)]
    steps = [second > first for first, second in pairwise(indices)]

    runs = 1 + sum(first != second for first, second in pairwise(steps))

    assert len(set(indices)) == 200
    assert abs(runs - (2 * 200 - 1) / 3) < 5 * ((16 * 200 - 29) / 90) ** 0.5


def test_item_15_courses_share_a_list_that_may_be_kept_a_while(kumar: Appointment, client: Client) -> None:
    assert kumar.institution
    first = made.issued(kumar)[0]
    second = made.issued(kumar, of=made.course(kumar.institution, code="BIT20303MC"))[0]

    answer = client.get("/status/uthm/1")
    again = client.get("/status/uthm/1", headers={"if-none-match": answer["ETag"]})

    assert first.status_list == second.status_list
    assert first.status_index != second.status_index
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert again.status_code == 304


# --- 21: rotation ----------------------------------------------------------------------------------


def test_item_21_a_rotated_key_still_verifies_what_it_signed(kumar: Appointment, own_keys: Path) -> None:
    old = made.issued(kumar)[0]
    key_folder().rotate("uthm", "issuing", date(2027, 1, 4))
    assert kumar.institution
    new = made.issued(kumar, of=made.course(kumar.institution, code="BIT20303MC"))[0]

    methods = [m["id"].rpartition("#")[2] for m in did_document(kumar.institution)["verificationMethod"]]

    assert methods == ["key-2027", "key-2026"]
    assert old.document["proof"][0]["verificationMethod"].endswith("#key-2026")
    assert new.document["proof"][0]["verificationMethod"].endswith("#key-2027")
    assert verified_own(old).verification.outcome is Outcome.YES
    assert verified_own(new).verification.outcome is Outcome.YES


def test_item_21_a_revoked_key_is_refused_with_its_reason(kumar: Appointment, own_keys: Path) -> None:
    credential = made.issued(kumar)[0]
    key_folder().revoke("uthm", "key-2026", date(2026, 11, 20), "stolen")

    told = verified_own(credential).verification

    assert told.outcome is Outcome.NO
    assert told.signature.code == "signature.key_revoked"


def test_item_21_the_name_of_another_key_does_not_help(kumar: Appointment, own_keys: Path) -> None:
    credential = made.issued(kumar)[0]
    key_folder().rotate("uthm", "issuing", date(2027, 1, 4))
    document = json.loads(json.dumps(credential.document).replace("#key-2026", "#key-2027"))

    assert verified(document).verification.signature.outcome is Outcome.NO


# --- 22: what is signed ----------------------------------------------------------------------------


def document_of(institution: Institution, **changes: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": did_of(institution),
        "credentialSubject": {"id": "did:example:1"},
    } | changes


def test_item_22_a_credential_of_ones_own_is_signed(uthm: Institution) -> None:
    asked = document_of(uthm)

    assert verified(signed_as_asked(uthm, asked)).verification.signature.outcome is Outcome.YES


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "did:web:tauliah.localhost:institutions:utm"},
        {"issuer": {"id": "https://other.example"}},
        {"type": ["VerifiableCredential", "BitstringStatusListCredential"]},
        {"type": ["VerifiablePresentation"]},
        {"type": "Dokumen"},
        {"verificationMethod": []},
        {"proof": [{"type": "DataIntegrityProof"}]},
        {"credentialSubject": {}},
    ],
    ids=["another university", "a foreign issuer", "a status list", "a presentation", "no credential",
         "a DID document", "signed already", "nothing said"],
)  # fmt: skip
def test_item_22_nothing_else_is_signed(uthm: Institution, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        signed_as_asked(uthm, document_of(uthm, **changes))


# --- 23: no identity numbers -----------------------------------------------------------------------


def test_item_23_no_face_log_or_address_holds_an_identity_number(
    kumar: Appointment, aminah: Appointment, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A cohort whose list had identity numbers, from the upload to every face, page and log line."""
    aminah.person.identity_number = NRIC
    aminah.person.save()
    rows = f"Nama penuh,E-mel,Nombor kad pengenalan atau pasport,Gred\nAminah binti Yusof,{made.EMAIL},{NRIC},A\n"
    (tmp_path / "senarai.csv").write_text(rows, encoding="utf-8")
    run, office = made.run(kumar), cast.client_of(kumar)
    with caplog.at_level(logging.DEBUG):
        with (tmp_path / "senarai.csv").open("rb") as file:
            office.post(f"/credentials/runs/{run.pk}/list/", {"file": file})
        office.post(f"/credentials/runs/{run.pk}/start/")
        from portal.work.worker import do_what_is_ready

        do_what_is_ready()
        credential = Credential.objects.get()
        pages = [
            office.get(f"/credentials/{credential.pk}/"),
            Client().get(f"/c/{credential.public_id}", headers={"accept": "text/html"}),
            Client().get(f"/c/{credential.public_id}/mms.json"),
            cast.client_of(aminah).get(f"/credentials/mine/{credential.pk}/"),
        ]

    assert list(exposed(credential.document)) == []
    for name in FACES:
        assert leaks(face(credential, FACES[name], "ms")) == [], name
    for page in pages:
        assert page.status_code == 200
        assert nric_in(page.content.decode()) is None
        assert nric_in(page.wsgi_request.get_full_path()) is None
    assert nric_in(caplog.text) is None
    assert NRIC not in json.dumps(credential.values)
    assert credential.award.identity == "******-**-4321"


def leaks(content: bytes) -> list[str]:
    """The identity numbers in a face: in its bytes, its streams, and its picture's texts."""
    texts = [content.decode("latin-1")]
    for found in re.finditer(rb"stream\r?\n", content):
        try:
            unpacked = zlib.decompressobj().decompress(content[found.end() :])
        except zlib.error:
            continue
        texts.append(unpacked.decode("latin-1"))
    if content.startswith(b"\x89PNG"):
        texts += [str(value) for value in Image.open(BytesIO(content)).info.values()]
    return [found for text in texts if (found := nric_in(text)) and found in (NRIC, NRIC.replace("-", ""))]


def test_item_23_the_address_cannot_be_guessed(kumar: Appointment) -> None:
    found = made.issued(kumar, 20)

    assert {credential.public_id.version for credential in found} == {4}  # 122 random bits
    assert len({credential.short_code for credential in found}) == 20
    assert all(re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", c.short_code) for c in found)


@pytest.mark.parametrize("accept", ["text/html", "application/vc+ld+json"])
def test_item_23_hidden_by_its_learner_it_shows_nothing(
    kumar: Appointment, client: Client, accept: str
) -> None:
    credential = made.issued(kumar)[0]
    Credential.objects.update(shown=False)

    for place in ("", "/mms.json", "/badge.png", "/badge.svg"):
        answer = client.get(f"/c/{credential.public_id}{place}", headers={"accept": accept})
        assert b"Aminah" not in answer.content
        assert b"UTHM-MC" not in answer.content


# --- 26: the QR code -------------------------------------------------------------------------------


def test_item_26_the_qr_code_leads_to_our_https_page_and_holds_the_id_alone(
    kumar: Appointment, settings: Any
) -> None:
    settings.TAULIAH_ADDRESS = "https://kelayakan.uthm.example"
    credential = made.issued(kumar)[0]

    assert page_of(credential) == f"https://kelayakan.uthm.example/c/{credential.public_id}"
    assert did_of(credential.institution) == "did:web:kelayakan.uthm.example:institutions:uthm"


@pytest.mark.parametrize("address", ["http://kelayakan.uthm.example", "javascript:alert(1)"])
def test_item_26_nothing_is_printed_that_would_lead_elsewhere(
    kumar: Appointment, settings: Any, address: str
) -> None:
    credential = made.issued(kumar)[0]
    settings.TAULIAH_ADDRESS = address

    with pytest.raises(Refused):
        face(credential, FACES["certificate"], "ms")


# --- 30: secrets -----------------------------------------------------------------------------------


def test_item_30_no_private_key_is_in_a_dump_of_the_database(
    kumar: Appointment, own_keys: Path, tmp_path: Path
) -> None:
    made.issued(kumar)
    secrets = [path.read_text(encoding="ascii") for path in own_keys.rglob("*.pem")]

    call_command("dumpdata", "credentials", "records", "institutions", output=str(tmp_path / "dump.json"))
    dump = (tmp_path / "dump.json").read_text(encoding="utf-8")

    assert secrets
    assert "PRIVATE KEY" not in dump
    assert all("".join(secret.splitlines()[1:-1])[:40] not in dump for secret in secrets)


def test_item_30_keys_that_others_may_read_are_not_used_and_the_check_says_so(
    uthm: Institution, own_keys: Path, settings: Any
) -> None:
    issuing_key(uthm)
    assert document_key(uthm)
    next(own_keys.rglob("key-*.pem")).chmod(0o644)

    with pytest.raises(Refused, match="chmod 600"):
        signed(uthm, document_of(uthm))
    assert [found.id for found in run_checks() if found.id == "tauliah.E101"]


def test_item_30_production_makes_no_keys_by_itself(uthm: Institution, own_keys: Path, settings: Any) -> None:
    settings.PRODUCTION = True

    with pytest.raises(Refused, match="tauliah keys new uthm"):
        issuing_key(uthm)

    assert not own_keys.exists()


def test_a_credential_changed_by_a_sign_is_not_valid(kumar: Appointment) -> None:
    document = made.issued(kumar)[0].document
    changed = json.loads(json.dumps(document).replace("Aminah", "Aminat"))

    told = verified(changed)

    assert told.verification.outcome is Outcome.NO
    assert told.own is None
    assert unsecured(changed) != unsecured(document)
