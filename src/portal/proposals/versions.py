"""The versions of a proposal, and what differs between two of them, field by field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max

from portal.accounts.models import Appointment
from portal.proposals.content import COLUMNS, values_of
from portal.proposals.field import Field
from portal.proposals.fields import form_of
from portal.proposals.models import Proposal, Version
from portal.proposals.reading import lines_of

WORD = re.compile(r"\s+|\w+|[^\w\s]")
Sort = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or is new."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs: its page, its words, and the text before and after in one."""

    section: str
    name: str
    label: str
    pieces: tuple[Piece, ...]


@transaction.atomic
def make_version(proposal: Proposal, acting: Appointment | None, step: str) -> Version:
    """Keep the proposal as it stands; ``step`` says on what occasion."""
    last = proposal.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        proposal=proposal,
        number=last + 1,
        content=proposal.content,
        titles=titles_of(proposal),
        step=step,
        made_by=acting,
    )


def titles_of(proposal: Proposal) -> dict[str, Any]:
    """Return what a version keeps of the proposal’s columns."""
    values = values_of(proposal)
    return {name: values[name] for name in (*COLUMNS, "original")}


def values_then(version: Version) -> dict[str, Any]:
    """Return the values of every field as the version keeps them."""
    return {**version.content, **version.titles}


def differences(proposal: Proposal, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return the fields of the form that differ between two sets of values, in the order of the form."""
    return [
        Difference(section.name, field.name, str(field.label), pieces)
        for section in form_of(proposal)
        for field in section.fields
        if (pieces := _compared(field, before, after))
    ]


def _compared(field: Field, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Piece, ...]:
    old = "\n".join(lines_of(field, before.get(field.name)))
    new = "\n".join(lines_of(field, after.get(field.name)))
    return () if old == new else pieces_of(old, new)


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Return what stayed, went and came from one text to another, word by word."""
    was, now = WORD.findall(old), WORD.findall(new)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(was[a:b])))
            continue
        if a < b:
            found.append(Piece("gone", "".join(was[a:b])))
        if c < d:
            found.append(Piece("new", "".join(now[c:d])))
    return tuple(found)
