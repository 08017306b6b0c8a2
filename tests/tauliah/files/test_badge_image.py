"""The picture of a badge: drawn from the award, in the institution's colours, whatever its title holds."""

import json
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import typst
from PIL import Image
from tests.tauliah.credentials import awards
from tests.tauliah.files.awards import CREST
from tests.tauliah.files.reading import text_of

from tauliah.credentials.baking import bake_png, bake_svg, credential_text, unbake
from tauliah.credentials.document import open_badge
from tauliah.files import badge_image
from tauliah.files.badge_image import badge_png, badge_svg
from tauliah.files.paper import Institution
from tauliah.files.typesetting import FOLDER, fonts
from tauliah.values.text import Text, same

LOOK = Institution(Text("Universiti Contoh Malaysia", "Example University"), "UCM", crest=CREST)
COURSE = awards.achievement()
SVG = "{http://www.w3.org/2000/svg}"


def words_of(achievement, certificate="micro_credential", look=LOOK, language="ms"):
    """What a reader finds in the same template, printed as PDF."""
    view = badge_image._view(achievement, certificate, look, language)
    printed = typst.compile(
        FOLDER / "badge.typ",
        root=FOLDER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"view": json.dumps(view), **look.pictures()},
        format="pdf",
        timestamp=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return " ".join(text_of(printed).split())


def colours(png):
    """The colours of a picture by how much of it they cover, the transparent ground left out."""
    picture = Image.open(BytesIO(png)).convert("RGBA")
    counted = sorted(picture.getcolors(picture.width * picture.height), reverse=True)
    return [colour[:3] for _, colour in counted if colour[3] == 255]


def test_the_picture_is_square_and_lies_on_any_ground():
    picture = Image.open(BytesIO(badge_png(COURSE, "micro_credential", LOOK, "ms")))

    assert (picture.size, picture.format) == ((840, 840), "PNG")
    assert picture.convert("RGBA").getpixel((2, 2))[3] == 0


def test_the_colours_are_the_institutions():
    red = Institution(LOOK.name, "UCM", colour="#7a1f2b", accent="#c9a227")

    assert colours(badge_png(COURSE, "micro_credential", LOOK, "ms"))[0] == (0x1E, 0x3A, 0x8A)
    assert colours(badge_png(COURSE, "micro_credential", red, "ms"))[0] == (0x7A, 0x1F, 0x2B)


@pytest.mark.parametrize(
    ("certificate", "language", "words"),
    [
        ("micro_credential", "ms", ["Pentauliahan Mikro dalam Asas IoT", "SIJIL PENTAULIAHAN MIKRO", "Tahap MQF 6 · Sarjana Muda", "1.5 kredit", "Universiti Contoh Malaysia"]),
        ("accomplishment", "en", ["Micro-Credential in IoT Fundamentals", "CERTIFICATE OF ACCOMPLISHMENT", "MQF level 6 · Bachelor", "1.5 credits", "Example University"]),
        ("participation", "ms", ["SIJIL PENYERTAAN"]),
    ],
)  # fmt: skip
def test_it_says_what_the_award_is(certificate, language, words):
    found = words_of(COURSE, certificate, language=language)

    assert [word for word in words if word not in found] == []


def test_without_a_crest_it_bears_the_short_name():
    assert "UCM" in words_of(COURSE, look=Institution(LOOK.name, "UCM"))


@pytest.mark.parametrize(
    "title", ["#let x = 5; #x", "$y^2$ *b* _i_ `c`", "<script>alert(1)</script> & co", "@label // no"]
)
def test_markup_in_a_title_appears_as_it_was_typed(title):
    """Item 28: text is data for the typesetter, and escaped in the SVG."""
    marked = awards.achievement(title=same(title))

    assert title.replace(" ", "") in words_of(marked).replace(" ", "")
    root = ET.fromstring(badge_svg(marked, "micro_credential", LOOK, "ms"))
    assert title in (root.findtext(f"{SVG}title") or "")
    assert root.find(f".//{SVG}script") is None


def test_the_longest_title_still_fits():
    found = words_of(awards.achievement(title=same("Pengurusan " * 27)))

    assert found.count("Pengurusan") == 27


def test_a_script_that_no_face_has_is_spelled_out_rather_than_boxed():
    assert badge_image._shown("MOOC 林") == "MOOC [U+6797]"
    assert badge_image._shown("a\u202eb") == "a[U+202E]b"


def test_nothing_about_a_learner_is_in_it_so_it_is_drawn_once():
    first = badge_svg(COURSE, "micro_credential", LOOK, "ms")

    assert badge_svg(awards.achievement(), "micro_credential", LOOK, "ms") == first
    assert badge_image._drawn.cache_info().hits >= 1


def test_both_pictures_can_be_baked_and_read():
    text = credential_text(awards.signed(open_badge(awards.statement(), awards.issue())))
    svg = bake_svg(badge_svg(COURSE, "micro_credential", LOOK, "ms"), text)
    png = bake_png(badge_png(COURSE, "micro_credential", LOOK, "ms"), text)

    assert unbake(svg) == unbake(png) == text
    assert Image.open(BytesIO(png)).size == (840, 840)
    assert ET.fromstring(svg)[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
