"""The QR code of a printed document: a verification address and nothing else, as SVG."""

import re
from io import BytesIO
from urllib.parse import urlsplit

import segno

from tauliah.values.text import Text

LONGEST_URL = 200
MASK = 3
"""One mask for all: trying all eight takes five times as long, and readers take any."""
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
"""Hosts of a developer's own machine, for which plain HTTP will do."""
PLAIN = re.compile(r"[A-Za-z0-9:/.\[\]_~-]+")
NOT_AN_ADDRESS = Text(
    "Alamat pengesahan “{url}” mesti bermula dengan https:// dan mengandungi hos dan laluan sahaja, tanpa"
    " nama pengguna, pertanyaan atau serpihan; tetapkan alamat awam portal.",
    "The verification address “{url}” must begin with https:// and have a host and a path only, without user,"
    " query or fragment; set the portal's public address.",
)


class NotAnAddress(ValueError):
    """An address that must not be printed; `text` says why in both languages."""

    def __init__(self, url: str) -> None:
        self.text = NOT_AN_ADDRESS.fill(url=url[:LONGEST_URL])
        super().__init__(self.text.en)


def checked(url: str) -> str:
    """The address itself where it may be printed; raises `NotAnAddress`."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise NotAnAddress(url) from None
    plain = PLAIN.fullmatch(url) and len(url) <= LONGEST_URL and host and "@" not in parts.netloc
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not plain or not secure or len(parts.path) < len("/c"):
        raise NotAnAddress(url)
    return url


def qr_svg(url: str) -> str:
    """The code of an address as an SVG without margin, black on white; raises `NotAnAddress`."""
    drawn = BytesIO()
    segno.make(checked(url), error="m", micro=False, boost_error=False, mask=MASK).save(
        drawn, kind="svg", xmldecl=False, border=0, omitsize=True
    )
    return drawn.getvalue().decode()
