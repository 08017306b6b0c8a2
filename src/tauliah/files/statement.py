"""The Malaysian Micro-credential Statement on paper: PDF/A-3a and PDF/UA-1, with the credential attached."""

from collections.abc import Sequence
from typing import Any

from tauliah.credentials.statement import Statement
from tauliah.credentials.statement_rows import Row, statement_rows
from tauliah.files.certificate import Face, certificate_words
from tauliah.files.paper import Signatory, Verification, numbers_of, signature_pictures
from tauliah.files.typesetting import ARCHIVAL_WITH_FILES, typeset

LISTED = frozenset({"outcomes", "assessment", "quality"})
"""Fields whose lines are points of a list."""


def statement_pdf(statement: Statement, face: Face, credential: bytes, *, both: bool = True) -> bytes:
    """Print every field of Appendix 1, in Malay and English side by side or in the face's language.

    The identity-card number stands on it masked; the file bears the day of the official stamp, and
    `credential.json` as it is given. Raises `NotAnAddress`.
    """
    verification = Verification(statement.verify_at, face.code)
    signatories = face.signing(statement)
    enclosed = {
        **face.institution.pictures(),
        **signature_pictures(signatories),
        **verification.pictures(),
        "credential": credential.decode(),
    }
    view = _view(statement, face, verification, signatories, both=both)
    return typeset(
        "statement.typ", view, statement.stamped_on, standards=ARCHIVAL_WITH_FILES, enclosed=enclosed
    )


def _view(
    statement: Statement,
    face: Face,
    verification: Verification,
    signatories: Sequence[Signatory],
    *,
    both: bool,
) -> dict[str, Any]:
    language, other = face.language, "ms" if face.language == "en" else "en"
    words, title = certificate_words(language), certificate_words(language)["statement"]
    return {
        "words": words,
        "language": language,
        "other-language": other,
        "languages": [language, other] if both else [language],
        "institution": face.institution.view(language),
        "date": numbers_of(statement.stamped_on),
        "title": title,
        "other-title": certificate_words(other)["statement"],
        "description": f"{statement.achievement.title.in_language(language)}. {statement.learner.name}",
        "running": f"MMS · {statement.serial}",
        "rows": [_row(row) for row in statement_rows(statement, public=False)],
        "signatories": [each.view(language) | {"title": each.title.as_dict()} for each in signatories],
        "verification": verification.view(),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "field": row.field,
        "label": row.label.as_dict(),
        "lines": {"ms": [line.ms for line in row.lines], "en": [line.en for line in row.lines]},
        "listed": row.field in LISTED,
    }
