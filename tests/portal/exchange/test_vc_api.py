"""The VC-API apart from HTTP: what is signed and never signed, and what is told of a credential."""

from copy import deepcopy
from datetime import timedelta

import pytest
from tests.tauliah.credentials import awards
from tests.tauliah.credentials.awards import DID, KEY, NOW, OTHER_DID, OTHER_KEY

from portal.exchange.vc_api.issuing import Signer, issue
from portal.exchange.vc_api.refusal import BadRequest
from portal.exchange.vc_api.verifying import Verifier, verify_credential, verify_presented
from tauliah.credentials.bitstring import FEWEST, Bits
from tauliah.credentials.contexts import CREDENTIALS_V1, CREDENTIALS_V2, DATA_INTEGRITY_V2
from tauliah.credentials.did import key_method
from tauliah.credentials.document import open_badge
from tauliah.credentials.proof import ProofOptions, sign
from tauliah.credentials.status import status_list_credential
from tauliah.credentials.timestamp import text
from tauliah.files.contexts import published

CONTEXTS = published()
SIGNER = Signer(DID, key_method(DID), KEY, CONTEXTS)
PLAIN = {
    "@context": [CREDENTIALS_V2],
    "type": ["VerifiableCredential"],
    "issuer": DID,
    "credentialSubject": {"id": "did:example:aminah"},
}


def refusal(body, signer=SIGNER):
    with pytest.raises(BadRequest) as caught:
        issue(body, signer, NOW)
    return [where for where, _ in caught.value.findings]


def verified(document, **more):
    return verify_credential({"verifiableCredential": document, **more}, Verifier(CONTEXTS), NOW)


def test_a_credential_of_the_issuer_is_signed_and_verifies():
    signed = issue({"credential": PLAIN}, SIGNER, NOW)

    assert signed["proof"]["verificationMethod"] == key_method(DID)
    found = verified(signed)
    assert found["verified"] is True
    assert found["problemDetails"] == []


def test_an_open_badge_has_its_proof_in_an_array_as_its_schema_demands():
    signed = issue({"credential": open_badge(awards.statement(), awards.issue(status=None))}, SIGNER, NOW)

    assert isinstance(signed["proof"], list)
    assert verified(signed)["verified"] is True


def test_item_22_a_foreign_issuer_is_never_signed():
    assert refusal({"credential": PLAIN | {"issuer": OTHER_DID}}) == ["credential.issuer"]
    assert refusal({"credential": PLAIN | {"issuer": {"id": OTHER_DID}}}) == ["credential.issuer"]


@pytest.mark.parametrize("kind", ["BitstringStatusListCredential", "StatusList2021Credential"])
def test_item_22_a_status_list_is_never_signed(kind):
    made = PLAIN | {"type": ["VerifiableCredential", kind]}

    assert refusal({"credential": made}) == ["credential.type"]
    assert refusal({"credential": made}, Signer(DID, key_method(DID), KEY, CONTEXTS, stands_in=True)) == [
        "credential.type"
    ]


def test_item_22_a_did_document_is_never_signed():
    made = PLAIN | {"verificationMethod": [{"id": f"{DID}#x", "type": "Multikey"}]}

    assert refusal({"credential": made}) == ["credential.verificationMethod"]


def test_the_test_instance_stands_in_for_whoever_is_named():
    stand_in = Signer(DID, key_method(DID), KEY, CONTEXTS, stands_in=True)
    signed = issue({"credential": PLAIN | {"issuer": {"id": OTHER_DID, "name": "X"}}}, stand_in, NOW)

    assert signed["issuer"] == {"id": DID, "name": "X"}


def test_a_credential_of_the_older_model_gets_the_context_of_its_proof():
    older = {
        "@context": [CREDENTIALS_V1],
        "type": ["VerifiableCredential"],
        "issuer": DID,
        "issuanceDate": text(NOW),
        "credentialSubject": {"id": "did:example:aminah"},
    }

    assert issue({"credential": older}, SIGNER, NOW)["@context"] == [CREDENTIALS_V1, DATA_INTEGRITY_V2]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "credential"),
        ({"credential": []}, "credential"),
        ({"credential": PLAIN, "options": []}, "options"),
        ({"credential": PLAIN, "options": {"warna": "biru"}}, "options.warna"),
        ({"credential": {**PLAIN, "type": 4}}, "credential.type"),
        ({"credential": {**PLAIN, "warna": "biru"}}, "credential.warna"),
        ({"credential": {**PLAIN, "credentialSubject": {}}}, "credential.credentialSubject"),
        ({"credential": {**PLAIN, "validFrom": "2026-01-01"}}, "credential.validFrom"),
        (
            {"credential": {**PLAIN, "relatedResource": {"id": "https://a.example/", "digestSRI": "x"}}},
            "credential.relatedResource.digestSRI",
        ),
    ],
)
def test_what_cannot_be_signed_is_refused_with_its_place(body, where):
    assert refusal(body)[0] == where


def test_what_was_changed_is_not_verified():
    signed = deepcopy(issue({"credential": PLAIN}, SIGNER, NOW))
    signed["credentialSubject"]["id"] = "did:example:zain"

    found = verified(signed)

    assert found["verified"] is False
    assert found["problemDetails"][0]["code"] == "signature.signature"


def test_an_impostor_is_not_verified():
    method = ProofOptions(key_method(OTHER_DID), text(NOW))

    found = verified(sign(PLAIN, OTHER_KEY, method, CONTEXTS))

    assert found["problemDetails"][0]["code"] == "issuer.issuer_mismatch"


def test_the_checks_that_are_asked_for_are_made_and_no_others():
    badge = open_badge(awards.statement(), awards.issue())
    signed = issue({"credential": badge}, SIGNER, NOW)

    assert verified(signed, options={"checks": ["proof"]})["verified"] is True
    everything = verified(signed)
    assert everything["verified"] is False  # the status list is not at hand: unknown is never yes
    assert everything["problemDetails"][0]["code"] == "status.unreachable"


def test_item_13_a_revoked_credential_is_not_verified():
    signed = issue({"credential": open_badge(awards.statement(), awards.issue())}, SIGNER, NOW)
    listed = status_list_credential(
        url=awards.LIST_URL,
        issuer=DID,
        bits=Bits.cleared(FEWEST).having([94_567], set_to=True),
        purpose="revocation",
        valid_from=text(NOW),
        valid_until=text(NOW + timedelta(days=1)),
    )
    published_list = sign(listed, KEY, ProofOptions(key_method(DID), text(NOW)), CONTEXTS)
    verifier = Verifier(CONTEXTS, fetch_list=lambda url: published_list)

    found = verify_credential({"verifiableCredential": signed}, verifier, NOW)

    assert [problem["code"] for problem in found["problemDetails"]] == ["status.revoked"]


@pytest.mark.parametrize("checks", ["proof", ["warna"], [1], [["proof"]], [{}]])
def test_a_check_that_is_not_known_is_refused(checks):
    with pytest.raises(BadRequest) as caught:
        verified(PLAIN, options={"checks": checks})

    assert caught.value.findings[0][0] == "options.checks"


# --- Presentations ---------------------------------------------------------------------------------


def presentation():
    return {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "holder": OTHER_DID,
        "verifiableCredential": [
            issue({"credential": PLAIN | {"credentialSubject": {"id": OTHER_DID}}}, SIGNER, NOW)
        ],
    }


def signed_presentation(challenge="c1", domain="majikan.example"):
    options = ProofOptions(
        key_method(OTHER_DID), text(NOW), purpose="authentication", challenge=challenge, domain=domain
    )
    return sign(presentation(), OTHER_KEY, options, CONTEXTS)


def presented(document, **options):
    body = {"verifiablePresentation": document, "options": options}
    return verify_presented(body, Verifier(CONTEXTS), NOW)


def test_a_presentation_for_this_question_is_verified_and_names_its_holder():
    found = presented(signed_presentation(), challenge="c1", domain="majikan.example")

    assert found["verified"] is True
    assert found["holder"] == OTHER_DID


@pytest.mark.parametrize("options", [{"challenge": "c2"}, {"domain": "lain.example"}])
def test_item_19_a_presentation_for_another_question_is_not_verified(options):
    asked = {"challenge": "c1", "domain": "majikan.example"} | options

    found = presented(signed_presentation(), **asked)

    assert found["verified"] is False
    assert found["holder"] is None


@pytest.mark.parametrize("missing", ["challenge", "domain"])
def test_item_19_a_signed_presentation_is_not_checked_without_its_question(missing):
    asked = {"challenge": "c1", "domain": "majikan.example"}
    del asked[missing]

    with pytest.raises(BadRequest) as caught:
        presented(signed_presentation(), **asked)

    assert caught.value.findings[0][0] == f"options.{missing}"


def test_item_19_an_unsigned_presentation_never_proves_a_holder():
    found = presented(presentation())

    assert found["verified"] is True
    assert found["holder"] is None


def test_a_credential_inside_a_presentation_that_was_changed_is_found():
    changed = presentation()
    changed["verifiableCredential"][0]["credentialSubject"]["id"] = "did:example:zain"

    assert presented(changed)["verified"] is False


def test_what_is_inside_a_presentation_without_a_proof_is_not_verified():
    unsigned = presentation() | {"verifiableCredential": [PLAIN]}

    assert presented(unsigned)["verified"] is False
