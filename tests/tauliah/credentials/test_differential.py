"""Our way to quads beside PyLD and pyoxigraph, on statements that are changed at random.

Both have defects of their own, so documents are drawn from where they are right: PyLD keeps relative
identifiers and undefined types, and pyoxigraph names graphs wrongly and lower-cases no language.
"""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials import oracles
from tests.tauliah.credentials.samples import STATEMENT
from tests.tauliah.credentials.test_canonical import endorsed

from tauliah.credentials import canonical
from tauliah.credentials.refusal import Reason, Refused
from tauliah.files.contexts import published

CONTEXTS = published()
REFUSALS = {Reason.UNDEFINED_TERM, Reason.UNDEFINED_TYPE, Reason.RELATIVE_IRI, Reason.INVALID_ID}
IDENTIFIERS = {"id", "image", "source", "creator", "holder", "statusListCredential", "verificationMethod"}

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
scalars = texts | st.sampled_from([0, 7, -3, 2.5, 0.125, 1e21, True, False, None, '"\\', "a\nb"])
additions = st.sampled_from(
    [
        ("name", "x"),
        ("narrative", ["x", "y"]),
        ("url", "https://ukb.example/x"),
        ("image", {"id": "https://ukb.example/x.png", "type": "Image", "caption": "Lencana"}),
        ("description", {"@value": "x", "@language": "en"}),
        ("endorsement", [{"id": "urn:a:b", "name": "x"}]),
        ("inLanguage", None),
        ("evidence", []),
        ("tiada", "x"),
        ("tiada", {"id": "urn:a:b", "name": "x"}),
        ("type", ["Tiada"]),
        ("type", "Achievement"),
        ("id", "urn:uuid:baharu"),
        ("urn:sendiri:medan", 7),
    ]
)


def objects(value):
    """Every object and list of a document, but not its contexts."""
    yield value
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inner:
        if key != "@context" and isinstance(part, dict | list):
            yield from objects(part)


def change(document, draw):
    """One change: a value, a field more or less, an item twice or elsewhere."""
    found = draw(st.sampled_from(list(objects(document))))
    if isinstance(found, list):
        if found and not isinstance(found[0], str):
            item = draw(st.sampled_from(found))
            draw(st.sampled_from([found.remove, found.append, lambda i: found.insert(0, deepcopy(i))]))(item)
        return
    plain = [k for k, v in found.items() if isinstance(v, str | int | float) and k not in IDENTIFIERS]
    plain = [key for key in plain if key != "type" and not key.startswith(("@", "proof"))]
    if plain and draw(st.booleans()):
        found[draw(st.sampled_from(plain))] = draw(scalars)
    elif draw(st.booleans()) and "@value" not in found:
        key, value = draw(additions)
        found[key] = deepcopy(value)
    elif len(found) > 2 and "@value" not in found:
        del found[draw(st.sampled_from(sorted(found.keys() - {"@context", "id"})))]


@st.composite
def changed(draw, document):
    document = deepcopy(document)
    for _ in range(draw(st.integers(1, 4))):
        change(document, draw)
    return document


def written(document):
    try:
        return canonical.canonicalise(document, CONTEXTS)
    except Refused as refused:
        if refused.reason in REFUSALS:
            return None
        raise


@given(changed(STATEMENT))
def test_item_17_pyoxigraph_and_pyld_agree_on_statements(document):
    """An undefined field that is null or empty leaves no trace with them; we refuse it."""
    ours = written(document)
    if ours is not None:
        assert ours == oracles.by_pyoxigraph(document, CONTEXTS)
        assert ours == oracles.by_pyld(document, CONTEXTS)


@given(changed(endorsed()))
def test_item_17_pyld_agrees_on_statements_with_endorsements(document):
    ours = written(document)
    if ours is not None:
        assert ours == oracles.by_pyld(document, CONTEXTS)
