"""What a JSON-LD context means: terms, worked out as the JSON-LD 1.1 context algorithm does.

Only what published credential contexts use is supported; the rest is refused by name. Nothing is
resolved against a base, so a relative IRI stays relative and is refused where it is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tauliah.credentials import iri
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.refusal import Reason, Refused

KEYWORDS = frozenset(
    f"@{word}"
    for word in (
        *("base", "container", "context", "direction", "graph", "id", "import", "included", "index", "json"),
        *("language", "list", "nest", "none", "prefix", "propagate", "protected", "reverse", "set", "type"),
        *("value", "version", "vocab"),
    )
)
CONTAINERS = frozenset({"@set", "@list", "@graph", "@language"})
UNSUPPORTED = ("@import", "@propagate", "@base")
GENERIC_DELIMITERS = ":/?#[]@"
DEEPEST_CONTEXT = 8
DEEPEST_DEFINITION = 8


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a context. `type` coerces its values; `context` applies inside them."""

    iri: str | None
    type: str | None = None
    container: frozenset[str] = frozenset()
    language: str | None = None
    has_language: bool = False
    context: Any = None
    has_context: bool = False
    prefix: bool = False
    unsupported: str = ""
    protected: bool = field(default=False, compare=False)


@dataclass(eq=False, slots=True)
class ActiveContext:
    """The terms in force at a place of a document, and the context to go back to inside it."""

    terms: dict[str, Term]
    vocab: str | None = None
    language: str | None = None
    previous: "ActiveContext | None" = None
    derived: dict[tuple[int, bool], tuple[Any, "ActiveContext"]] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is defined yet, so that what comes next depends on nothing else."""
        return not self.terms and self.vocab is None and self.language is None and self.previous is None

    def names_of(self, keyword: str) -> tuple[str, ...]:
        """The keyword and every term that stands for it."""
        names = self.aliases.get(keyword)
        if names is None:
            names = (keyword, *(name for name, term in self.terms.items() if term.iri == keyword))
            self.aliases[keyword] = names
        return names

    def expand_vocabulary(self, text: str) -> str | None:
        """The IRI or keyword that a key or type stands for; None where it stands for nothing."""
        if text in KEYWORDS:
            return text
        if (term := self.terms.get(text)) is not None:
            return term.iri
        return self.expand_absolute(text) or (None if self.vocab is None else self.vocab + text)

    def expand_identifier(self, text: str) -> str:
        """The IRI that an identifier stands for; a relative one is returned as it is."""
        return self.expand_absolute(text) or text

    def expand_absolute(self, text: str) -> str | None:
        """The IRI of a text with a scheme or a prefix; None for any other text."""
        prefix, colon, rest = text.partition(":")
        if not prefix or not colon:
            return None
        if prefix != "_" and not rest.startswith("//"):
            term = self.terms.get(prefix)
            if term is not None and term.prefix and term.iri is not None:
                return term.iri + rest
        return text if prefix == "_" or iri.is_absolute(text) else None


EMPTY = ActiveContext({})


@dataclass(slots=True)
class ContextReader:
    """Applies contexts to active contexts, out of a fixed map."""

    contexts: Contexts

    def derive(self, active: ActiveContext, local: Any, *, scoped_by_type: bool = False) -> ActiveContext:
        """The context scoped to a term, applied; remembered, since a term's context never changes."""
        key = (id(local), scoped_by_type)
        if (known := active.derived.get(key)) is not None:
            return known[1]
        result = self.apply(active, local, override=not scoped_by_type, propagate=not scoped_by_type)
        active.derived[key] = (local, result)
        self.contexts.memory.count_derived()
        return result

    def apply(
        self,
        active: ActiveContext,
        local: Any,
        *,
        override: bool = False,
        propagate: bool = True,
        depth: int = 0,
    ) -> ActiveContext:
        """The active context after a context of the published files; raises `Refused`."""
        if depth > DEEPEST_CONTEXT:
            raise Refused(Reason.TOO_MANY_CONTEXTS, found=DEEPEST_CONTEXT)
        result = _copy(active, previous=active.previous if propagate else active.previous or active)
        for part in local if isinstance(local, list) else [local]:
            if part is None:
                if not override and any(term.protected for term in result.terms.values()):
                    raise Refused(Reason.PROTECTED_TERM, found="null")
                result = ActiveContext({}, previous=result.previous)
            elif isinstance(part, str):
                inner = self.contexts.document(part)
                result = self.apply(result, inner, override=override, depth=depth + 1)
            elif isinstance(part, dict):
                _Definitions(result, part, override).all()
            else:
                raise Refused(Reason.CONTEXT_UNKNOWN, found=part)
        return result


def _copy(active: ActiveContext, previous: ActiveContext | None) -> ActiveContext:
    return ActiveContext(dict(active.terms), active.vocab, active.language, previous)


class _Definitions:
    """Defines the terms of one context in an active context that is being built."""

    def __init__(self, active: ActiveContext, local: Mapping[str, Any], override: bool) -> None:
        self.active, self.local, self.override = active, local, override
        self.open: dict[str, bool] = {}
        self.depth = 0

    def all(self) -> None:
        for feature in UNSUPPORTED:
            if feature in self.local:
                raise Refused(Reason.CONTEXT_FEATURE, found=feature)
        self._defaults()
        for name in self.local:
            if name not in KEYWORDS or name == "@type":
                self.define(name)

    def _defaults(self) -> None:
        if self.local.get("@version", 1.1) != 1.1:
            raise Refused(Reason.CONTEXT_FEATURE, found="@version")
        if self.local.get("@direction") is not None:
            raise Refused(Reason.CONTEXT_FEATURE, found="@direction")
        if "@vocab" in self.local:
            vocab = self.local["@vocab"]
            if vocab is not None and not (isinstance(vocab, str) and iri.is_absolute(vocab)):
                raise Refused(Reason.CONTEXT_FEATURE, found="@vocab")
            self.active.vocab = vocab
        if "@language" in self.local:
            language = self.local["@language"]
            self.active.language = language.lower() if isinstance(language, str) else None

    def define(self, name: str) -> None:
        """The term's definition is in force; raises `Refused` for a cycle or a protected term."""
        if name in self.open:
            if not self.open[name]:
                raise Refused(Reason.CONTEXT_FEATURE, found=f"cyclic {name}")
            return
        if name.startswith("@") or not name:
            raise Refused(Reason.CONTEXT_FEATURE, found=name)
        if self.depth > DEEPEST_DEFINITION:
            raise Refused(Reason.TOO_MANY_CONTEXTS, found=DEEPEST_DEFINITION)
        self.open[name] = False
        self.depth += 1
        before = self.active.terms.pop(name, None)
        value = self.local[name]
        term = self._term(name, value if isinstance(value, dict) else {"@id": value}, isinstance(value, str))
        if before is not None and before.protected and not self.override:
            if term != before:
                raise Refused(Reason.PROTECTED_TERM, found=name)
            term = before
        self.active.terms[name] = term
        self.open[name] = True
        self.depth -= 1

    def _term(self, name: str, value: Mapping[str, Any], simple: bool) -> Term:
        target = self._iri_of(name, value)
        containers = self._containers_of(value)
        odd = [key for key in ("@reverse", "@nest", "@index", "@direction") if key in value]
        odd += sorted(containers - CONTAINERS)
        language = value.get("@language")
        return Term(
            iri=target,
            type=self._type_of(value),
            container=containers & CONTAINERS,
            language=language.lower() if isinstance(language, str) else None,
            has_language="@language" in value,
            context=value.get("@context"),
            has_context="@context" in value,
            prefix=_may_be_prefix(name, target, value, simple),
            unsupported=odd[0] if odd else "",
            protected=bool(value.get("@protected", self.local.get("@protected", False))),
        )

    def _containers_of(self, value: Mapping[str, Any]) -> frozenset[str]:
        container = value.get("@container", [])
        named = container if isinstance(container, list) else [container]
        if not all(isinstance(name, str) for name in named):
            raise Refused(Reason.CONTEXT_FEATURE, found="@container")
        return frozenset(named)

    def _iri_of(self, name: str, value: Mapping[str, Any]) -> str | None:
        if "@id" in value and value["@id"] != name:
            identifier = value["@id"]
            if identifier is None:
                return None
            if not isinstance(identifier, str):
                raise Refused(Reason.CONTEXT_FEATURE, found=f"@id {name}")
            return self._expand(identifier)
        if "@reverse" in value:
            return None
        prefix, colon, _ = name.partition(":")
        if colon and prefix:
            if prefix in self.local:
                self.define(prefix)
            return self.active.expand_absolute(name)
        if self.active.vocab is None:
            raise Refused(Reason.CONTEXT_FEATURE, found=f"@vocab {name}")
        return self.active.vocab + name

    def _type_of(self, value: Mapping[str, Any]) -> str | None:
        kind = value.get("@type")
        if kind is None:
            return None
        expanded = self._expand(kind) if isinstance(kind, str) else None
        if expanded in ("@id", "@vocab", "@json", "@none"):
            return expanded
        if expanded is None or expanded.startswith("@"):
            raise Refused(Reason.CONTEXT_FEATURE, found=f"@type {kind}")
        return expanded

    def _expand(self, text: str) -> str | None:
        """The IRI that a text inside this context stands for, defining first what it rests on."""
        if text in KEYWORDS:
            return text
        if text in self.local and self.open.get(text) is not True:
            self.define(text)
        prefix, colon, _ = text.partition(":")
        if colon and prefix in self.local and self.open.get(prefix) is not True:
            self.define(prefix)
        expanded = self.active.expand_vocabulary(text)
        if expanded is None or not (expanded in KEYWORDS or iri.is_absolute(expanded)):
            raise Refused(Reason.INVALID_IRI, found=text)
        return expanded


def _may_be_prefix(name: str, target: str | None, value: Mapping[str, Any], simple: bool) -> bool:
    if ":" in name or "/" in name or target is None:
        return False
    if "@prefix" in value:
        return bool(value["@prefix"])
    return simple and target[-1] in GENERIC_DELIMITERS
