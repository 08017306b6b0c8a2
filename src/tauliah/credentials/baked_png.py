"""A credential in a PNG: one uncompressed `iTXt` chunk after the header, as Open Badges 3.0 has it."""

import struct
import zlib
from collections.abc import Iterator

from tauliah.credentials.not_baked import NotBaked

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
_OLD_KEYWORD = b"openbadges"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
LARGEST = 20_000_000
_AROUND = 12


def bake_png(png: bytes, credential: str) -> bytes:
    """The picture with the credential in it; raises `NotBaked` for a picture that carries one already."""
    chunks = list(_chunks(png))
    if any(_keyword(kind, data) == KEYWORD for kind, data in chunks):
        raise NotBaked(
            "Imej ini sudah mengandungi kelayakan; gunakan imej asal.",
            "This image carries a credential already; use the original image.",
        )
    text = KEYWORD + b"\x00\x00\x00\x00\x00" + credential.encode()
    header, *rest = chunks
    return SIGNATURE + b"".join(_written(*chunk) for chunk in (header, (b"iTXt", text), *rest))


def unbake_png(png: bytes) -> str:
    """The credential in the picture, as text; raises `NotBaked`."""
    texts = [(kind, data) for kind, data in _chunks(png) if kind in _TEXTS]
    found = [(kind, data) for kind, data in texts if _keyword(kind, data) == KEYWORD]
    if not found and any(_keyword(kind, data) == _OLD_KEYWORD for kind, data in texts):
        raise NotBaked(
            "Lencana ini dalam versi lama (Open Badges 2); minta versi 3.0 daripada pengeluarnya.",
            "This badge is of an older version (Open Badges 2); ask its issuer for version 3.0.",
        )
    if not found:
        raise NotBaked("Imej ini tidak mengandungi kelayakan.", "This image carries no credential.")
    if len(found) > 1:
        raise NotBaked(
            "Imej ini mengandungi lebih daripada satu kelayakan.",
            "This image carries more than one credential.",
        )
    return _text_of(*found[0])


def _text_of(kind: bytes, data: bytes) -> str:
    flags, rest = data[len(KEYWORD) + 1 : len(KEYWORD) + 3], data[len(KEYWORD) + 3 :]
    _language, _, rest = rest.partition(b"\x00")
    _translated, ended, text = rest.partition(b"\x00")
    if kind != b"iTXt" or flags != b"\x00\x00" or not ended:
        raise NotBaked(
            "Kelayakan dalam imej ini dimampatkan atau salah bentuk; hanya teks biasa diterima.",
            "The credential in this image is compressed or malformed; only plain text is accepted.",
        )
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise NotBaked(
            "Kelayakan dalam imej ini bukan teks UTF-8.", "The credential in this image is not UTF-8 text."
        ) from None


def _keyword(kind: bytes, data: bytes) -> bytes:
    return data.partition(b"\x00")[0] if kind in _TEXTS else b""


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk with its kind; raises `NotBaked` where the file is damaged, cut short or goes on."""
    if not png.startswith(SIGNATURE) or len(png) > LARGEST:
        raise _damaged()
    place, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        length, kind, data = _chunk_at(png, place)
        if (place == len(SIGNATURE)) != (kind == b"IHDR"):
            raise _damaged()
        yield kind, data
        place += length + _AROUND
    if place != len(png):
        raise _damaged()


def _chunk_at(png: bytes, place: int) -> tuple[int, bytes, bytes]:
    if place + _AROUND > len(png):
        raise _damaged()
    length, kind = struct.unpack_from(">I4s", png, place)
    end = place + _AROUND + length
    if end > len(png):
        raise _damaged()
    data = png[place + 8 : end - 4]
    if struct.unpack_from(">I", png, end - 4)[0] != zlib.crc32(data, zlib.crc32(kind)):
        raise _damaged()
    return length, kind, data


def _written(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", check)


def _damaged() -> NotBaked:
    return NotBaked(
        "Fail PNG ini rosak atau tidak lengkap; muat turun semula fail asal.",
        "This PNG file is damaged or incomplete; download the original again.",
    )
