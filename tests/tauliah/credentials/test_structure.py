"""The form of credentials and presentations: W3C Verifiable Credentials Data Model 2.0, and what of 1.1 is accepted."""

from base64 import b64encode
from copy import deepcopy
from hashlib import sha256, sha384

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.credentials import multibase
from tauliah.credentials.contexts import CREDENTIALS_V1, CREDENTIALS_V2
from tauliah.credentials.related import related_problems
from tauliah.credentials.structure import presentation_problems, structure_problems

DID = "did:example:subject"
CREDENTIAL = {
    "@context": [CREDENTIALS_V2],
    "type": ["VerifiableCredential"],
    "issuer": "did:example:issuer",
    "credentialSubject": {"id": DID},
}
PRESENTATION = {"@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"]}
MISSING = object()


def with_(changes, document=CREDENTIAL):
    changed = deepcopy(document)
    for key, value in changes.items():
        if value is MISSING:
            del changed[key]
        else:
            changed[key] = value
    return changed


def places(problems):
    return [problem.where for problem in problems]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"@context": [CREDENTIALS_V2, "https://example.org/more", {"a": "https://example.org/a"}]},
        {"id": "urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008"},
        {"id": "did:example:credential"},
        {"type": ["Extra", "VerifiableCredential", "https://example.org/#Type"]},
        {"type": "VerifiableCredential"},
        {"issuer": {"id": "did:example:issuer", "name": "Issuer"}},
        {
            "issuer": {
                "id": "did:example:issuer",
                "name": {"@value": "I", "@language": "en", "@direction": "ltr"},
            }
        },
        {"name": [{"@value": "A", "@language": "en"}, {"@value": "B", "@language": "ms-MY"}]},
        {"description": "words"},
        {"credentialSubject": [{"id": DID}, {"name": "x"}]},
        {"validFrom": "2023-02-26T01:21:51Z", "validUntil": "2023-02-26T01:21:51.5-05:00"},
        {"validFrom": "2023-02-26T01:21:51Z", "validUntil": "2023-02-26T01:21:51Z"},
        {"credentialStatus": {"type": "Status"}},
        {"credentialStatus": [{"type": ["Status"], "id": "did:example:status"}]},
        {"credentialSchema": {"id": "did:example:schema", "type": "https://example.org/#Schema"}},
        {"evidence": {"type": "Evidence"}},
        {"termsOfUse": [{"type": "Terms", "id": "did:example:terms"}]},
        {"refreshService": {"type": "Refresh", "id": "did:example:refresh"}},
        {"relatedResource": {"id": "https://example.org/a", "digestSRI": "sha256-x"}},
        {"proof": {"type": "DataIntegrityProof"}},
        {"proof": [{"type": "DataIntegrityProof"}]},
    ],
)
def test_a_credential_of_this_form_is_accepted(changes):
    assert structure_problems(with_(changes)) == []


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"@context": MISSING}, "@context"),
        ({"@context": []}, "@context"),
        ({"@context": CREDENTIALS_V2}, "@context"),
        ({"@context": ["https://example.org/first", CREDENTIALS_V2]}, "@context[0]"),
        ({"@context": [{"a": "b"}, CREDENTIALS_V2]}, "@context[0]"),
        ({"@context": [CREDENTIALS_V2, "https ://not-a-url/context"]}, "@context[1]"),
        ({"@context": [CREDENTIALS_V2, 123192875]}, "@context[1]"),
        ({"@context": [CREDENTIALS_V2, None]}, "@context[1]"),
        ({"@context": [CREDENTIALS_V2, CREDENTIALS_V2]}, "@context[1]"),
        ({"id": None}, "id"),
        ({"id": ["did:example:a", "did:example:b"]}, "id"),
        ({"id": "not-a-url"}, "id"),
        ({"id": "https://not-a-url .org"}, "id"),
        ({"type": MISSING}, "type"),
        ({"type": []}, "type"),
        ({"type": ["Other"]}, "type"),
        ({"type": ["VerifiableCredential", 2]}, "type"),
        ({"type": ["VerifiableCredential", "not a term"]}, "type"),
        ({"type": ["VerifiableCredential", "relative/type"]}, "type"),
        ({"issuer": MISSING}, "issuer"),
        ({"issuer": None}, "issuer"),
        ({"issuer": "example"}, "issuer"),
        ({"issuer": ["did:example:a"]}, "issuer"),
        ({"issuer": {"name": "x"}}, "issuer.id"),
        ({"issuer": {"id": None}}, "issuer.id"),
        ({"issuer": {"id": "no url"}}, "issuer.id"),
        ({"issuer": {"id": DID, "name": {"@value": "x", "url": "y"}}}, "issuer.name"),
        ({"issuer": {"id": DID, "description": 5}}, "issuer.description"),
        ({"credentialSubject": MISSING}, "credentialSubject"),
        ({"credentialSubject": {}}, "credentialSubject"),
        ({"credentialSubject": []}, "credentialSubject"),
        ({"credentialSubject": "did:example:subject"}, "credentialSubject"),
        ({"credentialSubject": [{"id": DID}, {}]}, "credentialSubject[1]"),
        ({"credentialSubject": {"id": [DID, "did:example:b"]}}, "credentialSubject.id"),
        ({"validFrom": "Sat 25 Feb 2023 07:16:31 PM CST"}, "validFrom"),
        ({"validFrom": "2023-02-26"}, "validFrom"),
        ({"validUntil": "2023-02-26T01:22:14"}, "validUntil"),
        ({"validUntil": 5}, "validUntil"),
        ({"validFrom": "2023-02-26T01:22:14Z", "validUntil": "2023-02-26T01:22:13Z"}, "validUntil"),
        ({"validFrom": "2023-02-26T00:00:00Z", "validUntil": "2023-02-26T07:59:59+08:00"}, "validUntil"),
        ({"name": 5}, "name"),
        ({"name": {"@value": "x", "@type": "y"}}, "name"),
        ({"name": {"@language": "en"}}, "name"),
        ({"name": {"@value": "x", "@language": "english language"}}, "name"),
        ({"description": {"@value": "x", "@direction": "up"}}, "description"),
        ({"credentialStatus": {"id": "did:example:status"}}, "credentialStatus.type"),
        ({"credentialStatus": {"type": 2}}, "credentialStatus.type"),
        ({"credentialStatus": {"type": "S", "id": ["did:a:1", "did:a:2"]}}, "credentialStatus.id"),
        ({"credentialStatus": [{"type": "S", "id": "https://not a url"}]}, "credentialStatus[0].id"),
        ({"credentialStatus": "revoked"}, "credentialStatus"),
        ({"credentialSchema": {"id": DID}}, "credentialSchema.type"),
        ({"credentialSchema": {"type": "S"}}, "credentialSchema.id"),
        ({"credentialSchema": [{"type": "S", "id": 5}]}, "credentialSchema[0].id"),
        ({"evidence": {}}, "evidence.type"),
        ({"termsOfUse": {"id": DID}}, "termsOfUse.type"),
        ({"refreshService": {"id": DID}}, "refreshService.type"),
        ({"refreshService": []}, "refreshService"),
        ({"proof": {"created": "x"}}, "proof.type"),
        ({"proof": "signed"}, "proof"),
        ({"proof": [[]]}, "proof[0]"),
        ({"relatedResource": ["https://example.org/a"]}, "relatedResource[0]"),
        ({"relatedResource": {"digestSRI": "sha256-x"}}, "relatedResource.id"),
        ({"relatedResource": [{"id": "https://example.org/a"}]}, "relatedResource[0]"),
        (
            {"relatedResource": [{"id": "https://a.org", "digestSRI": "x"}, {"id": "https://a.org", "digestMultibase": "y"}]},
            "relatedResource[1].id",
        ),
    ],
)  # fmt: skip
def test_what_the_data_model_does_not_allow_is_told_where(changes, where):
    problems = structure_problems(with_(changes))

    assert places(problems) == [where]
    assert problems[0].message.ms
    assert problems[0].message.ms != problems[0].message.en


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\u0007"])
@pytest.mark.parametrize(
    ("changes", "where"),
    [
        (lambda c: {"name": f"A{c}B"}, "name"),
        (lambda c: {"name": {"@value": f"A{c}B"}}, "name"),
        (lambda c: {"issuer": {"id": DID, "name": f"A{c}B"}}, "issuer.name"),
        (lambda c: {"credentialSubject": {"identifier": [{"identityHash": f"A{c}B"}]}}, "credentialSubject.identifier[0].identityHash"),
        (lambda c: {"credentialSubject": {"achievement": {"name": f"A{c}B"}}}, "credentialSubject.achievement.name"),
    ],
)  # fmt: skip
def test_a_name_that_reads_as_another_is_refused_wherever_it_stands(character, changes, where):
    """Item 18, for credentials of others."""
    assert places(structure_problems(with_(changes(character)))) == [where]


def test_version_1_1_has_its_own_dates():
    older = with_({"@context": [CREDENTIALS_V1], "issuanceDate": "2020-01-01T00:00:00Z"})

    assert structure_problems(older) == []
    assert places(structure_problems(with_({"@context": [CREDENTIALS_V1]}))) == ["issuanceDate"]
    late = older | {"expirationDate": "2019-01-01T00:00:00Z"}
    assert places(structure_problems(late)) == ["expirationDate"]


# --- Presentations ---------------------------------------------------------------------------------

ENVELOPED = {
    "@context": CREDENTIALS_V2,
    "type": "EnvelopedVerifiableCredential",
    "id": "data:application/vc+jwt,ey",
}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"id": "urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008"},
        {"holder": "did:example:holder"},
        {"holder": {"id": "did:example:holder", "name": "H"}},
        {"verifiableCredential": CREDENTIAL},
        {"verifiableCredential": [CREDENTIAL, CREDENTIAL]},
        {"verifiableCredential": [ENVELOPED]},
        {"type": ["VerifiablePresentation", "Other"]},
    ],
)
def test_a_presentation_of_this_form_is_accepted(changes):
    assert presentation_problems(with_(changes, PRESENTATION)) == []


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"@context": MISSING}, "@context"),
        ({"@context": ["https://www.w3.org/ns/credentials/examples/v2"]}, "@context[0]"),
        ({"type": MISSING}, "type"),
        ({"type": ["CredentialManagerPresentation"]}, "type"),
        ({"id": "none"}, "id"),
        ({"holder": "z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj"}, "holder"),
        ({"holder": {"name": "Acme"}}, "holder.id"),
        ({"holder": {"id": "acme"}}, "holder.id"),
        ({"verifiableCredential": ["ey.ey.ey"]}, "verifiableCredential[0]"),
        ({"verifiableCredential": [CREDENTIAL | {"type": []}]}, "verifiableCredential[0].type"),
        ({"verifiableCredential": [ENVELOPED | {"id": "ey"}]}, "verifiableCredential[0].id"),
        ({"proof": 5}, "proof"),
    ],
)
def test_what_a_presentation_may_not_be_is_told_where(changes, where):
    assert places(presentation_problems(with_(changes, PRESENTATION))) == [where]


# --- Digests ---------------------------------------------------------------------------------------

DATA, URL = b"the statement", "https://example.org/statement"


def sri(data, algorithm=sha256):
    return f"{algorithm.__name__.removeprefix('openssl_')}-{b64encode(algorithm(data).digest()).decode()}"


@pytest.mark.parametrize(
    "digest",
    [
        {"digestSRI": sri(DATA)},
        {"digestSRI": sri(DATA, sha384)},
        {"digestSRI": f"{sri(b'other')} {sri(DATA, sha384)}"},
        {"digestSRI": f"{sri(b'other')} {sri(DATA)}"},
        {"digestMultibase": multibase.encode_base64url(sha256(DATA).digest())},
        {"digestMultibase": multibase.encode_base64url(b"\x12\x20" + sha256(DATA).digest())},
        {"digestMultibase": multibase.encode_base58(b"\x12\x20" + sha256(DATA).digest())},
    ],
)
def test_a_digest_of_the_bytes_is_accepted(digest):
    document = with_({"relatedResource": {"id": URL, **digest}})

    assert list(related_problems(document, {URL: DATA})) == []
    assert places(related_problems(document, {URL: b"changed"})) == [f"relatedResource.{next(iter(digest))}"]


@pytest.mark.parametrize(
    "digest",
    [
        {"digestSRI": "sha384-_rCVIV7fSXXTNIvpiq26jRDyj8JG8TDjij-tD0ewLk4JpnXEz6a5AeeY_1qQ0d0P"},
        {"digestSRI": "md5-AAAA"},
        {"digestSRI": "sha256-AAAA"},
        {"digestSRI": "sha256-AAAAA"},
        {"digestSRI": ""},
        {"digestSRI": 5},
        {"digestMultibase": "uAAAA"},
        {"digestMultibase": "x" * 44},
        {"digestMultibase": None},
    ],
)
def test_a_malformed_digest_is_refused_though_the_resource_is_not_at_hand(digest):
    document = with_({"relatedResource": [{"id": URL, **digest}]})

    assert places(related_problems(document, {})) == [f"relatedResource[0].{next(iter(digest))}"]


# --- Anything --------------------------------------------------------------------------------------

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = (*CREDENTIAL, "id", "validFrom", "validUntil", "credentialStatus", "credentialSchema", "evidence", "proof", "relatedResource", "name", "holder", "verifiableCredential")  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), anything), st.sampled_from([CREDENTIAL, PRESENTATION]))
def test_no_document_is_an_error(changes, document):
    for check in (structure_problems, presentation_problems):
        assert all(problem.message.ms for problem in check({**document, **changes}))
    assert all(problem.where for problem in related_problems({**document, **changes}, {}))


@given(anything)
def test_what_is_no_object_is_a_problem(value):
    if not isinstance(value, dict):
        assert structure_problems(value)
        assert presentation_problems(value)
