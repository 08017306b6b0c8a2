"""What is typed in the form of a proposal: gathered by place, read as values, and values as they are typed.

An *entry* holds a text for each field (a list for ticked boxes and lines, rows of entries for rows), so that
nothing typed is lost; *values* are what is kept. A text that cannot be read is a problem at its place.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.catalogue.models import Course
from portal.proposals.field import MEASURES, Field
from portal.proposals.fields import form_of
from portal.proposals.models import Proposal
from tauliah.courses.learning_time import MEASURED_IN

Entry = dict[str, Any]
STEP = re.compile(r"([a-z_]+)|\[([0-9]{1,3})\]")
PLACE = re.compile(r"[a-z_]+(?:\[[0-9]{1,3}\]\.[a-z_]+){0,2}")
NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,4})?")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2}(?:\.[0-9]{1,4})?")
"""A number with its thousands apart, as 1,500.00: there a comma is none of a decimal."""
LONGEST_LINE, LONGEST_TEXT, MOST_LINES = 300, 10_000, 100
ANSWERS = {"yes": True, "no": False}
LISTS = frozenset({"ticks", "codes", "rows"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something typed that cannot be kept: its place in the form, its field, and what to do."""

    place: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A page of the form as it was typed: the entry, the values that can be kept, and the mistakes."""

    entry: Entry
    values: Entry
    mistakes: tuple[Mistake, ...]


# --- From the form -----------------------------------------------------------------------------------


def gathered(posted: Iterable[tuple[str, list[str]]], fields: Sequence[Field]) -> Entry:
    """Gather what was sent, by the place in its name (``units[0].activities[1].type``)."""
    found: dict[Any, Any] = {}
    for name, sent in posted:
        if PLACE.fullmatch(name):
            _put(found, [int(i) if i else word for word, i in STEP.findall(name)], sent)
    return _shaped(found, fields)


def _put(into: dict[Any, Any], path: list[str | int], sent: list[str]) -> None:
    for step in path[:-1]:
        kept = into.setdefault(step, {})
        if not isinstance(kept, dict):
            return
        into = kept
    if not isinstance(into.get(path[-1]), dict):
        into[path[-1]] = sent


def _shaped(found: Mapping[Any, Any], fields: Sequence[Field]) -> Entry:
    return {field.name: _entered(found.get(field.name), field) for field in fields}


def _entered(sent: Any, field: Field) -> Any:
    if field.type == "rows":
        rows = sorted(sent.items()) if isinstance(sent, dict) else []
        return [_shaped(row, field.rows) for _n, row in rows if isinstance(row, dict)][: field.most]
    given = sent if isinstance(sent, list) else []
    if field.type in LISTS:
        return [line_of(each) for each in given if each]
    last = given[-1] if given else ""
    return text_of(last) if field.type in ("text", "lines") else line_of(last)


def line_of(text: str) -> str:
    """Return one line of what can be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def text_of(text: str) -> str:
    """Return text with its lines, without what cannot be shown."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = ("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines)
    return "\n".join(plain).strip()


# --- As values -----------------------------------------------------------------------------------------


def typed(entry: Entry, fields: Sequence[Field]) -> Typed:
    """Read an entry: the values that can be kept, and what cannot be read."""
    mistakes: list[Mistake] = []
    return Typed(entry, _values(entry, fields, "", mistakes), tuple(mistakes))


def _values(entry: Entry, fields: Sequence[Field], prefix: str, mistakes: list[Mistake]) -> Entry:
    values: Entry = {}
    for field in fields:
        place = f"{prefix}{field.name}"
        try:
            value = _value(entry[field.name], field, place, mistakes)
        except Refused as unreadable:
            mistakes.append(Mistake(place, str(field.label), str(unreadable)))
            continue
        values[field.name] = value
    return values


def _value(given: Any, field: Field, place: str, mistakes: list[Mistake]) -> Any:
    if field.type == "rows":
        rows = [_values(row, field.rows, f"{place}[{n}].", mistakes) for n, row in enumerate(given)]
        return [measured(row) if "amount" in row else row for row in rows]
    if field.type in ("ticks", "choice"):
        return _offered(given, field)
    must_fit(given, LONGEST_TEXT if field.type in ("text", "lines") else LONGEST_LINE)
    return READERS.get(field.type, str)(given) if given else EMPTY.get(field.type, "")


def must_fit(given: Any, most: int) -> None:
    """Raise ``Refused`` for a text that is longer than what is kept: nothing is cut off unseen."""
    if isinstance(given, str) and len(given) > most:
        told = _("At most %(most)s characters are kept here; these are %(found)s.")
        raise Refused(told % {"most": most, "found": len(given)})


def _offered(given: Any, field: Field) -> Any:
    """Keep what is offered; a word that is not can only come from a changed form."""
    known = {key for key, _words in field.choices()}
    if isinstance(given, list):
        return [each for each in given if each in known]
    if given and given not in known:
        raise Refused(_("Choose one of what is offered."))
    return given


def measured(row: Entry) -> Entry:
    """Put an activity’s amount under its measure, as the content keeps it."""
    kept = {key: value for key, value in row.items() if key != "amount"}
    measure = MEASURED_IN.get(row.get("type", ""), "minutes")
    return kept | {measure: row["amount"]} if row["amount"] else kept


def number_of(text: str) -> Decimal:
    """Read a number with a point or a comma, or with its thousands apart."""
    if GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if not NUMBER.fullmatch(text):
        raise Refused(_("Enter a number, such as 12 or 2.5."))
    return Decimal(text.replace(",", "."))


def plain(number: Decimal) -> str:
    """Write a number without needless zeros."""
    return f"{number.normalize():f}" if number else "0"


def _count(text: str) -> int:
    plain_text = text.replace(",", "") if GROUPED.fullmatch(text) else text
    if not re.fullmatch(r"[0-9]{1,6}", plain_text):
        raise Refused(_("Enter a whole number, such as 30."))
    return int(plain_text)


def _decimal(text: str) -> str:
    return plain(number_of(text))


def _money(text: str) -> str:
    amount = number_of(text.upper().removeprefix("RM").replace(" ", ""))
    if amount != amount.quantize(Decimal("0.01")):
        raise Refused(_("Enter ringgit with two decimal places at most, such as 150.50."))
    return f"{amount.quantize(Decimal('0.01')):f}"


def _percent(text: str) -> str:
    percent = number_of(text.removesuffix("%").strip())
    if percent > 100:
        raise Refused(_("Enter a percentage from 0 to 100."))
    return plain(percent)


def _share(text: str) -> str:
    return plain(Decimal(_percent(text)) / 100)


def _answer(text: str) -> bool | None:
    return ANSWERS.get(text)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise Refused(_("Enter an email address, such as nama@universiti.edu.my.")) from wrong
    return text


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines:
        must_fit(line, LONGEST_LINE)
    if len(lines) > MOST_LINES:
        raise Refused(_("At most %(most)s lines are kept here.") % {"most": MOST_LINES})
    return lines


READERS: Mapping[str, Callable[[Any], Any]] = {
    "count": _count,
    "decimal": _decimal,
    "money": _money,
    "percent": _percent,
    "share": _share,
    "answer": _answer,
    "tick": bool,
    "email": _email,
    "lines": _lines,
    "codes": list,
}
EMPTY: Mapping[str, Any] = {"tick": False, "answer": None, "count": None, "lines": [], "codes": []}


# --- From values -----------------------------------------------------------------------------------------


def entry_of(values: Mapping[str, Any], fields: Sequence[Field]) -> Entry:
    """Return values as they are typed."""
    return {field.name: _as_typed(values.get(field.name), field, values) for field in fields}


def _as_typed(value: Any, field: Field, values: Mapping[str, Any]) -> Any:
    if field.type == "rows":
        return [entry_of(row, field.rows) for row in value or [] if isinstance(row, Mapping)]
    if field.type in LISTS:
        return [str(each) for each in value or []]
    if field.name == "amount":
        value = next((values[name] for name in MEASURES if values.get(name)), "")
    if field.type == "lines":
        return "\n".join(str(line) for line in value or [])
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return ("yes" if value else "no") if field.type == "answer" else ("yes" if value else "")
    return plain(Decimal(str(value)) * 100) if field.type == "share" else str(value)


# --- Rows ------------------------------------------------------------------------------------------------


def add_row(entry: Entry, fields: Sequence[Field], place: str) -> str:
    """Add an empty row to the list at a place (``units[0].activities``); returns where it stands."""
    rows, field = _list_at(entry, fields, place)
    if field is None or len(rows) >= field.most:
        return ""
    row = entry_of({}, field.rows)
    if field.name == "outcomes":
        row["code"] = f"CLO{len(rows) + 1}"
    rows.append(row)
    return f"{place}[{len(rows) - 1}]"


def drop_row(entry: Entry, fields: Sequence[Field], place: str, number: int) -> bool:
    """Take a row out of the list at a place; says whether there was one."""
    rows, field = _list_at(entry, fields, place)
    if field is None or number >= len(rows):
        return False
    rows.pop(number)
    return True


def _list_at(entry: Entry, fields: Sequence[Field], place: str) -> tuple[list[Entry], Field | None]:
    """Return the rows at a place, and their field; none where the form has no such list."""
    field: Field | None = None
    here: Any = entry
    for name, number in STEP.findall(place) if PLACE.fullmatch(f"{place}[0].x") else ():
        if number:
            if not isinstance(here, list) or int(number) >= len(here):
                return [], None
            here = here[int(number)]
            continue
        field = next((one for one in fields if one.name == name and one.type == "rows"), None)
        if field is None or not isinstance(here, dict):
            return [], None
        here, fields = here[name], field.rows
    return (here, field) if isinstance(here, list) else ([], None)


# --- What only the records know --------------------------------------------------------------------------

LONGEST_COLUMN = {"name_ms": 200, "name_en": 200, "code": 40}
MOST_PARTS = 26


def checked(proposal: Proposal, read: Typed) -> Typed:
    """Return what was typed with what cannot be kept of it beside what is on record."""
    wrong = {place: message for place, message in _misfits(proposal, read.values) if message}
    if not wrong:
        return read
    kept = {name: value for name, value in read.values.items() if name not in wrong}
    fields = {field.name: field for section in form_of(proposal) for field in section.fields}
    added = [Mistake(place, str(fields[place].label), message) for place, message in wrong.items()]
    return Typed(read.entry, kept, (*read.mistakes, *added))


def _misfits(proposal: Proposal, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, most in LONGEST_COLUMN.items():
        if len(values.get(name) or "") > most:
            yield name, _("At most %(most)s characters are kept here.") % {"most": most}
    part, parts = values.get("part"), values.get("parts")
    if part is not None and not 1 <= part <= MOST_PARTS:
        yield "part", _("Enter 1 to 26: the parts are lettered A to Z.")
    elif part is not None and parts is not None and part > parts:
        yield "part", _("There are only %(parts)s parts.") % {"parts": parts}
    if parts is not None and not 1 <= parts <= MOST_PARTS:
        yield "parts", _("Enter 1 to 26: the parts are lettered A to Z.")
    yield "original", _wrong_course(proposal, values.get("original") or "")
    yield "code", _taken(proposal, values.get("code") or "")


def _wrong_course(proposal: Proposal, code: str) -> str:
    there = Course.objects.filter(institution=proposal.institution_id, code__iexact=code)
    if not code or there.exists():
        return ""
    return _("No course has the code %(code)s. Choose one of the list.") % {"code": code}


def _taken(proposal: Proposal, code: str) -> str:
    others = Proposal.objects.filter(institution=proposal.institution_id, code=code).exclude(pk=proposal.pk)
    taken = others.first() if code else None
    if taken is None:
        return ""
    words = _("%(code)s is the code of %(reference)s already.")
    return words % {"code": code, "reference": taken.reference}
