"""OpenID for credential issuance: a learner's credential into a wallet, by code, PIN and proof of a key."""

import json
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.test import Client
from django.utils import timezone
from tests.portal import cast
from tests.portal.credentials import made
from tests.tauliah.credentials.awards import DID as OTHER_ISSUER

from portal.credentials.actions.changing import change
from portal.credentials.models import Credential
from portal.credentials.verifying import verified
from portal.exchange.models import Offer, WalletNonce, WalletToken
from portal.exchange.wallet.metadata import AWARD, GRANT
from tauliah.credentials import multibase
from tauliah.credentials.answer import Outcome
from tauliah.credentials.did import did_key
from tauliah.credentials.multikey import encode

pytestmark = pytest.mark.django_db
PLACE = "/wallet/uthm"
TYPE = "openid4vci-proof+jwt"


@pytest.fixture
def credential(db):
    cast.appear("aminah")
    return made.issued(cast.appear("kumar"))[0]


@pytest.fixture
def aminah(credential):
    return cast.client_of(cast.appear("aminah"))


def offered(browser, credential):
    """The offer that the page shows, and the PIN."""
    page = browser.post(f"/exchange/wallet/{credential.pk}/")
    assert page.status_code == 200
    link = unescape(page.content.decode()).partition("openid-credential-offer://?")[2].partition('"')[0]
    offer = json.loads(parse_qs(link)["credential_offer"][0])
    return offer["grants"][GRANT]["pre-authorized_code"], page.context["pin"], offer


class Wallet:
    """A wallet with a key of its own."""

    def __init__(self):
        self.client, self.key = Client(), ed25519.Ed25519PrivateKey.generate()
        self.public = self.key.public_key().public_bytes_raw()
        self.did = did_key(self.public)

    def token(self, code, pin):
        body = {"grant_type": GRANT, "pre-authorized_code": code, "tx_code": pin}
        return self.client.post(f"{PLACE}/token", body)

    def nonce(self):
        return self.client.post(f"{PLACE}/nonce").json()["c_nonce"]

    def proof(self, nonce, header=None, **claims):
        given = {
            "aud": f"http://127.0.0.1:8000{PLACE}",
            "iat": int(timezone.now().timestamp()),
            "nonce": nonce,
        }
        kid = f"{self.did}#{encode(self.public)}"
        said = {"typ": TYPE, "kid": kid} | (header or {})
        return jwt.encode(given | claims, self.key, algorithm="EdDSA", headers=said)

    def ask(self, token, proof, **changes):
        body = {"credential_configuration_id": AWARD, "proofs": {"jwt": [proof]}} | changes
        return self.client.post(
            f"{PLACE}/credential",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    def with_token(self, browser, credential):
        code, pin, _ = offered(browser, credential)
        return self.token(code, pin).json()["access_token"]


@pytest.fixture
def wallet():
    return Wallet()


def test_a_learner_takes_the_credential_into_a_wallet_and_it_verifies(aminah, credential, wallet):
    code, pin, offer = offered(aminah, credential)
    assert offer["credential_issuer"] == f"http://127.0.0.1:8000{PLACE}"
    assert pin not in json.dumps(offer)
    token = wallet.token(code, pin).json()["access_token"]

    answer = wallet.ask(token, wallet.proof(wallet.nonce()))

    assert answer.status_code == 200, answer.content
    held = answer.json()["credentials"][0]["credential"]
    assert held["credentialSubject"]["id"] == wallet.did
    assert held["id"] == credential.document["id"]
    assert held["credentialStatus"] == credential.document["credentialStatus"]
    assert verified(held).verification.outcome is Outcome.YES
    assert Credential.objects.get(pk=credential.pk).document == credential.document


def test_a_key_as_jwk_is_named_by_a_did_jwk(aminah, credential, wallet):
    wallet.key = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(wallet.key.public_key()))
    token = wallet.with_token(aminah, credential)
    claims = {"aud": f"http://127.0.0.1:8000{PLACE}", "iat": timezone.now(), "nonce": wallet.nonce()}
    proof = jwt.encode(claims, wallet.key, algorithm="ES256", headers={"typ": TYPE, "jwk": jwk})

    held = wallet.ask(token, proof).json()["credentials"][0]["credential"]

    assert held["credentialSubject"]["id"].startswith("did:jwk:")
    public = json.loads(
        multibase.decode("u" + held["credentialSubject"]["id"].removeprefix("did:jwk:"), prefixes="u")
    )
    assert public == {name: jwk[name] for name in ("crv", "kty", "x", "y")}


def test_item_20_a_code_is_for_once(aminah, credential, wallet):
    code, pin, _ = offered(aminah, credential)
    assert wallet.token(code, pin).status_code == 200

    again = wallet.token(code, pin)

    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_item_20_after_five_wrong_pins_the_right_one_opens_nothing(aminah, credential, wallet):
    code, pin, _ = offered(aminah, credential)
    wrong = "000000" if pin != "000000" else "111111"

    told = [wallet.token(code, wrong).status_code for _ in range(5)]

    assert told == [400] * 5
    assert wallet.token(code, pin).json()["error"] == "invalid_grant"
    assert not WalletToken.objects.exists()


def test_item_20_four_wrong_pins_leave_a_fifth_try(aminah, credential, wallet):
    code, pin, _ = offered(aminah, credential)
    for _ in range(4):
        wallet.token(code, "x")

    assert wallet.token(code, pin).status_code == 200


def test_item_20_a_nonce_is_for_once_and_ours(aminah, credential, wallet):
    nonce = wallet.nonce()
    assert wallet.ask(wallet.with_token(aminah, credential), wallet.proof(nonce)).status_code == 200
    token = wallet.with_token(aminah, credential)

    assert wallet.ask(token, wallet.proof(nonce)).json()["error"] == "invalid_nonce"
    assert wallet.ask(token, wallet.proof("rekaan")).json()["error"] == "invalid_nonce"
    assert wallet.ask(token, wallet.proof(None)).json()["error"] == "invalid_nonce"
    old = wallet.nonce()
    WalletNonce.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert wallet.ask(token, wallet.proof(old)).json()["error"] == "invalid_nonce"


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({}, {"aud": "http://127.0.0.1:8000/wallet/utm"}),
        ({}, {"aud": "https://lain.example"}),
        ({}, {"iat": 1_700_000_000}),
        ({}, {"iat": 99_999_999_999}),
        ({}, {"iat": "semalam"}),
        ({}, {"exp": 1}),
        ({"typ": "JWT"}, {}),
        ({"crit": ["b64"]}, {}),
        ({"kid": "did:key:zzz"}, {}),
        ({"jwk": {"kty": "OKP"}}, {}),
        ({"kid": f"{OTHER_ISSUER}#{OTHER_ISSUER.removeprefix('did:key:')}"}, {}),
        ({"kid": "did:web:uthm.example#key-1"}, {}),
    ],
)
def test_item_20_a_proof_for_another_audience_time_or_key_is_refused(
    aminah, credential, wallet, header, claims
):
    token = wallet.with_token(aminah, credential)

    answer = wallet.ask(token, wallet.proof(wallet.nonce(), header, **claims))

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_proof")
    assert WalletToken.objects.get().used_at is None


def test_item_20_a_fragment_of_another_key_is_refused(aminah, credential, wallet):
    token = wallet.with_token(aminah, credential)
    spoofed = {"kid": f"{OTHER_ISSUER}#{encode(wallet.public)}"}

    assert wallet.ask(token, wallet.proof(wallet.nonce(), spoofed)).json()["error"] == "invalid_proof"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_item_20_a_proof_without_a_signature_of_the_key_is_refused(aminah, credential, wallet, algorithm):
    token = wallet.with_token(aminah, credential)
    claims = {"aud": f"http://127.0.0.1:8000{PLACE}", "iat": timezone.now(), "nonce": wallet.nonce()}
    headers = {"typ": TYPE, "kid": f"{wallet.did}#{encode(wallet.public)}"}
    key = None if algorithm == "none" else wallet.public + bytes(32)
    forged = jwt.encode(claims, key, algorithm=algorithm, headers=headers)

    assert wallet.ask(token, forged).json()["error"] == "invalid_proof"


def test_item_20_a_token_is_for_one_credential_once_and_at_its_own_issuer(aminah, credential, wallet):
    made.ready(cast.institution("UTM"))
    token = wallet.with_token(aminah, credential)
    elsewhere = wallet.client.post("/wallet/utm/credential", headers={"Authorization": f"Bearer {token}"})
    assert elsewhere.status_code == 401
    assert wallet.ask(token, wallet.proof(wallet.nonce())).status_code == 200

    again = wallet.ask(token, wallet.proof(wallet.nonce()))

    assert (again.status_code, again.json()["error"]) == (401, "invalid_token")
    assert wallet.ask("teka", "x").status_code == 401


def test_item_20_what_has_expired_opens_nothing(aminah, credential, wallet):
    code, pin, _ = offered(aminah, credential)
    Offer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert wallet.token(code, pin).json()["error"] == "invalid_grant"
    token = wallet.with_token(aminah, credential)
    WalletToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert wallet.ask(token, wallet.proof(wallet.nonce())).status_code == 401


def test_a_new_offer_closes_the_one_before(aminah, credential, wallet):
    code, pin, _ = offered(aminah, credential)
    offered(aminah, credential)

    assert wallet.token(code, pin).json()["error"] == "invalid_grant"


def test_a_credential_that_was_revoked_meanwhile_is_not_handed_over(aminah, credential, wallet):
    token = wallet.with_token(aminah, credential)
    change(cast.appear("kumar"), [credential], "revoke", "Tersalah")

    answer = wallet.ask(token, wallet.proof(wallet.nonce()))

    assert answer.json()["error"] == "credential_request_denied"
    page = aminah.post(f"/exchange/wallet/{credential.pk}/")
    assert page.status_code == 302
    assert Offer.objects.count() == 1


def test_nobody_offers_somebody_elses_credential(credential):
    zain = cast.client_of(cast.appear("zain"))

    assert zain.post(f"/exchange/wallet/{credential.pk}/").status_code == 404
    assert zain.get(f"/exchange/wallet/{credential.pk}/").status_code == 405


def test_neither_code_nor_pin_nor_nonce_is_kept(aminah, credential, wallet):
    code, pin, _ = offered(aminah, credential)
    nonce = wallet.nonce()

    kept = json.dumps([list(Offer.objects.values()), list(WalletNonce.objects.values())], default=str)

    assert code not in kept
    assert nonce not in kept
    assert not any(str(value) == pin for value in Offer.objects.values_list("pin", flat=True))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "unsupported_grant_type"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": GRANT}, "invalid_request"),
        ({"grant_type": GRANT, "pre-authorized_code": "x"}, "invalid_request"),
        ({"grant_type": GRANT, "pre-authorized_code": "x", "tx_code": "1"}, "invalid_grant"),
    ],
)
def test_a_request_for_a_token_says_what_is_wrong(credential, body, error):
    answer = Client().post(f"{PLACE}/token", body)

    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_request_for_a_credential_says_what_is_wrong(aminah, credential, wallet):
    token = wallet.with_token(aminah, credential)

    assert wallet.ask(token, "x", proofs=None).json()["error"] == "invalid_proof"
    assert wallet.ask(token, "x").json()["error"] == "invalid_proof"
    other = wallet.ask(token, "x", credential_configuration_id="lain")
    assert other.json()["error"] == "unknown_credential_configuration"


@pytest.mark.parametrize(
    "place",
    [f"{PLACE}/.well-known/openid-credential-issuer", f"/.well-known/openid-credential-issuer{PLACE}"],
)
def test_the_metadata_is_where_wallets_look_for_it(credential, place):
    told = Client().get(place)

    assert told.status_code == 200
    assert told.headers["Access-Control-Allow-Origin"] == "*"
    issuer = told.json()["credential_issuer"]
    assert urlsplit(issuer).path == PLACE
    server = Client().get(f"/.well-known/oauth-authorization-server{PLACE}").json()
    assert server["issuer"] == issuer
    assert server["token_endpoint"].startswith(issuer)


def test_an_institution_that_does_not_issue_has_no_metadata(db):
    cast.institution("PMM")

    assert Client().get("/.well-known/openid-credential-issuer/wallet/pmm").status_code == 404
