"""A syllabus as people paste it: learning outcomes and topics, one to a line."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_LINES = 200
LONGEST_LINE = 1_000
CODE = re.compile(
    r"^((?:CLO|LO|CO|HPK|HP|PLO)\s*\d{1,2}|\d{1,2})\s*(?:[.):\-\N{EN DASH}\t]|\s)\s*(?=\S)", re.IGNORECASE
)
HOURS = re.compile(
    r"(?:[;|\t]|\()\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:jam|hours?|hrs?|h)?\s*\)?\s*$", re.IGNORECASE
)


class TooLong(ValueError):
    """A text has more or longer lines than a syllabus has."""


def outcomes_of(text: str) -> list[dict[str, str]]:
    """Return the outcomes of a pasted text, each with its code; one without a code is numbered."""
    found: list[dict[str, str]] = []
    for number, line in enumerate(lines_of(text), 1):
        coded = CODE.match(line)
        code = "".join(coded[1].upper().split()) if coded else str(number)
        found.append(
            {
                "code": f"CLO{code}" if code.isdecimal() else code,
                "text": line[coded.end() :] if coded else line,
            }
        )
    return found


def topics_of(text: str) -> list[dict[str, str]]:
    """Return the topics of a pasted text; hours stand at the end of a line, after ``;`` or in brackets."""
    found = []
    for line in lines_of(text):
        timed = HOURS.search(line)
        title = line[: timed.start()].strip() if timed else line
        found.append({"title": title or line, "hours": timed[1].replace(",", ".") if timed and title else ""})
    return found


def lines_of(text: str) -> list[str]:
    """Return the lines that say something, without bullets; raises ``TooLong``."""
    lines = [line.strip().lstrip("\N{BULLET}*-\N{EN DASH} ").strip() for line in text.splitlines()]
    said = [line for line in lines if line]
    if len(said) > MOST_LINES or any(len(line) > LONGEST_LINE for line in said):
        raise TooLong
    return said


def outcome_lines(outcomes: Iterable[Mapping[str, Any]]) -> str:
    """Write outcomes as they are typed."""
    return "\n".join(f"{each['code']}: {each['text']}" for each in outcomes)


def topic_lines(topics: Iterable[Mapping[str, Any]]) -> str:
    """Write topics as they are typed."""
    return "\n".join(
        f"{each['title']}; {each['hours']}" if each.get("hours") else each["title"] for each in topics
    )


def hours_in(topics: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """Return the hours of all topics together; None where one is not known."""
    given = [each.get("hours") or None for each in topics]
    if not given or None in given:
        return None
    try:
        return sum((Decimal(str(hours)) for hours in given), Decimal(0))
    except InvalidOperation:
        return None
