"""An agenda with its papers: one PDF, its pages named in the table, bookmarks that lead to the papers."""

from datetime import date
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from tests.tauliah.files.reading import pages_of, text_of
from tests.tauliah.files.test_letter import MARKUP, UNIVERSITY

from tauliah.files.agenda import Agenda, Entry, Section, agenda_pdf
from tauliah.files.letter import Facts, Heading, Paragraph, Table

PARTS = (
    Facts((("Fakulti", "FSKTM"),)),
    Heading("Sinopsis"),
    Paragraph("Peranti dan sensor."),
    Table(("Kod", "Hasil"), [("CLO1", "Menerangkan")] * 3),
)


def agenda(number: int = 3, language: str = "ms", papers: bool = True, title: str = "MC{} Asas IoT") -> bytes:
    entries = [
        Entry(str(n), title.format(n), PARTS, "Ditangguhkan" if n == 2 else "") for n in range(1, number + 1)
    ]
    sections = [Section("Cadangan kursus", entries[:-1]), Section("Keputusan kursus", entries[-1:])]
    return agenda_pdf(
        Agenda(
            UNIVERSITY,
            language,
            date(2026, 11, 30),
            "Agenda dan kertas kerja",
            (("Tarikh", "30 November 2026"),),
            sections,
            subtitle="JPPEU, mesyuarat 5/2026",
            note="Pengerusi: Timbalan Naib Canselor",
            reference="JPPEU 5/2026",
            papers=papers,
        )
    )


def bookmarks(pdf: bytes) -> list[str]:
    """The outermost bookmarks of a document."""
    found: list[str] = []
    at = PdfFileReader(BytesIO(pdf)).root["/Outlines"]["/First"]
    found.append(str(at["/Title"]))
    while "/Next" in at:
        at = at["/Next"]
        found.append(str(at["/Title"]))
    return found


def test_every_paper_begins_on_a_page_that_the_table_names() -> None:
    pdf = agenda(3)

    assert pages_of(pdf) == 4
    first = text_of(pdf, "-f", "1", "-l", "1", "-layout")
    rows = [line.split() for line in first.splitlines() if line.strip().startswith(("1 ", "2 ", "3 "))]
    assert [(row[0], row[-1]) for row in rows] == [("1", "2"), ("2", "3"), ("3", "4")]
    third = text_of(pdf, "-f", "3", "-l", "3")
    assert "Kertas 2" in third
    assert "MC2 Asas IoT" in third
    assert "Ditangguhkan" in third


def test_bookmarks_lead_to_the_papers() -> None:
    assert bookmarks(agenda(3)) == [
        "Cadangan kursus",
        "Keputusan kursus",
        "MC1 Asas IoT",
        "MC2 Asas IoT",
        "MC3 Asas IoT",
    ]


def test_it_is_made_in_english() -> None:
    text = text_of(agenda(2, "en"))

    assert "Paper 1" in text
    assert "Page 1 of 3" in text


def test_without_papers_the_table_stands_alone() -> None:
    assert pages_of(agenda(3, papers=False)) == 1


def test_what_people_typed_is_printed_literally() -> None:
    assert "#let x = 1 $a^2$" in text_of(agenda(2, title=MARKUP.replace("{y}", "y")))


def test_the_same_agenda_is_the_same_file_and_says_it_is_archivable() -> None:
    one, other = agenda(), agenda()

    assert one == other
    assert b"pdfaid" in one
