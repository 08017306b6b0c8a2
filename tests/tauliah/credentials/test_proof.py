"""Proofs: what we sign others sign alike, and every way to make a signature say more than it does fails."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tauliah.credentials.outside import folder_of
from tests.tauliah.credentials.samples import CREATED, KEY, NOW, OTHER, small, statement

from tauliah.credentials import canonical, did, eddsa, jcs, multibase, multikey, proof
from tauliah.credentials import contexts as c
from tauliah.credentials.did import DatedKey
from tauliah.credentials.proof import JCS, RDFC, ProofOptions
from tauliah.credentials.refusal import CouldNotCheck, Reason, Refused
from tauliah.files.contexts import published
from tauliah.values.text import Text

CONTEXTS = published()
CONFORMANCE = published(also={"conformance"})
UNIVERSITY = "did:web:ukb.example"
METHOD = f"{UNIVERSITY}#key-2026"
DOCUMENTS = {
    UNIVERSITY: did.did_web_document(UNIVERSITY, [DatedKey("key-2026", KEY.public)]),
    "did:web:lain.example": did.did_web_document(
        "did:web:lain.example", [DatedKey("key-2026", OTHER.public)]
    ),
}
VECTORS = Path(__file__).resolve().parents[2] / "vectors"
suites = pytest.mark.parametrize("suite", [RDFC, JCS])


def signed(document=None, key=KEY, method=METHOD, suite=RDFC, **options):
    options = ProofOptions(method, options.pop("created", CREATED), cryptosuite=suite, **options)
    return proof.sign(document or small(), key, options, CONTEXTS)


def verified(document, **asked):
    return proof.verified_proofs(document, CONTEXTS, DOCUMENTS.__getitem__, at=asked.pop("at", NOW), **asked)


def refused(document, **asked):
    with pytest.raises(Refused) as caught:
        verified(document, **asked)
    return caught.value.reason


def with_proof(document, **changes):
    """The document with fields of its first proof replaced; a change to None takes the field away."""
    document = deepcopy(document)
    document["proof"][0] |= changes
    for name in [name for name, value in changes.items() if value is None]:
        del document["proof"][0][name]
    return document


def resigned(document, key=KEY, **changes):
    """A document whose proof says something else, signed over again by someone who does not care."""
    document = with_proof(document, **changes)
    made = document["proof"][0]
    config = {name: value for name, value in made.items() if name != "proofValue"}
    if made.get("cryptosuite") == JCS:
        texts = jcs.canonicalise(config), jcs.canonicalise(proof.unsecured(document))
    else:
        config |= {"@context": document["@context"]}
        texts = [canonical.canonicalise(d, CONTEXTS).encode() for d in (config, proof.unsecured(document))]
    data = b"".join(proof._hash(text) for text in texts)
    made["proofValue"] = multibase.encode_base58(key.sign(data))
    return document


# --- Good ones ---------------------------------------------------------------------------------------


@suites
@pytest.mark.parametrize("document", [small, statement])
def test_what_is_signed_is_verified(document, suite):
    (found,) = verified(signed(document(), suite=suite))

    assert (found.controller, found.method, found.cryptosuite) == (UNIVERSITY, METHOD, suite)
    assert found.created == datetime(2026, 11, 22, 4, tzinfo=UTC)
    assert proof.require_issuer(document(), [found]) == found


@suites
def test_a_proof_may_stand_alone_or_in_an_array(suite):
    document = signed(suite=suite)

    assert isinstance(document["proof"], list)
    assert len(verified(document | {"proof": document["proof"][0]})) == 1


@pytest.mark.parametrize("number", range(8))
def test_another_implementation_s_signatures_are_ours_byte_for_byte(number):
    made = json.loads((VECTORS / "signed-by-digitalbazaar.json").read_text(encoding="utf-8"))
    vector = made["signed"][number]
    key = eddsa.SigningKey.from_seed(bytes.fromhex(made["seed"]))
    theirs = vector["signed"]["proof"]
    ours = signed(proof.unsecured(vector["signed"]), key, suite=vector["cryptosuite"])["proof"][0]

    assert ours["proofValue"] == theirs["proofValue"]
    assert ours == theirs | {"@context": ours["@context"]} if "@context" in ours else theirs
    assert len(verified(vector["signed"])) == 1


W3C = folder_of("vc-di-eddsa")
w3c = pytest.mark.skipif(not W3C.exists(), reason="put the W3C's vectors there: tests/vectors/README.md")


def read(name):
    return json.loads((W3C / name).read_text(encoding="utf-8"))


@w3c
@pytest.mark.parametrize(
    ("suite", "folder", "end"), [(RDFC, "eddsa-rdfc-2022", "DataInt"), (JCS, "eddsa-jcs-2022", "JCS")]
)
def test_the_w3c_s_vectors_are_reproduced_byte_for_byte(suite, folder, end):
    key = multikey.signing_key(read("keyPair.json")["privateKeyMultibase"])
    wanted, document = read(f"{folder}/signed{end}.json"), read("unsigned.json")
    options = ProofOptions(wanted["proof"]["verificationMethod"], wanted["proof"]["created"], suite)
    data = proof.signed_data(document, wanted["proof"], [], CONFORMANCE)

    assert data.hex() == (W3C / folder / f"combinedHash{end}.txt").read_text(encoding="utf-8").strip()
    assert proof.sign(document, key, options, CONFORMANCE)["proof"] == [wanted["proof"]]
    assert len(proof.verified_proofs(wanted, CONFORMANCE, None, at=NOW)) == 1
    written = (
        canonical.canonicalise(document, CONFORMANCE)
        if suite == RDFC
        else jcs.canonicalise(document).decode()
    )
    assert written == (W3C / folder / f"canonDoc{end}.txt").read_text(encoding="utf-8")


@w3c
@pytest.mark.parametrize(("name", "proofs"), [("Set1", 1), ("Set2", 2), ("Chain1", 3), ("Chain2", 4)])
def test_the_w3c_s_sets_and_chains_are_verified(name, proofs):
    document = read(f"proof-set-chain/signedProof{name}.json")

    assert len(proof.verified_proofs(document, CONFORMANCE, None, at=NOW)) == proofs


# --- Changed documents -------------------------------------------------------------------------------


@suites
def test_a_changed_grade_is_refused(suite):
    document = signed(statement(), suite=suite)
    document["credentialSubject"]["result"][0]["value"] = "A"

    assert refused(document) == Reason.SIGNATURE


def places(value, path=()):
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key)
        yield from places(part, (*path, key))


SIGNED = signed(statement())
PLACES = sorted((p for p in places(SIGNED) if p[-1] != "@context" and "@context" not in p), key=str)


@settings(max_examples=60)
@given(st.sampled_from(PLACES), st.sampled_from(["x", "urn:x:y", 7, True, ["x"], {"id": "urn:x:y"}]))
def test_any_change_anywhere_is_refused(place, value):
    document = deepcopy(SIGNED)
    around = document
    for step in place[:-1]:
        around = around[step]
    around[place[-1]] = value
    with pytest.raises((Refused, KeyError)):  # a KeyError: another controller, whom nobody knows here
        verified(document)


def test_item_4_an_added_field_that_no_context_defines_is_refused():
    assert refused(signed() | {"cgpa": "4.00"}) == Reason.UNDEFINED_TERM
    assert refused(signed() | {"cgpa": {"id": "urn:a:b", "name": "4.00"}}) == Reason.UNDEFINED_TERM
    assert refused(signed() | {"type": ["VerifiableCredential", "Ijazah"]}) == Reason.UNDEFINED_TYPE


def test_item_5_a_context_added_afterwards_is_refused():
    document = signed()
    for part in ({"name": "https://a.example/#n"}, {"@vocab": "https://a.example/#"}, "https://a.example/v1"):
        with pytest.raises(Refused):
            verified(document | {"@context": [*document["@context"], part]})


# --- Somebody else -----------------------------------------------------------------------------------


@suites
def test_another_key_is_refused(suite):
    assert refused(signed(key=OTHER, suite=suite)) == Reason.SIGNATURE


ATTACKER = multikey.encode(OTHER.public)


@suites
@pytest.mark.parametrize(
    "method", [f"{UNIVERSITY}#{ATTACKER}", f"{did.did_key(KEY.public)}#{ATTACKER}", f"{UNIVERSITY}#key-2025"]
)
def test_item_6_a_key_named_after_the_hash_mark_is_no_key(method, suite):
    """The attacker's signature is good under the key that the fragment spells out."""
    assert refused(signed(key=OTHER, method=method, suite=suite)) == Reason.METHOD_UNKNOWN


def test_item_6_the_key_comes_from_the_document_of_the_one_who_is_named():
    foreign = did.did_web_document("did:web:lain.example", [DatedKey("key-2026", OTHER.public)])
    with pytest.raises(Refused) as caught:
        proof.verified_proofs(signed(key=OTHER), CONTEXTS, lambda _: foreign, at=NOW)

    assert caught.value.reason == Reason.DID_DOCUMENT


@suites
def test_item_7_an_impostor_s_own_good_signature_is_not_the_issuer_s(suite):
    document = signed(key=OTHER, method="did:web:lain.example#key-2026", suite=suite)
    proofs = verified(document)
    with pytest.raises(Refused) as caught:
        proof.require_issuer(document, proofs)

    assert (caught.value.reason, caught.value.found) == (Reason.ISSUER_MISMATCH, "did:web:lain.example")


@pytest.mark.parametrize(
    "issuer", [None, 7, {}, {"id": None}, {"name": "UKB"}, "ukb", ["did:web:ukb.example"]]
)
def test_an_issuer_that_is_not_stated_is_refused(issuer):
    with pytest.raises(Refused) as caught:
        proof.issuer_of(small(issuer=issuer))

    assert caught.value.reason == Reason.ISSUER_MISSING


def test_the_holder_answers_for_a_presentation():
    presentation = {
        "type": ["VerifiablePresentation"],
        "holder": {"id": "did:example:h"},
        "issuer": "did:example:i",
    }

    assert proof.issuer_of(presentation) == "did:example:h"


# --- Purpose, algorithm, value, dates ----------------------------------------------------------------


@suites
@pytest.mark.parametrize("purpose", ["authentication", "keyAgreement", "beliebig", None])
def test_item_8_a_signature_for_another_purpose_is_refused(suite, purpose):
    assert refused(with_proof(signed(suite=suite), proofPurpose=purpose)) == Reason.PROOF_PURPOSE


def test_item_8_a_key_that_is_not_listed_for_the_purpose_is_refused():
    document = DOCUMENTS[UNIVERSITY] | {"assertionMethod": [], "authentication": [METHOD]}
    with pytest.raises(Refused) as caught:
        proof.verified_proofs(signed(), CONTEXTS, lambda _: document, at=NOW)

    assert caught.value.reason == Reason.METHOD_PURPOSE


def test_item_8_a_good_signature_for_authentication_is_no_assertion():
    document = signed(purpose="authentication", method=did.key_method(did.did_key(KEY.public)))

    assert refused(document) == Reason.PROOF_PURPOSE
    assert len(verified(document, purpose="authentication")) == 1


@suites
@pytest.mark.parametrize(
    "name", ["eddsa-2022", "ecdsa-rdfc-2019", "EDDSA-RDFC-2022", "", None, ["eddsa-rdfc-2022"]]
)
def test_item_10_another_suite_is_refused(suite, name):
    assert refused(with_proof(signed(suite=suite), cryptosuite=name)) == Reason.CRYPTOSUITE


@pytest.mark.parametrize(
    "type", ["Ed25519Signature2020", "JsonWebSignature2020", ["DataIntegrityProof"], None]
)
def test_item_10_another_type_of_proof_is_refused(type):
    assert refused(with_proof(signed(), type=type)) == Reason.PROOF_TYPE


def test_item_10_one_suite_s_signature_is_not_the_other_s():
    assert refused(with_proof(signed(), cryptosuite=JCS)) == Reason.SIGNATURE
    assert refused(with_proof(signed(suite=JCS), cryptosuite=RDFC)) == Reason.SIGNATURE


def test_item_10_a_key_of_another_algorithm_is_refused():
    document = deepcopy(DOCUMENTS[UNIVERSITY])
    document["verificationMethod"][0]["publicKeyMultibase"] = (
        "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"
    )
    with pytest.raises(Refused) as caught:
        proof.verified_proofs(signed(), CONTEXTS, lambda _: document, at=NOW)

    assert caught.value.reason == Reason.KEY_TYPE


RAW = multibase.decode(signed()["proof"][0]["proofValue"])


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "z",
        multibase.encode_base64url(RAW),
        "m" + multibase.encode_base64url(RAW)[1:],
        multibase.encode_base58(RAW)[1:],
        multibase.encode_base58(RAW[:-1]),
        multibase.encode_base58(RAW + b"\0"),
        [multibase.encode_base58(RAW)],
    ],
)
def test_item_10_a_signature_written_in_another_way_is_refused(value):
    assert refused(with_proof(signed(), proofValue=value)) == Reason.PROOF_VALUE


def test_item_11_a_second_encoding_of_the_signature_is_refused():
    higher = int.from_bytes(RAW[32:], "little") + eddsa.ORDER
    value = multibase.encode_base58(RAW[:32] + higher.to_bytes(32, "little"))

    assert refused(with_proof(signed(), proofValue=value)) == Reason.SIGNATURE


def test_item_11_a_key_of_small_order_is_refused():
    document = deepcopy(DOCUMENTS[UNIVERSITY])
    identity = (1).to_bytes(32, "little")
    document["verificationMethod"][0]["publicKeyMultibase"] = multikey.encode(identity)
    value = multibase.encode_base58(identity + bytes(32))
    with pytest.raises(Refused) as caught:
        proof.verified_proofs(with_proof(signed(), proofValue=value), CONTEXTS, lambda _: document, at=NOW)

    assert caught.value.reason == Reason.KEY_SMALL_ORDER


@suites
@pytest.mark.parametrize("created", ["2026-11-22", "2026-11-22T04:00:00", "kelmarin", 7, ""])
def test_a_proof_s_malformed_date_is_refused_though_signed(suite, created):
    document = with_proof(signed(suite=suite), created=created)

    assert refused(document) == Reason.PROOF_CREATED


def test_item_12_an_expired_proof_is_refused():
    document = signed(expires="2026-11-22T05:00:00Z")

    assert len(verified(document, at=datetime(2026, 11, 22, 4, 59, 59, tzinfo=UTC))) == 1
    assert refused(document, at=NOW) == Reason.PROOF_EXPIRED


@pytest.mark.parametrize("method", [None, "", "key-2026", "https://ukb.example/key#1", f"{UNIVERSITY}#", UNIVERSITY, f"{UNIVERSITY}#a#b", "did:web:ukb.example?x=1#key-2026"])  # fmt: skip
def test_a_method_that_is_no_did_with_a_name_is_refused(method):
    assert refused(with_proof(signed(), verificationMethod=method)) == Reason.METHOD_MALFORMED


def test_another_did_method_is_refused():
    assert refused(signed(method="did:ion:abc#key")) == Reason.DID_METHOD


@pytest.mark.parametrize(("found", "reason"), [(None, Reason.PROOF_MISSING), ([], Reason.PROOF_MISSING), ("x", Reason.PROOF_MALFORMED), ([[]], Reason.PROOF_MALFORMED), ([{}] * 11, Reason.TOO_MANY_PROOFS)])  # fmt: skip
def test_a_missing_or_malformed_proof_is_refused(found, reason):
    assert refused(small(proof=found)) == reason
    assert refused(small()) == Reason.PROOF_MISSING


@pytest.mark.parametrize(("name", "value"), [("id", "7"), ("id", 7), ("nonce", 7), ("challenge", ["a"])])
def test_a_malformed_field_of_a_proof_is_refused(name, value):
    assert refused(with_proof(signed(), **{name: value})) == Reason.PROOF_MALFORMED


def test_challenge_and_domain_are_what_was_asked():
    document = signed(challenge="abc", domain="https://majikan.example")

    assert len(verified(document, challenge="abc", domain="https://majikan.example")) == 1
    assert refused(document, challenge="abd") == Reason.CHALLENGE
    assert refused(document, domain="https://lain.example") == Reason.DOMAIN
    assert refused(signed(), challenge="abc") == Reason.CHALLENGE
    assert refused(signed(), domain="https://majikan.example") == Reason.DOMAIN


@suites
def test_a_proof_s_own_context_is_the_document_s(suite):
    document = resigned(signed(suite=suite), **{"@context": [c.CREDENTIALS_V1]})

    assert refused(document) == Reason.PROOF_CONTEXT


# --- Sets and chains ---------------------------------------------------------------------------------

HOLDER = did.key_method(did.did_key(OTHER.public))


@suites
def test_a_set_has_each_proof_over_the_same_document(suite):
    document = signed(signed(suite=suite), OTHER, HOLDER, suite)
    proofs = verified(document)

    assert [found.controller for found in proofs] == [UNIVERSITY, did.did_key(OTHER.public)]
    assert proof.require_issuer(document, proofs) == proofs[0]


@suites
@pytest.mark.parametrize("broken", [0, 1])
def test_item_9_a_set_with_one_broken_proof_is_refused(suite, broken):
    document = signed(signed(suite=suite), OTHER, HOLDER, suite)
    document["proof"][broken]["proofValue"] = multibase.encode_base58(RAW)
    if broken == 0 and suite == RDFC:
        document["proof"][0]["created"] = "2026-11-22T04:00:01Z"

    assert refused(document) == Reason.SIGNATURE


def chain(suite):
    first = signed(suite=suite, id="urn:uuid:first")
    return signed(first, OTHER, HOLDER, suite, previous_proof=["urn:uuid:first"])


@suites
def test_a_chain_rests_on_the_proof_before(suite):
    document = chain(suite)

    assert len(verified(document)) == 2
    assert document["proof"][1]["previousProof"] == "urn:uuid:first"


@suites
def test_a_chain_whose_earlier_proof_was_replaced_is_refused(suite):
    document = chain(suite)
    other = signed(suite=suite, id="urn:uuid:first", created="2026-11-22T04:30:00Z")
    document["proof"][0] = other["proof"][0]

    assert refused(document) == Reason.SIGNATURE


@suites
def test_a_chain_without_the_proof_before_is_refused(suite):
    document = chain(suite)
    del document["proof"][0]

    assert refused(document) == Reason.PREVIOUS_PROOF


def test_a_chain_whose_proof_before_stands_twice_or_is_itself_is_refused():
    document = chain(RDFC)
    document["proof"].insert(0, document["proof"][0])
    assert refused(document) == Reason.PREVIOUS_PROOF

    document = with_proof(signed(id="urn:uuid:first"), previousProof="urn:uuid:first")
    assert refused(document) == Reason.PREVIOUS_PROOF
    assert refused(with_proof(signed(), previousProof=[7])) == Reason.PREVIOUS_PROOF


def test_a_chain_may_rest_on_several():
    document = signed(signed(id="urn:uuid:a"), OTHER, HOLDER, id="urn:uuid:b")
    document = signed(document, previous_proof=["urn:uuid:a", "urn:uuid:b"])

    assert len(verified(document)) == 3


# --- Keys through time -------------------------------------------------------------------------------


def resolve(*keys):
    return {UNIVERSITY: did.did_web_document(UNIVERSITY, keys)}.__getitem__


def test_an_old_key_that_is_kept_still_verifies_and_one_that_is_dropped_does_not():
    old, new = DatedKey("key-2026", KEY.public), DatedKey("key-2027", OTHER.public)

    assert len(proof.verified_proofs(signed(), CONTEXTS, resolve(new, old), at=NOW)) == 1
    with pytest.raises(Refused) as caught:
        proof.verified_proofs(signed(), CONTEXTS, resolve(new), at=NOW)
    assert caught.value.reason == Reason.METHOD_UNKNOWN


def test_two_keys_do_not_answer_for_one_another():
    swapped = resolve(DatedKey("key-2026", OTHER.public), DatedKey("key-2027", KEY.public))
    with pytest.raises(Refused) as caught:
        proof.verified_proofs(signed(), CONTEXTS, swapped, at=NOW)

    assert caught.value.reason == Reason.SIGNATURE


@pytest.mark.parametrize(
    ("field", "reason"), [("revoked", Reason.KEY_REVOKED), ("expires", Reason.KEY_EXPIRED)]
)
def test_a_revoked_or_expired_key_is_refused_with_its_day(field, reason):
    keys = resolve(DatedKey("key-2026", KEY.public, **{field: "2026-11-22T04:30:00Z"}))

    assert (
        len(proof.verified_proofs(signed(), CONTEXTS, keys, at=datetime(2026, 11, 22, 4, 29, tzinfo=UTC)))
        == 1
    )
    with pytest.raises(Refused) as caught:
        proof.verified_proofs(signed(), CONTEXTS, keys, at=NOW)
    assert (caught.value.reason, caught.value.found) == (reason, "2026-11-22T04:30:00Z")


def test_keys_that_cannot_be_had_are_neither_yes_nor_no():
    def unreachable(_):
        raise CouldNotCheck(Text("Tiada talian.", "No line."))

    for nobody in (None, unreachable):
        with pytest.raises(CouldNotCheck):
            proof.verified_proofs(signed(), CONTEXTS, nobody, at=NOW)


def test_nobody_is_asked_for_keys_before_the_document_itself_is_sound():
    asked = []
    with pytest.raises(Refused):
        proof.verified_proofs(signed() | {"cgpa": 4}, CONTEXTS, asked.append, at=NOW)

    assert asked == []
