"""A credential in an SVG: the first child of the picture, in Open Badges' namespace, as a CDATA section.

Read by expat, which loads nothing from outside; anything that could act (scripts, entities) is refused.
"""

import re
from xml.parsers import expat

from tauliah.credentials.not_baked import NotBaked

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_SVG = "http://www.w3.org/2000/svg"
_CREDENTIAL = f"{NAMESPACE} credential"
_ACTING = ("script", "foreignObject", "handler", "listener")
_DECLARED = "xmlns:openbadges"
_NAME = re.compile(rb"<[^\s/>]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
LARGEST = 5_000_000


def bake_svg(svg: bytes, credential: str) -> bytes:
    """The picture with the credential as its first child; raises `NotBaked` for one that cannot carry it."""
    if "]]>" in credential or _FORBIDDEN.search(credential):
        raise NotBaked(
            "Teks kelayakan mengandungi “]]>” atau aksara yang tidak dibenarkan dalam SVG.",
            "The credential's text contains “]]>” or characters that SVG does not allow.",
        )
    if _read(svg).credentials:
        raise NotBaked(
            "Imej ini sudah mengandungi kelayakan; gunakan imej asal.",
            "This image carries a credential already; use the original image.",
        )
    start, end, declared = _root_tag(svg)
    name = _NAME.match(svg, start)
    if name is None or svg[:end].endswith(b"/>"):
        raise NotBaked("Imej SVG ini kosong.", "This SVG image is empty.")
    added = b"" if declared else f' {_DECLARED}="{NAMESPACE}"'.encode()
    carried = f"<openbadges:credential><![CDATA[{credential}]]></openbadges:credential>".encode()
    baked = svg[: name.end()] + added + svg[name.end() : end] + carried + svg[end:]
    if unbake_svg(baked) != credential:
        raise _unreadable()
    return baked


def unbake_svg(svg: bytes) -> str:
    """The credential in the picture, as text: JSON, or a signed token (JWT). Raises `NotBaked`."""
    found = _read(svg).credentials
    if len(found) > 1:
        raise NotBaked(
            "Imej ini mengandungi lebih daripada satu kelayakan.",
            "This image carries more than one credential.",
        )
    if not found or not found[0].strip():
        raise NotBaked("Imej ini tidak mengandungi kelayakan.", "This image carries no credential.")
    return found[0]


class _Reader:
    """Walks through an SVG and keeps the credentials; raises `NotBaked` at what may not be in it."""

    def __init__(self) -> None:
        self.credentials: list[str] = []
        self._inside, self._signed, self._depth = False, False, 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._acting

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != f"{_SVG} svg":
            raise _unreadable()
        if self._inside or name.rpartition(" ")[2] in _ACTING or _acts(attributes):
            self._acting()
        if name == _CREDENTIAL:
            self._inside = True
            self.credentials.append(attributes.get("verify", ""))
            self._signed = "verify" in attributes

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == _CREDENTIAL:
            self._inside = False

    def _text(self, text: str) -> None:
        if self._inside and not self._signed:
            self.credentials[-1] += text

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        """A document type may name the standard, which is not read; it may declare nothing of its own."""
        if internal:
            self._acting()

    def _acting(self, *_: object) -> None:
        raise NotBaked(
            "Imej SVG ini mengandungi skrip atau entiti, jadi ditolak.",
            "This SVG image contains a script or entities and is refused.",
        )


def _acts(attributes: dict[str, str]) -> bool:
    for name, value in attributes.items():
        plain = name.rpartition(" ")[2].lower()
        if plain.startswith("on") or (plain == "href" and value.strip().lower().startswith("javascript:")):
            return True
    return False


def _read(svg: bytes) -> _Reader:
    if len(svg) > LARGEST:
        raise _unreadable()
    reader = _Reader()
    try:
        reader.parser.Parse(svg, True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        if isinstance(error, NotBaked):
            raise
        raise _unreadable() from error
    return reader


def _root_tag(svg: bytes) -> tuple[int, int, bool]:
    """Where the root's start tag begins and ends in the file, and whether the namespace is declared there."""
    places: list[int] = []
    declared: list[bool] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        places.append(parser.CurrentByteIndex)
        declared.append(_DECLARED in attributes)

    def after(*_: object) -> None:
        if places:
            places.append(parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.DefaultHandler = parser.EndElementHandler = parser.CharacterDataHandler = after
    parser.CommentHandler = parser.StartCdataSectionHandler = after
    parser.Parse(svg, True)
    return places[0], places[1], declared[0]


def _unreadable() -> NotBaked:
    return NotBaked(
        "Fail ini bukan imej PNG atau SVG yang boleh dibaca.",
        "This file is not a PNG or SVG image that can be read.",
    )
