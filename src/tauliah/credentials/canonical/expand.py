"""From a JSON-LD document to RDF quads in one pass, in safe mode.

The JSON-LD 1.1 algorithms expand, flatten and then write quads, and drop what they do not
understand. Here every value either becomes a quad or the document is refused with the place: what
is not signed must not look signed. Contexts come from a fixed map.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tauliah.credentials import iri
from tauliah.credentials.canonical import inline, literals
from tauliah.credentials.canonical.terms import EMPTY, KEYWORDS, ActiveContext, ContextReader, Term
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.refusal import Reason, Refused
from tauliah.credentials.strict_json import DEEPEST, Json

Quad = tuple[str, str, str, str]
"""Subject, predicate, object, graph, each as N-Quads writes it; the default graph is empty."""

Where = tuple[Any, Any] | None
"""A place in a document: the place around it and the last step; None is the document itself."""

TYPE, FIRST, REST, NIL = (f"<{literals.RDF}{name}>" for name in ("type", "first", "rest", "nil"))
MOST_QUADS = 10_000
MOST_CONTEXTS = 300


@dataclass(frozen=True, slots=True)
class Property:
    """What a key of a document means: its predicate, and how its values are read."""

    predicate: str
    term: Term
    datatype: str
    suffix: str

    @property
    def coercion(self) -> str | None:
        """`@id`, `@vocab` or `@json`, if its texts are more than texts."""
        return self.term.type if self.term.type in ("@id", "@vocab", "@json") else None


def quads_of(document: Json, contexts: Contexts) -> list[Quad]:
    """The quads that the document states, each once; raises `Refused` where one would be lost."""
    expansion = _Expansion(contexts)
    try:
        expansion.document(document)
    except Refused as refused:
        if refused.where:
            raise
        raise Refused(refused.reason, path(expansion.where), refused.found) from None
    return list(dict.fromkeys(expansion.quads))


def path(where: Where) -> str:
    """A place as people read it: `credentialSubject.achievement.alignment[1].targetUrl`."""
    steps: list[Any] = []
    while where is not None:
        where, step = where
        steps.append(step)
    text = ""
    for step in reversed(steps):
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


class _Scope(NamedTuple):
    """What applies to the values of an object: its terms, its graph, and where it stands."""

    active: ActiveContext
    graph: str
    where: Where
    depth: int


class _Expansion:
    """One document on its way; `where` is the value being looked at, for the words of a refusal."""

    def __init__(self, contexts: Contexts) -> None:
        self.contexts, self.reader = contexts, ContextReader(contexts)
        self.quads: list[Quad] = []
        self.labels: dict[str, str] = {}
        self.used: set[int] = set()
        self.kept: list[ActiveContext] = []
        self.blank_nodes = self.parts = 0
        self.where: Where = None

    def document(self, document: Json) -> None:
        """States the whole document in the default graph."""
        if not isinstance(document, dict):
            raise Refused(Reason.NOT_AN_OBJECT)
        if "@context" not in document:
            raise Refused(Reason.CONTEXT_MISSING)
        self.node(document, None, _Scope(EMPTY, "", None, 0))
        if not self.quads:
            raise Refused(Reason.NOTHING_SAID)

    # --- Nodes ---------------------------------------------------------------------------------

    def node(self, element: Json, term: Term | None, around: _Scope) -> str:
        """States what an object says of its subject; the subject, as N-Quads writes it."""
        active, graph, self.where, depth = around
        if depth > DEEPEST:
            raise Refused(Reason.TOO_DEEP, found=DEEPEST)
        if active.previous is not None and not _only_identifies(element, active):
            active = active.previous
        if term is not None and term.has_context:
            active = self.derived(active, term)
        if "@context" in element:
            active = self.local(active, element["@context"])
        outer = active
        types = self.types(element, outer)
        for name in sorted(types):
            defined = outer.terms.get(name)
            if defined is not None and defined.has_context:
                active = self.derived(active, defined, scoped_by_type=True)
        subject = self.subject(element, active)
        for name in types:
            self.state(subject, TYPE, self.type_of(name, outer), graph)
        known = {"@context", *outer.names_of("@type"), *active.names_of("@id")}
        for key, value in element.items():
            if key not in known:
                self.property(subject, key, value, _Scope(active, graph, (around.where, key), depth))
        return subject

    def types(self, element: Json, active: ActiveContext) -> list[str]:
        """The types an object says it has, as written."""
        found = [element[key] for key in active.names_of("@type") if key in element]
        if len(found) > 1:
            raise Refused(Reason.UNDEFINED_TYPE, found="@type")
        types = [] if not found else found[0] if isinstance(found[0], list) else found
        for name in types:
            if not isinstance(name, str):
                raise Refused(Reason.UNDEFINED_TYPE, found=name)
        return types

    def type_of(self, name: str, active: ActiveContext) -> str:
        """The IRI of a type; raises `Refused` where no context defines it."""
        expanded = active.expand_vocabulary(name)
        if expanded is None or not iri.is_absolute(expanded):
            raise Refused(Reason.UNDEFINED_TYPE, found=name)
        return f"<{expanded}>"

    def subject(self, element: Json, active: ActiveContext) -> str:
        """The identifier of an object; one without has a blank node."""
        found = [element[key] for key in active.names_of("@id") if key in element]
        if not found:
            return self.blank()
        if len(found) > 1 or not isinstance(found[0], str):
            raise Refused(Reason.INVALID_ID, found=found[0] if len(found) == 1 else len(found))
        return self.identifier(found[0], active)

    def identifier(self, text: str, active: ActiveContext) -> str:
        """An identifier as N-Quads writes it; raises `Refused` for a relative or malformed one."""
        expanded = active.expand_identifier(text)
        if expanded.startswith("_:"):
            return self.labels.get(expanded) or self.labels.setdefault(expanded, self.blank())
        if not iri.is_absolute(expanded):
            scheme, colon, _ = expanded.partition(":")
            has_scheme = colon and iri.is_absolute(f"{scheme}:")
            raise Refused(Reason.INVALID_IRI if has_scheme else Reason.RELATIVE_IRI, found=text)
        return f"<{expanded}>"

    # --- Properties ----------------------------------------------------------------------------

    def property(self, subject: str, key: str, value: Any, scope: _Scope) -> None:
        """States every value of one key."""
        self.where = scope.where
        prop = self.meaning(key, scope.active)
        container = prop.term.container
        if prop.coercion == "@json":
            if value is None:
                raise Refused(Reason.INVALID_VALUE, found="null")
            self.state(subject, prop.predicate, literals.json(value), scope.graph)
        elif "@list" in container:
            self.state(subject, prop.predicate, self.list(value, prop, scope), scope.graph)
        elif "@language" in container and isinstance(value, dict):
            for token in _languages(value):
                self.state(subject, prop.predicate, token, scope.graph)
        else:
            inside = self.graph if "@graph" in container else self.object
            for item, place in _items(value, scope):
                stated = inside(item, prop, place)
                if stated is not None:
                    self.state(subject, prop.predicate, stated, scope.graph)

    def meaning(self, key: str, active: ActiveContext) -> Property:
        """What a key means here; raises `Refused` where no context says."""
        known: Property | None = active.keys.get(key)
        if known is not None:
            return known
        term = active.terms.get(key, Term(None))
        expanded = active.expand_vocabulary(key)
        if expanded is None or key.startswith("@") or expanded in KEYWORDS:
            feature = key.startswith("@") or expanded is not None
            raise Refused(Reason.CONTEXT_FEATURE if feature else Reason.UNDEFINED_TERM, found=key)
        if term.unsupported:
            raise Refused(Reason.CONTEXT_FEATURE, found=f"{key}: {term.unsupported}")
        if not iri.is_absolute(expanded):
            raise Refused(Reason.INVALID_IRI, found=key)
        meant = Property(f"<{expanded}>", term, _datatype(term), _language(term, active))
        if key in active.terms:
            active.keys[key] = meant
        return meant

    def graph(self, item: Any, prop: Property, scope: _Scope) -> str | None:
        """A graph of its own for what an object says, such as a proof."""
        if item is None:
            return None
        active, _, self.where, depth = scope
        if not isinstance(item, dict) or any(name in item for name in active.names_of("@value")):
            raise Refused(Reason.INVALID_VALUE, found=type(item).__name__)
        name = self.blank()
        before = len(self.quads)
        self.node(item, prop.term, _Scope(active, name, scope.where, depth + 1))
        if len(self.quads) == before:
            raise Refused(Reason.NOTHING_SAID, path(scope.where))
        return name

    def object(self, item: Any, prop: Property, scope: _Scope) -> str | None:
        """One value as N-Quads writes it; None for null."""
        active, graph, self.where, depth = scope
        if isinstance(item, dict):
            if any(name in item for name in active.names_of("@value")):
                return self.value_object(item, prop, active)
            return self.node(item, prop.term, _Scope(active, graph, scope.where, depth + 1))
        if item is None:
            return None
        if not isinstance(item, str | int | float):
            raise Refused(Reason.INVALID_VALUE, found=type(item).__name__)
        if isinstance(item, str) and prop.coercion is not None:
            if prop.term.has_context:
                active = self.derived(active, prop.term)
            if prop.coercion == "@vocab" and (expanded := active.expand_vocabulary(item)) is not None:
                item = expanded
            return self.identifier(item, active)
        if prop.term.has_context:
            raise Refused(Reason.INVALID_VALUE, found=item)
        return literals.scalar(item, prop.datatype, prop.suffix)

    def value_object(self, item: Json, prop: Property, active: ActiveContext) -> str | None:
        """A text with its language and direction, or a value with its type."""
        if prop.term.has_context:
            active = self.derived(active, prop.term)
        found: Json = {}
        for key, value in item.items():
            keyword = active.expand_vocabulary(key)
            if keyword not in ("@value", "@type", "@language", "@direction") or keyword in found:
                raise Refused(Reason.INVALID_VALUE, found=key)
            found[keyword] = value
        value, kind = found.get("@value"), found.get("@type")
        language, direction = found.get("@language"), found.get("@direction")
        if direction not in ("ltr", "rtl") and "@direction" in found:
            raise Refused(Reason.INVALID_VALUE, found=direction)
        if "@type" in found:
            return self.typed(value, kind, active, plain=language is None and direction is None)
        if language is None and direction is None:
            if not isinstance(value, str | int | float):
                raise Refused(Reason.INVALID_VALUE, found=type(value).__name__)
            return literals.scalar(value)
        if not isinstance(value, str) or not isinstance(language, str | None):
            raise Refused(Reason.INVALID_VALUE, found=language)
        return literals.text(value, literals.language_suffix(language, direction))

    def typed(self, value: Any, kind: Any, active: ActiveContext, *, plain: bool) -> str:
        """A value with a type of its own."""
        expanded = active.expand_vocabulary(kind) if isinstance(kind, str) else None
        if not plain or expanded is None:
            raise Refused(Reason.INVALID_VALUE, found=kind)
        if expanded == "@json":
            return literals.json(value)
        if not iri.is_absolute(expanded) or not isinstance(value, str | int | float):
            raise Refused(Reason.INVALID_VALUE, found=kind)
        return literals.scalar(value, _suffix(expanded))

    def list(self, value: Any, prop: Property, scope: _Scope) -> str:
        """An ordered list, as a chain of blank nodes; its first one."""
        tokens = [self.object(item, prop, place) for item, place in _items(value, scope)]
        rest = NIL
        for token in reversed([token for token in tokens if token is not None]):
            cell = self.blank()
            self.state(cell, FIRST, token, scope.graph)
            self.state(cell, REST, rest, scope.graph)
            rest = cell
        return rest

    # --- Contexts and quads --------------------------------------------------------------------

    def local(self, active: ActiveContext, local: Any) -> ActiveContext:
        """The active context after the `@context` of the document or of an object inside it."""
        parts = tuple(local) if isinstance(local, list) else (local,)
        self.parts += len(parts)
        if not parts:
            raise Refused(Reason.CONTEXT_MISSING)
        if self.parts > MOST_CONTEXTS:
            raise Refused(Reason.TOO_MANY_CONTEXTS, found=MOST_CONTEXTS)
        alone = active.is_empty and all(isinstance(part, str) for part in parts)
        if alone and (known := self.contexts.memory.active.get(parts)) is not None:
            return self.use(known)
        result = inline.apply(self.reader, active, parts)
        if alone:
            self.contexts.memory.keep(parts, result)
        return self.use(result)

    def derived(self, active: ActiveContext, term: Term, *, scoped_by_type: bool = False) -> ActiveContext:
        """The active context inside a term that has one of its own."""
        result = self.reader.derive(active, term.context, scoped_by_type=scoped_by_type)
        return self.use(result)

    def use(self, active: ActiveContext) -> ActiveContext:
        """Counts the different contexts of a document; each costs time and memory."""
        if id(active) not in self.used:
            self.used.add(id(active))
            self.kept.append(active)
            if len(self.used) > MOST_CONTEXTS:
                raise Refused(Reason.TOO_MANY_CONTEXTS, found=MOST_CONTEXTS)
        return active

    def blank(self) -> str:
        """A new blank node."""
        self.blank_nodes += 1
        return f"_:b{self.blank_nodes}"

    def state(self, subject: str, predicate: str, value: str, graph: str) -> None:
        """One more quad."""
        self.quads.append((subject, predicate, value, graph))
        if len(self.quads) > MOST_QUADS:
            raise Refused(Reason.TOO_MANY_QUADS, found=MOST_QUADS)


def _only_identifies(element: Json, active: ActiveContext) -> bool:
    return len(element) == 1 and next(iter(element)) in active.names_of("@id")


def _items(value: Any, scope: _Scope) -> Iterator[tuple[Any, _Scope]]:
    if isinstance(value, list):
        active, graph, where, depth = scope
        for number, item in enumerate(value):
            yield item, _Scope(active, graph, (where, number), depth)
    else:
        yield value, scope


def _languages(values: Json) -> Iterator[str]:
    for language, value in values.items():
        suffix = "" if language == "@none" else literals.language_suffix(language)
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, str):
                raise Refused(Reason.INVALID_VALUE, found=item)
            yield literals.text(item, suffix)


def _datatype(term: Term) -> str:
    return _suffix(term.type) if term.type is not None and not term.type.startswith("@") else ""


def _language(term: Term, active: ActiveContext) -> str:
    return literals.language_suffix(term.language if term.has_language else active.language)


def _suffix(datatype: str) -> str:
    """A text of type xsd:string is written without its type."""
    return "" if datatype == f"{literals.XSD}string" else f"^^<{datatype}>"
