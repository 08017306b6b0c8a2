"""The rows of a tool's form: adding one, taking one away, leaving out the empty ones."""

from copy import deepcopy
from dataclasses import dataclass

from portal.cases.bridge import Entry, blank, is_blank
from portal.cases.keys import Rows
from portal.cases.tool import Part, Tool
from portal.cases.writer import room


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry after a row was added or taken away, and the place to continue at."""

    entry: Entry
    place: str


def changed(tool: Tool, entry: Entry, action: str) -> Changed | None:
    """Carry out ``add:topics`` or ``drop:topics:2``; ``None`` where it names no row of the form."""
    name, *rest = action.split(":")
    part = next((p for p in tool.parts(entry) if rest and p.rows == rest[0]), None)
    if part is None:
        return None
    after = deepcopy(entry)
    if name == "add" and len(rest) == 1:
        return _added(tool, after, part)
    if name == "drop" and len(rest) == 2 and rest[1].isdecimal() and int(rest[1][:4]) < len(after[part.rows]):
        after[part.rows].pop(int(rest[1][:4]))
        return Changed(after, part.rows)
    return None


def _added(tool: Tool, entry: Entry, part: Part) -> Changed:
    rows, shape = entry[part.rows], tool.paper.shape[part.rows]
    if isinstance(shape, Rows) and room(shape, rows):
        rows.append(blank(shape.shape))
    first = next(iter(keys_of(part, rows[-1])), "")
    return Changed(entry, f"{part.rows}[{len(rows) - 1}].{first}")


def keys_of(part: Part, row: Entry) -> list[str]:
    """Return the keys that a row asks for."""
    return list(part.keys_of_row(row) if part.keys_of_row else row)


def pruned(tool: Tool, entry: Entry) -> Entry:
    """Leave out rows in which nothing is filled, unless the empty ones count too."""
    entry = deepcopy(entry)
    for part in tool.parts(entry):
        if part.rows and not part.counted:
            entry[part.rows] = [row for row in entry[part.rows] if not is_blank(row)]
    return entry
