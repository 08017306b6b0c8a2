"""Reads N-Quads into quads as the core writes them; for vectors and oracles, so it lives with the tests."""

import re

from tauliah.credentials.canonical import literals
from tauliah.credentials.canonical.expand import Quad

_IRI = r"<([^>]*)>"
_BLANK = r"(_:[^\s<>\"]+)"
_LITERAL = r'"((?:[^"\\\n\r]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?'
_LINE = re.compile(
    rf"\s*(?:{_IRI}|{_BLANK})\s*{_IRI}\s*(?:{_IRI}|{_BLANK}|{_LITERAL})\s*(?:{_IRI}|{_BLANK})?\s*\.\s*(?:#.*)?"
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = dict(zip("tbnrf\"'\\", "\t\b\n\r\f\"'\\", strict=True))


def parse(text: str) -> list[Quad]:
    return [
        quad(line) for line in text.split("\n") if line.strip("\r \t") and not line.lstrip().startswith("#")
    ]


def quad(line: str) -> Quad:
    match = _LINE.fullmatch(line)
    assert match, line
    s_iri, s_blank, p, o_iri, o_blank, value, datatype, language, g_iri, g_blank = match.groups()
    if value is None:
        obj = o_blank or f"<{unescaped(o_iri)}>"
    else:
        typed = datatype and datatype != f"{literals.XSD}string"
        suffix = f"^^<{unescaped(datatype)}>" if typed else f"@{language}" if language else ""
        obj = literals.text(unescaped(value), suffix)
    graph = g_blank or (f"<{unescaped(g_iri)}>" if g_iri else "")
    return (s_blank or f"<{unescaped(s_iri)}>", f"<{unescaped(p)}>", obj, graph)


def unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _PLAIN[m[3]], text)
