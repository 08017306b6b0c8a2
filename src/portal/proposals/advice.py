"""What a page of the form says beside its fields while it is typed: time, code, matrix, warnings."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.institutions.models import Counter
from portal.proposals.checking import codes_of, number_of, proposed_code, time_of
from portal.proposals.choices import HANDS_ON, UNSUITED
from portal.proposals.models import Proposal
from portal.wording import figure
from tauliah.values.case import InvalidCase

Json = dict[str, Any]
SERIES = "micro_credential"
"""The series of running numbers of courses that have no original."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark of the software itself: it advises, people decide."""

    text: str
    clauses: tuple[str, ...]
    tone: str = "wait"
    route: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """The learning time of a unit, or of the course, from least to most."""

    title: str
    hours: str
    credits: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which assessment assesses which outcome: a row for each outcome, a cell for each assessment."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], bool], ...]
    total: str


@dataclass(frozen=True, slots=True)
class Wording:
    """An outcome of which a part of the wording is missing (UNIMAS 5.1-wording)."""

    code: str
    missing: tuple[str, ...]


# --- Name and code -------------------------------------------------------------------------------------


def code_of(proposal: Proposal) -> Json | None:
    """Return the code and title that the policy proposes, as far as its rule goes and enough is known."""
    asked = copy(proposal)
    if asked.number is None:
        series = Counter.objects.filter(institution=proposal.institution_id, series=SERIES, year=0)
        asked.number = (series.values_list("last", flat=True).first() or 0) + 1
    try:
        return proposed_code(asked)
    except InvalidCase:
        return None


# --- Learning time -------------------------------------------------------------------------------------


def times_of(proposal: Proposal) -> tuple[list[Time], Time | None]:
    """Return the learning time unit by unit, and of the course; nothing where no activity is known."""
    content = proposal.content
    rows = [*(content.get("units") or []), *(content.get("modules") or [])]
    found = [
        time_in_words(row.get("title_ms", "") or str(number), time)
        for number, row in enumerate(rows, 1)
        if (time := time_of(proposal.policy, row.get("activities") or []))
    ]
    whole = time_of(proposal.policy, (a for row in rows for a in row.get("activities") or []))
    return found, time_in_words(_("Course"), whole) if whole else None


def time_in_words(title: str, time: Json) -> Time:
    """Put a learning time into words: 2.5 to 4 hours."""
    return Time(title, span(time["hours"]), span(time["credits"]))


def span(amounts: Mapping[str, Any]) -> str:
    """Return least to most, or the one figure where they are the same."""
    least, most = figure(amounts["least"]), figure(amounts["most"])
    return least if least == most else f"{least}–{most}"


def time_warnings(proposal: Proposal) -> list[Hint]:
    """Say where hours or credits lie outside of what the activities give (UNIMAS 2.2-rough)."""
    content = proposal.content
    rows = [*(content.get("units") or []), *(content.get("modules") or [])]
    whole = time_of(proposal.policy, (a for row in rows for a in row.get("activities") or []))
    if whole is None:
        return []
    found = []
    for name, words in (
        ("hours", _("The activities give %(span)s hours; %(found)s were decided on.")),
        ("credits", _("The activities give %(span)s credits; %(found)s were decided on.")),
    ):
        decided = number_of(content.get(name))
        least, most = (Decimal(str(whole[name][end])) for end in ("least", "most"))
        if decided is not None and not least <= decided <= most:
            told = words % {"span": span(whole[name]), "found": figure(decided)}
            found.append(Hint(told, ("2.2", "2.2-rough")))
    return found


# --- Delivery ------------------------------------------------------------------------------------------


def delivery_warnings(proposal: Proposal) -> list[Hint]:
    """Warn where online delivery may not suit, and suggest it for MPU courses (UNIMAS 1.5(a), 1.5(i))."""
    content = proposal.content
    delivery, needs = content.get("delivery"), content.get("hands_on") or []
    found = []
    named = ", ".join(str(words) for key, words in HANDS_ON if key in needs)
    if delivery == "odl" and UNSUITED & set(needs):
        found.append(
            Hint(
                _("Not suited to wholly online delivery: %(what)s. Choose conventional or blended delivery.")
                % {"what": named},
                ("1.5(i)-hands-on", "1.5(i)"),
                "bad",
            )
        )
    elif delivery in ("odl", "blended") and needs:
        told = _(
            "May not suit online delivery: %(what)s. Say in the content plan how learners get the practice."
        )
        found.append(Hint(told % {"what": named}, ("1.5(i)",)))
    if content.get("mpu") and delivery in ("conventional", "blended"):
        words = _(
            "MPU courses are strongly encouraged to be wholly online, by JPT’s directive of 30 May 2023."
        )
        found.append(Hint(words, ("1.5(a)-mpu",)))
    if delivery == "blended" and content.get("conventional_origin"):
        words = _(
            "Delivery in PTG mode is applied for in the PTG system; record its number with the proposal."
        )
        found.append(Hint(words, ("1.5(a)-ptg", "1.5(a)-sbl"), route="proposals:enquiries"))
    return found


# --- Outcomes and assessment ---------------------------------------------------------------------------


def wordings_of(proposal: Proposal) -> list[Wording]:
    """Return the outcomes that lack a part of their wording."""
    parts = (
        ("verb", _("action verb")),
        ("criteria", _("performance criteria")),
        ("conditions", _("conditions")),
    )
    rows = (
        Wording(str(row.get("code", "")), tuple(words for name, words in parts if not row.get(name)))
        for row in proposal.content.get("outcomes") or []
    )
    return [row for row in rows if row.missing]


def taxonomy_warnings(proposal: Proposal) -> list[Hint]:
    """Point out outcomes of another taxonomy level than the original course has (UNIMAS 1.5(f)-taxonomy)."""
    words = _("%(code)s measures %(new)s, the original course %(old)s; the level must stay the same.")
    return [
        Hint(
            words % {"code": row.get("code", ""), "new": row["taxonomy"], "old": row["original_taxonomy"]},
            ("1.5(f)-taxonomy", "2.3-taxonomy"),
            "bad",
        )
        for row in proposal.content.get("outcomes") or []
        if row.get("taxonomy") and row.get("original_taxonomy") not in (None, row["taxonomy"])
    ]


def matrix_of(proposal: Proposal) -> Matrix | None:
    """Return the assessment plan against the outcomes; nothing while either is empty."""
    plan, codes = proposal.content.get("assessments") or [], codes_of(proposal.content)
    if not plan or not codes:
        return None
    rows = tuple(
        (
            code,
            cells := tuple(_cell(one) if code in (one.get("outcomes") or []) else "" for one in plan),
            any(cells),
        )
        for code in codes
    )
    total = sum((number_of(one.get("percent")) or Decimal(0) for one in plan), Decimal(0))
    return Matrix(tuple(str(one.get("name") or "–") for one in plan), rows, f"{figure(total)} %")


def _cell(assessment: Mapping[str, Any]) -> str:
    percent = assessment.get("percent")
    return f"{figure(Decimal(percent))} %" if percent else "✓"
