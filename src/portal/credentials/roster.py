"""The list of learners of a run: read from a spreadsheet row by row, every bad cell named."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.accounts.models import Person
from portal.credentials.models import Award, Credential, IssuingRun
from portal.imports.headings import folded, heading_row, in_both
from portal.imports.mistake import REQUIRED, Mistake, Wrong
from tauliah.credentials.identity_card import masked, nric_in
from tauliah.credentials.inspection import hidden_in
from tauliah.files.spreadsheets import Sheet
from tauliah.values.vocabulary import GRADES

BAD_EMAIL = gettext_noop("“%(value)s” is not an email address.")
BAD_GRADE = gettext_noop("The grade “%(value)s” is not known. Choose one of: %(grades)s.")
NOT_PASSED = gettext_noop(
    "The grade %(value)s is no pass; the minimum is %(minimum)s. Leave the learner out."
)
BAD_MARK = gettext_noop("“%(value)s” is not a mark from 0 to 100.")
NRIC_IN_NAME = gettext_noop("An identity-card number stands here. Put it into its own column.")
HIDDEN = gettext_noop("This text holds the hidden character %(sign)s. Type it again without it.")
TOO_LONG = gettext_noop("At most %(most)s characters.")
TWICE = gettext_noop("This learner stands in row %(row)s already.")
HAS_ONE = gettext_noop("%(name)s has this credential already: %(serial)s. To change it, correct that one.")
NEEDS_PAYMENT = gettext_noop(
    "A Certificate of Accomplishment is issued once paid: give the receipt number (UTM 5.1.2)."
)
FREE = gettext_noop("A Certificate of Participation is free; leave the receipt number out (UTM 5.1.1).")
NOT_COMPLETED = gettext_noop(
    "A Certificate of Participation needs all learning activities completed (UTM 5.1.1)."
)
NO_LIST = gettext_noop("No sheet has the headings %(headings)s. Begin with the template.")
YES = {"ya", "yes", "y", "1", "true", "benar"}
MOST_LEARNERS = 100_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the list: its field, its heading, whether it must be there, how a cell is read."""

    name: str
    words: str | Promise
    read: Callable[[str], Any]
    required: bool = False


def line(most: int) -> Callable[[str], str]:
    """Return a reader of one line of visible text."""

    def read(cell: str) -> str:
        text = unicodedata.normalize("NFC", " ".join(cell.split()))
        if hidden := hidden_in(text):
            raise Wrong(HIDDEN, sign=hidden)
        if nric_in(text):
            raise Wrong(NRIC_IN_NAME)
        if len(text) > most:
            raise Wrong(TOO_LONG, most=most)
        return text

    return read


def email(cell: str) -> str:
    """Read an email address."""
    try:
        validate_email(cell)
    except ValidationError as bad:
        raise Wrong(BAD_EMAIL, value=cell[:100]) from bad
    return cell.lower()


def grade(cell: str) -> str:
    """Read a grade."""
    found = cell.upper().replace("\N{MINUS SIGN}", "-").replace(" ", "")
    if found not in GRADES:
        raise Wrong(BAD_GRADE, value=cell[:20], grades=", ".join(GRADES))
    return found


def mark(cell: str) -> Decimal:
    """Read a mark out of 100."""
    try:
        number = Decimal(cell.replace(",", "."))
    except InvalidOperation as bad:
        raise Wrong(BAD_MARK, value=cell[:20]) from bad
    if not number.is_finite() or not 0 <= number <= 100:
        raise Wrong(BAD_MARK, value=cell[:20])
    return number.quantize(Decimal("0.01"))


def identity(cell: str) -> str:
    """Read an identity number: what is kept is masked already."""
    return str(masked(cell))


def yes(cell: str) -> bool:
    """Read yes or no."""
    return cell.strip().casefold() in YES


HEADINGS = (
    Heading("name", _("Full name"), line(200), required=True),
    Heading("email", _("Email"), email, required=True),
    Heading("identity", _("Identity card or passport number"), identity),
    Heading("grade", _("Grade"), grade),
    Heading("formative_mark", _("Formative mark"), mark),
    Heading("summative_mark", _("Summative mark"), mark),
    Heading("payment", _("Receipt number"), line(60)),
    Heading("completed", _("All activities completed"), yes),
)
"""The columns in the order of the template; the identity number is masked as it is read."""


@dataclass
class Roster:
    """The learners of a list, and the mistakes that stand in the way."""

    awards: list[Award] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def read_roster(run: IssuingRun, sheets: Sequence[Sheet]) -> Roster:
    """Read the learners of a run from the first sheet that has the headings; nothing is saved."""
    roster = Roster()
    for sheet in sheets:
        columns = _columns(sheet)
        if all(heading in columns.values() for heading in HEADINGS if heading.required):
            _Reading(run, sheet, columns, roster).whole()
            return roster
    needed = ", ".join(str(heading.words) for heading in HEADINGS if heading.required)
    name = sheets[0].name if sheets else ""
    roster.mistakes.append(Mistake(name, 1, None, "", "", NO_LIST, {"headings": needed}))
    return roster


def _columns(sheet: Sheet) -> Mapping[int, Heading]:
    names = {name: h for h in HEADINGS for name in (*in_both(h.words), folded(h.name))}
    _, cells = heading_row(sheet)
    return {place: names[folded(cell)] for place, cell in enumerate(cells) if folded(cell) in names}


class _Reading:
    """The reading of one sheet; it knows who is on the list, and who has the credential already."""

    def __init__(self, run: IssuingRun, sheet: Sheet, columns: Mapping[int, Heading], roster: Roster) -> None:
        self.run, self.sheet, self.columns, self.roster = run, sheet, columns, roster
        self.rows: dict[str, int] = {}
        self.have = dict(
            Credential.objects.filter(
                achievement=run.achievement,
                values__certificate=run.certificate,
                state__in=[Credential.State.ISSUED, Credential.State.SUSPENDED],
            ).values_list("email", "serial")
        )

    def whole(self) -> None:
        """Read every row, then find the accounts of those on the list."""
        first, _ = heading_row(self.sheet)
        for number, cells in enumerate(self.sheet.rows[first:], start=first + 1):
            if any(cells):
                self.row(number, cells)
        known = accounts([award.email for award in self.roster.awards])
        for award in self.roster.awards:
            award.person = known.get(award.email)

    def row(self, number: int, cells: Sequence[str]) -> None:
        """Read one row: a learner, or its mistakes."""
        before, values = len(self.roster.mistakes), dict[str, Any]()
        for place, heading in self.columns.items():
            cell = cells[place] if place < len(cells) else ""
            if not cell:
                if heading.required:
                    self.say(number, heading.name, cell, Wrong(REQUIRED))
                continue
            try:
                values[heading.name] = heading.read(cell)
            except Wrong as wrong:
                self.say(number, heading.name, cell, wrong)
        if len(self.roster.mistakes) == before:
            for name, lacking in fits(self.run, values):
                self.say(number, name, str(values.get(name, "")), lacking)
        if len(self.roster.mistakes) == before:
            self.keep(number, values)

    def keep(self, number: int, values: dict[str, Any]) -> None:
        """Take a learner, unless they stand on the list or have the credential already."""
        address = values["email"]
        if address in self.rows:
            return self.say(number, "email", address, Wrong(TWICE, row=self.rows[address]))
        if address in self.have:
            words = Wrong(HAS_ONE, name=values["name"], serial=self.have[address])
            return self.say(number, "email", address, words)
        self.rows[address] = number
        award = Award(run=self.run, position=len(self.roster.awards) + 1, **values)
        self.roster.awards.append(award)
        return None

    def say(self, number: int, name: str, cell: str, wrong: Wrong) -> None:
        """Note a mistake at its cell; an identity number is never written down."""
        place = next((p for p, heading in self.columns.items() if heading.name == name), None)
        words = next(str(heading.words) for heading in HEADINGS if heading.name == name)
        shown = "" if name == "identity" or nric_in(cell) else cell
        where = (self.sheet.name, number, place, words, shown)
        self.roster.mistakes.append(Mistake(*where, wrong.message, wrong.values))


def fits(run: IssuingRun, values: Mapping[str, Any]) -> list[tuple[str, Wrong]]:
    """Return what keeps a learner from the certificate of the run, by column."""
    if run.certificate == "participation":
        found = [] if values.get("completed") else [("completed", Wrong(NOT_COMPLETED))]
        return [*found, *([("payment", Wrong(FREE))] if values.get("payment") else [])]
    found = []
    given, least = values.get("grade"), run.achievement.required_grade
    if not given:
        found.append(("grade", Wrong(REQUIRED)))
    elif GRADES.index(given) > GRADES.index(least):
        found.append(("grade", Wrong(NOT_PASSED, value=given, minimum=least)))
    if run.certificate == "accomplishment" and not values.get("payment"):
        found.append(("payment", Wrong(NEEDS_PAYMENT)))
    return found


def accounts(addresses: Sequence[str]) -> dict[str, Person]:
    """Return the people with an account, by their address in small letters."""
    people = Person.objects.annotate(address=Lower("email")).filter(address__in=addresses, is_active=True)
    return {person.email.lower(): person for person in people}
