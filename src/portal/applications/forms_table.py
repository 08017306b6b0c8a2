"""Many courses at once: read from pasted cells, CSV or XLSX, and checked row by row before being kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.applications.forms_choices import Choices
from portal.applications.forms_claim import ClaimValues, completed, values_of
from portal.applications.forms_keys import CLAIM_FORM, MOST_SOURCES, SOURCE_FORM
from portal.applications.precedents import by_codes, normal
from portal.cases.bridge import Entry, blank, clean
from portal.cases.keys import TEXT, Rows, Shape
from tauliah.files.spreadsheets import UnreadableSpreadsheet, read
from tauliah.values.text import Text

MOST_ROWS = 400
ROW: Shape = dict.fromkeys(("code", "title", "credits", "original_grade", "completed_on", "target"), TEXT)
TABLE_FORM: Shape = {"study": TEXT, "rows": Rows(ROW, most=MOST_ROWS)}

HEADINGS = {
    "code": {"code", "course code", "kod", "kod kursus"},
    "title": {"title", "course", "course title", "name", "course name", "tajuk", "kursus", "nama kursus"},
    "credits": {"credits", "credit", "credit hours", "kredit", "jam kredit"},
    "original_grade": {"grade", "gred"},
    "completed_on": {"completed on", "completed", "date", "tarikh", "tarikh tamat", "tamat"},
    "target": {"target", "applied for", "kursus dipohon", "sasaran"},
}
ORDER = tuple(ROW)
"""What the columns hold where no heading says it."""

TOO_MANY_ROWS = Text(
    "Jadual ini mempunyai {found} baris; paling banyak {most} dibaca sekali gus. Bahagikannya.",
    "This table has {found} rows; {most} at most are read at once. Divide it.",
)
NOTHING_READ = Text(
    "Tiada baris ditemui. Tampal sel daripada hamparan, atau pilih fail CSV atau XLSX.",
    "No row was found. Paste cells of a spreadsheet, or choose a CSV or XLSX file.",
)
TOO_MANY_SOURCES = Text(
    "Paling banyak {most} kursus boleh digabungkan bagi satu kursus yang dipohon.",
    "{most} courses at most can be combined for one course applied for.",
)


class UnreadableTable(ValueError):
    """The table cannot be read; ``text`` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a table would add: the claims, and what is wrong in which row and column."""

    claims: list[ClaimValues]
    wrong: dict[tuple[int, str], list[Text]]


# --- Reading -----------------------------------------------------------------------------------------


def rows_of(data: bytes) -> list[Entry]:
    """Read the first sheet of a workbook, CSV, or cells copied from a spreadsheet."""
    try:
        sheets = read(data)
    except UnreadableSpreadsheet as unreadable:
        raise UnreadableTable(unreadable.text) from unreadable
    return rows_of_cells(sheets[0].rows if sheets else ())


def rows_of_cells(cells: Iterable[Sequence[str]]) -> list[Entry]:
    """Put cells under their keys: by the headings of the first row, or in the usual order."""
    lines = [[clean(cell) for cell in line] for line in cells]
    filled = [line for line in lines if any(line)]
    if not filled:
        raise UnreadableTable(NOTHING_READ)
    keys: list[str | None] = [key_of(heading) for heading in filled[0]]
    if sum(key is not None for key in keys) >= 2:
        filled = filled[1:]
    else:
        keys = list(ORDER)
    if len(filled) > MOST_ROWS:
        raise UnreadableTable(TOO_MANY_ROWS.fill(found=str(len(filled)), most=str(MOST_ROWS)))
    return [
        blank(ROW) | {key: cell for key, cell in zip(keys, line, strict=False) if key is not None}
        for line in filled
    ]


def key_of(heading: str) -> str | None:
    """Return the key that a heading stands for."""
    plain = " ".join(heading.casefold().replace("_", " ").split())
    return next((key for key, known in HEADINGS.items() if plain in known), None)


# --- What it would add ---------------------------------------------------------------------------------


def suggested(rows: list[Entry], study: str, choices: Choices) -> list[Entry]:
    """Fill in the course applied for where a course was accepted for it before."""
    kept = choices.study(study)
    if kept is None:
        return rows
    names = [kept.institution_name]
    if kept.institution:
        names += [kept.institution.name_ms, kept.institution.name_en, kept.institution.code]
    known = by_codes(choices.application.institution, names, choices.today)
    for row in rows:
        found = known.get(normal(row["code"]), ())
        target = next((a.target.code for a in found if a.target.code in choices.targets), "")
        row["target"] = row["target"].upper() or target
    return rows


def proposed(table: Entry, choices: Choices) -> Proposed:
    """Return the claims that a table adds: one for each course applied for, several rows being combined."""
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(table["rows"]):
        if row["target"]:
            groups.setdefault(row["target"].upper(), []).append(number)
    claims, wrong = [], dict[tuple[int, str], list[Text]]()
    for target, members in groups.items():
        if len(members) > MOST_SOURCES:
            words = TOO_MANY_SOURCES.fill(most=str(MOST_SOURCES))
            wrong.setdefault((members[MOST_SOURCES], "target"), []).append(words)
            continue
        values = values_of(claim_entry(target, [table["rows"][n] for n in members], table, choices), choices)
        for problem in values.problems:
            row, column = place_of(problem.where, members)
            wrong.setdefault((row, column), []).append(problem.message)
        claims.append(values)
    return Proposed(claims, wrong)


def claim_entry(target: str, rows: list[Entry], table: Entry, choices: Choices) -> Entry:
    """Write rows of the table as a claim of the form, resting on a precedent where one fits exactly."""
    entry = blank(CLAIM_FORM) | {"target": target, "basis": "prior_study", "graded": "no"}
    entry["sources"] = [
        blank(SOURCE_FORM)
        | {name: row[name] for name in ROW if name in SOURCE_FORM}
        | {"study": table["study"]}
        for row in rows
    ]
    entry = completed(entry, choices)
    for source in entry["sources"]:
        source["grade"] = source["grade"] or source["original_grade"].upper()
    offered = choices.precedents(entry)
    return entry | {"precedent": str(offered[0].number) if offered else ""}


def place_of(where: str, members: list[int]) -> tuple[int, str]:
    """Return the row and column of the table that a problem of a claim belongs to."""
    if not where.startswith("sources["):
        return members[0], "target"
    number, _, column = where.removeprefix("sources[").partition("].")
    names = {"grade": "original_grade"}
    column = names.get(column, column)
    return members[int(number)], column if column in ROW else "code"
