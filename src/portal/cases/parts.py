"""Writes a tool's entry out as its form: its parts, with their fields, rows and mistakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.cases.bridge import Entry
from portal.cases.fields import Field, Mistake, Option, Row
from portal.cases.keys import Key, Rows
from portal.cases.lists import keys_of
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, Words
from portal.cases.writer import FieldWriter, room
from portal.packs import packs
from portal.wording import in_language, policy_name
from tauliah.values.case import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the form as its template shows it; ``add`` is the action that adds a row."""

    name: str
    title: Words
    lead: Words
    fields: list[Field]
    rows: list[Row]
    add: str
    add_words: Words
    errors: list[str]
    focus: bool

    @property
    def is_list(self) -> bool:
        """Whether the part is a list of rows."""
        return bool(self.add_words)


@dataclass(frozen=True, slots=True)
class ToolSheet:
    """The whole form of a tool."""

    parts: list[Shown]
    mistakes: list[Mistake]
    focus: str


def tool_sheet(tool: Tool, entry: Entry, problems: Sequence[Problem] = (), focus: str = "") -> ToolSheet:
    """Write the entry out as the tool's form, with the problems found in it."""
    return ToolWriter(packs(), tuple(problems), focus, tool.questions, tool.resent, tool, entry).sheet()


@dataclass
class ToolWriter(FieldWriter):
    """Writes the fields and rows of a tool."""

    tool: Tool
    entry: Entry

    def sheet(self) -> ToolSheet:
        """Write the whole form."""
        parts = [self.part(part) for part in self.tool.parts(self.entry)]
        return ToolSheet(parts, [self.mistake(problem) for problem in self.problems], self.focus)

    def part(self, part: Part) -> Shown:
        """Write one part."""
        fields = [self.at(place) for place in part.keys]
        rows = self.rows(part) if part.rows else []
        shape = self.tool.paper.form.get(part.rows, {})
        name = part.rows or part.name
        self.labels[name] = str(part.title)
        return Shown(
            name=name,
            title=part.title,
            lead=part.lead,
            fields=fields,
            rows=rows,
            add=f"add:{part.rows}" if room(shape, rows) else "",
            add_words=part.add,
            errors=[in_language(p.message) for p in self.problems if p.where == part.rows != ""],
            focus=self.focus == name,
        )

    def at(self, place: str) -> Field:
        """Write the field at a place of the case (``programme.level``)."""
        steps = place.split(".")
        key: Any = self.tool.paper.form
        value: Any = self.entry
        for step in steps:
            key, value = key[step], value[step]
        return self.field(place, place, key, value)

    def rows(self, part: Part) -> list[Row]:
        """Write the rows of a list."""
        shape = self.tool.paper.shape[part.rows]
        assert isinstance(shape, Rows)
        rows = []
        for index, values in enumerate(self.entry[part.rows]):
            name = f"{part.rows}[{index}]"
            fields = self.fields(name, part.rows, shape.shape, values, keys_of(part, values))
            title = f"{part.row_title} {index + 1}"
            rows.append(self.row(Row(name, index + 1, fields, title=title, drop=f"drop:{part.rows}:{index}")))
        return rows

    def options(self, question: str, asks: Question, key: Key) -> list[Option]:
        """Return what can be chosen in a field; some choices come from the packs or from the entry."""
        if question == "policy":
            return [(pack.name, policy_name(pack)) for pack in self.tool.policies]
        if question in self.tool.choices:
            return self.tool.choices[question](self.entry)
        return super().options(question, asks, key)
