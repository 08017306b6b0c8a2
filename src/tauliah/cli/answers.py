"""Evaluates case files one by one: every file gets an answer, a bad one never stops the others."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tauliah.evaluate import evaluate
from tauliah.files.cases import case_files, read_case, read_case_text
from tauliah.files.document import LARGEST_BYTES, UnreadableDocument
from tauliah.policy.pack import Packs
from tauliah.values.case import InvalidCase, Problem
from tauliah.values.text import Text

STANDARD_INPUT = "-"
NO_CASES = Text("Tiada fail kes (*.yaml, *.yml, *.json) di sini.", "There are no case files here.")
UNREADABLE = {
    FileNotFoundError: Text("Fail atau folder ini tidak dijumpai.", "There is no such file or folder."),
    PermissionError: Text("Tiada kebenaran membaca fail ini.", "There is no permission to read this file."),
}
UNREADABLE_OTHERWISE = Text("Fail ini tidak dapat dibaca ({error}).", "This file cannot be read ({error}).")
OUR_FAULT = Text(
    "Ralat dalaman; sila laporkan kes ini kepada pasukan Tauliah ({error}).",
    "An internal error; please report this case to the Tauliah team ({error}).",
)


@dataclass(frozen=True)
class Answer:
    """What became of one case file: a result, or problems; `document` where it could be read."""

    name: str
    document: Any = None
    result: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the file held a document at all."""
        return self.document is not None


def names_of(paths: list[str]) -> list[str]:
    """The case files that the arguments stand for; folders are read recursively."""
    names: list[str] = []
    for path in paths:
        found = [path] if path == STANDARD_INPUT else [str(p) for p in case_files([Path(path)])]
        names += found or [path]
    return names


def answers(names: list[str], packs: Packs) -> Iterator[Answer]:
    """An answer for each name, in order."""
    for name in names:
        yield _answer(name, packs)


def _answer(name: str, packs: Packs) -> Answer:
    try:
        document = _document(name)
    except UnreadableDocument as error:
        return Answer(name, problems=(Problem(error.where, error.message),))
    except OSError as error:
        otherwise = UNREADABLE_OTHERWISE.fill(error=error.strerror or str(error))
        text = NO_CASES if Path(name).is_dir() else UNREADABLE.get(type(error), otherwise)
        return Answer(name, problems=(Problem("", text),))
    try:
        return Answer(name, document, result=evaluate(document, packs))
    except InvalidCase as error:
        return Answer(name, document if document is not None else {}, problems=error.problems)
    except Exception as error:  # noqa: BLE001 - one case must never take the others down
        text = OUR_FAULT.fill(error=f"{type(error).__name__}: {error}")
        return Answer(name, document, problems=(Problem("", text),))


def _document(name: str) -> Any:
    if name == STANDARD_INPUT:
        return read_case_text(sys.stdin.buffer.read(LARGEST_BYTES + 1))
    return read_case(Path(name))
