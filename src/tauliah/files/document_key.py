"""The key that signs printed documents: loaded once, its CMS built once; digest and signature are put in."""

import asyncio
import hashlib
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, NoReturn

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID
from pyhanko.sign import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tauliah.values.text import Text

RSA_BITS = 3072
YEARS = 10
LONGEST_NAME = 64
"""What a name in a certificate may have (RFC 5280, upper bounds)."""
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""The purpose of RFC 9336: signing documents that people read."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

UNUSABLE = Text(
    "Kunci dokumen mestilah RSA sekurang-kurangnya 2048 bit atau P-256.",
    "A document key must be RSA of at least 2048 bits, or P-256.",
)
NOT_A_PAIR = Text(
    "Kunci persendirian dan sijil X.509 tidak sepadan.",
    "The private key and the X.509 certificate do not belong together.",
)
NOT_FOR_SIGNING = Text(
    "Sijil X.509 tidak membenarkan tandatangan dokumen: penggunaan kunci mesti termasuk non-repudiation.",
    "The X.509 certificate does not allow signing documents: its key usage must include non-repudiation.",
)


class UnusableKey(ValueError):
    """A key or certificate that cannot sign documents; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class DocumentKey:
    """A private key with its certificate, and what of a signature is always the same.

    Raises `UnusableKey` for a kind of key that is not supported and for a certificate of another key.
    """

    def __init__(
        self, private: PrivateKey, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()
    ) -> None:
        _check(private, certificate)
        self._private = private
        self.certificate = certificate
        self.chain = tuple(chain)
        self._templates: dict[int, _Template] = {}

    def __repr__(self) -> str:
        return f"<DocumentKey {self.fingerprint[:16]}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A private key is not copied or stored.")

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def mechanism(self) -> str:
        """How it signs, by asn1crypto's name."""
        return "sha256_rsa" if isinstance(self._private, rsa.RSAPrivateKey) else "sha256_ecdsa"

    @cached_property
    def signer(self) -> Signer:
        """The key as pyHanko takes it."""
        return _Signer(self)

    @cached_property
    def most_bytes(self) -> int:
        """The length of the longest CMS this key makes, in bytes."""
        return len(self._template(self._longest_signature()).content)

    def sign(self, data: bytes) -> bytes:
        """The raw signature over SHA-256 of the data."""
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))

    def cms(self, document_digest: bytes) -> bytes:
        """A detached PAdES B-B signature, as DER, over a document's SHA-256."""
        attributes = self._template(self._longest_signature()).attributes_with(document_digest)
        signature = self.sign(attributes)
        return self._template(len(signature)).filled(document_digest, signature)

    def _longest_signature(self) -> int:
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.key_size // 8
        return 72  # DER of two integers of 33 bytes

    def _template(self, length: int) -> "_Template":
        if length not in self._templates:
            self._templates[length] = _Template(self.signer, length)
        return self._templates[length]


class _Signer(Signer):
    """pyHanko's signer over a key that is loaded already."""

    def __init__(self, key: DocumentKey) -> None:
        self._key = key
        certificates = [_asn1(each) for each in (key.certificate, *key.chain)]
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(certificates[1:])  # pyHanko puts in the signer's own
        super().__init__(
            signing_cert=certificates[0],
            cert_registry=store,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": key.mechanism}),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._key.sign(data)


class _Template:
    """A CMS for signatures of one length, with the places where digest and signature stand."""

    def __init__(self, signer: Signer, length: int) -> None:
        digest = hashlib.sha256(b"a digest to be found again").digest()
        content = _finished(signer.async_sign(digest, "sha256", use_pades=True))
        info = content["content"]["signer_infos"][0]
        mark = hashlib.shake_256(b"a signature to be found again").digest(length)
        info["signature"] = mark
        content = cms.ContentInfo.load(
            cms.ContentInfo({"content_type": "signed_data", "content": content["content"]}).dump(force=True)
        )
        info = content["content"]["signer_infos"][0]
        self.content = content.dump()
        self._attributes = info["signed_attrs"].untag().dump(force=True)
        self._digest_in_attributes = _only_place(self._attributes, digest)
        self._digest = _only_place(self.content, digest)
        self._signature = _only_place(self.content, mark)

    def attributes_with(self, digest: bytes) -> bytes:
        return _replaced(self._attributes, self._digest_in_attributes, digest)

    def filled(self, digest: bytes, signature: bytes) -> bytes:
        return _replaced(_replaced(self.content, self._digest, digest), self._signature, signature)


def new_private_key(algorithm: str) -> PrivateKey:
    """A fresh key: "rsa" (3072 bits) or "p256"."""
    if algorithm == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def self_signed(private: PrivateKey, organisation: str, on: date) -> x509.Certificate:
    """A certificate for signing documents that the institution vouches for itself, good for ten years."""
    name = organisation.strip()[:LONGEST_NAME] or "Tauliah"
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "MY"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    # The day begins eight hours earlier in Malaysia than in UTC.
    start = datetime.combine(on, time(), UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=round(365.25 * YEARS)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_KEY_USAGE, critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )
    return builder.sign(private, hashes.SHA256())


_KEY_USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def _check(private: PrivateKey, certificate: x509.Certificate) -> None:
    match private:
        case rsa.RSAPrivateKey() if private.key_size >= 2048:
            pass
        case ec.EllipticCurvePrivateKey() if isinstance(private.curve, ec.SECP256R1):
            pass
        case _:
            raise UnusableKey(UNUSABLE)
    if _public(private.public_key()) != _public(certificate.public_key()):
        raise UnusableKey(NOT_A_PAIR)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not usage.content_commitment:
        raise UnusableKey(NOT_FOR_SIGNING)


def _public(key: Any) -> bytes:
    encoded: bytes = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encoded


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _finished(work: Coroutine[Any, Any, cms.ContentInfo]) -> cms.ContentInfo:
    """Run a coroutine to its end; in a thread of its own, for this one may have an event loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _only_place(data: bytes, mark: bytes) -> int:
    assert data.count(mark) == 1
    return data.index(mark)


def _replaced(data: bytes, place: int, part: bytes) -> bytes:
    return data[:place] + part + data[place + len(part) :]
