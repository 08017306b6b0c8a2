"""Reads a case that a person brings as a file or as pasted text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from portal.cases.bridge import Entry
from portal.cases.checking import too_long
from portal.cases.paper import Paper
from portal.packs import packs
from tauliah.evaluate import evaluate
from tauliah.files.cases import read_case_text
from tauliah.files.document import UnreadableDocument
from tauliah.values.case import InvalidCase, Problem
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

LARGEST = 400_000
"""Bytes; a case with sixty courses takes a tenth of it."""

NOTHING = Text("Pilih fail atau tampal teks kes.", "Choose a file or paste the text of a case.")
TOO_LARGE = Text(
    "Fail terlalu besar: paling banyak 400 kB.",
    "The file is too large: 400 kB at most.",
)
NOT_TEXT = Text("Fail ini bukan teks UTF-8.", "This file is not UTF-8 text.")
OTHER_KIND = Text(
    "Halaman ini menyemak {words} (kind: {kind}) sahaja.",
    "This page checks {words} (kind: {kind}) only.",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read: an entry where there was a case at all, and what is wrong with it."""

    text: str
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()


def opened(paper: Paper, file: "UploadedFile[Any] | None", pasted: str) -> Opened:
    """Read a case; every problem names its place, and what was pasted comes back."""
    text = pasted
    if file is not None:
        if (file.size or 0) > LARGEST:
            return _refused(pasted, TOO_LARGE)
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            return _refused(pasted, NOT_TEXT)
    if not text.strip():
        return _refused(pasted, NOTHING)
    if len(text) > LARGEST:
        return _refused("", TOO_LARGE)
    return _read(paper, text, pasted)


def _refused(pasted: str, message: Text, where: str = "open-text") -> Opened:
    return Opened(pasted, None, (Problem(where, message),))


def _read(paper: Paper, text: str, pasted: str) -> Opened:
    try:
        case = read_case_text(text)
    except UnreadableDocument as unreadable:
        return _refused(pasted, unreadable.message)
    if not isinstance(case, Mapping) or case.get("kind") != paper.kind:
        return _refused(pasted, _other_kind(paper.kind))
    entry, long = paper.entry_of_case(case), too_long(case, paper.shape)
    try:
        evaluate(case, packs())
    except InvalidCase as invalid:
        return Opened(pasted, entry, (*invalid.problems, *long))
    return Opened(pasted, entry, long)


def _other_kind(kind: str) -> Text:
    words = VOCABULARY["kind"][kind]
    return OTHER_KIND.fill(words=Text(_small(words.ms), _small(words.en)), kind=kind)


def _small(words: str) -> str:
    """Begin with a small letter, except abbreviations (MOOC)."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
