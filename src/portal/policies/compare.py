"""The comparison of policies as its page needs it: what is asked, the report once computed, rows as CSV."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.packs import packs
from portal.wording import in_language
from tauliah.files.questions import installed_questions
from tauliah.policy.compare import Side
from tauliah.transfer.conflict import conflicts

KEPT = 64
"""Reports kept, each for certain policies on certain days."""
FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)

Json = dict[str, Any]
Error = str | Promise
NOT_A_DAY = _("There is no such day.")
OUT_OF_REACH = _("Give a day from 1990 to 2199.")
TOO_FEW = _("Choose two policies or more; or one policy and two days.")
TWO_DAYS = _("A second day goes with one policy only.")
UNKNOWN = _("There is no such policy.")


@dataclass(frozen=True)
class Asked:
    """What a person asks for: policies, one day or two, and whether only what is laxer than the baseline."""

    names: tuple[str, ...]
    on: str
    on2: str
    below_only: bool
    errors: Mapping[str, Error]
    days: tuple[date, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether anything was chosen yet."""
        return bool(self.names or self.errors)

    @property
    def answerable(self) -> bool:
        """Whether the report can be computed."""
        return bool(self.names) and not self.errors


def asked_in(query: QueryDict) -> Asked:
    """Read the form; what cannot be used is named beside its field."""
    names = tuple(dict.fromkeys(query.getlist("pack")))
    on, on2 = (query.get(name, "").strip()[:10] for name in ("on", "on2"))
    errors: dict[str, Error] = {}
    first = _day(on, "on", errors) or timezone.localdate()
    second = _day(on2, "on2", errors)
    if any(name not in packs() for name in names):
        errors["pack"] = UNKNOWN
    elif names and len(names) == 1 and second is None and "on2" not in errors:
        errors["pack"] = TOO_FEW
    elif len(names) > 1 and second is not None:
        errors["on2"] = TWO_DAYS
    days = (first,) if second is None else (first, second)
    known = tuple(name for name in names if name in packs())
    return Asked(known, on or first.isoformat(), on2, query.get("below") == "1", errors, days)


def _day(written: str, field: str, errors: dict[str, Error]) -> date | None:
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        errors[field] = NOT_A_DAY
        return None
    if not FIRST <= day <= LAST:
        errors[field] = OUT_OF_REACH
        return None
    return day


def report_of(asked: Asked) -> Json:
    """Compute the report, or take it from the ones kept."""
    if len(asked.names) == 1:
        return _report(tuple((asked.names[0], day) for day in asked.days))
    return _report(tuple((name, asked.days[0]) for name in asked.names))


@lru_cache(maxsize=KEPT)
def _report(sides: tuple[tuple[str, date], ...]) -> Json:
    questions = installed_questions()
    return conflicts(
        [Side(packs()[name], day) for name, day in sides],
        questions.asked,
        packs().get(questions.baseline),
        questions.columns,
    )


def narrowed(report: Json, *, below_only: bool) -> Json:
    """Keep only the rows in which an answer is laxer than the national baseline, where asked for."""
    if not below_only:
        return report
    kept = [
        {**question, "rows": [row for row in question["rows"] if row["below_baseline"]]}
        for question in report["questions"]
    ]
    return {**report, "questions": [question for question in kept if question["rows"]]}


@dataclass(frozen=True)
class Count:
    """How many differences there are, and in how many an answer is laxer than the baseline."""

    differences: int
    below: int


def count(report: Json) -> Count:
    """Count a report's rows."""
    rows = [row for question in report["questions"] for row in question["rows"]]
    return Count(len(rows), sum(row["below_baseline"] for row in rows))


def as_csv(report: Json) -> str:
    """Write the report as a table, in the person's language."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(_headings(report["sides"]))
    for question in report["questions"]:
        writer.writerows(_line(question, row) for row in question["rows"])
    return written.getvalue()


def _headings(sides: Sequence[Json]) -> list[str]:
    heads = [gettext("Question"), gettext("What is asked"), gettext("Condition")]
    strictness, clauses = gettext("strictness"), gettext("clauses")
    for side in sides:
        name = f"{side['pack']} {side['day']}"
        heads += [name, f"{name}: {strictness}", f"{name}: {clauses}"]
    return heads


def _line(question: Json, row: Json) -> list[str]:
    line = [
        in_language(question["label"]),
        in_language(row["label"]),
        "; ".join(in_language(condition) for condition in row["when"]),
    ]
    for answer in row["answers"]:
        line += [in_language(answer["said"]), ", ".join(_marks(answer)), "; ".join(_clauses(answer))]
    return line


def _marks(answer: Json) -> Iterator[str]:
    if answer["mark"]:
        yield gettext("stricter") if answer["mark"] == "stricter" else gettext("laxer")
    if answer["below_baseline"]:
        yield gettext("laxer than MQA")


def _clauses(answer: Json) -> list[str]:
    return [clause["id"] for clause in answer["clauses"]]
