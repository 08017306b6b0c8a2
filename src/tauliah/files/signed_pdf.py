"""A PDF that somebody hands in: the credential it carries, and whether its signature covers all of it.

The words on its pages prove nothing; who verifies shows what the credential says.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tauliah.credentials.answer import Answer, no, unknown, yes
from tauliah.files.apart import apart
from tauliah.values.text import Text

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # a bad signature is an answer, not an event

ATTACHMENT = "credential.json"
LARGEST_BYTES = 20_000_000
LARGEST_CREDENTIAL = 1_000_000
MOST_ATTACHMENTS = 50
DEEPEST = 10

TOO_LARGE = Text("Fail PDF terlalu besar; had ialah 20 MB.", "The PDF is too large: at most 20 MB.")
NOT_A_PDF = Text(
    "Fail ini bukan PDF yang boleh dibaca. Muat turun sekali lagi daripada penerbitnya.",
    "This file is not a PDF that can be read. Download it again from its issuer.",
)
ENCRYPTED = Text(
    "PDF ini dilindungi kata laluan. Hantar salinan asal tanpa kata laluan.",
    "This PDF is protected by a password. Send the original without one.",
)
TWO_CREDENTIALS = Text(
    "PDF ini mempunyai lebih daripada satu lampiran credential.json; yang sah tidak dapat ditentukan.",
    "This PDF has more than one attachment called credential.json; which one counts cannot be told.",
)
LARGE_CREDENTIAL = Text(
    "Kelayakan yang dilampirkan lebih besar daripada 1 MB.", "The attached credential is larger than 1 MB."
)
UNSIGNED = unknown("paper.unsigned", "PDF ini tidak ditandatangani.", "This PDF is not signed.")
TWO_SIGNATURES = no(
    "paper.two_signatures",
    "PDF ini mempunyai lebih daripada satu tandatangan; dokumen asal mempunyai satu sahaja.",
    "This PDF has more than one signature; the original has only one.",
)
CHANGED = no(
    "paper.changed",
    "PDF ini diubah selepas ditandatangani: tandatangan tidak meliputi keseluruhan fail.",
    "This PDF was changed after it was signed: the signature does not cover the whole file.",
)
BROKEN = no(
    "paper.broken",
    "Tandatangan PDF tidak sepadan dengan kandungannya.",
    "The PDF's signature does not match its contents.",
)
UNKNOWN_SIGNER = unknown(
    "paper.unknown_signer",
    "Fail tidak diubah sejak ditandatangani, tetapi penandatangannya tidak dikenali di sini.",
    "The file is unchanged since it was signed, but its signer is not known here.",
)
SIGNED = yes(
    "paper.signed",
    "Ditandatangani oleh penerbit; fail tidak diubah sejak itu.",
    "Signed by the issuer; the file is unchanged since then.",
)


class UnreadablePdf(ValueError):
    """A file whose credential cannot be taken out; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """The credential in a PDF (None where it has none) and the answer about the PDF's signature.

    `signed_at` is the time that the signer claims.
    """

    credential: bytes | None = field(repr=False)
    signature: Answer
    signer: str = ""
    signed_at: datetime | None = None


def read_signed_pdf(data: bytes, trusted: Sequence[x509.Certificate], at: datetime) -> SignedPdf:
    """Take the credential out of a PDF and judge its signature by the certificates trusted here.

    Nothing is fetched. Raises `UnreadablePdf`.
    """
    if len(data) > LARGEST_BYTES:
        raise UnreadablePdf(TOO_LARGE)
    try:
        return _read(PdfFileReader(BytesIO(data)), trusted, at)
    except UnreadablePdf:
        raise
    except Exception as error:  # a hostile file can make a parser fail in any way
        raise UnreadablePdf(NOT_A_PDF) from error


def _read(reader: PdfFileReader, trusted: Sequence[x509.Certificate], at: datetime) -> SignedPdf:
    if reader.encrypted:
        raise UnreadablePdf(ENCRYPTED)
    credential = _credential(reader)
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        return SignedPdf(credential, TWO_SIGNATURES if signatures else UNSIGNED)
    signature = signatures[0]
    signed_at = signature.self_reported_timestamp
    answer, name = _judged(signature, trusted, _moment(signed_at, at))
    return SignedPdf(credential, answer, name, signed_at)


def _judged(
    signature: EmbeddedPdfSignature, trusted: Sequence[x509.Certificate], moment: datetime
) -> tuple[Answer, str]:
    """The answer about a signature, and the name in the signer's certificate."""
    try:
        status, certificate = _status(signature, trusted, moment), signature.signer_cert
        return _answer(status, known=_is_among(certificate, trusted, moment)), _name(certificate)
    except (PdfError, ValueError, SignatureValidationError):
        return BROKEN, ""


def _answer(status: PdfSignatureStatus, *, known: bool) -> Answer:
    """Yes only where pyHanko's bottom line is yes and the signature covers the entire file."""
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if status.bottom_line and whole and known:
        return SIGNED
    if not (status.intact and status.valid):
        return BROKEN
    if not whole or not status.docmdp_ok:
        return CHANGED
    return UNKNOWN_SIGNER


def _is_among(
    certificate: asn1_x509.Certificate, trusted: Sequence[x509.Certificate], moment: datetime
) -> bool:
    """Whether the certificate in the file is, byte for byte, one of those, and was good at the moment.

    pyHanko asks for its number only, and not for the days of one that is trusted by itself.
    """
    return any(
        certificate.dump() == _der(each) and each.not_valid_before_utc <= moment <= each.not_valid_after_utc
        for each in trusted
    )


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _status(
    signature: EmbeddedPdfSignature, trusted: Sequence[x509.Certificate], moment: datetime
) -> PdfSignatureStatus:
    roots = [asn1_x509.Certificate.load(_der(each)) for each in trusted]
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=moment, best_signature_time=moment
    )
    return apart(lambda: validate_pdf_signature(signature, signer_validation_context=context))


def _moment(claimed: datetime | None, at: datetime) -> datetime:
    """The time for which the certificate must be good: the claimed one, never one to come."""
    if claimed is None or claimed.tzinfo is None:
        return at
    return min(claimed, at).astimezone(UTC)


def _name(certificate: asn1_x509.Certificate) -> str:
    subject = certificate.subject.native
    return str(
        subject.get("common_name") or subject.get("organization_name") or certificate.subject.human_friendly
    )


def _credential(reader: PdfFileReader) -> bytes | None:
    """The attachment `credential.json` of the newest revision."""
    found = [file for name, file in _attachments(reader) if name == ATTACHMENT]
    if len(found) > 1:
        raise UnreadablePdf(TWO_CREDENTIALS)
    if not found:
        return None
    embedded = found[0]["/EF"]
    stream = embedded["/F"] if "/F" in embedded else embedded["/UF"]
    data: bytes = stream.data
    if len(data) > LARGEST_CREDENTIAL:
        raise UnreadablePdf(LARGE_CREDENTIAL)
    return data


def _attachments(reader: PdfFileReader) -> Iterator[tuple[str, DictionaryObject]]:
    names = reader.root.get("/Names", {})
    tree = names.get("/EmbeddedFiles") if names else None
    for count, file in enumerate(_leaves(tree, DEEPEST) if tree else ()):
        if count >= MOST_ATTACHMENTS:
            raise UnreadablePdf(NOT_A_PDF)
        yield str(file.get("/UF", file.get("/F", ""))), file


def _leaves(node: Any, deep: int) -> Iterator[DictionaryObject]:
    """The file specifications of a name tree, in its order."""
    if deep == 0:
        raise UnreadablePdf(NOT_A_PDF)
    pairs = node.get("/Names", [])
    for place in range(1, len(pairs), 2):
        yield pairs[place]
    kids = node.get("/Kids", [])
    for place in range(min(len(kids), MOST_ATTACHMENTS)):
        yield from _leaves(kids[place], deep - 1)
