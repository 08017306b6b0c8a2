"""Presentations: signed by the holder, for this question and no other, about the holder's own credentials. Item 19."""

import pytest
from tests.tauliah.credentials import awards

from tauliah.credentials.answer import Outcome
from tauliah.credentials.contexts import CREDENTIALS_V2
from tauliah.credentials.document import open_badge
from tauliah.credentials.presentation import verify_presentation
from tauliah.credentials.proof import ProofOptions, sign
from tauliah.credentials.refusal import Refused
from tauliah.credentials.statement import Learner
from tauliah.files.contexts import published
from tauliah.values.text import same

HOLDER_KEY, HOLDER = awards.OTHER_KEY, awards.OTHER_DID
CHALLENGE, DOMAIN = "u8dYQ2k3vT1", "kelayakan.universiti.example"
KNOWN = {awards.DID: same("Universiti Contoh")}


def credential(did=HOLDER, key=awards.KEY):
    learner = Learner(name="Aminah binti Salleh", did=did)
    return awards.signed(open_badge(awards.statement(learner=learner), awards.issue(status=None)), key)


def presentation(
    *credentials, key=HOLDER_KEY, holder=HOLDER, challenge=CHALLENGE, domain=DOMAIN, purpose="authentication"
):
    document = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": list(credentials),
    } | ({"holder": holder} if holder else {})
    return awards.signed(document, key, purpose=purpose, challenge=challenge, domain=domain)


def checked(document, **changes):
    given = {
        "challenge": CHALLENGE,
        "domain": DOMAIN,
        "at": awards.NOW,
        "contexts": published(),
        "known": KNOWN,
    }
    return verify_presentation(document, **(given | changes))


def test_a_holder_presents_what_is_theirs():
    found = checked(presentation(credential()))

    assert found.holder == HOLDER
    assert found.credentials[0].held.code == "held.by_holder"
    assert found.credentials[0].verification.outcome is Outcome.YES
    assert found.outcome is Outcome.YES


@pytest.mark.parametrize("missing", ["challenge", "domain"])
@pytest.mark.parametrize("value", ["", None])
def test_without_challenge_and_domain_nothing_is_verified(missing, value):
    with pytest.raises(Refused) as caught:
        checked(presentation(credential()), **{missing: value})

    assert caught.value.reason == missing


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (presentation(credential(), challenge="of yesterday"), "signature.challenge"),
        (presentation(credential(), domain="elsewhere.example"), "signature.domain"),
        (presentation(credential(), challenge=None), "signature.challenge"),
        (presentation(credential(), domain=None), "signature.domain"),
        (presentation(credential(), purpose="assertionMethod"), "signature.proof_purpose"),
        (presentation(credential(), key=awards.KEY), "signature.issuer_mismatch"),
    ],
)  # fmt: skip
def test_a_presentation_made_for_something_else_proves_nothing(document, code):
    found = checked(document)

    assert (found.signature.outcome, found.signature.code) == ("no", code)
    assert found.holder is None
    assert found.outcome is Outcome.NO


def test_a_changed_presentation_proves_nothing():
    document = presentation(credential())
    document["verifiableCredential"] = [credential(awards.DID)]

    assert checked(document).signature.code == "signature.signature"


def test_an_unsigned_presentation_never_proves_who_holds_it():
    document = presentation(credential())
    del document["proof"]
    found = checked(document)

    assert (found.signature.outcome, found.holder) == ("unknown", None)
    assert found.credentials[0].verification.outcome is Outcome.YES
    assert found.credentials[0].held.code == "held.nobody"
    assert found.outcome is Outcome.UNKNOWN


def test_somebody_elses_credential_is_told():
    found = checked(presentation(credential(awards.DID)))

    assert found.credentials[0].held.code == "held.by_another"
    assert found.outcome is Outcome.NO


def test_a_credential_that_names_no_holder_is_not_bound_to_one():
    found = checked(presentation(credential(None)))

    assert found.credentials[0].held.code == "held.not_bound"
    assert found.outcome is Outcome.UNKNOWN


def test_a_bad_credential_spoils_a_good_presentation():
    found = checked(presentation(credential(key=HOLDER_KEY)))

    assert found.signature.outcome is Outcome.YES
    assert found.credentials[0].verification.issuer.code == "issuer.issuer_mismatch"
    assert found.outcome is Outcome.NO
    assert found.as_dict()["credentials"][0]["where"] == "verifiableCredential[0]"


def test_without_a_named_holder_the_signer_is_the_holder():
    assert checked(presentation(credential(), holder=None)).holder == HOLDER


def badge(number):
    """One of several badges of one university, for one learner."""
    learner = Learner(name="Aminah binti Salleh", did=HOLDER)
    course = awards.achievement(url=f"{awards.HOST}/courses/{number}", code=f"MC{number}")
    made = awards.statement(learner=learner, serial=f"UCM-{number}", achievement=course)
    id = f"urn:uuid:3c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e4{number}"
    return awards.signed(open_badge(made, awards.issue(id=id, status=None)))


def test_several_badges_of_one_university_are_presented_together():
    """Their issuer, address and identity are alike, which only the whole neighbourhood tells apart."""
    found = checked(presentation(badge(1), badge(2), badge(3)))

    assert [each.verification.outcome.value for each in found.credentials] == ["yes", "yes", "yes"]
    assert found.outcome is Outcome.YES


def test_a_badge_added_to_a_presentation_is_noticed():
    document = presentation(badge(1))
    document["verifiableCredential"].append(badge(2))

    assert checked(document).signature.code == "signature.signature"


def test_what_is_no_credential_is_told():
    document = presentation() | {"verifiableCredential": ["eyJhbGciOiJFUzI1NiJ9.e30.x"]}
    found = checked(document)

    assert found.schema.where == "verifiableCredential[0]"
    assert found.outcome is Outcome.NO


def test_a_holder_whose_keys_cannot_be_had_leaves_it_open():
    did = "did:web:wallet.example"
    document = {"@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"], "holder": did}
    options = ProofOptions(
        f"{did}#key-1", "2026-07-20T00:00:00Z", purpose="authentication", challenge=CHALLENGE, domain=DOMAIN
    )
    found = checked(sign(document, HOLDER_KEY, options, published()))

    assert (found.signature.outcome, found.holder) == ("unknown", None)


def test_two_signers_and_no_named_holder_are_no_holder():
    document = presentation(credential(), holder=None)
    document = awards.signed(
        document, awards.KEY, purpose="authentication", challenge=CHALLENGE, domain=DOMAIN
    )
    found = checked(document)

    assert (found.signature.code, found.holder) == ("signature.issuer_mismatch", None)
