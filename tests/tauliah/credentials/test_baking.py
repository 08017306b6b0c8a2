"""Badge images: what is baked in comes out again, and nothing else comes out. Item 27."""

import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials import awards

from tauliah.credentials.baking import (
    NotBaked,
    bake_png,
    bake_svg,
    credential_text,
    unbake,
    unbake_png,
    unbake_svg,
)
from tauliah.credentials.document import open_badge

SVG = b'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9"><!-- a --><rect width="1"/></svg>'
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
TEXT = credential_text(open_badge(awards.statement(), awards.issue()))


def chunk(kind, data, crc=None):
    check = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PIXELS, END = chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND", b"")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG = SIGNATURE + HEADER + PIXELS + END


def itxt(text, keyword=b"openbadgecredential", flags=b"\0\0", kind=b"iTXt"):
    return chunk(kind, keyword + b"\0" + flags + b"\0\0" + text)


def png(*chunks):
    return SIGNATURE + HEADER + b"".join(chunks) + PIXELS + END


# --- Laws ------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_baked_into_a_png_comes_out_the_same(text):
    assert unbake_png(bake_png(PNG, text)) == text


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_what_is_baked_into_an_svg_comes_out_the_same_or_is_refused(text):
    try:
        baked = bake_svg(SVG, text)
    except NotBaked:
        assert "]]>" in text or any(ord(c) < 32 or c in "\ufffe\uffff" for c in text)
    else:
        assert unbake_svg(baked) == text


@given(
    st.recursive(
        st.text(st.characters()),
        lambda inner: st.dictionaries(st.text(st.characters()), inner, max_size=3),
        max_leaves=4,
    )
)
def test_every_credential_has_a_text_that_can_be_baked(value):
    text = credential_text({"value": value})

    assert json.loads(text) == {"value": value}
    assert json.loads(unbake(bake_svg(SVG, text))) == {"value": value}
    assert json.loads(unbake(bake_png(PNG, text))) == {"value": value}


def test_the_chunk_stands_after_the_header_and_is_not_compressed():
    baked = bake_png(PNG, TEXT)

    assert baked == png(itxt(TEXT.encode()))


def test_the_element_is_the_first_child_in_its_namespace():
    baked = bake_svg(SVG, TEXT).decode()

    assert f'<svg xmlns:openbadges="{NAMESPACE}"' in baked
    assert 'width="9"><openbadges:credential><![CDATA[{' in baked
    assert (
        baked.replace(f' xmlns:openbadges="{NAMESPACE}"', "").replace(
            f"<openbadges:credential><![CDATA[{TEXT}]]></openbadges:credential>", ""
        )
        == SVG.decode()
    )


def test_an_svg_that_declares_the_namespace_is_not_given_it_twice():
    declared = SVG.replace(b"<svg", f'<svg xmlns:openbadges="{NAMESPACE}"'.encode())

    assert unbake(bake_svg(declared, TEXT)) == TEXT


# --- PNG -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (PNG, "carries no credential"),
        (png(itxt(b"{}"), itxt(b"{}")), "more than one"),
        (png(itxt(b"{}"), itxt(b"{}", flags=b"\1\0")), "more than one"),
        (png(itxt(zlib.compress(b"{}"), flags=b"\1\0")), "compressed"),
        (png(itxt(b"{}", flags=b"\0\1")), "compressed"),
        (png(chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(b"{}"))), "compressed"),
        (png(chunk(b"tEXt", b"openbadgecredential\0{}")), "compressed"),
        (png(chunk(b"iTXt", b"openbadgecredential\0")), "compressed"),
        (png(itxt(b"\xff\xfe")), "UTF-8"),
        (png(itxt(b"{}", keyword=b"openbadges")), "Open Badges 2"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}", crc=1)), "damaged"),
        (SIGNATURE + HEADER + chunk(b"IDAT", b"", crc=5) + END, "damaged"),
        (SIGNATURE + PIXELS + END, "damaged"),
        (PNG[:-1], "damaged"),
        (PNG + b"more", "damaged"),
        (PNG + END, "damaged"),
        (SIGNATURE + HEADER + PIXELS, "damaged"),
        (SIGNATURE, "damaged"),
        (SIGNATURE + b"\xff\xff\xff\xff" + HEADER[4:], "damaged"),
        (SIGNATURE + HEADER + HEADER + END, "damaged"),
    ],
)
def test_a_png_with_anything_but_one_plain_credential_is_refused(image, words):
    with pytest.raises(NotBaked, match=words) as caught:
        unbake(image)

    assert caught.value.text.ms != caught.value.text.en


@pytest.mark.parametrize("baked", [bake_png(PNG, TEXT), png(itxt(b"{}", flags=b"\1\0"))])
def test_a_png_is_never_baked_twice(baked):
    with pytest.raises(NotBaked, match="already"):
        bake_png(baked, TEXT)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_bytes_are_an_error(noise, cut):
    for image in (noise, SIGNATURE + noise, PNG[:cut] + noise, SVG[:cut] + noise):
        try:
            assert isinstance(unbake(image), str)
        except NotBaked:
            continue


# --- SVG -------------------------------------------------------------------------------------------

OPEN = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
ONE = b"<openbadges:credential><![CDATA[{}]]></openbadges:credential>"


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (SVG, "carries no credential"),
        (OPEN + b">" + ONE + ONE + b"</svg>", "more than one"),
        (OPEN + b"><openbadges:credential> </openbadges:credential></svg>", "carries no credential"),
        (OPEN + b">" + ONE + b"<script>alert(1)</script></svg>", "script"),
        (OPEN + b">" + ONE + b'<a href="JavaScript:alert(1)"/></svg>', "script"),
        (OPEN + b' onload="alert(1)">' + ONE + b"</svg>", "script"),
        (OPEN + b">" + ONE + b"<foreignObject/></svg>", "script"),
        (OPEN + b"><openbadges:credential><b/></openbadges:credential></svg>", "script"),
        (b'<?xml-stylesheet href="https://else.example"?>' + OPEN + b">" + ONE + b"</svg>", "script"),
        (b'<!DOCTYPE svg [<!ENTITY a "{}">]>' + OPEN + b"><openbadges:credential>&a;</openbadges:credential></svg>", "script"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + OPEN + b">&a;" + ONE + b"</svg>", "script"),
        (b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "https://else.example">%a;]>' + OPEN + b">" + ONE + b"</svg>", "script"),
        (b"<!DOCTYPE svg [<!ELEMENT svg ANY>]>" + OPEN + b">" + ONE + b"</svg>", "script"),
        (OPEN + b">&undefined;" + ONE + b"</svg>", "not a PNG or SVG"),
        (b"<html>" + ONE + b"</html>", "not a PNG or SVG"),
        (b"<svg>" + b"</svg>", "not a PNG or SVG"),
        (OPEN + b">" + ONE, "not a PNG or SVG"),
        (OPEN + b">" + ONE + b"</svg>" + b" " * 5_000_000, "not a PNG or SVG"),
        (b"%PDF-1.7", "not a PNG or SVG"),
        (b"", "not a PNG or SVG"),
    ],
)  # fmt: skip
def test_an_svg_that_could_act_or_carries_something_else_is_refused(image, words):
    with pytest.raises(NotBaked, match=words) as caught:
        unbake(image)

    assert caught.value.text.ms != caught.value.text.en


def test_a_document_type_that_only_names_the_standard_is_accepted():
    kind = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )

    assert unbake(kind + OPEN + b">" + ONE + b"</svg>") == "{}"


def test_a_signed_token_is_taken_from_its_attribute():
    image = OPEN + b'><openbadges:credential verify="ey.ey.ey">\n </openbadges:credential></svg>'

    assert unbake(image) == "ey.ey.ey"


@pytest.mark.parametrize("text", ["a]]>b", "a\x00", "a\rb", "\ufffe"])
def test_a_text_that_would_break_out_is_refused(text):
    with pytest.raises(NotBaked, match="characters"):
        bake_svg(SVG, text)


@pytest.mark.parametrize(
    "image",
    [
        bake_svg(SVG, TEXT),
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        OPEN + b"><script/></svg>",
        SVG.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
)
def test_a_picture_that_cannot_carry_it_is_refused(image):
    with pytest.raises(NotBaked):
        bake_svg(image, TEXT)
