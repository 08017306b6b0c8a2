"""The VC-API over HTTP: only with a token, only what the token reaches, only once."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal import cast
from tests.portal.credentials import made
from tests.portal.exchange import parties
from tests.tauliah.credentials.awards import OTHER_DID, OTHER_KEY

from portal.credentials.addresses import did_of
from portal.exchange.models import ApiToken, SignedCredential
from portal.exchange.secret import digest
from portal.records.models import Entry
from tauliah.credentials.contexts import CREDENTIALS_V2
from tauliah.credentials.did import key_method
from tauliah.credentials.proof import ProofOptions, sign
from tauliah.credentials.timestamp import text
from tauliah.files.contexts import published

pytestmark = pytest.mark.django_db
ISSUE, VERIFY = "/vc-api/credentials/issue", "/vc-api/credentials/verify"
PRESENT, CHALLENGES = "/vc-api/presentations/verify", "/vc-api/challenges"


@pytest.fixture
def osman(db):
    return cast.appear("osman")


@pytest.fixture
def course(osman):
    return made.course(osman.institution)


@pytest.fixture
def lms(osman, course):
    """A learning platform that may have this course certified."""
    return parties.token(osman, [course])[1]


def send(client, address, body):
    return client.post(address, json.dumps(body), content_type="application/json")


def test_a_platform_has_an_award_signed_verified_and_revoked(lms, osman, course):
    answer = send(lms, ISSUE, {"credential": parties.award(course)})

    assert answer.status_code == 201, answer.content
    signed = answer.json()["verifiableCredential"]
    assert signed["proof"][0]["verificationMethod"].startswith(did_of(osman.institution))
    verified = send(lms, VERIFY, {"verifiableCredential": signed})
    assert (verified.status_code, verified.json()["verified"]) == (200, True), verified.content

    kept = SignedCredential.objects.get()
    page = cast.client_of(osman).post(f"/exchange/signed/{kept.pk}/revoke/", {"reason": "Tersalah nama"})
    assert page.status_code == 302
    again = send(lms, VERIFY, {"verifiableCredential": signed})
    assert again.status_code == 400
    assert [problem["code"] for problem in again.json()["problemDetails"]] == ["status.revoked"]
    assert list(Entry.objects.filter(action__startswith="exchange.").order_by("number").values_list("action", flat=True)) == [
        "exchange.give_token", "exchange.sign", "exchange.revoke_signed",
    ]  # fmt: skip


@pytest.mark.parametrize("address", [ISSUE, VERIFY, PRESENT, CHALLENGES])
def test_item_22_nothing_is_done_without_a_token_in_force(osman, address):
    kept, client = parties.token(osman)

    assert send(Client(), address, {}).status_code == 401
    assert send(Client(headers={"Authorization": "Bearer teka"}), address, {}).status_code == 401
    assert send(Client(headers={"Authorization": "Basic x"}), address, {}).status_code == 401
    ApiToken.objects.filter(pk=kept.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = send(client, address, {})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_item_22_a_token_that_ended_opens_nothing(osman):
    kept, client = parties.token(osman)
    cast.client_of(osman).post(f"/exchange/{kept.pk}/end/")

    assert send(client, VERIFY, {}).status_code == 401


def test_item_22_a_token_for_verifying_has_nothing_signed(osman, course):
    _kept, client = parties.token(osman)

    answer = send(client, ISSUE, {"credential": parties.award(course)})

    assert answer.status_code == 403
    assert not SignedCredential.objects.exists()


def test_item_22_only_the_courses_of_the_token_are_certified(lms, osman):
    other = made.course(osman.institution, code="BIT99999MC")

    answer = send(lms, ISSUE, {"credential": parties.award(other)})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["where"] == "credential.credentialSubject.achievement.id"
    assert not SignedCredential.objects.exists()


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"issuer": {"id": "did:web:lain.example", "type": ["Profile"]}}, "credential.issuer"),
        ({"type": ["VerifiableCredential", "BitstringStatusListCredential"]}, "credential.type"),
        ({"type": ["VerifiableCredential"]}, "credential.type"),
        ({"verificationMethod": []}, "credential.verificationMethod"),
        ({"proof": []}, "credential.proof"),
        ({"credentialStatus": {}}, "credential.credentialStatus"),
        ({"warna": "biru"}, "credential.warna"),
        ({"name": "000101-13-4321"}, "credential.name"),
        ({"credentialSubject": {}}, "credential.credentialSubject.achievement"),
    ],
)
def test_item_22_what_is_not_an_award_of_the_issuer_is_refused_with_its_place(lms, course, changes, where):
    answer = send(lms, ISSUE, {"credential": parties.award(course, **changes)})

    assert answer.status_code == 400, answer.content
    assert where in {error["where"] for error in answer.json()["errors"]}
    assert not SignedCredential.objects.exists()


def test_the_same_id_is_signed_once(lms, course):
    assert send(lms, ISSUE, {"credential": parties.award(course)}).status_code == 201

    again = send(lms, ISSUE, {"credential": parties.award(course)})

    assert again.status_code == 400
    assert again.json()["errors"][0]["where"] == "credential.id"
    assert SignedCredential.objects.count() == 1


def test_only_the_digest_of_a_token_is_kept(osman):
    kept, client = parties.token(osman)
    secret = client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")

    assert kept.digest == digest(secret)
    assert secret not in json.dumps(list(ApiToken.objects.values()), default=str)


def test_a_refusal_speaks_the_callers_language(lms):
    answer = lms.post(ISSUE, "{", content_type="application/json", headers={"Accept-Language": "en"})
    malay = lms.post(ISSUE, "{", content_type="application/json", headers={"Accept-Language": "ms"})

    assert answer.status_code == malay.status_code == 400
    assert answer.json()["detail"] != malay.json()["detail"]
    assert lms.post(ISSUE, "x=1", content_type="text/plain").status_code == 415
    assert lms.get(ISSUE).status_code == 405


def test_who_asks_too_often_waits(lms, settings):
    settings.TAULIAH_EXCHANGES_PER_MINUTE = 2

    told = [send(lms, VERIFY, {}).status_code for _ in range(4)]

    assert told[-1] == 429


# --- Presentations ---------------------------------------------------------------------------------


def presentation(lms, course, challenge):
    award = parties.award(course)
    award["credentialSubject"]["id"] = OTHER_DID
    signed = send(lms, ISSUE, {"credential": award}).json()["verifiableCredential"]
    unsigned = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "holder": OTHER_DID,
        "verifiableCredential": [signed],
    }
    options = ProofOptions(
        key_method(OTHER_DID),
        text(timezone.now()),
        purpose="authentication",
        challenge=challenge,
        domain="majikan.example",
    )
    presented = sign(unsigned, OTHER_KEY, options, published())
    return {
        "verifiablePresentation": presented,
        "options": {"challenge": challenge, "domain": "majikan.example"},
    }


def test_item_19_a_challenge_of_ours_is_answered_once(lms, course):
    challenge = send(lms, CHALLENGES, {}).json()["challenge"]
    body = presentation(lms, course, challenge)

    first = send(lms, PRESENT, body)
    replayed = send(lms, PRESENT, body)

    assert (first.status_code, first.json()["holder"]) == (200, OTHER_DID), first.content
    assert replayed.status_code == 400
    assert replayed.json()["errors"][0]["where"] == "options.challenge"


def test_item_19_a_challenge_of_the_holders_own_making_proves_nothing(lms, course):
    assert send(lms, PRESENT, presentation(lms, course, "rekaan")).status_code == 400


def test_item_19_a_challenge_of_another_system_or_of_long_ago_is_refused(lms, osman, course):
    _other, elsewhere = parties.token(osman)
    theirs = send(elsewhere, CHALLENGES, {}).json()["challenge"]
    body = presentation(lms, course, theirs)

    assert send(lms, PRESENT, body).status_code == 400
    old = ApiToken.objects.get(questions__digest=digest(theirs)).questions.get()
    old.expires_at = timezone.now() - timedelta(seconds=1)
    old.save()
    assert send(elsewhere, PRESENT, body).status_code == 400
