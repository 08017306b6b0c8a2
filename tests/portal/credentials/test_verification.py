"""Verifying for anybody: page and document at one address, short codes, files of every form, links, pace."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.credentials.actions.sharing import end_link, share, show
from portal.credentials.faces import FACES
from portal.credentials.faces import made as face
from portal.credentials.links import address_of
from portal.credentials.models import Credential, RecognisedIssuer, ShareLink
from portal.credentials.verifying import verified
from tauliah.credentials.answer import Outcome

pytestmark = pytest.mark.django_db
HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


def sent(client: Client, content: bytes, name: str = "kelayakan") -> Any:
    return client.post("/c/check/", {"file": SimpleUploadedFile(name, content)})


def test_one_address_serves_people_and_software(kumar: Appointment, client: Client) -> None:
    credential = made.issued(kumar)[0]
    address = f"/c/{credential.public_id}"

    page = client.get(address, headers=HTML)
    document = client.get(address, headers={"accept": "application/vc+ld+json"})

    assert "Kelayakan ini sah." in page.content.decode()
    assert json.loads(document.content) == credential.document
    assert document["Content-Type"] == "application/vc+ld+json"
    assert {page["Vary"].count("Accept"), document["Vary"].count("Accept")} >= {1}
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_shows_every_field_of_the_statement(kumar: Appointment, client: Client) -> None:
    credential = made.issued(kumar)[0]

    client.cookies["language"] = "en"
    page = client.get(f"/c/{credential.public_id}", headers=HTML).content.decode()

    for words in ("CLO1", "Bachelor of Information Technology", "60", "A-", credential.serial, "Registrar"):
        assert words in page, words
    assert "4321" not in page


@pytest.mark.parametrize("name", FACES)
def test_every_face_verifies_when_it_is_handed_in(kumar: Appointment, client: Client, name: str) -> None:
    credential = made.issued(kumar)[0]

    answer = sent(client, face(credential, FACES[name], "ms"))

    assert answer.status_code == 200
    assert "Kelayakan ini sah." in answer.content.decode()
    assert f"/c/{credential.public_id}" in answer.content.decode()


def test_a_changed_file_is_told_to_be_so(kumar: Appointment, client: Client) -> None:
    credential = made.issued(kumar)[0]

    answer = sent(client, face(credential, FACES["json"], "ms").replace(b"Aminah", b"Aminat"))

    assert "Kelayakan ini tidak sah." in answer.content.decode()
    assert "Jangan bergantung padanya" in answer.content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"{}", b"[]", b"<svg>", b"\x89PNG\r\n\x1a\n", b"MZ\x90"]
)
def test_what_holds_no_credential_is_answered_with_words(client: Client, content: bytes) -> None:
    answer = sent(client, content)

    assert answer.status_code in {200, 422}
    assert "Kelayakan ini sah." not in answer.content.decode()


def test_an_issuer_nobody_recognises_is_asked_nothing(
    kumar: Appointment, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("socket.getaddrinfo", lambda *words, **named: asked.append(words) or [])
    document = json.loads(
        json.dumps(made.issued(kumar)[0].document).replace("tauliah.localhost", "lain.example")
    )

    told = verified(document)

    assert told.verification.signature.outcome is Outcome.UNKNOWN
    assert asked == []
    assert kumar.institution
    RecognisedIssuer.objects.create(
        institution=kumar.institution, did="did:web:lain.example:institutions:uthm", name_ms="Lain"
    )
    verified(document)
    assert asked[0][0] == "lain.example"  # type: ignore[index]


def test_a_short_code_leads_to_the_page(kumar: Appointment, client: Client) -> None:
    credential = made.issued(kumar)[0]
    typed = credential.short_code.lower().replace("-", " ")

    answer = client.post("/c/check/", {"code": typed})

    assert answer["Location"] == f"/c/{credential.public_id}"
    assert client.post("/c/check/", {"code": "AAAA-BBBB-CCCC"}).status_code == 422


def test_who_asks_too_often_waits(client: Client, settings: Any) -> None:
    settings.TAULIAH_VERIFICATIONS_PER_MINUTE = 2

    told = [client.post("/c/check/", {"code": "AAAA-BBBB-CCCC"}).status_code for _ in range(3)]

    assert told == [422, 422, 429]


def test_a_link_shows_a_hidden_credential_for_its_time(
    kumar: Appointment, aminah: Appointment, client: Client
) -> None:
    credential = made.issued(kumar)[0]
    show(aminah.person, aminah, credential, shown=False)
    link = share(aminah.person, aminah, credential, 7, "Majikan")
    place = address_of(link).partition(":8000")[2]

    assert "Aminah" in client.get(place).content.decode()
    assert "Aminah" not in client.get(f"/c/{credential.public_id}", headers=HTML).content.decode()
    ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(place).status_code == 410
    ShareLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    end_link(aminah.person, aminah, link)
    assert client.get(place).status_code == 410
    assert client.get(f"/s/{link.pk}.abc").status_code == 410


def test_credentials_sent_to_a_verified_address_are_found(kumar: Appointment) -> None:
    credential = made.issued(kumar)[0]
    assert credential.person is None

    page = cast.client_of(cast.appear("aminah")).get("/credentials/mine/").content.decode()

    assert credential.serial in page


def test_a_stranger_does_not_find_a_learners_page(
    kumar: Appointment, aminah: Appointment, zain: Appointment
) -> None:
    credential = made.issued(kumar)[0]

    assert cast.client_of(aminah).get(f"/credentials/mine/{credential.pk}/").status_code == 200
    assert cast.client_of(zain).get(f"/credentials/mine/{credential.pk}/").status_code == 404
    assert cast.client_of(zain).get(f"/credentials/mine/{credential.pk}/faces/json/").status_code == 404


@pytest.mark.parametrize("place", ["/credentials/", "/credentials/runs/", "/credentials/courses/"])
def test_lists_ask_the_same_number_of_questions_however_long(
    kumar: Appointment, django_assert_max_num_queries: Any, place: str
) -> None:
    made.issued(kumar)
    client = cast.client_of(kumar)
    client.get(place)
    with django_assert_max_num_queries(40) as few:
        client.get(place)
    assert kumar.institution
    for number in range(2, 6):
        made.issued(kumar, 3, of=made.course(kumar.institution, code=f"BIT{number}0303MC"))

    with django_assert_max_num_queries(len(few)):
        client.get(place)


def test_the_verification_page_asks_little(
    kumar: Appointment, client: Client, django_assert_max_num_queries: Any
) -> None:
    credential: Credential = made.issued(kumar)[0]
    client.get(f"/c/{credential.public_id}", headers=HTML)

    with django_assert_max_num_queries(6):
        client.get(f"/c/{credential.public_id}", headers=HTML)
