"""A file that somebody hands in to be verified: JSON, a baked PNG or SVG, or a PDF with its credential."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cryptography import x509

from tauliah.credentials.baking import NotBaked, unbake
from tauliah.credentials.refusal import Refused
from tauliah.credentials.strict_json import Json, read
from tauliah.credentials.structure import many
from tauliah.files.signed_pdf import SignedPdf, UnreadablePdf, read_signed_pdf
from tauliah.values.text import Text

Form = Literal["json", "png", "svg", "pdf"]
LARGEST_BYTES = 20_000_000
MOST_CREDENTIALS = 50
TOO_LARGE = Text("Fail terlalu besar; had ialah 20 MB.", "The file is too large: at most 20 MB.")
NO_CREDENTIAL = Text(
    "Fail ini tidak mengandungi kelayakan. Serahkan fail JSON, PNG, SVG atau PDF yang asal.",
    "This file carries no credential. Hand in the original JSON, PNG, SVG or PDF.",
)
TOKEN = Text(
    "Kelayakan ini ditandatangani sebagai token (JWT), yang belum dapat disemak di sini. "
    "Minta versi JSON dengan bukti terbenam daripada pengeluarnya.",
    "This credential is signed as a token (JWT), which cannot be checked here yet. "
    "Ask its issuer for the JSON version with an embedded proof.",
)


class UnreadableCredential(ValueError):
    """A file without a credential that can be read; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class CredentialFile:
    """The credentials in a file, and of a PDF the answer about its own signature."""

    form: Form
    credentials: tuple[Json, ...]
    paper: SignedPdf | None = None


def read_credential(data: bytes, *, at: datetime, trusted: Sequence[x509.Certificate] = ()) -> CredentialFile:
    """The credentials in the bytes of a file; raises `UnreadableCredential`.

    A presentation is opened and its credentials are taken; that it was presented proves nothing here.
    `trusted` are the certificates by which a PDF's own signature is judged.
    """
    if len(data) > LARGEST_BYTES:
        raise UnreadableCredential(TOO_LARGE)
    form = _form(data)
    paper = _paper(data, trusted, at) if form == "pdf" else None
    try:
        text = data if form == "json" else _carried(data, paper)
        credentials = _credentials(text)
    except (NotBaked, Refused) as error:
        raise UnreadableCredential(error.text if isinstance(error, NotBaked) else error.message) from error
    return CredentialFile(form, credentials, paper)


def _form(data: bytes) -> Form:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"\x89PNG"):
        return "png"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "svg" if start.startswith(b"<") else "json"


def _paper(data: bytes, trusted: Sequence[x509.Certificate], at: datetime) -> SignedPdf:
    try:
        return read_signed_pdf(data, trusted, at)
    except UnreadablePdf as error:
        raise UnreadableCredential(error.text) from error


def _carried(data: bytes, paper: SignedPdf | None) -> bytes | str:
    if paper is None:
        return unbake(data)
    if paper.credential is None:
        raise UnreadableCredential(NO_CREDENTIAL)
    return paper.credential


def _credentials(text: bytes | str) -> tuple[Json, ...]:
    start = text[:3].encode() if isinstance(text, str) else text[:3]
    if start.startswith(b"ey") and b"." in (text.encode() if isinstance(text, str) else text):
        raise UnreadableCredential(TOKEN)
    document = read(text)
    if not isinstance(document, dict):
        raise UnreadableCredential(NO_CREDENTIAL)
    if "VerifiablePresentation" not in many(document.get("type")):
        return (document,)
    held = tuple(each for each in many(document.get("verifiableCredential")) if isinstance(each, dict))
    if not held or len(held) > MOST_CREDENTIALS:
        raise UnreadableCredential(NO_CREDENTIAL)
    return held
