"""The certificate of an award: PDF/A-3a and PDF/UA-1 with the signed credential attached."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from tauliah.credentials.statement import CERTIFICATES, Statement
from tauliah.files.document import read_file
from tauliah.files.letter import paper_words
from tauliah.files.ornament import frame_svg, seal_svg
from tauliah.files.paper import (
    Institution,
    Signatory,
    Verification,
    day_in_words,
    numbers_of,
    signature_pictures,
)
from tauliah.files.typesetting import ARCHIVAL_WITH_FILES, FOLDER, typeset
from tauliah.values.text import Text
from tauliah.values.unit import decimal_text

SHORT_NAME, SHORT_TITLE = 36, 56
"""Up to so many characters a name and a title stand on one line each, and nothing need shrink."""


@dataclass(frozen=True, slots=True)
class Face:
    """How an award is shown on paper: the institution's look, the language ("ms" or "en"), who signs.

    `code` is the short code typed by hand; without signatories the issuer's own signs.
    """

    institution: Institution
    language: str = "ms"
    signatories: tuple[Signatory, ...] = ()
    code: str = ""

    def signing(self, statement: Statement) -> tuple[Signatory, ...]:
        """Who signs this award."""
        one = statement.issuer.signatory
        return self.signatories or (Signatory(one.name, one.office),)


def certificate_pdf(statement: Statement, face: Face, credential: bytes) -> bytes:
    """Print a certificate; the file bears the day of the award, and `credential.json` as it is given.

    Raises `NotAnAddress` where the verification address must not be printed.
    """
    verification = Verification(statement.verify_at, face.code)
    signatories = face.signing(statement)[:2]
    look = face.institution
    enclosed = {
        **look.pictures(),
        **signature_pictures(signatories),
        **verification.pictures(),
        "frame": frame_svg(look.colour, look.accent),
        "seal": seal_svg(look.colour, look.accent),
        "credential": credential.decode(),
    }
    view = _view(statement, face, verification, signatories)
    return typeset(
        "certificate.typ", view, statement.awarded_on, standards=ARCHIVAL_WITH_FILES, enclosed=enclosed
    )


def _view(
    statement: Statement, face: Face, verification: Verification, signatories: tuple[Signatory, ...]
) -> dict[str, Any]:
    language, other = face.language, "ms" if face.language == "en" else "en"
    words, title = certificate_words(language), CERTIFICATES[statement.certificate]
    course = statement.achievement.title
    return {
        "words": words,
        "language": language,
        "other-language": other,
        "institution": face.institution.view(language),
        "date": numbers_of(statement.awarded_on),
        "title": title.in_language(language),
        "other-title": title.in_language(other),
        "description": f"{course.in_language(language)}. {statement.learner.name}",
        "name": statement.learner.name,
        "identity": str(statement.learner.identity or ""),
        "achieved": words[statement.certificate],
        "course": course.in_language(language),
        "other-course": "" if course.ms == course.en else course.in_language(other),
        "facts": _facts(statement, words, language),
        "awarded": day_in_words(statement.awarded_on, language),
        "serial": statement.serial,
        "short": _is_short(statement),
        "signatories": [each.view(language) for each in signatories],
        "verification": verification.view(),
    }


def _is_short(statement: Statement) -> bool:
    name, title = statement.learner.name, statement.achievement.title
    return len(name) <= SHORT_NAME and max(len(title.ms), len(title.en)) <= SHORT_TITLE


def _facts(statement: Statement, words: dict[str, str], language: str) -> list[dict[str, str]]:
    achievement = statement.achievement
    first, last = (day_in_words(day, language) for day in (statement.started_on, statement.ended_on))
    facts = {
        "course_code": achievement.code,
        "level": str(achievement.mqf_level) if statement.assessed else "",
        "credits": decimal_text(achievement.credits) if statement.assessed else "",
        "learning_time": words["hours"].replace("{}", decimal_text(achievement.learning_hours)),
        "grade": statement.grade or "",
        "period": first if first == last else f"{first} – {last}",
    }
    return [{"label": words[name], "value": value} for name, value in facts.items() if value]


def certificate_words(language: str) -> dict[str, str]:
    """The words of certificates and of every printed document, in one language."""
    own = {name: Text.of(word).in_language(language) for name, word in _words().items()}
    return paper_words(language) | own


@cache
def _words() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = read_file(FOLDER / "certificate_words.yaml")
    return loaded
