"""RDF Dataset Canonicalization (RDFC-1.0, W3C Recommendation of 21 May 2024), with bounded work.

A blank node has no name, so it gets one from what is said of it. Where that is the same for several,
the algorithm follows their neighbours in every order, which can take for ever; a document that makes
it do so is refused, since no credential needs it. docs/algorithms/credentials.md tells more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tauliah.credentials.canonical.expand import Quad
from tauliah.credentials.refusal import Reason, Refused

MOST_BLANK_NODES = 4_000
MOST_STEPS = 50_000
DEEPEST_PATH = 120

Digest = Callable[[bytes], Any]


def canonical(quads: Sequence[Quad], digest: Digest = sha256) -> str:
    """The canonical N-Quads of a dataset; raises `Refused` where the work has no bound."""
    return serialise(quads, labels_of(quads, digest))


def serialise(quads: Iterable[Quad], labels: Mapping[str, str]) -> str:
    """The quads as sorted lines, with blank nodes named by `labels`."""
    return "".join(sorted({line(quad, labels) for quad in quads}))


def line(quad: Quad, labels: Mapping[str, str]) -> str:
    """One quad as a line of N-Quads."""
    subject, predicate, value, graph = quad
    subject, value = labels.get(subject, subject), labels.get(value, value)
    if graph:
        return f"{subject} {predicate} {value} {labels.get(graph, graph)} .\n"
    return f"{subject} {predicate} {value} .\n"


def labels_of(quads: Sequence[Quad], digest: Digest = sha256) -> dict[str, str]:
    """The canonical label (`_:c14n0`) of every blank node; raises `Refused`."""
    return _Labelling(quads, digest).labels()


def first_degree_text(quads: Iterable[Quad], node: str) -> str:
    """What is said of one blank node, with itself called `a` and every other one `z`."""
    lines = []
    for subject, predicate, value, graph in quads:
        text = f"{_masked(subject, node)} {predicate} {_masked(value, node)}"
        lines.append(f"{text} {_masked(graph, node)} .\n" if graph else f"{text} .\n")
    return "".join(sorted(lines))


def _masked(term: str, node: str) -> str:
    return ("_:a" if term == node else "_:z") if term.startswith("_:") else term


@dataclass(slots=True)
class _Issuer:
    """Names blank nodes in the order in which they are asked for."""

    prefix: str
    names: dict[str, str] = field(default_factory=dict)

    def issue(self, node: str) -> str:
        return self.names.get(node) or self.names.setdefault(node, f"{self.prefix}{len(self.names)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.names))


class _Labelling:
    """Names the blank nodes of one dataset; the numbers are the steps of the Recommendation, 4.4 to 4.8."""

    def __init__(self, quads: Sequence[Quad], digest: Digest) -> None:
        self.digest, self.steps = digest, 0
        self.canonical = _Issuer("_:c14n")
        self.mentions: dict[str, list[Quad]] = {}
        for quad in dict.fromkeys(quads):
            for term in {quad[0], quad[2], quad[3]}:
                if term.startswith("_:"):
                    self.mentions.setdefault(term, []).append(quad)
        if len(self.mentions) > MOST_BLANK_NODES:
            raise Refused(Reason.TOO_MANY_BLANK_NODES, found=MOST_BLANK_NODES)
        self.first: dict[str, str] = {}

    def labels(self) -> dict[str, str]:
        """4.4.3: by what is said of each node, and where that is the same, by its neighbours."""
        groups: dict[str, list[str]] = {}
        for node, quads in self.mentions.items():
            self.first[node] = self.hash(first_degree_text(quads, node))
            groups.setdefault(self.first[node], []).append(node)
        alike = []
        for digest in sorted(groups):
            if len(groups[digest]) == 1:
                self.canonical.issue(groups[digest][0])
            else:
                alike.append(groups[digest])
        for nodes in alike:
            self.label_alike(nodes)
        return self.canonical.names

    def label_alike(self, nodes: list[str]) -> None:
        """4.4.3, step 5: nodes of which the same is said."""
        found = []
        for node in nodes:
            if node not in self.canonical.names:
                issuer = _Issuer("_:b")
                issuer.issue(node)
                found.append(self.n_degree(node, issuer, 0))
        for _, issuer in sorted(found, key=lambda pair: pair[0]):
            for node in issuer.names:
                self.canonical.issue(node)

    def n_degree(self, node: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """4.8.3: the hash of a node and its neighbourhood, and the order in which it was walked."""
        self.step()
        if depth > DEEPEST_PATH:
            raise Refused(Reason.TOO_AMBIGUOUS)
        text = ""
        neighbours = self.neighbours(node, issuer)
        for digest in sorted(neighbours):
            best, issuer = self.best_path(neighbours[digest], issuer, depth)
            text += digest + best
        return self.hash(text), issuer

    def neighbours(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        """4.8.3, step 3: the blank nodes in the same quads, by how they are related."""
        found: dict[str, list[str]] = {}
        for quad in self.mentions[node]:
            for position, term in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if term != node and term.startswith("_:"):
                    self.step()
                    found.setdefault(self.related(term, quad[1], issuer, position), []).append(term)
        return found

    def related(self, node: str, predicate: str, issuer: _Issuer, position: str) -> str:
        """4.7.3: the hash of a neighbour by its place in the quad and its name so far."""
        name = self.canonical.names.get(node) or issuer.names.get(node) or self.first[node]
        return self.hash(position + (predicate if position != "g" else "") + name)

    def best_path(self, nodes: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """4.8.3, step 5.4: the least path over all orders of nodes that are related alike."""
        best: tuple[str, _Issuer] | None = None
        for order in _orders(nodes):
            self.step(len(order) + len(issuer.names) // 16)
            walked = self.walk(order, issuer.copy(), best[0] if best else None, depth)
            if walked is not None and (best is None or walked[0] < best[0]):
                best = walked
        assert best is not None
        return best

    def walk(
        self, order: Sequence[str], issuer: _Issuer, best: str | None, depth: int
    ) -> tuple[str, _Issuer] | None:
        """One order of neighbours; None as soon as a better path is known."""
        path, further = "", []
        for node in order:
            if (name := self.canonical.names.get(node)) is None:
                if node not in issuer.names:
                    further.append(node)
                name = issuer.issue(node)
            path += name
            if best is not None and path > best:
                return None
        for node in further:
            digest, after = self.n_degree(node, issuer, depth + 1)
            path += f"{issuer.issue(node)}<{digest}>"
            issuer = after
            if best is not None and path > best:
                return None
        return path, issuer

    def step(self, cost: int = 1) -> None:
        """Counts the work; raises `Refused` where it has no end in sight."""
        self.steps += cost
        if self.steps > MOST_STEPS:
            raise Refused(Reason.TOO_AMBIGUOUS)

    def hash(self, text: str) -> str:
        return self.digest(text.encode()).hexdigest()  # type: ignore[no-any-return]


def _orders(nodes: Sequence[str]) -> Iterator[Sequence[str]]:
    """Every different order of nodes, of which some may stand several times: least first, then the next."""
    order = sorted(nodes)
    while True:
        yield tuple(order)
        last = len(order) - 1
        i = last - 1
        while i >= 0 and order[i] >= order[i + 1]:
            i -= 1
        if i < 0:
            return
        j = last
        while order[j] <= order[i]:
            j -= 1
        order[i], order[j] = order[j], order[i]
        order[i + 1 :] = reversed(order[i + 1 :])
