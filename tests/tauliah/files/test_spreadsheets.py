"""Spreadsheets: what people send is read as they see it, what harms is refused with words, nothing is a formula."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tauliah.files import spreadsheets
from tauliah.files.spreadsheets import (
    Page,
    UnreadableSpreadsheet,
    column_letters,
    csv_lines,
    read,
    write_workbook,
)


def workbook(*pages: Page) -> bytes:
    target = io.BytesIO()
    write_workbook(pages, target)
    return target.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableSpreadsheet) as refused:
        read(content)
    assert refused.value.text.ms
    assert refused.value.text.ms != refused.value.text.en
    return refused.value.text.en


def repacked(content: bytes, **changed: bytes) -> bytes:
    """The workbook with some parts replaced; ``__`` stands for a slash."""
    target = io.BytesIO()
    replaced = {name.replace("__", "/") + ".xml": part for name, part in changed.items()}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, replaced.get(part.filename, old.read(part)))
    return target.getvalue()


# --- Reading XLSX -----------------------------------------------------------------------------------


def test_cells_are_read_as_a_person_sees_them():
    row = ["BIT 10303", 3, 2.5, Decimal("0.1"), date(2026, 2, 28), True, None, "  Aljabar\u00a0Linear "]
    [sheet] = read(workbook(Page("Kursus", ["a"] * 8, [row])))

    assert sheet.name == "Kursus"
    assert list(sheet.rows[1]) == [
        "BIT 10303", "3", "2.5", "0.1", "2026-02-28", "TRUE", "", "Aljabar Linear",
    ]  # fmt: skip


def test_every_visible_sheet_is_read_and_hidden_ones_are_not():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for name in ("Satu", "Dua", "Tiga"):
        book.add_worksheet(name).write(0, 0, name)
    book.worksheets()[1].hide()
    book.close()

    assert [sheet.name for sheet in read(target.getvalue())] == ["Satu", "Tiga"]


def test_rows_keep_their_numbers_when_the_first_ones_are_empty():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write(2, 1, "kod")
    book.close()

    [sheet] = read(target.getvalue())

    assert [list(row) for row in sheet.rows] == [["", ""], ["", ""], ["", "kod"]]


def test_merged_cells_are_named():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().merge_range("A3:B4", "digabung")
    book.close()

    [sheet] = read(target.getvalue())

    assert list(sheet.merged) == ["A3:B4"]


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_in_excel(place, letters):
    assert column_letters(place) == letters


# --- What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf\r\n;;\r\n"])
def test_an_empty_file_is_refused(content):
    assert "empty" in refusal(content) or "no data" in refusal(content)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 syllabus", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04 no workbook", b"<!DOCTYPE html>"],
)
def test_what_is_no_spreadsheet_is_refused(content):
    assert "not an XLSX or CSV file" in refusal(content)


def test_an_archive_that_is_no_workbook_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert "not an XLSX or CSV file" in refusal(target.getvalue())


def test_an_old_or_locked_excel_file_is_refused_with_the_way_out():
    assert ".xlsx without a password" in refusal(spreadsheets.OLD_EXCEL + b"\x00" * 600)


def test_a_workbook_cut_short_is_refused():
    whole = workbook(Page("Kursus", ["kod"], [["BIT 10303"]]))

    assert "not an XLSX or CSV file" in refusal(whole[: len(whole) // 2])


def test_a_broken_sheet_is_refused():
    whole = workbook(Page("Kursus", ["kod"], [["BIT 10303"]]))

    assert "not an XLSX" in refusal(repacked(whole, xl__worksheets__sheet1=b"<worksheet><sheetData><row><c"))


def test_a_file_of_too_many_bytes_is_refused(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 1_000_000)

    assert "larger than 1 MB" in refusal(b"a" * 1_000_001)


def test_a_million_rows_are_refused_without_opening_them():
    row = '<row r="%d"><c r="A%d"><v>1</v></c></row>'
    sheet = (
        "<worksheet><sheetData>"
        + "".join(row % (n, n) for n in range(1, 1_000_001, 7))
        + "</sheetData></worksheet>"
    )
    whole = workbook(Page("Kursus", ["kod"], []))

    assert "50000 rows" in refusal(repacked(whole, xl__worksheets__sheet1=sheet.encode()))


@pytest.mark.parametrize("cell", ["A1048576", "XFD1", "ZZZZZZ99999999999"])
def test_one_cell_far_away_is_refused_before_room_is_made_for_all_between(cell):
    sheet = f'<worksheet><sheetData><row r="1"><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    whole = workbook(Page("Kursus", ["kod"], []))

    assert "Too much data" in refusal(repacked(whole, xl__worksheets__sheet1=sheet.encode()))


def test_a_zip_bomb_is_refused():
    whole = workbook(Page("Kursus", ["kod"], []))

    assert "Too much data" in refusal(repacked(whole, xl__styles=b" " * 130_000_000))


def test_a_bomb_that_lies_about_its_size_is_refused():
    honest = repacked(workbook(Page("Kursus", ["kod"], [["x"]])), xl__styles=b" " * 130_000_000)
    with zipfile.ZipFile(io.BytesIO(honest)) as book:
        real = book.getinfo("xl/styles.xml").file_size.to_bytes(4, "little")
    lying = honest.replace(real, (100).to_bytes(4, "little"))

    assert "Too much data" in refusal(lying)


def test_too_many_sheets_are_refused():
    assert "20 sheets" in refusal(workbook(*(Page(f"S{n}", ["kod"], []) for n in range(21))))


def test_a_csv_of_too_many_rows_or_columns_is_refused(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)

    assert "3 rows" in refusal(b"a,b\n" * 4)
    assert "100 columns" in refusal(b"," * 100 + b"x\n")


# --- CSV as Excel in Malaysia writes it -------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding, separator):
    text = separator.join(["kod", "nama"]) + "\r\n" + separator.join(["BIT10303", '"Algebra, ; dan “logik”"'])

    [sheet] = read(text.encode(encoding))

    assert [list(row) for row in sheet.rows] == [["kod", "nama"], ["BIT10303", "Algebra, ; dan “logik”"]]


def test_a_csv_of_windows_keeps_its_accents_and_dashes():
    [sheet] = read("kod;nama\r\nBIT1;Café – “asas”\r\n".encode("cp1252"))

    assert list(sheet.rows[1]) == ["BIT1", "Café – “asas”"]


def test_a_line_that_names_the_separator_is_obeyed_and_not_data():
    [sheet] = read(b"sep=;\r\nkod;nama, penuh\r\nA;B\r\n")

    assert [list(row) for row in sheet.rows] == [["kod", "nama, penuh"], ["A", "B"]]


def test_a_quoted_cell_may_hold_lines():
    [sheet] = read(b'kod,sinopsis\n"BIT1","baris satu\nbaris dua"\n')

    assert list(sheet.rows[1]) == ["BIT1", "baris satu\nbaris dua"]


# --- Writing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["=1+1", "+60 7-453 0000", "-teori", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")']
)
def test_no_text_becomes_a_formula(text):
    csv = "".join(csv_lines(["a"], [[text]]))
    content = workbook(Page("A", ["a"], [[text]]))

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert csv.splitlines()[1].lstrip('"').startswith("'")


def test_negative_numbers_stay_numbers():
    assert "".join(csv_lines(["a"], [[-5], [Decimal("-2.50")]])).splitlines()[1:] == ["-5", "-2.50"]


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8():
    assert next(csv_lines(["Kod"], [])) == "\ufeffKod\r\n"


def test_moments_and_truth_are_written_plainly():
    lines = "".join(csv_lines(["a", "b", "c"], [[datetime(2026, 1, 2, 3, 4), True, date(2026, 1, 2)]]))

    assert lines.splitlines()[1] == "2026-01-02 03:04,TRUE,2026-01-02"


cells = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)
    .map(str.strip)
    .filter(lambda text: "\u00a0" not in text and not text.startswith("'") and text == text.strip())
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_written_is_read_back(rows):
    headings = ["Kod", "Nama"]
    as_csv = "".join(csv_lines(headings, rows)).encode()
    as_xlsx = workbook(Page("A", headings, rows))

    assert [list(row) for row in read(as_csv)[0].rows] == [headings, *rows]
    found = [list(row) for row in read(as_xlsx)[0].rows]
    assert found == [headings, *rows][: len(found)]
    assert not any(any(row) for row in rows[len(found) - 1 :])
