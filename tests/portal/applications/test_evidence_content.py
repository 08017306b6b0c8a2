"""A file is what its content is, whatever it is called."""

import io
import zipfile
import zlib
from functools import cache

import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from portal.accounts.refusal import Refused
from portal.applications.evidence_content import media_type_of


@cache
def pdf(padding: int = 0, password: str = "") -> bytes:
    """A PDF of one page; ``padding`` bytes make it larger."""
    writer = PdfFileWriter()
    stream = generic.StreamObject(stream_data=b"%" + b"x" * padding if padding else b"")
    writer.insert_page(
        PageObject(
            contents=writer.add_object(stream),
            media_box=generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        )
    )
    if password:
        writer.encrypt(owner_pass=password, user_pass=password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("hidden.js", "alert(1)")
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        media_type_of(data)
    return str(refused.value.message)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pdf(), "application/pdf"),
        (pdf(padding=2_000_000), "application/pdf"),
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
    ],
)
def test_the_three_kinds_are_known_by_their_content(data: bytes, media_type: str) -> None:
    assert media_type_of(data) == media_type


def test_the_large_syllabus_really_has_two_megabytes() -> None:
    assert len(pdf(padding=2_000_000)) > 2_000_000
    assert PdfFileReader(io.BytesIO(pdf(padding=2_000_000))).root["/Pages"]["/Count"] == 1


@pytest.mark.usefixtures("english_words")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello", "no file of a kind that is kept"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, "HEIC"),
        (archive(), "Office document"),
        (b"MZ\x90\0", "program"),
        (b"<html><script>alert(1)</script>", "web page"),
        (b"  <svg xmlns='x'/>", "web page"),
        (b"GIF89a", "another kind"),
        (pdf(password="rahsia"), "password"),
        (pdf()[:-60], "damaged"),
        (b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF", "damaged"),
        (b"%PDF-1.7 %%EOF", "damaged"),
        (pdf() + archive(), "hidden"),
        (picture("PNG") + archive(), "hidden"),
        (picture("JPEG") + archive(), "hidden"),
        (picture("JPEG", (600, 400))[:-400], "damaged"),
        (picture("PNG", (600, 400))[:-40], "damaged"),
        (b"\xff\xd8\xff<?php system('id') ?>", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "damaged"),
    ],
)
def test_anything_else_is_refused_with_what_it_is_and_what_to_do(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.usefixtures("english_words")
def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused() -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)

    header = (20_000).to_bytes(4) + (20_000).to_bytes(4) + b"\x01\x00\x00\x00\x00"
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10))
        + chunk(b"IEND", b"")
    )

    assert "too many pixels" in refusal(bomb)
