"""RDFC-1.0 against the W3C's tests and another implementation, and against what is made to take for ever."""

import hashlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials import nquads
from tests.tauliah.credentials.outside import folder_of

from tauliah.credentials.canonical import rdfc
from tauliah.credentials.refusal import Reason, Refused

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
COMPUTED = json.loads((VECTORS / "rdfc10-by-rdf-canonize.json").read_text(encoding="utf-8"))
W3C = folder_of("rdf-canon")
MANIFEST = W3C / "manifest.jsonld"
ENTRIES = json.loads(MANIFEST.read_text(encoding="utf-8"))["entries"] if MANIFEST.exists() else []


def w3c(kind):
    entries = [entry for entry in ENTRIES if entry["type"] == f"rdfc:{kind}"]
    absent = pytest.param(
        None, marks=pytest.mark.skip(reason="put the W3C's tests there: tests/vectors/README.md")
    )
    return pytest.mark.parametrize("entry", entries or [absent], ids=lambda e: e["id"] if e else "absent")


def dataset(entry):
    return nquads.parse((W3C / entry["action"]).read_text(encoding="utf-8"))


@w3c("RDFC10EvalTest")
def test_the_canonical_form_is_the_w3c_s(entry):
    digest = hashlib.sha384 if entry.get("hashAlgorithm") == "SHA384" else hashlib.sha256

    assert rdfc.canonical(dataset(entry), digest) == (W3C / entry["result"]).read_text(encoding="utf-8")


@w3c("RDFC10MapTest")
def test_the_labels_are_the_w3c_s(entry):
    digest = hashlib.sha384 if entry.get("hashAlgorithm") == "SHA384" else hashlib.sha256
    labels = {node[2:]: label[2:] for node, label in rdfc.labels_of(dataset(entry), digest).items()}

    assert labels == json.loads((W3C / entry["result"]).read_text(encoding="utf-8"))


@w3c("RDFC10NegativeEvalTest")
def test_item_16_the_w3c_s_poison_is_refused_within_a_second(entry):
    assert_refused_at_once(dataset(entry), Reason.TOO_AMBIGUOUS)


@pytest.mark.parametrize("vector", COMPUTED, ids=lambda vector: vector["name"])
def test_item_17_another_implementation_gives_the_same_form(vector):
    quads = nquads.parse("\n".join(vector["quads"]))

    assert rdfc.canonical(quads) == "\n".join([*vector["canonical"], ""])


def assert_refused_at_once(quads, reason):
    start = time.perf_counter()
    with pytest.raises(Refused) as caught:
        rdfc.canonical(quads)

    assert caught.value.reason == reason
    assert time.perf_counter() - start < 1


def clique(size):
    return [(f"_:n{i}", "<urn:p>", f"_:n{j}", "") for i in range(size) for j in range(size) if i != j]


def ring(size):
    return [(f"_:n{i}", "<urn:p>", f"_:n{(i + 1) % size}", "") for i in range(size)]


@pytest.mark.parametrize(
    ("quads", "reason"),
    [
        (clique(12), Reason.TOO_AMBIGUOUS),
        (clique(20), Reason.TOO_AMBIGUOUS),
        (clique(60), Reason.TOO_AMBIGUOUS),
        (ring(2000), Reason.TOO_AMBIGUOUS),
        ([(f"_:n{i}", "<urn:p>", f'"{i}"', "") for i in range(10_000)], Reason.TOO_MANY_BLANK_NODES),
        ([(f"_:{k}", "<urn:p>", f"_:{k}{i}", "") for k in "ab" for i in range(1500)], Reason.TOO_AMBIGUOUS),
    ],
    ids=["clique 12", "clique 20", "clique 60", "ring 2000", "10000 blank nodes", "two stars"],
)
def test_item_16_datasets_made_to_take_for_ever_are_refused_within_a_second(quads, reason):
    assert_refused_at_once(quads, reason)


def test_many_statements_about_two_nodes_alike_take_no_time():
    quads = [(f"_:x{k}", f"<urn:p{i}>", '"v"', f"_:g{k}") for k in "ab" for i in range(2000)]
    start = time.perf_counter()

    assert rdfc.canonical(quads).count("\n") == 4000
    assert time.perf_counter() - start < 1


nodes = st.sampled_from([f"_:e{i}" for i in range(5)])
quads = st.lists(
    st.tuples(
        nodes | st.just("<urn:s>"),
        st.sampled_from(["<urn:p>", "<urn:q>"]),
        nodes | st.sampled_from(['"x"', "<urn:o>"]),
        nodes | st.just("") | st.just("<urn:g>"),
    ),
    min_size=1,
    max_size=8,
)


@given(quads, st.permutations(range(5)), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(dataset, order, random):
    renamed = {f"_:e{i}": f"_:other{number}" for i, number in enumerate(order)}
    other = [tuple(renamed.get(term, term) for term in quad) for quad in dataset]
    random.shuffle(other)

    assert rdfc.canonical(other) == rdfc.canonical(dataset)


@given(quads)
def test_the_canonical_form_of_a_canonical_form_is_itself(dataset):
    text = rdfc.canonical(dataset)

    assert rdfc.canonical(nquads.parse(text)) == text
