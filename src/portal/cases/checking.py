"""Puts an entry to the core: what it answers, or what is wrong with the entry and where."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.cases.bridge import Case, Entry, could_be_share
from portal.cases.keys import Key, Rows, Shape
from portal.cases.paper import Paper
from portal.packs import packs
from portal.wording import figure
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase, Problem
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

OUT_OF_SHARE = Text("Hendaklah nombor dari 0 hingga 100.", "Must be a number from 0 to 100.")
YES_OR_NO = Text("Pilih Ya, Tidak atau Belum pasti.", "Choose Yes, No or Not known yet.")
SHARE_TYPED = Text(
    "Adakah yang dimaksudkan {percent} %? Masukkan peratus, contohnya 85;"
    " jika memang {typed} %, taip “{typed} %”.",
    "Do you mean {percent} %? Enter a percentage, for example 85; if it is {typed} %, type “{typed} %”.",
)
LISTING = {"ms": "pilih satu daripada: ", "en": "choose one of: "}
CODE = re.compile(r"\b[a-z0-9_]+\b")


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry that was checked: the case it makes, and either a result or problems."""

    entry: Entry
    case: Case
    result: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()


def checked(paper: Paper, entry: Entry) -> Checked:
    """Evaluate the entry; a share typed where a percentage belongs is asked about first."""
    case, doubts = paper.case_of(entry), tuple(_shares_typed(paper.asked(entry), paper.shape))
    try:
        result = evaluate(case, packs())
    except InvalidCase as invalid:
        problems = tuple(_in_form_terms(paper, p) for p in invalid.problems)
        return Checked(entry, case, None, problems + doubts)
    return Checked(entry, case, None if doubts else result, doubts)


def _shares_typed(entry: Entry, shape: Shape, prefix: str = "") -> Iterator[Problem]:
    """Find percentages that look like shares: nobody's syllabus covers 0.85 % of a course."""
    for name, part in shape.items():
        place, value = f"{prefix}{name}", entry[name]
        if isinstance(part, Rows):
            for number, row in enumerate(value):
                yield from _shares_typed(row, part.shape, f"{place}[{number}].")
        elif not isinstance(part, Key):
            yield from _shares_typed(value, part, f"{place}.")
        elif part.kind == "share" and could_be_share(value):
            percent = figure(Decimal(value.replace(",", ".")) * 100)
            yield Problem(place, SHARE_TYPED.fill(percent=percent, typed=value))


def _in_form_terms(paper: Paper, problem: Problem) -> Problem:
    """The core speaks of shares from 0 to 1 and of code words; the form asks for percent, with choices."""
    key = key_at(paper.shape, problem.where)
    if key is None:
        return problem
    if key.kind == "share":
        return Problem(problem.where, OUT_OF_SHARE)
    if key.kind == "answer" and "true, false" in problem.message.en:
        return Problem(problem.where, YES_OR_NO)
    return Problem(problem.where, _in_choices(problem.message, VOCABULARY.get(key.vocabulary, {})))


def _in_choices(message: Text, words: Mapping[str, Text]) -> Text:
    """Name the choices as the form does, not by the contract's code words."""
    return Text(_named(message.ms, words, "ms"), _named(message.en, words, "en"))


def _named(message: str, words: Mapping[str, Text], language: str) -> str:
    said, listing, choices = message.partition(LISTING[language])
    named = CODE.sub(lambda m: words[m[0]].in_language(language) if m[0] in words else m[0], choices)
    return said + listing + named


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
