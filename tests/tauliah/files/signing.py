"""Keys and signed documents for tests; P-256, because it is made at once."""

from datetime import UTC, date, datetime
from functools import cache

from tests.tauliah.files.awards import AWARD, CREDENTIAL, FACE

from tauliah.files.certificate import certificate_pdf
from tauliah.files.document_key import DocumentKey, new_private_key, self_signed
from tauliah.files.pades import sign_pdf

DAY = date(2026, 3, 3)
AT = datetime(2026, 3, 3, 4, 5, 6, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def key(owner: str = "Universiti Contoh", algorithm: str = "p256") -> DocumentKey:
    """A key made for the tests, the same each time it is asked for."""
    return _made(owner, algorithm)


@cache
def _made(owner: str, algorithm: str) -> DocumentKey:
    private = new_private_key(algorithm)
    return DocumentKey(private, self_signed(private, owner, DAY))


@cache
def unsigned(credential: bytes = CREDENTIAL) -> bytes:
    """A certificate as it is printed."""
    return certificate_pdf(AWARD, FACE, credential)


@cache
def signed(algorithm: str = "p256") -> bytes:
    """A certificate as it is issued."""
    return sign_pdf(unsigned(), key(algorithm=algorithm), AT, reason="Penganugerahan", label="Tandatangan")
