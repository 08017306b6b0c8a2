"""Contexts written into a document: they may name published ones, and add plain new terms.

Whoever makes a document could otherwise rename its fields: let “grade” mean nothing, or let a word
of its own mean “proof”. So a term must be new, its IRI must be new, and nothing else is allowed.
"""

from typing import Any

from tauliah.credentials.canonical.terms import ActiveContext, ContextReader
from tauliah.credentials.refusal import Reason, Refused

ALLOWED_KEYWORDS = frozenset({"@protected", "@version"})
ALLOWED_IN_TERM = frozenset({"@id", "@type", "@container", "@protected"})

MOST_TERMS = 200


def apply(reader: ContextReader, active: ActiveContext, parts: tuple[Any, ...]) -> ActiveContext:
    """The active context after the parts of a document's `@context`; raises `Refused`."""
    for part in parts:
        if isinstance(part, str):
            active = reader.apply(active, part)
        elif isinstance(part, dict):
            active = _added(reader, active, _unwrapped(part))
        else:
            raise Refused(Reason.CONTEXT_UNKNOWN, found=part)
    return active


def _unwrapped(part: dict[str, Any]) -> dict[str, Any]:
    """The context inside `{"@context": {…}}`, as a file has it; other software reads it so too."""
    inner = part.get("@context")
    return inner if len(part) == 1 and isinstance(inner, dict) else part


def _added(reader: ContextReader, active: ActiveContext, part: dict[str, Any]) -> ActiveContext:
    if len(part) > MOST_TERMS:
        raise Refused(Reason.TOO_MANY_CONTEXTS, found=MOST_TERMS)
    known = _meanings(active)
    for name, value in part.items():
        if name in ALLOWED_KEYWORDS:
            continue
        if name.startswith("@"):
            raise Refused(Reason.CONTEXT_INLINE, found=name)
        if name in active.terms:
            protected = active.terms[name].protected
            raise Refused(Reason.PROTECTED_TERM if protected else Reason.CONTEXT_INLINE, found=name)
        if not isinstance(value, str) and not (isinstance(value, dict) and value.keys() <= ALLOWED_IN_TERM):
            raise Refused(Reason.CONTEXT_INLINE, found=name)
    result = reader.apply(active, part)
    for name in part.keys() - ALLOWED_KEYWORDS:
        meaning = result.terms[name].iri
        if meaning is None or meaning.startswith("@") or meaning in known:
            raise Refused(Reason.CONTEXT_INLINE, found=name)
    return result


def _meanings(active: ActiveContext) -> frozenset[str]:
    """Every IRI that a term in force stands for, also inside the contexts of terms."""
    found: set[str] = {term.iri for term in active.terms.values() if term.iri is not None}
    open_: list[Any] = [term.context for term in active.terms.values()]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            open_ += value.values()
        elif isinstance(value, list):
            open_ += value
        elif isinstance(value, str):
            found.add(value)
    return frozenset(found)
