"""How large a workbook really is, found without opening it: what its header says may be untrue."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from tauliah.values.text import Text

MOST_INFLATED = 120_000_000
MOST_PARTS = 500
MOST_CELLS = 2_000_000
CHUNK = 1 << 16
LOCAL_HEADER = 30
LONGEST_REFERENCE = 64
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
REFERENCE = re.compile(rb"""\br=["']([A-Z]*)([0-9]+)["']""")


class TooLarge(ValueError):
    """A workbook has more rows, columns, sheets or bytes than can be worked on."""

    def __init__(self, ms: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(ms, en)

    @classmethod
    def of(cls, rows: int, columns: int, sheets: int) -> "TooLarge":
        """Say how much there may be."""
        return cls(
            f"Terlalu banyak data: paling banyak {rows} baris, {columns} lajur dan {sheets} helaian. "
            "Bahagikan fail itu, dan padam baris serta lajur kosong yang diformat.",
            f"Too much data: {rows} rows, {columns} columns and {sheets} sheets at most. "
            "Split the file, and delete empty rows and columns that only have formatting.",
        )


def measure(content: bytes, rows: int, columns: int, sheets: int) -> None:
    """Raise ``TooLarge`` where a workbook exceeds a limit, ``ValueError`` where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError) as broken:
        raise ValueError("not a workbook") from broken
    if "xl/workbook.xml" not in {part.filename.lower() for part in parts}:
        raise ValueError("not a workbook")
    large = TooLarge.of(rows, columns, sheets)
    if len(parts) > MOST_PARTS or sum(bool(SHEET.fullmatch(p.filename)) for p in parts) > sheets:
        raise large
    left, cells = MOST_INFLATED, MOST_CELLS
    for part in parts:
        tail = b""
        for chunk in _inflated(content, part):
            left, cells = left - len(chunk), cells - len(CELL.findall(chunk))
            if left < 0 or cells < 0:
                raise large
            tail = _within(tail + chunk, rows, columns, large)


def _within(text: bytes, rows: int, columns: int, large: TooLarge) -> bytes:
    """Check every reference to a row or cell, and return the end of the text, where one may be cut."""
    for letters, number in REFERENCE.findall(text):
        if len(number) > 7 or int(number) > rows or _column(letters) > columns:
            raise large
    return text[-LONGEST_REFERENCE:]


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters[:6]:
        place = place * 26 + letter - ord("A") + 1
    return place


def _inflated(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the real content of a part, also where its header says that it is shorter."""
    at = part.header_offset
    header = content[at : at + LOCAL_HEADER]
    if len(header) < LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise ValueError("not a workbook")
    begin = (
        at + LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    )
    packed = content[begin : begin + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError("not a workbook")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not inflate.eof:
            yield inflate.decompress(packed, CHUNK)
            packed = inflate.unconsumed_tail
    except zlib.error as broken:
        raise ValueError("not a workbook") from broken
