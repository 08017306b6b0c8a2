"""Reads a case that a person brings as a file or as pasted text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from portal.packs import packs
from portal.transfer.bridge import Entry, entry_of_case
from portal.transfer.checking import too_long
from tauliah.evaluate import evaluate
from tauliah.files.cases import read_case_text
from tauliah.files.document import UnreadableDocument
from tauliah.values.case import InvalidCase, Problem
from tauliah.values.text import Text

LARGEST = 400_000
"""Bytes; a case with sixty courses takes a tenth of it."""

NOTHING = Text("Pilih fail atau tampal teks kes.", "Choose a file or paste the text of a case.")
TOO_LARGE = Text(
    "Fail terlalu besar: paling banyak 400 kB.",
    "The file is too large: 400 kB at most.",
)
NOT_TEXT = Text("Fail ini bukan teks UTF-8.", "This file is not UTF-8 text.")
OTHER_KIND = Text(
    "Halaman ini menyemak pindah kredit (kind: transfer) sahaja.",
    "This page checks credit transfer (kind: transfer) only.",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read: an entry where there was a case at all, and what is wrong with it."""

    text: str
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()


def opened(file: "UploadedFile[Any] | None", pasted: str) -> Opened:
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
    return _read(text, pasted)


def _refused(pasted: str, message: Text, where: str = "open-text") -> Opened:
    return Opened(pasted, None, (Problem(where, message),))


def _read(text: str, pasted: str) -> Opened:
    try:
        case = read_case_text(text)
    except UnreadableDocument as unreadable:
        return _refused(pasted, unreadable.message)
    if not isinstance(case, Mapping) or case.get("kind") != "transfer":
        return _refused(pasted, OTHER_KIND)
    long = too_long(case)
    try:
        evaluate(case, packs())
    except InvalidCase as invalid:
        return Opened(pasted, entry_of_case(case), (*invalid.problems, *long))
    return Opened(pasted, entry_of_case(case), long)
