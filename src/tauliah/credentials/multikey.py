"""Multikey: a public Ed25519 key as text (`z6Mk…`), as controllers publish it."""

from tauliah.credentials import eddsa, multibase
from tauliah.credentials.refusal import Reason, Refused

PUBLIC = bytes((0xED, 0x01))
SECRET = bytes((0x80, 0x26))


def encode(public: bytes) -> str:
    """The text of a public key of 32 bytes."""
    return multibase.encode_base58(PUBLIC + public)


def decode(text: object) -> bytes:
    """The 32 bytes of a public key; raises `Refused` for other kinds, wrong lengths and weak keys."""
    data = multibase.decode(text)
    if data[:2] != PUBLIC:
        raise Refused(Reason.KEY_TYPE, found=text)
    public = data[2:]
    if len(public) != eddsa.KEY_BYTES:
        raise Refused(Reason.KEY_MALFORMED, found=text)
    eddsa.check_public(public)
    return public


def encode_secret(seed: bytes) -> str:
    """The text of a secret key of 32 bytes (`z3u2…`); for key files, never for documents."""
    return multibase.encode_base58(SECRET + seed)


def signing_key(text: object) -> eddsa.SigningKey:
    """The key of a secret text (`z3u2…`); raises `Refused`, never showing the text."""
    try:
        data = multibase.decode(text)
    except Refused:
        raise Refused(Reason.KEY_MALFORMED, found="…") from None
    if data[:2] != SECRET or len(data) != 2 + eddsa.KEY_BYTES:
        raise Refused(Reason.KEY_MALFORMED, found="…")
    return eddsa.SigningKey.from_seed(data[2:])
