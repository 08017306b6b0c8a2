"""What visitors are told of a credential's state and history, in plain words and without reasons."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.credentials.models import Change, Credential
from portal.wording import day, in_language
from tauliah.credentials.document import digest_sri
from tauliah.credentials.facts import Fact
from tauliah.credentials.refusal import Refused
from tauliah.credentials.timestamp import parse
from tauliah.values.text import Text

STATES: dict[str, tuple[str, str | Promise]] = {
    "issued": ("good", _("In effect")),
    "suspended": (
        "wait",
        _("Suspended: the institution is looking into it. Ask it before you rely on this."),
    ),
    "revoked": ("bad", _("Revoked: the institution no longer stands by it.")),
    "superseded": ("bad", _("Replaced by a corrected credential. Ask the holder for the new one.")),
}


def state_words(credential: Credential) -> tuple[str, str | Promise]:
    """Return tone and words of the credential's state."""
    return STATES[credential.state]


DAYS = frozenset({"started", "ended", "awarded", "since", "until"})
"""Facts that are moments; people read them as days."""


def readable(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts with their moments written as days, in the language of the page."""
    return [replace(f, lines=tuple(map(_day, f.lines))) if f.name in DAYS else f for f in facts]


def _day(moment: str) -> str:
    try:
        return day(timezone.localtime(parse(moment)))
    except Refused:
        return moment


def stated(credential: Credential) -> list[Fact]:
    """Return the fields of the national statement that the credential binds by its digest; none otherwise."""
    bound = [each.get("digestSRI") for each in credential.document.get("relatedResource", ())]
    if not credential.mms or digest_sri(credential.mms.encode()) not in bound:
        return []
    return [
        Fact(row["field"], Text.of(row["label"]), tuple(in_language(line) for line in row["lines"]))
        for row in json.loads(credential.mms)["fields"]
    ]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a credential."""

    at: datetime
    words: str | Promise


def history_of(credential: Credential) -> list[Event]:
    """Return what happened, oldest first."""
    happened = [Event(credential.issued_at, _("Issued"))]
    changes = Change.objects.filter(credential=credential)
    return happened + [Event(change.at, Change.What(change.what).label) for change in changes]
