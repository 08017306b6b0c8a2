"""What a file would do: every row new, changed or unchanged, every bad cell named; nothing is saved here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from portal.accounts.models import Appointment
from portal.imports.headings import Recognised, recognised
from portal.imports.kinds.known import Known
from portal.imports.kinds.lists import KINDS
from portal.imports.kinds.sheet import Field, Key, RowPlan, Values
from portal.imports.mistake import NO_SHEET, REQUIRED, TWICE_ROW, Mistake, Wrong
from tauliah.files.spreadsheets import Sheet

MOST_SHOWN = 200
Progress = Callable[[int, int], None]
EVERY = 500


@dataclass
class Plan:
    """The rows of a file with what would happen to each, and the mistakes that stand in the way."""

    rows: list[RowPlan] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    known: Known | None = None

    def count(self, state: str) -> int:
        """How many rows are new, changed or unchanged."""
        return sum(row.state == state for row in self.rows)

    @property
    def errors(self) -> list[Mistake]:
        """The mistakes that stand in the way; notes do not."""
        return [mistake for mistake in self.mistakes if not mistake.is_note]

    def digest(self) -> str:
        """What tells whether a plan made later would do the same."""
        said = [(row.sheet.key, row.key, row.state, sorted(row.changes.items())) for row in self.rows]
        return sha256(repr(said).encode()).hexdigest()

    def shown(self) -> list[dict[str, Any]]:
        """The first rows that would change something, as the preview keeps them: changed ones first."""
        listed = [row for row in self.rows if row.state == "changed"]
        listed += [row for row in self.rows if row.state == "new"]
        return [_shown(row) for row in listed[:MOST_SHOWN]]


def _shown(row: RowPlan) -> dict[str, Any]:
    headings = {field.name: str(field.heading) for field in row.sheet.fields}
    return {
        "sheet": row.sheet.key,
        "row": row.number,
        "label": row.label,
        "name": str(row.values.get("name_ms") or row.values.get("name") or row.values.get("title_ms") or ""),
        "state": row.state,
        "changes": [
            {"field": name, "heading": headings.get(name, name), "was": _text(was), "now": _text(now)}
            for name, (was, now) in row.changes.items()
        ],
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)[:200]


def planned(
    kind: str, acting: Appointment, sheets: Sequence[Sheet], progress: Progress | None = None
) -> Plan:
    """Return what the sheets of a file would do for somebody who keeps the catalogue."""
    listed, plan = KINDS[kind], Plan(known=Known(acting))
    found, plan.mistakes = recognised(listed, sheets)
    if not found:
        needed = ", ".join(str(each.heading) for each in listed.sheets[0].fields if each.required)
        name = sheets[0].name if sheets else ""
        plan.mistakes.append(Mistake(name, 1, None, "", "", NO_SHEET, {"headings": needed}))
    total, done = sum(len(each.sheet.rows) for each in found), 0
    for each in found:
        if any(not m.is_note and m.sheet == each.sheet.name for m in plan.mistakes):
            continue
        for row in _rows(each, plan):
            done += 1
            plan.rows += [row] if row else []
            if progress and done % EVERY == 0:
                progress(done, total)
    if progress:
        progress(total, total)
    return plan


def _rows(each: Recognised, plan: Plan) -> Iterator[RowPlan | None]:
    assert plan.known is not None
    same, seen = each.kind.same(plan.known), dict[Key, int]()
    for number, cells in enumerate(each.sheet.rows[each.heading_row :], start=each.heading_row + 1):
        if not any(cells):
            continue
        reading = _Row(each, number, cells, plan)
        yield reading.planned(same, seen, plan.known)


class _Row:
    """One row being read: it collects what is wrong with it."""

    def __init__(self, each: Recognised, number: int, cells: Sequence[str], plan: Plan) -> None:
        self.each, self.number, self.cells, self.plan = each, number, cells, plan
        self.wrong = False

    def planned(self, same: Any, seen: dict[Key, int], known: Known) -> RowPlan | None:
        """Return what would happen to the row, or nothing where it has a mistake."""
        values = self._values(known)
        if self.wrong:
            return None
        first = self.each.kind.fields[0].name
        try:
            key = self.each.kind.key_of(values, known)
        except Wrong as wrong:
            self._say(first, wrong)
            return None
        kept = same.get(key)
        for name, said in self.each.kind.check(values, kept, known):
            self._say(name, said)
        if key in seen:
            self._say(first, Wrong(TWICE_ROW, row=seen[key]))
        if self.wrong:
            return None
        seen[key] = self.number
        self.each.kind.announce(values, known)
        return self._row_plan(values, key, kept, known)

    def _row_plan(self, values: Values, key: Key, kept: Any, known: Known) -> RowPlan:
        kind = self.each.kind
        if kept is None:
            return RowPlan(kind, self.number, values, key, kind.make(values, known), "new")
        compared = {name: value for name, value in values.items() if name not in kind.left_out}
        changes = kind.compare(kept, compared)
        return RowPlan(kind, self.number, values, key, kept, "changed" if changes else "unchanged", changes)

    def _values(self, known: Known) -> Values:
        values: Values = {}
        for place, column in self.each.columns.items():
            cell = self.cells[place] if place < len(self.cells) else ""
            try:
                values[column.name] = self._value(column, cell, known)
            except Wrong as wrong:
                self._say(column.name, wrong)
        return values

    def _value(self, column: Field, cell: str, known: Known) -> Any:
        if cell:
            return column.read(cell, known)
        if column.required:
            raise Wrong(REQUIRED)
        return column.empty

    def _say(self, name: str, wrong: Wrong) -> None:
        self.wrong = True
        place = next((p for p, column in self.each.columns.items() if column.name == name), None)
        heading = next(str(f.heading) for f in self.each.kind.fields if f.name == name)
        cell = self.cells[place] if place is not None and place < len(self.cells) else ""
        where = (self.each.sheet.name, self.number, place, heading, cell)
        self.plan.mistakes.append(Mistake(*where, wrong.message, wrong.values))
