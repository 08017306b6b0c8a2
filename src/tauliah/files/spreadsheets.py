"""Spreadsheets in and out: the only reader and writer of XLSX and CSV.

Every cell is read as the text that a person sees: 3 rather than 3.0, a day as 2026-02-28. What was not made
by a spreadsheet program, or is too large to be worked on safely, is refused before it is opened.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import IO

import python_calamine
import xlsxwriter

from tauliah.files.workbook_size import TooLarge, measure
from tauliah.values.text import Text

MOST_BYTES = 20_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
LONGEST_CELL = 32_767
"""What Excel itself allows in one cell, in characters."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIPPED = b"PK\x03\x04"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = ",;\t|"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value = str | int | float | Decimal | bool | date | datetime | None


class UnreadableSpreadsheet(ValueError):
    """A file cannot be read as a spreadsheet; ``text`` says why and what to do, in both languages."""

    def __init__(self, ms: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(ms, en)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows of texts, the first of the file being row 1, and which cells were merged."""

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """A sheet to be written: a name, headings, rows of values, and notes shown at the headings."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[str] = field(default_factory=tuple)
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """The words that a column may hold, by its place from 0; Excel then offers them as a list."""


def read(content: bytes, name: str = "CSV") -> list[Sheet]:
    """Return the sheets of a file; a CSV file is one sheet, called ``name``."""
    if not content.strip():
        raise UnreadableSpreadsheet("Fail ini kosong.", "The file is empty.")
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise UnreadableSpreadsheet(
            f"Fail ini melebihi {most} MB. Bahagikannya kepada beberapa fail.",
            f"The file is larger than {most} MB. Split it into several files.",
        )
    if content.startswith(OLD_EXCEL):
        raise UnreadableSpreadsheet(
            "Fail Excel lama (.xls) atau fail berkata laluan. Buka dalam Excel dan simpan sebagai .xlsx "
            "tanpa kata laluan.",
            "An old Excel file (.xls), or one with a password. Open it in Excel and save it as .xlsx "
            "without a password.",
        )
    sheets = read_workbook(content) if content.startswith(ZIPPED) else [Sheet(name, read_csv(content))]
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise UnreadableSpreadsheet("Fail ini tiada data.", "The file holds no data.")
    return sheets


# --- XLSX ------------------------------------------------------------------------------------------


def read_workbook(content: bytes) -> list[Sheet]:
    """Return the visible sheets of an XLSX file; its size is measured before it is opened."""
    try:
        measure(content, MOST_ROWS, MOST_COLUMNS, MOST_SHEETS)
    except TooLarge as large:
        raise UnreadableSpreadsheet(large.text.ms, large.text.en) from large
    except ValueError as broken:
        raise _not_a_spreadsheet() from broken
    try:
        with python_calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            shown = [
                s.name
                for s in book.sheets_metadata
                if s.visible == python_calamine.SheetVisibleEnum.Visible
                and s.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            return [_sheet(book.get_sheet_by_name(name)) for name in shown]
    except (python_calamine.CalamineError, OSError, ValueError) as broken:
        raise _not_a_spreadsheet() from broken


def _sheet(sheet: python_calamine.CalamineSheet) -> Sheet:
    rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = [
        f"{_cell(*begin)}:{_cell(*end)}" for begin, end in sheet.merged_cell_ranges or [] if begin != end
    ]
    return Sheet(sheet.name, rows, merged)


def _cell(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Return the letters that Excel shows above a column, counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _not_a_spreadsheet() -> UnreadableSpreadsheet:
    return UnreadableSpreadsheet(
        "Ini bukan fail XLSX atau CSV yang boleh dibaca. Simpan semula daripada Excel sebagai .xlsx atau "
        "CSV UTF-8.",
        "This is not an XLSX or CSV file that can be read. Save it again from Excel as .xlsx or CSV UTF-8.",
    )


def as_text(cell: object) -> str:
    """Return what a person sees in a cell, without surrounding space."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return f"{Decimal(cell / timedelta(hours=1)):f}"
    return tidy(str(cell))


def tidy(text: str) -> str:
    """Return a text without surrounding or hard spaces, nor the mark that keeps it from being a formula."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\r\n", "\n").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {*BEGINS_A_FORMULA} else text


# --- CSV -------------------------------------------------------------------------------------------


def read_csv(content: bytes) -> list[list[str]]:
    """Return the rows of a CSV file, whatever encoding and separator Excel gave it."""
    text = decoded(content)
    first, _, rest = text.partition("\n")
    said = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and said in SEPARATORS:
        text, separator = rest, said or ","
    else:
        separator = separator_of(text)
    try:
        return list(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)))
    except csv.Error as broken:
        raise _not_a_spreadsheet() from broken


def _rows(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(reader, start=1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            large = TooLarge.of(MOST_ROWS, MOST_COLUMNS, MOST_SHEETS)
            raise UnreadableSpreadsheet(large.text.ms, large.text.en)
        yield [tidy(cell) for cell in row]


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or what Excel on Windows writes (cp1252)."""
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if any(ord(sign) < ord(" ") and sign not in "\t\r\n\f" for sign in text[:100_000]):
        raise _not_a_spreadsheet()
    if text.startswith(("%PDF", "<!DOCTYPE", "<html", "{\\rtf")):
        raise _not_a_spreadsheet()
    return text


def separator_of(text: str) -> str:
    """Return the separator of the headings: the sign that stands most often outside quotation marks."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    outside = "".join(lines[0].split('"')[::2]) if lines else ""
    return max(SEPARATORS, key=outside.count)


# --- Writing ---------------------------------------------------------------------------------------


def harmless(value: Value) -> Value:
    """Return a value that no spreadsheet program takes for a formula; numbers and days stay as they are."""
    if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA):
        return f"'{value}"
    return value


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield the lines of a CSV file that Excel opens rightly: with a mark for UTF-8, commas and CRLF."""
    line = io.StringIO()
    writer = csv.writer(line)
    line.write("\N{BYTE ORDER MARK}")
    for cells in chain([headings], rows):
        writer.writerow(["" if cell is None else harmless(_plain(cell)) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _plain(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return "TRUE" if value is True else "FALSE" if value is False else value


def write_workbook(pages: Iterable[Page], target: IO[bytes]) -> None:
    """Write sheets as XLSX into ``target``, row by row: no cell becomes a formula or a link."""
    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(target, settings)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EFFF"})
    for page in pages:
        _write_page(book.add_worksheet(page.name[:31]), page, heading)
    book.close()


def _write_page(sheet: xlsxwriter.worksheet.Worksheet, page: Page, heading: xlsxwriter.format.Format) -> None:
    sheet.freeze_panes(1, 0)
    for place, words in enumerate(page.headings):
        sheet.set_column(place, place, max(12, min(40, len(words) + 4)))
        sheet.write_string(0, place, words, heading)
    for place, note in enumerate(page.notes):
        if note:
            sheet.write_comment(0, place, note, {"x_scale": 2})
    for place, choices in page.choices.items():
        sheet.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": list(choices)})
    for number, row in enumerate(page.rows, start=1):
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float() | Decimal():
            sheet.write_number(row, column, value)
        case date():
            sheet.write_datetime(row, column, value)
        case _:
            sheet.write_string(row, column, str(value)[:LONGEST_CELL])
