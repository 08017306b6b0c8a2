"""What every letter of an application begins and ends with: whose it is, to whom, under which policy."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import Appointment
from portal.applications.letters.kinds import Words
from portal.applications.models import Application
from portal.institutions.paper import paper_of
from portal.packs import packs
from tauliah.files.letter import Letter, Part, letter_pdf
from tauliah.files.paper import Institution, Signatory
from tauliah.values.text import Text


@dataclass(frozen=True)
class Sheet:
    """A letter about to be written: the application, the kind, the language, the day and the number."""

    application: Application
    kind: str
    language: str
    day: date
    reference: str
    about: Any = field(default=None)

    @cached_property
    def words(self) -> Words:
        """The words in the letter's language."""
        return Words(self.language)

    @property
    def institution(self) -> Institution:
        """The institution, and the faculty as the unit that writes."""
        return paper_of(self.application.institution, self.application.faculty)

    @property
    def recipient(self) -> tuple[str, ...]:
        """To whom the letter goes."""
        student = self.application.student
        return (student.person.name, f"{self.words.fact('matric')}: {student.matric}", student.person.email)

    @property
    def policy(self) -> str:
        """The policy's name in the letter's language."""
        pack = packs().get(self.application.policy)
        return self.words.text(pack.title) if pack else self.application.policy

    @property
    def version(self) -> str:
        """Since when the policy's version that was applied is in force."""
        return self.words.day(self.application.policy_version)

    @property
    def programme(self) -> str:
        """The programme with its code."""
        return f"{self.application.programme.code} {self.words.name(self.application.programme)}"

    @property
    def faculty(self) -> str:
        """The faculty, or the institution where the application belongs to none."""
        return self.words.name(self.application.faculty or self.application.institution)


def printed(
    sheet: Sheet,
    parts: list[Part],
    *,
    signed_by: Appointment | None = None,
    copies: tuple[str, ...] = (),
    note: str = "",
) -> bytes:
    """Print a letter on the institution's paper."""
    words = sheet.words
    closing = [words.text(CLOSING), note] if note else [words.text(CLOSING)]
    letter = Letter(
        sheet.institution,
        sheet.language,
        sheet.day,
        words.subject(sheet.kind),
        parts,
        reference=sheet.reference,
        recipient=sheet.recipient,
        signatories=(signatory(signed_by),) if signed_by else (),
        copies=copies,
        closing=closing,
        valediction=None if signed_by else "",
    )
    return letter_pdf(letter)


CLOSING = Text("Sekian, terima kasih.", "Thank you.")


def signatory(acting: Appointment) -> Signatory:
    """Return who signs: name, office and faculty."""
    titles = {}
    for language in ("ms", "en"):
        with override(language):
            place = acting.faculty or acting.institution
            titles[language] = (
                f"{acting.get_role_display()}, {place.name}" if place else acting.get_role_display()
            )
    return Signatory(acting.person.name, Text(str(titles["ms"]), str(titles["en"])))


def today() -> date:
    """Return the day that a letter bears."""
    return timezone.localdate()
