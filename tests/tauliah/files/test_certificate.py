"""Certificate and statement: complete in two languages, literal, archivable, on their pages whatever the names."""

import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.tauliah.files.awards import (
    AWARD,
    CODE,
    COURSE,
    CREDENTIAL,
    FACE,
    LOOK,
    NRIC,
    URL,
    accomplishment,
    named,
    participation,
)
from tests.tauliah.files.reading import pages_of, program, text_of
from tests.tauliah.files.signing import LATER

from tauliah.credentials.achievement import Outcome
from tauliah.credentials.identity_card import nric_in
from tauliah.credentials.statement import CERTIFICATES
from tauliah.credentials.statement_rows import LABELS
from tauliah.files.certificate import Face, certificate_pdf
from tauliah.files.ornament import frame_svg, seal_svg, shaded, tinted
from tauliah.files.paper import Signatory
from tauliah.files.qr import NotAnAddress
from tauliah.files.signed_pdf import UNSIGNED, read_signed_pdf
from tauliah.files.statement import statement_pdf
from tauliah.files.typesetting import FOLDER
from tauliah.values.text import Text

MARKUP = r"#let x = 1 $a^2$ *b* _i_ @r <script> \ // c `k` = t - ~ [z] {y} & %"
LONG = "Tengku Puteri Nur Syahirah Balqis binti Tengku Mohamad Shahril Anuar Al-Haj"

faces = pytest.mark.parametrize("printed", [certificate_pdf, statement_pdf])


def one_line(document: bytes) -> str:
    return " ".join(text_of(document, "-layout").replace("\xa0", " ").split())


def in_order(document: bytes) -> str:
    return " ".join(text_of(document, "-raw").replace("\xa0", " ").split())


@faces
def test_is_archivable_accessible_and_dated(printed):
    document = printed(AWARD, FACE, CREDENTIAL)

    assert b"<pdfaid:part>3</pdfaid:part>" in document
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"/Lang(ms)" in document
    assert b"(D:202603" in document


@faces
def test_carries_the_credential_byte_for_byte(printed):
    document = printed(AWARD, FACE, CREDENTIAL)
    read = read_signed_pdf(document, (), LATER)

    assert (read.credential, read.signature) == (CREDENTIAL, UNSIGNED)
    assert b"/AFRelationship/Data" in document
    assert b"/Subtype/application#2Fld+json" in document


@faces
def test_same_award_gives_the_same_bytes(printed):
    assert printed(AWARD, FACE, CREDENTIAL) == printed(AWARD, FACE, CREDENTIAL)


@pytest.mark.parametrize(
    ("award", "ms", "en"),
    [
        (AWARD, "dianugerahkan pentauliahan mikro", "is awarded the micro-credential"),
        (accomplishment(), "lulus pentaksirannya", "passed its assessment"),
        (participation(), "semua aktiviti pembelajaran", "all learning activities"),
    ],
)
def test_certificate_says_what_was_achieved(award, ms, en):
    for language, said in (("ms", ms), ("en", en)):
        text = one_line(certificate_pdf(award, replace(FACE, language=language), CREDENTIAL)).casefold()

        title = CERTIFICATES[award.certificate]
        for words in (title.ms, title.en, said, "Nur Aisyah binti Abdullah", "UC/MC/2026/000123", CODE):
            assert words.casefold() in text


def test_certificate_tells_the_facts_of_the_award():
    text = in_order(certificate_pdf(AWARD, FACE, CREDENTIAL))

    facts = "TMN4031MCA|1.5|60 jam|A-|5 Januari 2026 – 13 Februari 2026|3 Mac 2026|IoT Fundamentals|******-**-1234"
    assert [fact for fact in facts.split("|") if fact not in text] == []


def test_participation_has_no_grade_and_no_credits():
    text = in_order(certificate_pdf(participation(), FACE, CREDENTIAL))

    assert "Gred" not in text
    assert "1.5" not in text


def test_statement_has_every_field_of_the_appendix_in_both_languages():
    text = in_order(statement_pdf(AWARD, FACE, CREDENTIAL))

    for label in LABELS.values():
        assert "".join(label.ms.split()) in "".join(text.split())
        assert "".join(label.en.split()) in "".join(text.split())
    values = "1.5|60 hours|Explain the architecture|Menerangkan seni bina|Formative 40 %|summative 60 %|4 Mac 2026|MQA/FA1234"
    assert [value for value in values.split("|") if value not in text] == []


def test_statement_may_speak_the_learners_language_only():
    text = in_order(statement_pdf(AWARD, replace(FACE, language="en"), CREDENTIAL, both=False))

    assert "Enrolment Requirements SPM or equivalent" in text
    assert "Syarat Pendaftaran" not in text
    assert "Kenyataan Pentauliahan" not in text


def test_who_signs_is_named_on_both_faces():
    for document in (certificate_pdf(AWARD, FACE, CREDENTIAL), statement_pdf(AWARD, FACE, CREDENTIAL)):
        text = in_order(document)

        assert "CHONG MEI LING Pendaftar" in text
        assert "BAKAR BIN OSMAN Naib Canselor" in text


@faces
def test_without_signatories_the_issuers_own_signs(printed):
    text = in_order(printed(AWARD, replace(FACE, signatories=()), CREDENTIAL))

    assert "CHONG MEI LING Pendaftar" in text
    assert "BAKAR" not in text


@faces
def test_a_signature_may_be_a_picture(printed):
    held = BytesIO()
    Image.new("RGBA", (60, 20), (0, 0, 90, 200)).save(held, "PNG")
    signatory = Signatory("CHONG MEI LING", Text("Pendaftar", "Registrar"), held.getvalue())

    assert b"Tandatangan CHONG MEI LING" in printed(
        AWARD, replace(FACE, signatories=(signatory,)), CREDENTIAL
    )


@faces
def test_an_institution_without_a_crest_has_papers_too(printed):
    face = Face(replace(LOOK, crest=None, colour="#6b1528", accent="#7a6a3a"), "en")

    assert "Contoh University".casefold() in in_order(printed(AWARD, face, CREDENTIAL)).casefold()


@faces
def test_markup_comes_out_literally(printed):
    award = named(MARKUP, achievement=replace(COURSE, title=Text(MARKUP, MARKUP), code="#$*_@<>"))
    text = "".join(text_of(printed(award, FACE, CREDENTIAL)).split())

    assert text.count("".join(MARKUP.split())) >= 2
    assert "#$*_@<>" in text


@pytest.mark.parametrize("name", [LONG, "A" * 200, "W " * 100, MARKUP * 3])
@pytest.mark.parametrize("title", ["IoT", "Tajuk yang amat panjang " * 12, "K" * 300])
@pytest.mark.parametrize("crest", [True, False])
def test_a_certificate_has_one_page_whatever_the_names(name, title, crest):
    award = named(name, achievement=replace(COURSE, title=Text(title, f"{title} x")))
    face = FACE if crest else replace(FACE, institution=replace(LOOK, crest=None))
    document = certificate_pdf(award, face, CREDENTIAL)

    text = "".join(text_of(document).split())
    assert pages_of(document) == 1
    assert "".join(name.split()) in text
    assert not words_outside(document)


def words_outside(document: bytes) -> list[str]:
    """The words that stand, wholly or in part, beyond the inner frame (18 mm from the edge)."""
    edge, found = 18 * 72 / 25.4, []
    boxes = subprocess.run(
        [program("pdftotext"), "-bbox", "-", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()
    for line in boxes.splitlines():
        if "<word" in line:
            left, top, right, low = (float(part.split('"')[1]) for part in line.split()[1:5])
            if left < edge or top < edge or right > 841.9 - edge or low > 595.3 - edge + 2:
                found.append(line)
    return found


def test_fifty_outcomes_go_on_over_the_pages():
    outcomes = tuple(
        Outcome(code=f"CLO{n}", text=Text("Hasil pembelajaran " * 12, "Learning outcome " * 12))
        for n in range(50)
    )
    document = statement_pdf(replace(AWARD, achievement=replace(COURSE, outcomes=outcomes)), FACE, CREDENTIAL)

    text = text_of(document)
    assert pages_of(document) >= 4
    assert text.count("CLO49") == 2
    assert text.count("Halaman ") == pages_of(document)


@faces
def test_the_printed_address_is_that_of_the_qr_code_and_the_link(printed):
    document = printed(AWARD, FACE, CREDENTIAL)

    assert URL in "".join(text_of(document).split())
    assert f"/URI({URL})".encode() in document
    assert f"Kod QR ke {URL}".encode() in document


@faces
@pytest.mark.parametrize("url", ["http://contoh.example/c/1", "https://contoh.example/c/1?nric=990101011234"])
def test_an_address_that_tells_more_than_the_number_is_refused(printed, url):
    with pytest.raises(NotAnAddress):
        printed(replace(AWARD, verify_at=url), FACE, CREDENTIAL)


@faces
def test_no_identity_card_number_is_on_it(printed):
    document = printed(AWARD, FACE, CREDENTIAL)
    text = text_of(document)

    assert nric_in(NRIC) == NRIC
    assert nric_in(text) is None
    assert "******-**-1234" in text
    assert NRIC.encode() not in document


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=80), st.text(max_size=200))
@example(MARKUP, "中文 தமிழ் جاوي")
def test_no_text_can_break_them(name, title):
    award = named(
        name, achievement=replace(COURSE, title=Text(title, title), code=name[:20]), grade=title[:5]
    )

    assert certificate_pdf(award, FACE, CREDENTIAL).startswith(b"%PDF")
    assert statement_pdf(award, FACE, CREDENTIAL).startswith(b"%PDF")


def test_half_credits_are_written_as_people_do():
    award = replace(
        AWARD, achievement=replace(COURSE, credits=Decimal("3.0"), learning_hours=Decimal("40.50"))
    )

    text = in_order(certificate_pdf(award, FACE, CREDENTIAL))
    assert "40.5 jam" in text
    assert "3.0" not in text


@pytest.mark.parametrize("file", ["certificate_words.yaml", "paper_words.yaml"])
def test_every_word_is_there_in_both_languages(file):
    words = yaml.safe_load(Path(FOLDER / file).read_text(encoding="utf-8"))

    assert [name for name, word in words.items() if not (word["ms"] and word["en"])] == []


def test_frame_and_seal_bear_the_colours_of_the_institution():
    frame, seal = frame_svg("#0b3d66", "#a8842c"), seal_svg("#0b3d66", "#a8842c")

    assert 'stroke="#0b3d66"' in frame
    assert 'stroke="#a8842c"' in frame
    assert 'fill="#a8842c"' in seal
    assert frame_svg("#6b1528", "#a8842c") != frame


@pytest.mark.parametrize(
    ("mixed", "expected"),
    [
        (tinted("#000000", 0.5), "#808080"),
        (shaded("#ffffff", 0.5), "#808080"),
        (tinted("#123456", 1), "#123456"),
    ],
)
def test_colours_are_mixed_with_white_and_black(mixed, expected):
    assert mixed == expected
