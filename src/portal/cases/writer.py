"""Writes the values of a form out as its fields, with their choices and mistakes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.cases.bridge import Entry
from portal.cases.fields import Field, Mistake, Option, Row, anchor
from portal.cases.keys import Key, Rows, Shape
from portal.cases.questions import Question
from portal.wording import in_language
from tauliah.policy.pack import Packs
from tauliah.values.case import Problem
from tauliah.values.vocabulary import VOCABULARY


@dataclass
class FieldWriter:
    """Writes fields and rows, and remembers their labels so that no mistake goes unseen.

    ``questions`` are named by their place in the case without row numbers; those in ``resent`` decide
    which others are asked.
    """

    packs: Packs
    problems: tuple[Problem, ...]
    focus: str
    questions: Mapping[str, Question]
    resent: frozenset[str]
    labels: dict[str, str] = field(default_factory=dict, init=False)

    def row(self, row: Row) -> Row:
        """Add to a row what is wrong with it as a whole, and whether to continue there."""
        self.labels[row.name] = row.title
        row.errors = [in_language(p.message) for p in self.problems if p.where == row.name]
        row.focus = self.focus == row.name
        return row

    def fields(
        self,
        prefix: str,
        section: str,
        shape: Shape,
        values: Entry,
        keys: Iterable[str],
    ) -> list[Field]:
        """Write the fields of one block."""
        return [
            self.field(f"{prefix}.{name}", f"{section}.{name}", key, values[name])
            for name in keys
            if isinstance(key := shape[name], Key)
        ]

    def field(self, name: str, question: str, key: Key, value: Any) -> Field:
        """Write one field."""
        asks = self.questions[question]
        label = in_language(asks.label)
        self.labels[name] = label
        options = self.options(question, asks, key)
        if options and isinstance(value, str) and value not in dict(options):
            options.append((value, value))
        return Field(
            name,
            key.kind,
            value,
            label=label,
            hint=asks.hint,
            width=asks.width,
            required=asks.required,
            suffix=asks.suffix,
            options=options,
            errors=self.errors(name),
            focus=self.focus == name,
            resend=f"refresh:{name}" if question in self.resent else "",
            scale=asks.scale,
        )

    def errors(self, name: str) -> list[str]:
        """Return the messages for a field or for anything inside its value."""
        inside = (f"{name}.", f"{name}[")
        return [
            in_language(p.message) for p in self.problems if p.where == name or p.where.startswith(inside)
        ]

    def mistake(self, problem: Problem) -> Mistake:
        """Lead from a problem to the nearest place that the form shows."""
        place = problem.where
        while place and place not in self.labels:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return Mistake(anchor(place), self.label(place), in_language(problem.message))

    def label(self, place: str) -> str:
        """Name a place in words: the row it belongs to, then the field."""
        row = place.partition("].")[0] + "]" if "]." in place else ""
        own = self.labels.get(place, "")
        return f"{self.row_label(row)}: {own}" if row else own

    def row_label(self, row: str) -> str:
        """Name a row in words (``claims[2]``)."""
        return self.labels.get(row, "")

    def options(self, question: str, asks: Question, key: Key) -> list[Option]:
        """Return what can be chosen in a field, the empty choice first where the answer may be missing."""
        empty = ("", str(asks.empty or (_("Choose") if asks.required else _("Not known yet"))))
        if key.kind == "answer":
            return [empty, ("yes", _("Yes")), ("no", _("No"))]
        words = VOCABULARY.get(key.vocabulary, {}).items()
        if key.kind == "ticks":
            return [(word, capital(in_language(text))) for word, text in words]
        offered = [(w, capital(in_language(text))) for w, text in words if not (asks.empty and w == "none")]
        return [empty, *offered] if offered and key.kind == "word" else []


def capital(words: str) -> str:
    """Begin with a capital, except names that are written otherwise (edX)."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def room(part: Key | Rows | Shape, rows: Sequence[object]) -> bool:
    """Say whether a list takes another row."""
    return isinstance(part, Rows) and len(rows) < part.most
