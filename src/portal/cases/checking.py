"""Puts an entry to the core: what it answers, or what is wrong with the entry and where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.cases.bridge import Case, Entry
from portal.cases.keys import Key, Rows, Shape
from portal.cases.paper import Paper
from portal.packs import packs
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase, Problem
from tauliah.values.text import Text

OUT_OF_SHARE = Text("Hendaklah nombor dari 0 hingga 100.", "Must be a number from 0 to 100.")


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry that was checked: the case it makes, and either a result or problems."""

    entry: Entry
    case: Case
    result: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()


def checked(paper: Paper, entry: Entry) -> Checked:
    """Evaluate the entry."""
    case = paper.case_of(entry)
    try:
        return Checked(entry, case, evaluate(case, packs()))
    except InvalidCase as invalid:
        return Checked(entry, case, None, tuple(_in_form_terms(paper, p) for p in invalid.problems))


def _in_form_terms(paper: Paper, problem: Problem) -> Problem:
    """The core speaks of shares from 0 to 1; the form asks for percent."""
    key = key_at(paper.shape, problem.where)
    return Problem(problem.where, OUT_OF_SHARE) if key and key.kind == "share" else problem


def key_at(shape: Shape, place: str) -> Key | None:
    """Return the key at a place of the case (``claims[0].content_overlap``), if there is one."""
    part: Key | Rows | Shape | None = shape
    for step in re.sub(r"\[\d+\]", "", place).split("."):
        within = part.shape if isinstance(part, Rows) else part
        part = within.get(step) if isinstance(within, Mapping) else None
    return part if isinstance(part, Key) else None


def too_long(case: Mapping[str, Any], shape: Shape, prefix: str = "") -> tuple[Problem, ...]:
    """Return a problem for each list of the case that has more rows than a page takes."""
    problems: list[Problem] = []
    for name, part in shape.items():
        rows = case.get(name)
        if isinstance(part, Rows) and isinstance(rows, list | tuple):
            if len(rows) > part.most:
                problems.append(Problem(f"{prefix}{name}", _too_many(len(rows), part.most)))
            inner = enumerate(row for row in rows[: part.most] if isinstance(row, Mapping))
            problems += [p for n, row in inner for p in too_long(row, part.shape, f"{prefix}{name}[{n}].")]
    return tuple(problems)


def _too_many(found: int, most: int) -> Text:
    return Text(
        f"Ada {found} baris; halaman ini memuatkan paling banyak {most}. Guna baris perintah untuk kes ini.",
        f"There are {found} rows; this page takes {most} at most. Use the command line for this case.",
    )
