"""What a published context may say: read as PyLD reads it, or refused by the name of the feature."""

import hashlib
import json

import pytest
from tests.tauliah.credentials import oracles

from tauliah.credentials import canonical
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.refusal import Reason, Refused

URL, OTHER = "https://a.example/v1", "https://a.example/other"
EX = "https://a.example/#"


def contexts(context, other=None):
    files = {
        URL: json.dumps({"@context": context}).encode(),
        OTHER: json.dumps({"@context": other or {}}).encode(),
    }
    return Contexts.of(files, {url: hashlib.sha256(data).hexdigest() for url, data in files.items()})


def document(**fields):
    return {"@context": URL, "@id": "urn:a:b", **fields}


def refused(context, **fields):
    with pytest.raises(Refused) as caught:
        canonical.canonicalise(document(**fields), contexts(context))
    return caught.value


@pytest.mark.parametrize(
    ("context", "fields"),
    [
        ({"ex": EX, "kata": "ex:kata"}, {"kata": "x"}),
        ({"ex": EX}, {"ex:kata": {"@id": "ex:lain"}, "@type": "ex:Jenis"}),
        ({"ex:kata": {"@type": "@id"}, "ex": EX}, {"ex:kata": "urn:c:d"}),
        ({"ex": EX, "ex:kata": {"@type": "@id"}}, {"ex:kata": "urn:c:d"}),
        ({"kata": "lain", "lain": f"{EX}lain"}, {"kata": "x", "lain": "y"}),
        ({"@vocab": EX, "k": {"@context": {"nilai": "@value"}}}, {"k": {"@value": "x"}}),
        ({"@vocab": EX, "k": {"@container": "@graph"}}, {"k": None, "l": "x"}),
        ({"ex": {"@id": EX, "@prefix": True}}, {"ex:kata": "x"}),
        ({"ex": {"@id": EX}}, {"ex:kata": "x"}),
        ({"@vocab": EX, "kata": {}}, {"kata": "x", "lain": "y"}),
        ({"@vocab": EX, "jenis": "@type", "pengenal": "@id"}, {"lain": {"pengenal": "urn:c:d", "jenis": "Jenis"}}),
        ({"@language": "MS", "@vocab": EX, "kod": {"@language": None}}, {"kata": "x", "kod": "y", "n": 7}),
        ({"@vocab": EX, "kata": {"@language": "EN-my"}}, {"kata": ["x", "y"]}),
        ({"@vocab": EX, "kata": {"@container": "@language"}}, {"kata": {"ms": "x", "EN": ["y", "z"]}}),
        ({"@vocab": EX, "kata": {"@container": ["@language", "@set"]}}, {"kata": {"ms": ["x"], "@none": "y"}}),
        ({"@vocab": EX, "k": {"@type": "@vocab"}, "Lulus": f"{EX}lulus"}, {"k": ["Lulus", "Gagal", "urn:c:d"]}),
        ({"@vocab": EX, "k": {"@type": "@none"}}, {"k": ["x", 7]}),
        ({"@vocab": EX, "k": {"@type": "http://www.w3.org/2001/XMLSchema#string"}}, {"k": "x"}),
        ({"@vocab": EX, "k": {"@type": "http://www.w3.org/2001/XMLSchema#double"}}, {"k": [1, 2.5, "3.0E0"]}),
        ({"@vocab": EX, "k": {"@type": "@json"}}, {"k": [{"b": 1, "a": [True, None]}]}),
        ({"@vocab": EX, "k": {"@container": "@list"}}, {"k": ["x", None, {"l": 1}, 7]}),
        ({"@vocab": EX, "k": {"@container": "@list", "@type": "@id"}}, {"k": []}),
        ({"@vocab": EX, "k": {"@container": "@graph"}}, {"k": [{"l": "x"}, {"l": {"@id": "urn:c:d"}}]}),
        ({"@vocab": EX, "k": {"@context": {"l": f"{EX}dalam"}}}, {"k": {"l": "x", "m": {"l": "y"}}, "l": "z"}),
        ({"@vocab": EX, "k": {"@context": None}}, {"k": {"urn:c:d": "x"}}),
        ({"@vocab": EX, "J": {"@context": {"l": f"{EX}dalam"}}}, {"k": {"@type": "J", "l": "x", "m": {"l": "y"}}}),
        ({"@vocab": EX, "J": {"@context": [OTHER]}}, {"@type": ["J", "K"], "l": "x", "m": {"@id": "urn:c:d"}}),
        ({"@vocab": EX, "k": {"@type": "@id"}}, {"k": ["_:satu", {"@id": "_:satu", "l": "x"}, "_:dua"]}),
        ([OTHER, {"k": f"{EX}k"}], {"k": "x", "l": "y"}),
        ({"http://b.example/x": {"@type": "@id"}}, {"http://b.example/x": "urn:c:d"}),
        ({"@protected": True, "k": f"{EX}k", "l": {"@id": f"{EX}l", "@protected": False}}, {"k": 1, "l": 2}),
    ],
)  # fmt: skip
def test_what_a_context_says_is_read_as_pyld_reads_it(context, fields):
    known = contexts(context, {"l": f"{EX}lain"})

    assert canonical.canonicalise(document(**fields), known) == oracles.by_pyld(document(**fields), known)


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ({"@import": OTHER}, Reason.CONTEXT_FEATURE),
        ({"@propagate": False}, Reason.CONTEXT_FEATURE),
        ({"@base": EX}, Reason.CONTEXT_FEATURE),
        ({"@version": 1.0}, Reason.CONTEXT_FEATURE),
        ({"@direction": "rtl"}, Reason.CONTEXT_FEATURE),
        ({"@vocab": "tiada"}, Reason.CONTEXT_FEATURE),
        ({"@type": {"@container": "@set"}}, Reason.CONTEXT_FEATURE),
        ({"": f"{EX}x"}, Reason.CONTEXT_FEATURE),
        ({"k": {"@id": 7}}, Reason.CONTEXT_FEATURE),
        ({"k": {"@id": f"{EX}k", "@type": "@container"}}, Reason.CONTEXT_FEATURE),
        ({"k": {}}, Reason.CONTEXT_FEATURE),
        ({"k": "l"}, Reason.INVALID_IRI),
        ([7], Reason.CONTEXT_UNKNOWN),
        (["https://unknown.example/v1"], Reason.CONTEXT_UNKNOWN),
        (URL, Reason.TOO_MANY_CONTEXTS),
        ([{"@protected": True, "k": f"{EX}k"}, None], Reason.PROTECTED_TERM),
        ([{"@protected": True, "k": f"{EX}k"}, {"k": f"{EX}l"}], Reason.PROTECTED_TERM),
    ],
)
def test_what_published_contexts_never_say_is_refused(context, reason):
    assert refused(context, **{"urn:c:d": "x"}).reason == reason


@pytest.mark.parametrize("feature", ["@reverse", "@nest", "@index"])
def test_a_term_with_an_unsupported_feature_is_refused_where_it_is_used(feature):
    context = {"@vocab": EX, "k": {"@id": f"{EX}k", feature: f"{EX}k"}}
    if feature == "@reverse":
        del context["k"]["@id"]

    assert canonical.canonicalise(document(l="x"), contexts(context))
    assert refused(context, k="x").reason in (Reason.CONTEXT_FEATURE, Reason.UNDEFINED_TERM)


@pytest.mark.parametrize(
    ("term", "value", "reason"),
    [
        ({"@container": "@index"}, {"a": "x"}, Reason.CONTEXT_FEATURE),
        ({"@container": "@language"}, {"ms": 7}, Reason.INVALID_VALUE),
        ({"@container": "@language"}, {"m s": "x"}, Reason.INVALID_LANGUAGE),
        ({"@container": "@list"}, [["x"]], Reason.INVALID_VALUE),
        ({"@container": "@graph"}, {"@value": "x"}, Reason.INVALID_VALUE),
        ({"@type": "@json"}, None, Reason.INVALID_VALUE),
        ({"@type": "@id"}, "tiada", Reason.RELATIVE_IRI),
        ({}, {"@value": ["x"]}, Reason.INVALID_VALUE),
        ({}, {"@value": {"l": "x"}, "@type": "urn:t:u"}, Reason.INVALID_VALUE),
        ({"@type": "http://www.w3.org/2001/XMLSchema#double"}, "3", Reason.NUMBER_OUT_OF_RANGE),
        ({"@type": "http://www.w3.org/2001/XMLSchema#double"}, "tiga", Reason.NUMBER_OUT_OF_RANGE),
        ({"@context": {}}, "x", Reason.INVALID_VALUE),
    ],
)
def test_a_value_that_does_not_fit_its_term_is_refused(term, value, reason):
    assert refused({"@vocab": EX, "k": {"@id": f"{EX}k", **term}}, k=value).reason == reason


def test_a_term_that_stands_for_nothing_is_refused():
    for nothing in (None, {"@id": None}):
        assert refused({"@vocab": EX, "k": nothing}, k="x").reason == Reason.UNDEFINED_TERM


def test_a_key_whose_iri_is_malformed_is_refused():
    assert refused({"@vocab": EX}, **{"a b": "x"}).reason == Reason.INVALID_IRI


def test_too_many_contexts_of_terms_are_refused():
    context = {"@vocab": EX} | {
        f"J{n}": {"@id": f"{EX}J{n}", "@context": {"l": f"{EX}{n}"}} for n in range(400)
    }
    fields = {"k": [{"@type": f"J{n}", "l": "x"} for n in range(400)]}

    assert refused(context, **fields).reason == Reason.TOO_MANY_CONTEXTS
