"""The canonical form of a document: the one text that is hashed and signed, whoever writes it out."""

from tauliah.credentials.canonical import expand, rdfc
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.strict_json import Json


def canonicalise(document: Json, contexts: Contexts) -> str:
    """The document as canonical N-Quads; raises `Refused` where anything in it would be lost."""
    return rdfc.canonical(expand.quads_of(document, contexts))
