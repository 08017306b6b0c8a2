"""The canonical form of documents: nothing is dropped, nothing is remapped, nothing takes for ever."""

import json
import socket
import time

import pytest
from tests.tauliah.credentials import oracles
from tests.tauliah.credentials.samples import KEY, SMALL, small, statement

from tauliah.credentials import canonical, did, proof
from tauliah.credentials import contexts as c
from tauliah.credentials.refusal import Reason, Refused
from tauliah.files.contexts import published

CONTEXTS = published()
OPTIONS = proof.ProofOptions(did.key_method(did.did_key(KEY.public)), "2026-11-22T04:00:00Z")


def refused(document):
    with pytest.raises(Refused) as caught:
        canonical.canonicalise(document, CONTEXTS)
    return caught.value


def with_contexts(*parts, **changes):
    return small(**{"@context": [c.CREDENTIALS_V2, *parts]}, **changes)


def test_a_small_document_is_written_out():
    assert canonical.canonicalise(SMALL, CONTEXTS) == (
        '<did:example:abcdefgh> <https://schema.org/name> "Somebody" .\n'
        "<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://www.w3.org/2018/credentials#VerifiableCredential> .\n"
        '<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://schema.org/name> "Small" .\n'
        "<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> "
        "<https://www.w3.org/2018/credentials#credentialSubject> <did:example:abcdefgh> .\n"
        "<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#issuer> "
        "<did:web:ukb.example> .\n"
        "<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#validFrom> "
        '"2026-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
    )


def test_item_17_all_three_ways_agree_on_a_whole_statement():
    text = canonical.canonicalise(statement(), CONTEXTS)

    assert text == oracles.by_pyld(statement(), CONTEXTS)
    assert text == oracles.by_pyoxigraph(statement(), CONTEXTS)
    assert text.count("\n") == 119


def endorsed():
    endorsement = {
        "@context": [c.CREDENTIALS_V2, c.OPEN_BADGES],
        "id": "urn:uuid:0f1f9a0c-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "did:web:agensi.example", "type": "Profile", "name": "Agensi Contoh"},
        "name": "Sokongan",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:web:ukb.example",
            "type": "EndorsementSubject",
            "endorsementComment": "Diiktiraf",
        },
    }
    signed = proof.sign(endorsement, KEY, OPTIONS, CONTEXTS)
    return statement(endorsement=[signed, signed | {"id": "urn:uuid:0f1f9a0c-0000-4000-8000-000000000002"}])


def presented():
    presentation = {
        "@context": [c.CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:holder",
        "verifiableCredential": [endorsed(), proof.sign(small(), KEY, OPTIONS, CONTEXTS)],
    }
    return proof.sign(presentation, KEY, OPTIONS, CONTEXTS)


@pytest.mark.parametrize("document", [endorsed, presented])
def test_item_17_proofs_and_presentations_are_graphs_of_their_own(document):
    assert canonical.canonicalise(document(), CONTEXTS) == oracles.by_pyld(document(), CONTEXTS)


def test_the_order_of_keys_and_of_sets_changes_nothing():
    turned = json.loads(json.dumps(statement(), sort_keys=True))
    turned["credentialSubject"]["identifier"].reverse()

    assert canonical.canonicalise(turned, CONTEXTS) == canonical.canonicalise(statement(), CONTEXTS)


def test_the_order_of_a_list_changes_the_text():
    turned = statement()
    turned["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"].reverse()

    assert canonical.canonicalise(turned, CONTEXTS) != canonical.canonicalise(statement(), CONTEXTS)


# --- Nothing is dropped ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "reason", "where"),
    [
        (small(foo="bar"), Reason.UNDEFINED_TERM, "foo"),
        (small(foo={"id": "urn:x:y", "name": "A*"}), Reason.UNDEFINED_TERM, "foo"),
        (small(foo=None), Reason.UNDEFINED_TERM, "foo"),
        (small(issuer={"id": "did:web:a.example", "grade": "A"}), Reason.UNDEFINED_TERM, "issuer.grade"),
        (small(credentialSubject=[{"id": "urn:a:b", "name": "x"}, {"grade": 1}]), Reason.UNDEFINED_TERM, "credentialSubject[1].grade"),
        (small(type=["VerifiableCredential", "Degree"]), Reason.UNDEFINED_TYPE, ""),
        (small(credentialSubject={"type": "Degree"}), Reason.UNDEFINED_TYPE, "credentialSubject"),
        (small(type=["VerifiableCredential", "_:b0"]), Reason.UNDEFINED_TYPE, ""),
        (small(type=["VerifiableCredential", 7]), Reason.UNDEFINED_TYPE, ""),
        (small(**{"@type": "VerifiableCredential"}), Reason.UNDEFINED_TYPE, ""),
        (small(id="17"), Reason.RELATIVE_IRI, ""),
        (small(id="../17"), Reason.RELATIVE_IRI, ""),
        (small(id=":17"), Reason.RELATIVE_IRI, ""),
        (small(id="https://a.example/a b"), Reason.INVALID_IRI, ""),
        (small(id=None), Reason.INVALID_ID, ""),
        (small(id=["urn:a:b", "urn:a:c"]), Reason.INVALID_ID, ""),
        (small(**{"@id": "urn:a:b"}), Reason.INVALID_ID, ""),
        (small(issuer="ukb"), Reason.RELATIVE_IRI, "issuer"),
        (small(**{"@graph": []}), Reason.CONTEXT_FEATURE, "@graph"),
        (small(**{"@included": [{"id": "urn:a:b"}]}), Reason.CONTEXT_FEATURE, "@included"),
        (small(**{"@reverse": {"name": []}}), Reason.CONTEXT_FEATURE, "@reverse"),
        (small(**{"@madeup": 1}), Reason.CONTEXT_FEATURE, "@madeup"),
        (small(name={"@value": "x", "@language": "ms", "foo": 1}), Reason.INVALID_VALUE, "name"),
        (small(name={"@value": "x", "@language": "m s"}), Reason.INVALID_LANGUAGE, "name"),
        (small(name={"@value": 7, "@language": "ms"}), Reason.INVALID_VALUE, "name"),
        (small(name={"@value": "x", "@direction": "up"}), Reason.INVALID_VALUE, "name"),
        (small(name={"@value": "x", "@type": "undefined"}), Reason.INVALID_VALUE, "name"),
        (small(name={"@value": "x", "@type": None}), Reason.INVALID_VALUE, "name"),
        (small(name={"@value": "x", "@type": "urn:a:b", "@language": "ms"}), Reason.INVALID_VALUE, "name"),
        (small(name={"@value": None}), Reason.INVALID_VALUE, "name"),
        (small(name=[["x"]]), Reason.INVALID_VALUE, "name[0]"),
        (small(name=1e-7), Reason.NUMBER_OUT_OF_RANGE, "name"),
        (small(name=float("nan")), Reason.NOT_A_NUMBER, "name"),
        (small(name=2**53), Reason.NUMBER_OUT_OF_RANGE, "name"),
        (small(name="\ud800"), Reason.LONE_SURROGATE, "name"),
        (small(proof="urn:a:b"), Reason.INVALID_VALUE, "proof"),
        (small(proof={}), Reason.NOTHING_SAID, "proof"),
        ({"@context": c.CREDENTIALS_V2, "id": "urn:a:b"}, Reason.NOTHING_SAID, ""),
        ({"id": "urn:a:b", "name": "x"}, Reason.CONTEXT_MISSING, ""),
        (small(**{"@context": []}), Reason.CONTEXT_MISSING, ""),
        ([], Reason.NOT_AN_OBJECT, ""),
    ],
)  # fmt: skip
def test_item_4_what_would_not_be_signed_is_refused(document, reason, where):
    found = refused(document)

    assert (found.reason, found.where) == (reason, where)


def test_nothing_is_said_by_null_and_by_an_empty_list():
    assert canonical.canonicalise(small(description=None, evidence=[]), CONTEXTS) == canonical.canonicalise(
        SMALL, CONTEXTS
    )


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (3, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (3.0, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (3.5, '"3.5E0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (-0.25, '"-2.5E-1"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (1e21, '"1.0E21"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ('"\\\t\x01\x7f\n', r'"\"\\\t\u0001\u007F\n"'),
        ({"@value": "x", "@language": "ms-MY"}, '"x"@ms-my'),
        ({"@value": "x", "@language": "ar", "@direction": "rtl"}, '"x"^^<https://www.w3.org/ns/i18n#ar_rtl>'),
        ({"@value": "x", "@direction": "ltr"}, '"x"^^<https://www.w3.org/ns/i18n#_ltr>'),
        ({"@value": "x", "@type": "urn:t:u"}, '"x"^^<urn:t:u>'),
        ({"@value": {"b": [1.0, "é"], "a": None}, "@type": "@json"}, '"{\\"a\\":null,\\"b\\":[1,\\"é\\"]}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>'),
    ],
)  # fmt: skip
def test_values_are_written_as_json_ld_says(value, literal):
    assert f"<https://schema.org/name> {literal} .\n" in canonical.canonicalise(small(name=value), CONTEXTS)


# --- Nothing is remapped -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ({"@vocab": "https://a.example/#"}, Reason.CONTEXT_INLINE),
        ({"@vocab": None}, Reason.CONTEXT_INLINE),
        ({"@base": "https://a.example/"}, Reason.CONTEXT_INLINE),
        ({"@language": "ms"}, Reason.CONTEXT_INLINE),
        ({"@import": c.CREDENTIALS_V1}, Reason.CONTEXT_INLINE),
        ({"@propagate": False}, Reason.CONTEXT_INLINE),
        ({"bukti": "https://w3id.org/security#proof"}, Reason.CONTEXT_INLINE),
        ({"pengeluar": "https://www.w3.org/2018/credentials#issuer"}, Reason.CONTEXT_INLINE),
        ({"pengenal": "@id"}, Reason.CONTEXT_INLINE),
        ({"jenis": "@type"}, Reason.CONTEXT_INLINE),
        ({"hilang": None}, Reason.CONTEXT_INLINE),
        ({"hilang": {"@id": None}}, Reason.CONTEXT_INLINE),
        ({"dalam": {"@id": "https://a.example/#d", "@context": {}}}, Reason.CONTEXT_INLINE),
        ({"balik": {"@reverse": "https://a.example/#r"}}, Reason.CONTEXT_INLINE),
        ({"name": "https://a.example/#name"}, Reason.PROTECTED_TERM),
        ({"VerifiableCredential": "https://a.example/#Bad"}, Reason.PROTECTED_TERM),
        ({"Jenis": "https ://no-url#Jenis"}, Reason.INVALID_IRI),
        ({"Jenis": "tiada"}, Reason.INVALID_IRI),
        ({f"istilah{n}": f"https://a.example/#{n}" for n in range(500)}, Reason.TOO_MANY_CONTEXTS),
        ({f"istilah{n}": f"istilah{n + 1}:x" for n in range(150)}, Reason.TOO_MANY_CONTEXTS),
        ({"a1": "b1:x", "b1": "a1:x"}, Reason.CONTEXT_FEATURE),
        ({"bekas": {"@id": "https://a.example/#b", "@container": [["@set"]]}}, Reason.CONTEXT_FEATURE),
        ({"jenis": {"@id": "https://a.example/#b", "@type": ["@id"]}}, Reason.CONTEXT_FEATURE),
        ({"@version": 2, "x": "https://a.example/#x"}, Reason.CONTEXT_FEATURE),
        ("https://unknown.example/v1", Reason.CONTEXT_UNKNOWN),
        ("https ://no-url", Reason.CONTEXT_UNKNOWN),
        (123192875, Reason.CONTEXT_UNKNOWN),
        (None, Reason.CONTEXT_UNKNOWN),
    ],
)  # fmt: skip
def test_item_5_a_context_inside_a_document_remaps_nothing(part, reason):
    assert refused(with_contexts(part)).reason == reason
    assert refused(small(credentialSubject={"@context": part, "id": "urn:a:b", "name": "x"})).reason == reason


def test_item_5_a_context_inside_a_document_may_add_plain_terms():
    text = canonical.canonicalise(
        with_contexts(
            {
                "@protected": True,
                "Jenis": "https://a.example/#Jenis",
                "mata": {"@id": "https://a.example/#mata"},
            },
            type=["VerifiableCredential", "Jenis"],
            mata=7,
        ),
        CONTEXTS,
    )

    assert "<https://a.example/#Jenis>" in text
    assert '<https://a.example/#mata> "7"' in text


def test_a_context_inside_a_document_may_be_wrapped_as_in_a_file_and_is_held_to_the_same():
    added = {"mata": "https://a.example/#mata"}

    wrapped = canonical.canonicalise(with_contexts({"@context": added}, mata=7), CONTEXTS)

    assert wrapped == canonical.canonicalise(with_contexts(added, mata=7), CONTEXTS)
    remapped = {"@context": {"name": "https://a.example/#name"}}
    assert refused(with_contexts(remapped)).reason == Reason.PROTECTED_TERM
    doubled = {"@context": added, "x": "https://a.example/#x"}
    assert refused(with_contexts(doubled)).reason == Reason.CONTEXT_INLINE


def test_item_5_a_term_that_its_publisher_left_unprotected_is_not_remapped_either():
    parts = (c.OPEN_BADGES_EXTENSIONS, {"1EdTechRevocationList": "https://a.example/#other"})

    assert refused(with_contexts(*parts)).reason == Reason.CONTEXT_INLINE


def test_item_5_a_term_added_once_is_not_added_again():
    parts = ({"@protected": True, "Jenis": "https://a.example/#A"}, {"Jenis": "https://a.example/#B"})

    assert refused(with_contexts(*parts)).reason == Reason.PROTECTED_TERM


def test_a_protected_term_is_kept_where_two_published_contexts_differ():
    assert refused(with_contexts(c.CREDENTIALS_V1)).reason == Reason.PROTECTED_TERM


def test_item_1_no_connection_is_tried_for_an_unknown_context(monkeypatch):
    def no_connection(*arguments, **named):
        raise AssertionError("a connection was tried")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, no_connection)

    assert refused(with_contexts("https://unknown.example/v1")).reason == Reason.CONTEXT_UNKNOWN


def test_item_1_a_context_whose_bytes_changed_is_refused():
    data = b'{"@context": {"name": "https://schema.org/name"}}'
    pins = {"https://a.example/v1": "0" * 64}
    with pytest.raises(Refused) as caught:
        c.Contexts.of({"https://a.example/v1": data}, pins)

    assert caught.value.reason == Reason.CONTEXT_CHANGED


# --- Nothing takes for ever --------------------------------------------------------------------------


def deep(levels):
    inner = {"id": "urn:a:b", "name": "x"}
    for _ in range(levels):
        inner = {"id": "urn:a:b", "type": "Achievement", "creator": inner}
    return small(**{"@context": [c.CREDENTIALS_V2, c.OPEN_BADGES]}, credentialSubject=inner)


def many(number):
    subjects = [{"type": "AchievementSubject", "term": str(i)} for i in range(number)]
    return small(**{"@context": [c.CREDENTIALS_V2, c.OPEN_BADGES]}, credentialSubject=subjects)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (deep(1000), Reason.TOO_DEEP),
        (many(10_000), Reason.TOO_MANY_QUADS),
        (many(4_500), Reason.TOO_MANY_QUADS),
        (small(name="x" * 1_000_000), Reason.TOO_LONG_STRING),
        (with_contexts(*[c.CREDENTIALS_V2] * 10_000), Reason.TOO_MANY_CONTEXTS),
        (small(credentialSubject=[{"@context": c.OPEN_BADGES, "id": f"urn:a:{n}", "name": "x"} for n in range(1000)]), Reason.TOO_MANY_CONTEXTS),
    ],
    ids=["depth 1000", "10000 blank nodes", "4500 blank nodes", "1 MB text", "contexts", "inner contexts"],
)  # fmt: skip
def test_item_16_what_would_take_for_ever_is_refused_within_a_second(document, reason):
    start = time.perf_counter()
    found = refused(document)

    assert found.reason == reason
    assert time.perf_counter() - start < 1


def test_item_16_what_is_remembered_of_contexts_is_bounded():
    memory = c.Memory()
    for number in range(3 * c.MOST_REMEMBERED):
        memory.keep((str(number),), number)

    assert 0 < len(memory.active) <= c.MOST_REMEMBERED
    for _ in range(c.MOST_DERIVED + 1):
        memory.count_derived()
    assert memory.active == {}
