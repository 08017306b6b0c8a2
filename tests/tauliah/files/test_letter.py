"""A letter on an institution's paper: complete, literal, archivable, and never broken by what people type."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.tauliah.files.reading import pages_of, text_of

from tauliah.files.letter import (
    Facts,
    Heading,
    Items,
    Letter,
    Notice,
    Paragraph,
    Table,
    letter_pdf,
)
from tauliah.files.paper import BadPaper, Institution, Signatory, Verification, day_in_words
from tauliah.files.pictures import BadPicture, picture
from tauliah.files.qr import NotAnAddress, qr_svg
from tauliah.values.text import Text

CREST = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 9"><path d="M0 0h8v6l-4 3-4-3z" fill="#036"/></svg>'
MARKUP = r"#let x = 1 $a^2$ *b* _i_ @r <script> \ // c `k` = t - ~ [z] {y} & %"
URL = "https://tauliah.contoh.example/c/7f3c2f0e5a9b4f6d8e1a2b3c4d5e6f70"

UNIVERSITY = Institution(
    Text("Universiti Contoh", "Contoh University"),
    "UC",
    Text("Pejabat Pendaftar", "Registrar's Office"),
    ("86400 Bandar Contoh",),
    ("akademik@contoh.example",),
    CREST,
    mottos=("“BERKHIDMAT UNTUK NEGARA”",),
)
LETTER = Letter(
    UNIVERSITY,
    "ms",
    date(2026, 3, 3),
    "Keputusan permohonan",
    (
        Paragraph("Sukacita dimaklumkan."),
        Heading("Kursus"),
        Table(("Kursus", "Kredit"), (("BFC10103", "3"),), numeric=(1,)),
        Facts((("Jumlah", "3 kredit"), ("Dasar", ("UTHM", "Fasal 5(a)")))),
        Items(("Semak rekod", "Bayar yuran"), numbered=True),
        Notice("Rayuan dalam 14 hari."),
    ),
    "UC.600-3/2/1 (42)",
    recipient=("Nur Aisyah binti Abdullah",),
    signatories=(Signatory("CHONG MEI LING", Text("Pendaftar", "Registrar")),),
    copies=("Dekan",),
    verification=Verification(URL, "K7QM-2XFD"),
)


def one_line(document: bytes) -> str:
    return " ".join(text_of(document).replace("\xa0", " ").split())


def png(width: int = 30, height: int = 10) -> bytes:
    held = BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 90, 128)).save(held, "PNG")
    return held.getvalue()


def test_is_archivable_accessible_and_dated():
    document = letter_pdf(LETTER)

    assert b"<pdfaid:part>2</pdfaid:part>" in document
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"(D:20260303000000Z)" in document
    assert b"/Lang(ms)" in document


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ms",
            (
                "Universiti Contoh|Pejabat Pendaftar|Ruj. Kami: UC.600-3/2/1 (42)|Tarikh: 3 Mac 2026|Tuan/Puan,"
                "|Sekian, terima kasih.|“BERKHIDMAT UNTUK NEGARA”|Saya yang menjalankan amanah,|Pendaftar|s.k."
                "|Halaman 1 daripada 1|Kod semakan: K7QM-2XFD"
            ),
        ),
        (
            "en",
            (
                "Contoh University|Registrar's Office|Our ref.: UC.600-3/2/1 (42)|Date: 3 March 2026"
                "|Dear Sir or Madam,|Yours faithfully,|Registrar|c.c.|Page 1 of 1|Short code: K7QM-2XFD"
            ),
        ),
    ],
)
def test_says_what_a_letter_says_in_its_language(language: str, said: str):
    text = one_line(letter_pdf(replace(LETTER, language=language)))

    assert [words for words in said.split("|") if words not in text] == []


def test_every_part_is_printed():
    text = one_line(letter_pdf(LETTER))

    parts = "Sukacita dimaklumkan.|Kredit|BFC10103|3 kredit|Fasal 5(a)|1. Semak rekod|Rayuan dalam"
    assert [words for words in parts.split("|") if words not in text] == []


def test_the_printed_address_is_that_of_the_qr_code():
    assert URL in "".join(text_of(letter_pdf(LETTER)).split())


def test_a_form_has_no_greeting():
    text = one_line(letter_pdf(replace(LETTER, salutation="", closing=(), valediction="")))

    assert "Tuan/Puan" not in text
    assert "menjalankan amanah" not in text
    assert "Keputusan permohonan" in text


def test_same_letter_gives_the_same_bytes():
    assert letter_pdf(LETTER) == letter_pdf(LETTER)


def test_markup_comes_out_literally():
    parts = (Paragraph(MARKUP), Table((MARKUP,), ((MARKUP,),)), Facts(((MARKUP, MARKUP),)), Items((MARKUP,)))
    text = one_line(letter_pdf(replace(LETTER, parts=parts, recipient=(MARKUP,), subject=MARKUP)))

    assert text.count("<script>") >= 6
    assert MARKUP in text


def test_a_table_goes_on_over_the_pages():
    table = Table(("Kursus", "Tajuk"), [(f"BFC{n:05}", "Tajuk yang panjang " * 6) for n in range(80)])

    document = letter_pdf(replace(LETTER, parts=(table,)))

    assert pages_of(document) > 3
    assert text_of(document).count("BFC") == 80


def test_a_signature_may_be_a_picture():
    signed = replace(LETTER, signatories=(replace(LETTER.signatories[0], signature=png()),) * 3)

    assert b"Tandatangan CHONG MEI LING" in letter_pdf(signed)


def test_rows_have_as_many_cells_as_the_header():
    with pytest.raises(BadPaper) as caught:
        Table(("a", "b"), (("1", "2"), ("3",)))

    assert "Row 2" in caught.value.text.en
    assert "Baris 2" in caught.value.text.ms


def test_threads_do_not_meet():
    expected = letter_pdf(LETTER)
    printed: list[bytes] = []

    threads = [Thread(target=lambda: printed.extend(letter_pdf(LETTER) for _ in range(5))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert printed == [expected] * 15


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200))
def test_no_text_can_break_it(typed: str):
    parts = (Paragraph(typed), Table((typed, typed), ((typed, typed),)), Items((typed,)))

    assert letter_pdf(replace(LETTER, parts=parts, subject=typed or "-", reference=typed)).startswith(b"%PDF")


@pytest.mark.parametrize(("language", "expected"), [("ms", "3 Mac 2026"), ("en", "3 March 2026")])
def test_a_day_is_written_in_words(language: str, expected: str):
    assert day_in_words(date(2026, 3, 3), language) == expected


# --- Addresses and pictures ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://tauliah.contoh.example/c/1",
        "https://user@contoh.example/c/1",
        "https://contoh.example/c/1?name=Aminah",
        "https://contoh.example/c/1#x",
        "https://contoh.example",
        "https:///c/1",
        "https://contoh.example:99999/c/1",
        "javascript:alert(1)",
        "https://contoh.example/c/" + "a" * 200,
        "https://contoh.example/c/é",
    ],
)
def test_only_a_plain_address_over_https_is_printed(url: str):
    with pytest.raises(NotAnAddress) as caught:
        Verification(url)

    assert "https://" in caught.value.text.ms
    assert "https://" in caught.value.text.en


def test_a_developer_may_print_the_address_of_the_own_machine():
    assert Verification("http://127.0.0.1:8000/c/1").url == "http://127.0.0.1:8000/c/1"


def test_a_qr_code_is_always_drawn_the_same_way():
    assert qr_svg(URL) == qr_svg(URL)
    assert qr_svg(URL) != qr_svg(URL[:-1] + "1")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<svg",
        b"<p>not a picture</p>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://x.example/a.png"/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="a.svg"/></svg>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><style>@import url(x.css)</style></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><path style="fill:url(//x.example/a)"/></svg>',
        b"\x89PNG\r\n\x1a\nbroken",
        png()[:60],
        b" " * 1_000_001,
    ],
)
def test_a_picture_that_cannot_be_printed_is_refused(data: bytes):
    with pytest.raises(BadPicture) as caught:
        picture(data)

    assert caught.value.text.ms
    assert caught.value.text.en


def test_a_picture_with_too_many_pixels_is_refused():
    with pytest.raises(BadPicture, match="too large"):
        picture(png(3000, 3000))


@pytest.mark.parametrize("data", [CREST, b"\xef\xbb\xbf" + CREST, png()])
def test_a_picture_becomes_svg(data: bytes):
    assert picture(data).startswith("<svg")


def test_a_colour_is_written_in_full():
    with pytest.raises(BadPaper, match="#1e3a8a"):
        replace(UNIVERSITY, colour="blue")
