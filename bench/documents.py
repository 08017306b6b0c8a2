"""The generated applications as the contract's case documents."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench.columns import Data
from bench.vocabulary import BASES, CREDIT, GRADES, LEVELS, MOOC, PRIOR_OUTCOMES, WHOLE

EPOCH = date(1970, 1, 1)
Row = dict[str, Any]


def documents(data: Data) -> Iterator[Row]:
    """One case of kind transfer for each application, JSON-ready: dates as text, credits and shares plain."""
    applications, claims = _rows(data.applications), _rows(data.claims)
    for number, application in enumerate(applications):
        lines = claims[data.starts[number] : data.starts[number + 1]]
        yield {
            "kind": "transfer",
            "policy": "uthm",
            "applied_on": _date(application["applied_on"]),
            "student": {"status": "active", "standing": "good", "semester": application["semester"]},
            "programme": _programme(application),
            "prior_studies": _studies(lines),
            "claims": [_claim(position, line) for position, line in enumerate(lines)],
        }


def _rows(columns: Any) -> list[Row]:
    lists = [
        [value if known else None for value, known in zip(c.values.tolist(), c.known.tolist(), strict=True)]
        for c in columns.values()
    ]
    return [dict(zip(columns, values, strict=True)) for values in zip(*lists, strict=True)]


def _programme(application: Row) -> Row:
    return {
        "institution": "UTHM",
        "level": "bachelor",
        "mode": "coursework",
        "graduating_credits": _number(application["graduating_credits"], CREDIT),
        "mqa_accredited": application["mqa_accredited"],
    }


def _studies(lines: list[Row]) -> list[Row]:
    numbered = {line["study"]: line for line in lines if line["study"] is not None}
    return [
        {
            "id": f"study{number}",
            "institution": "Politeknik Merlimau",
            "country": "MY",
            "level": _word(LEVELS, line["level"]),
            "mode": "coursework",
            "outcome": _word(PRIOR_OUTCOMES, line["prior_outcome"]),
            "accredited": line["accredited"],
        }
        for number, line in sorted(numbered.items())
    ]


def _claim(position: int, line: Row) -> Row:
    claim = {
        "target": {"code": f"BIT{position:03}03", "credits": _number(line["target_credits"], CREDIT)},
        "basis": BASES[line["basis"]],
        "graded": False,
        "content_overlap": _number(line["content_overlap"], WHOLE),
    }
    if line["basis"] == MOOC:
        claim["approved_beforehand"] = line["approved_beforehand"]
    return {**claim, "sources": [_source(position, line)]}


def _source(position: int, line: Row) -> Row:
    source = {
        "code": f"SRC{position:03}",
        "credits": _number(line["source_credits"], CREDIT),
        "grade": _word(GRADES, line["grade"]),
        "completed_on": _date(line["completed_on"]),
        "transferred_before": line["transferred_before"],
    }
    if line["basis"] != MOOC:
        return {"study": f"study{line['study']}", **source}
    offered = {"platform": "openlearning", "institution": "UTHM" if line["from_uthm"] else "UPM"}
    return {**offered, **source, "claimed_before": line["claimed_before"]}


def _word(words: tuple[str, ...], code: int | None) -> str | None:
    return None if code is None else words[code]


def _number(units: int | None, per_one: int) -> int | float | None:
    if units is None:
        return None
    return units // per_one if units % per_one == 0 else units / per_one


def _date(days: int | None) -> str | None:
    return None if days is None else (EPOCH + timedelta(days=days)).isoformat()
