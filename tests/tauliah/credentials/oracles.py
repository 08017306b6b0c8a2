"""Two independent ways to the canonical form: PyLD, and pyoxigraph with a sentinel vocabulary and base."""

import json
from copy import deepcopy
from typing import Any

import pyoxigraph
from pyld import jsonld
from tests.tauliah.credentials import nquads

from tauliah.credentials.canonical import rdfc
from tauliah.credentials.contexts import Contexts

UNDEFINED = "urn:undefined-term#"
RELATIVE = "urn:relative-iri:/"


def by_pyld(document: dict[str, Any], contexts: Contexts) -> str:
    """Expanded and turned into quads by PyLD; labelled by our RDFC, since PyLD's escapes are not RDFC-1.0's."""

    def load(url: str, options: Any) -> dict[str, Any]:
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": deepcopy(contexts.documents[url])},
        }

    options = {
        "base": "",
        "documentLoader": load,
        "rdfDirection": "i18n-datatype",
        "format": "application/n-quads",
    }
    return rdfc.canonical(nquads.parse(jsonld.to_rdf(document, options)))


def by_pyoxigraph(document: dict[str, Any], contexts: Contexts) -> str | None:
    """Parsed and labelled by pyoxigraph; None where something would have been dropped."""
    document = deepcopy(document)
    parts = document["@context"] if isinstance(document["@context"], list) else [document["@context"]]
    inlined = [contexts.documents[part] if isinstance(part, str) else part for part in parts]
    document["@context"] = [{"@vocab": UNDEFINED}, *inlined]
    dataset = pyoxigraph.Dataset(
        pyoxigraph.parse(
            json.dumps(document).encode(), format=pyoxigraph.RdfFormat.JSON_LD, base_iri=RELATIVE
        )
    )
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    text = "".join(sorted(f"{quad} .\n" for quad in map(str, dataset)))
    return None if UNDEFINED in text or RELATIVE in text else text
