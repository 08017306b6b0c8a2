"""Crests, badges and signatures that institutions give, as SVG that every printed document can carry."""

import base64
import re
from datetime import date
from functools import lru_cache
from io import BytesIO

import typst
from PIL import Image, UnidentifiedImageError

from tauliah.files.typesetting import ARCHIVAL_WITH_FILES, typeset
from tauliah.values.text import Text

LARGEST_BYTES = 1_000_000
MOST_PIXELS = 4_000_000
OUTSIDE = re.compile(
    rb"(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/(?:png|jpeg);)|url\(\s*[\"']?\s*(?!#)", re.IGNORECASE
)
ACTIVE = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<script|<foreignObject|\son\w+\s*=|@import", re.IGNORECASE
)

TOO_LARGE = Text(
    "Gambar terlalu besar; had ialah 1 MB dan 4 juta piksel.",
    "The picture is too large: at most 1 MB and 4 million pixels.",
)
NOT_A_PICTURE = Text(
    "Fail bukan gambar SVG, PNG atau JPEG yang boleh dibaca.",
    "The file is not an SVG, PNG or JPEG that can be read.",
)
NOT_SELF_CONTAINED = Text(
    "SVG mesti lengkap sendiri: tanpa skrip, entiti, atau rujukan ke fail atau tapak lain."
    " Eksport semula sebagai SVG ringkas.",
    "The SVG must stand alone: no script, no entities, no references to other files or sites."
    " Export it as plain SVG.",
)
NOT_PRINTABLE = Text(
    "SVG tidak dapat dicetak: {reason}. Tukar teks kepada lengkung dan eksport semula.",
    "The SVG cannot be printed: {reason}. Turn its text into paths and export it again.",
)


class BadPicture(ValueError):
    """A picture that cannot be printed; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@lru_cache(maxsize=64)
def picture(data: bytes) -> str:
    """A picture as SVG that stands alone and has been printed once for trial; raises `BadPicture`."""
    if len(data) > LARGEST_BYTES:
        raise BadPicture(TOO_LARGE)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _vector(data)
    return _raster(data)


def _vector(data: bytes) -> str:
    if ACTIVE.search(data) or OUTSIDE.search(data):
        raise BadPicture(NOT_SELF_CONTAINED)
    try:
        svg = data.decode("utf-8-sig")
        typeset("picture.typ", {}, date(2000, 1, 1), standards=ARCHIVAL_WITH_FILES, enclosed={"picture": svg})
    except UnicodeDecodeError:
        raise BadPicture(NOT_A_PICTURE) from None
    except typst.TypstError as error:
        reason = str(error).splitlines()[0].removeprefix("error: ")
        raise BadPicture(NOT_PRINTABLE.fill(reason=reason)) from None
    return svg


def _raster(data: bytes) -> str:
    """A raster image inside an SVG of its size: one kind of picture for the templates."""
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise BadPicture(TOO_LARGE)
            image.load()
            kind = str(image.format).lower()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise error if isinstance(error, BadPicture) else BadPicture(NOT_A_PICTURE) from None
    held = base64.b64encode(data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{held}"/></svg>'
    )
