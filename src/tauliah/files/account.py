"""Receipts and statements of account on an institution's paper: PDF/A-2a, PDF/UA-1."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tauliah.files.amount_words import amount_in_words
from tauliah.files.letter import paper_words
from tauliah.files.paper import Institution, Signatory, Verification, numbers_of, signature_pictures
from tauliah.files.typesetting import typeset

Fact = tuple[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with a smaller note below: the clauses of a fee."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A last row: a label, and amounts under the last columns."""

    label: str
    cells: Sequence[str]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What stands on a receipt or statement, in one language ("ms" or "en").

    `stamp` is one word in a frame (PAID); `in_words` an amount that is repeated in words below the table.
    """

    institution: Institution
    language: str
    day: date
    title: str
    facts: Sequence[Fact]
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Total]
    widths: Sequence[float]
    numeric: Sequence[int]
    reference: str = ""
    stamp: str = ""
    in_words: Decimal | None = None
    closing_facts: Sequence[Fact] = ()
    notes: Sequence[str] = ()
    signatories: tuple[Signatory, ...] = ()
    verification: Verification | None = field(default=None)


def account_pdf(account: Account) -> bytes:
    """Print a receipt or statement; the file bears its day."""
    pictures = account.institution.pictures() | signature_pictures(account.signatories)
    if account.verification is not None:
        pictures |= account.verification.pictures()
    return typeset("account.typ", _view(account), account.day, enclosed=pictures)


def _view(account: Account) -> dict[str, Any]:
    words = paper_words(account.language)
    amount = "" if account.in_words is None else amount_in_words(account.in_words, account.language)
    return {
        "words": words,
        "language": account.language,
        "other-language": "ms" if account.language == "en" else "en",
        "institution": account.institution.view(account.language),
        "date": numbers_of(account.day),
        "title": account.title,
        "description": f"{account.title}. {account.reference}".strip(),
        "running": " · ".join(filter(None, (account.title, account.reference))),
        "stamp": account.stamp,
        "facts": _facts(account.facts),
        "header": list(account.header),
        "rows": [[{"text": cell.text, "note": cell.note} for cell in row] for row in account.rows],
        "totals": [
            {"label": each.label, "cells": list(each.cells), "strong": each.strong} for each in account.totals
        ],
        "widths": list(account.widths),
        "numeric": list(account.numeric),
        "words-of-amount": amount,
        "amount-label": words["in_words"],
        "closing-facts": _facts(account.closing_facts),
        "notes": list(account.notes),
        "signatories": [each.view(account.language) for each in account.signatories],
        "verification": account.verification.view() if account.verification else None,
    }


def _facts(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [
        {"label": label, "value": [value] if isinstance(value, str) else list(value)}
        for label, value in facts
    ]
