"""The faces of a credential: JSON, baked badge, certificate, statement; made on demand, kept a while."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.credentials.bridge import statement_of
from portal.credentials.models import Credential
from portal.credentials.signing import document_key
from portal.institutions.models import Signatory
from portal.institutions.paper import paper_of, text_of
from portal.wording import in_language
from tauliah.credentials.baking import bake_png, bake_svg, credential_text
from tauliah.files import paper
from tauliah.files.badge_image import badge_png, badge_svg
from tauliah.files.certificate import Face as Look
from tauliah.files.certificate import certificate_pdf
from tauliah.files.pades import sign_pdf
from tauliah.files.statement import statement_pdf
from tauliah.values.text import Text

KEPT = 24 * 3600
"""Seconds for which a made face is kept."""


@dataclass(frozen=True, slots=True)
class Face:
    """One way in which a credential is handed over; a private one is its learner's alone."""

    name: str
    words: str | Promise
    suffix: str
    media_type: str
    make: Callable[[Credential, str], bytes]
    private: bool = False


def as_json(credential: Credential, language: str) -> bytes:
    """Return the signed document."""
    return json.dumps(credential.document, ensure_ascii=False, indent=1).encode()


def png(credential: Credential, language: str) -> bytes:
    """Return the badge as PNG with the credential in it."""
    statement, look = statement_of(credential), look_of(credential)
    picture = badge_png(statement.achievement, statement.certificate, look, language)
    return bake_png(picture, credential_text(credential.document))


def svg(credential: Credential, language: str) -> bytes:
    """Return the badge as SVG with the credential in it."""
    statement, look = statement_of(credential), look_of(credential)
    picture = badge_svg(statement.achievement, statement.certificate, look, language)
    return bake_svg(picture, credential_text(credential.document))


def certificate(credential: Credential, language: str) -> bytes:
    """Return the certificate: PDF/A-3 with the credential attached, signed by the institution."""
    made = certificate_pdf(statement_of(credential), look(credential, language), attached(credential))
    return _sealed(credential, made)


def mms(credential: Credential, language: str) -> bytes:
    """Return the Malaysian Micro-credential Statement: PDF/A-3 with the credential attached, signed."""
    made = statement_pdf(statement_of(credential), look(credential, language), attached(credential))
    return _sealed(credential, made)


def _sealed(credential: Credential, made: bytes) -> bytes:
    return sign_pdf(made, document_key(credential.institution), timezone.now(), reason=credential.serial)


def attached(credential: Credential) -> bytes:
    """Return the credential as a PDF carries it."""
    return credential_text(credential.document).encode()


def look_of(credential: Credential) -> paper.Institution:
    """Return how the institution looks on paper."""
    return paper_of(credential.institution)


def look(credential: Credential, language: str) -> Look:
    """Return how a certificate is shown: institution, language, who signs, short code."""
    assert credential.edition is not None
    signing = tuple(_signatory(row) for row in credential.edition.issuer["signatories"])
    return Look(look_of(credential), language, signing, credential.short_code)


def _signatory(row: Mapping[str, Any]) -> paper.Signatory:
    """Return who signed then, with the picture of the signature where it is still kept."""
    name, office = row["name"], text_of(*row["office"])
    kept = Signatory.objects.filter(pk=row.get("pk") or 0).first()
    try:
        if kept is not None and kept.signature:
            with kept.signature.open("rb") as file:
                return paper.Signatory(name, office, bytes(file.read()))
    except (OSError, ValueError):
        pass  # the file is gone, or cannot be printed: the name stands alone
    return paper.Signatory(name, office)


FACES = {
    face.name: face
    for face in (
        Face("certificate", _("Certificate"), "pdf", "application/pdf", certificate, private=True),
        Face(
            "statement",
            _("Malaysian Micro-credential Statement"),
            "pdf",
            "application/pdf",
            mms,
            private=True,
        ),
        Face("badge-png", _("Badge as picture (PNG)"), "png", "image/png", png),
        Face("badge-svg", _("Badge as drawing (SVG)"), "svg", "image/svg+xml", svg),
        Face("json", _("Digital credential (JSON)"), "json", "application/vc+ld+json", as_json),
    )
}
"""By name, in the order in which the learner sees them."""
OF_DECISIONS = ("json",)


def faces_of(credential: Credential) -> list[Face]:
    """Return the faces that a credential has; a decision is handed over as JSON, its letter is the paper."""
    names = OF_DECISIONS if credential.kind == Credential.Kind.DECISION else tuple(FACES)
    return [FACES[name] for name in names]


def made(credential: Credential, face: Face, language: str) -> bytes:
    """Return a face, made now or lately; raises ``Refused`` where it cannot be made."""
    key = f"face-{credential.public_id}-{face.name}-{language}"
    kept = cache.get(key)
    if isinstance(kept, bytes):
        return kept
    try:
        content = face.make(credential, language)
    except ValueError as wrong:
        text = getattr(wrong, "text", None)
        raise Refused(in_language(text) if isinstance(text, Text) else str(wrong)) from wrong
    cache.set(key, content, KEPT)
    return content


def file_name(credential: Credential, face: Face) -> str:
    """Return the name under which a face is saved: uthm-mc-2026-000123-certificate.pdf."""
    return f"{slugify(credential.serial)}-{face.name.partition('-')[0]}.{face.suffix}"
