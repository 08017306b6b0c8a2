"""Whatever JSON a stranger sends, the answer is yes, no with a reason, or could not check; never a crash."""

from contextlib import suppress
from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials.samples import KEY, NOW, statement

from tauliah.credentials import canonical, did, jcs, multibase, multikey, proof, strict_json, timestamp
from tauliah.credentials import contexts as c
from tauliah.credentials.refusal import CouldNotCheck, Refused
from tauliah.files.contexts import published

CONTEXTS = published()
UNIVERSITY = "did:web:ukb.example"
OPTIONS = proof.ProofOptions(did.key_method(did.did_key(KEY.public)), "2026-11-22T04:00:00Z", id="urn:uuid:a")
SIGNED = proof.sign(statement(), KEY, OPTIONS, CONTEXTS)
WORDS = [
    "@context",
    "@id",
    "@type",
    "@value",
    "@language",
    "@direction",
    "@container",
    "@graph",
    "@list",
    "@set",
    "@version",
    "@protected",
    "@vocab",
    "id",
    "type",
    "name",
    "description",
    "issuer",
    "holder",
    "proof",
    "proofValue",
    "cryptosuite",
    "previousProof",
    "created",
    "expires",
    "challenge",
    "domain",
    "verificationMethod",
    "proofPurpose",
    "credentialSubject",
    "achievement",
    "alignment",
    "verifiableCredential",
    "VerifiableCredential",
    "VerifiablePresentation",
    "DataIntegrityProof",
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "assertionMethod",
    "controller",
    "Multikey",
    "publicKeyMultibase",
    "revoked",
    "secretKeyMultibase",
    "ms-MY",
]
WORDS += [
    c.CREDENTIALS_V2,
    c.OPEN_BADGES,
    UNIVERSITY,
    f"{UNIVERSITY}#key-2026",
    "#key-2026",
    "urn:uuid:a",
    "_:b0",
    "a:b",
]
WORDS += ["2026-01-01T00:00:00Z", "", "z", multikey.encode(KEY.public), "https://a.example/#x"]
words = st.sampled_from(WORDS)
leaves = words | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=12,
)


@st.composite
def spoilt(draw):
    """A good credential in which something, somewhere, is anything."""
    document = deepcopy(SIGNED)
    for _ in range(draw(st.integers(1, 3))):
        around, step = document, draw(st.sampled_from(sorted(document)))
        while isinstance(around[step], dict | list) and around[step] and draw(st.booleans()):
            around = around[step]
            step = draw(st.sampled_from(sorted(around) if isinstance(around, dict) else range(len(around))))
        if isinstance(around, dict) and draw(st.booleans()):
            step = draw(words)
        around[step] = draw(values)
    return document


def verified(document):
    with suppress(Refused, CouldNotCheck):
        proofs = proof.verified_proofs(document, CONTEXTS, None, at=NOW)
        proof.require_issuer(document, proofs)


@given(spoilt())
def test_a_spoilt_credential_has_an_answer(document):
    verified(document)


@given(st.dictionaries(words, values, max_size=6))
def test_any_object_has_an_answer(document):
    verified(document)
    for read in (lambda: canonical.canonicalise(document, CONTEXTS), lambda: jcs.canonicalise(document)):
        with suppress(Refused):
            read()


@given(values)
def test_any_context_has_an_answer(context):
    for document in (
        statement(**{"@context": context}),
        statement(**{"@context": [c.CREDENTIALS_V2, context]}),
    ):
        with suppress(Refused):
            canonical.canonicalise(document, CONTEXTS)


@given(st.dictionaries(words, values, max_size=6))
def test_any_controller_document_has_an_answer(document):
    for purpose in did.PURPOSES:
        with suppress(Refused):
            found = did.controller_document(UNIVERSITY, document | {"id": UNIVERSITY})
            found.method(f"{UNIVERSITY}#key-2026", purpose)


@given(values)
def test_any_value_in_the_place_of_a_text_has_an_answer(value):
    for read in (
        multibase.decode,
        multikey.decode,
        multikey.signing_key,
        timestamp.parse,
        did.split_method,
        did.did_web_url,
    ):
        with suppress(Refused):
            read(value)


@given(st.text(alphabet='{}[]":,\\u0d8falsetrun 1eE+-.', max_size=40) | st.binary(max_size=40))
def test_any_text_has_an_answer(text):
    with suppress(Refused):
        strict_json.read(text)
