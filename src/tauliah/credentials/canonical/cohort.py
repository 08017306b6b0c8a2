"""The canonical form of many documents that differ in a few values: expanded once, filled in for each.

A class of learners gets the same credential but for name, number, grade and dates. The template is
expanded once, with a marker in every slot. For each learner the markers are replaced, the blank nodes
that hold a slot get their hash anew, all are named in the order of their hashes, and the lines are
sorted. Where two blank nodes cannot be told apart by that, the general algorithm decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tauliah.credentials import iri
from tauliah.credentials.canonical import expand, literals, rdfc
from tauliah.credentials.canonical.expand import Quad
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.refusal import Reason, Refused
from tauliah.credentials.strict_json import Json

Value = str | int | float
SCHEMES = frozenset({"urn", "https", "http", "did", "mailto", "data"})
MARKER = "urn:tauliah-slot:"
_MARKER = re.compile(rf"{MARKER}([A-Za-z0-9_-]+):")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template that every document fills: a text or an identifier, or a number."""

    name: str
    number: bool = False

    @property
    def marker(self) -> str:
        """What stands in for the value while the template is expanded."""
        return f"{MARKER}{self.name}:"


class Cohort:
    """One template, read once; raises `Refused` for one that cannot be filled safely."""

    def __init__(self, template: Json, contexts: Contexts) -> None:
        self.template = template
        self.places = list(_places(template, ()))
        self.slots = {slot.name: slot for _, slot in self.places}
        for slot in self.slots.values():
            if not _NAME.fullmatch(slot.name):
                raise Refused(Reason.SLOT, found=slot.name)
        quads = expand.quads_of(_filled(template, self.places, _markers(self.slots)), contexts)
        self.tokens = _Tokens(quads, self.slots)
        self.lines = _Lines(quads, self.tokens)

    def fill(self, values: Mapping[str, Value]) -> Json:
        """The document of one learner; parts without a slot are shared between documents."""
        self._check(values)
        filled: Json = _filled(self.template, self.places, values)
        return filled

    def canonical(self, values: Mapping[str, Value]) -> str:
        """The canonical N-Quads of one learner's document; raises `Refused`."""
        self._check(values)
        return self.lines.filled(self.tokens.filled(values))

    def _check(self, values: Mapping[str, Value]) -> None:
        if values.keys() != self.slots.keys():
            raise Refused(Reason.SLOT, found=", ".join(sorted(values.keys() ^ self.slots.keys())))


def _markers(slots: Mapping[str, Slot]) -> dict[str, Value]:
    return {name: slot.marker for name, slot in slots.items()}


def _places(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Slot]]:
    """Where the slots of a template are; raises `Refused` for a text that looks like a marker."""
    if isinstance(value, Slot):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places(inner, (*path, number))
    elif isinstance(value, str) and MARKER in value:
        raise Refused(Reason.SLOT, expand.path(None), value)


def _filled(
    template: Any, places: Sequence[tuple[tuple[str | int, ...], Slot]], values: Mapping[str, Value]
) -> Any:
    """The template with values; only what leads to a slot is copied."""
    result = template.copy()
    copies: dict[tuple[str | int, ...], Any] = {(): result}
    for path, slot in places:
        around = result
        for length in range(1, len(path)):
            key = path[:length]
            if key not in copies:
                copies[key] = around[path[length - 1]] = around[path[length - 1]].copy()
            around = copies[key]
        around[path[-1]] = values[slot.name]
    return result


class _Tokens:
    """The terms of the quads that hold a slot, and how each is written with a value."""

    def __init__(self, quads: Sequence[Quad], slots: Mapping[str, Slot]) -> None:
        self.identifiers: dict[str, str] = {}
        self.texts: dict[str, tuple[str, str]] = {}
        self.numbers: dict[str, tuple[str, str]] = {}
        found: set[str] = set()
        for quad in quads:
            for position, token in enumerate(quad):
                for name in _MARKER.findall(token):
                    self._add(token, slots[name], position, quad)
                    found.add(name)
        if found != slots.keys():
            raise Refused(Reason.SLOT, found=", ".join(sorted(slots.keys() - found)))

    def _add(self, token: str, slot: Slot, position: int, quad: Quad) -> None:
        is_type = position == 2 and quad[1] == expand.TYPE
        if token == f"<{slot.marker}>" and not (slot.number or is_type or position == 1):
            self.identifiers[token] = slot.name
            return
        start = f'"{slot.marker}"'
        if not token.startswith(start) or token.endswith(literals.JSON):
            raise Refused(Reason.SLOT, found=slot.name)
        (self.numbers if slot.number else self.texts)[token] = (slot.name, token[len(start) :])

    def filled(self, values: Mapping[str, Value]) -> dict[str, str]:
        """What stands in the place of each term; raises `Refused` for a value of another kind."""
        filled = {token: _identifier(name, values[name]) for token, name in self.identifiers.items()}
        for token, (name, suffix) in self.texts.items():
            value = values[name]
            if not isinstance(value, str):
                raise Refused(Reason.SLOT, name, value)
            filled[token] = literals.text(value, suffix)
        for token, (name, suffix) in self.numbers.items():
            value = values[name]
            if isinstance(value, str | bool):
                raise Refused(Reason.SLOT, name, value)
            filled[token] = literals.number(value, suffix)
        return filled


def _identifier(name: str, value: Value) -> str:
    """An identifier whose scheme no context can take for a prefix of its own."""
    if not isinstance(value, str) or not iri.is_absolute(value) or value.partition(":")[0] not in SCHEMES:
        raise Refused(Reason.SLOT, name, value)
    return f"<{value}>"


class _Lines:
    """The quads of a template, sorted into what is always the same and what a learner changes."""

    def __init__(self, quads: Sequence[Quad], tokens: _Tokens) -> None:
        self.quads = quads
        self.slotted = tokens.identifiers.keys() | tokens.texts.keys() | tokens.numbers.keys()
        self.fixed: list[str] = []
        self.changing: list[Quad] = []
        mentions: dict[str, list[Quad]] = {}
        for quad in quads:
            blanks = {term for term in quad if term.startswith("_:")}
            for node in blanks:
                mentions.setdefault(node, []).append(quad)
            if blanks or not self.slotted.isdisjoint(quad):
                self.changing.append(quad)
            else:
                self.fixed.append(rdfc.line(quad, {}))
        self.hashes: dict[str, str] = {}
        self.open: dict[str, list[Quad]] = {}
        for node, around in mentions.items():
            if any(not self.slotted.isdisjoint(quad) for quad in around):
                self.open[node] = around
            else:
                self.hashes[node] = _hash(rdfc.first_degree_text(around, node))

    def filled(self, tokens: Mapping[str, str]) -> str:
        """The canonical text with these terms in the slots."""
        get = tokens.get
        hashes = dict(self.hashes)
        for node, around in self.open.items():
            said = {(get(s, s), p, get(o, o), get(g, g)) for s, p, o, g in around}
            hashes[node] = _hash(rdfc.first_degree_text(said, node))
        if len(set(hashes.values())) < len(hashes):
            return rdfc.canonical([(get(s, s), p, get(o, o), get(g, g)) for s, p, o, g in self.quads])
        names = dict(tokens)
        for number, node in enumerate(sorted(hashes, key=hashes.__getitem__)):
            names[node] = f"_:c14n{number}"
        lines = self.fixed + [rdfc.line(quad, names) for quad in self.changing]
        return "".join(sorted(set(lines)))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
