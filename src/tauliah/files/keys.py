"""The keys of institutions: a folder outside the database, with a register of every key there ever was.

`<folder>/<institution>/keys.json` lists the keys with their public part and history; beside it stands each
private key as PEM (`key-2026.pem`) and, for documents, its certificate (`document-2026.crt`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tauliah.credentials.eddsa import SigningKey
from tauliah.files.document_key import DocumentKey, PrivateKey, UnusableKey, new_private_key, self_signed
from tauliah.files.key_files import (
    KeyProblem,
    certificates_pem,
    check_mode,
    locked,
    make_folder,
    private_pem,
    read_certificates,
    read_private_key,
    read_secret,
    write_secret,
)
from tauliah.files.public_key import USES, PublicKey, Use, as_json, from_json
from tauliah.values.text import Text

PREFIX: Mapping[Use, str] = {"issuing": "key", "document": "document"}
REGISTER = "keys.json"
INSTITUTION = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")

BAD_INSTITUTION = Text(
    "“{name}”: nama institusi ialah huruf kecil a-z, angka, - dan _ (1 hingga 40 aksara).",
    "“{name}”: an institution is named by small letters a-z, digits, - and _ (1 to 40).",
)
HAS_ONE = Text(
    "{institution} sudah mempunyai kunci {name}. Untuk menggantikannya: tauliah keys rotate {institution}",
    "{institution} has the key {name} already. To replace it: tauliah keys rotate {institution}",
)
HAS_NONE = Text(
    "{institution} belum mempunyai kunci untuk kegunaan {use}. Jalankan: tauliah keys new {institution}",
    "{institution} has no key for the use {use} yet. Run: tauliah keys new {institution}",
)
NO_SUCH_KEY = Text(
    "{institution} tidak mempunyai kunci bernama “{name}”. Lihat: tauliah keys list",
    "{institution} has no key called “{name}”. See: tauliah keys list",
)
BAD_REGISTER = Text(
    "{path} tidak dapat dibaca sebagai senarai kunci. Pulihkan fail itu daripada sandaran.",
    "{path} cannot be read as a list of keys. Restore the file from its backup.",
)
OTHER_KEY = Text(
    "{path} bukan kunci yang disenaraikan dalam keys.json. Pulihkan kedua-duanya daripada satu sandaran.",
    "{path} is not the key that keys.json lists. Restore both from one backup.",
)
STRAY = Text(
    "{path} tidak disenaraikan dalam keys.json. Padam fail itu, atau pulihkan keys.json daripada sandaran.",
    "{path} is not listed in keys.json. Delete the file, or restore keys.json from its backup.",
)
LEFT = Text(
    "{path} ialah bahagian persendirian kunci yang tidak digunakan lagi. Padam fail itu: rm {path}",
    "{path} is the private part of a key that is no longer used. Delete the file: rm {path}",
)

RUNS_OUT = Text(
    "Sijil kunci dokumen {institution} tamat pada {day}."
    " Jalankan: tauliah keys rotate {institution} --use document",
    "The certificate of the document key of {institution} ends on {day}."
    " Run: tauliah keys rotate {institution} --use document",
)
WARNING = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class IssuingKey:
    """The Ed25519 key that signs an institution's credentials today."""

    name: str
    signing: SigningKey


class KeyFolder:
    """The folder of every institution's keys. Each method raises `KeyProblem`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def institutions(self) -> tuple[str, ...]:
        """Who has keys here, by name."""
        if not self.path.exists():
            return ()
        check_mode(self.path)
        return tuple(sorted(p.parent.name for p in self.path.glob(f"*/{REGISTER}")))

    def public_keys(self, institution: str) -> tuple[PublicKey, ...]:
        """Every key there is or was, the oldest first; none where the institution has no folder."""
        register = self._folder(institution) / REGISTER
        if not register.exists():
            return ()
        check_mode(self.path)
        check_mode(register.parent)
        return _read_register(register)

    def issuing_key(self, institution: str) -> IssuingKey:
        """The key that signs credentials."""
        public = self._current(institution, "issuing")
        path = self._private(institution, public)
        check_mode(path)
        private = _read(path, path.stat().st_mtime_ns)
        if not isinstance(private, Ed25519PrivateKey) or _der(private) != public.public:
            raise KeyProblem(OTHER_KEY.fill(path=str(path)))
        return IssuingKey(public.name, SigningKey(private))

    def document_key(self, institution: str) -> DocumentKey:
        """The key that signs PDF documents; the same object until its file changes."""
        public = self._current(institution, "document")
        path = self._private(institution, public)
        check_mode(path)
        key = _read_document_key(path, path.stat().st_mtime_ns)
        if _public_der(key.certificate) != public.public:
            raise KeyProblem(OTHER_KEY.fill(path=str(path)))
        return key

    def certificates(self, institution: str) -> tuple[x509.Certificate, ...]:
        """The certificates by which the institution's documents verify: of every key that is not revoked."""
        folder = self._folder(institution)
        keys = [key for key in self.public_keys(institution) if key.use == "document" and key.revoked is None]
        return tuple(read_certificates(folder / f"{key.name}.crt")[0] for key in keys)

    def new(
        self, institution: str, use: Use, on: date, *, owner: str = "", algorithm: str = "rsa"
    ) -> PublicKey:
        """Make the first key for a use; `owner` names the institution in a document key's certificate."""
        with self._held(institution):
            current = self._find(institution, use)
            if current is not None:
                raise KeyProblem(HAS_ONE.fill(institution=institution, name=current.name))
            return self._made(institution, use, on, _fresh(use, owner or institution, on, algorithm))

    def bring(self, institution: str, on: date, private: Path, certificate: Path) -> PublicKey:
        """Take in a document key that somebody else certified; the present one retires."""
        pair = read_private_key(private), read_certificates(certificate)
        with self._held(institution):
            key = _document_key(private, *pair)
            return self._made(institution, "document", on, (pair[0], [key.certificate, *key.chain]))

    def rotate(
        self, institution: str, use: Use, on: date, *, owner: str = "", algorithm: str = "rsa"
    ) -> PublicKey:
        """Make a new key; the present one retires, and what it signed stays valid."""
        with self._held(institution):
            self._current(institution, use)
            made = _fresh(use, owner or self._owner(institution, use), on, algorithm)
            return self._made(institution, use, on, made)

    def revoke(self, institution: str, name: str, on: date, reason: str) -> PublicKey:
        """Say that a key is in other hands: nothing it signed verifies any more."""
        with self._held(institution):
            keys = list(self.public_keys(institution))
            for place, key in enumerate(keys):
                if key.name == name:
                    keys[place] = replace(key, revoked=key.revoked or on, reason=key.reason or reason)
                    self._write(institution, keys)
                    return keys[place]
        raise KeyProblem(NO_SUCH_KEY.fill(institution=institution, name=name))

    def ensure(self, institution: str, on: date, *, owner: str = "") -> None:
        """Make the keys that a development machine lacks; those that are there stay."""
        for use in USES:
            if self._find(institution, use) is None:
                try:
                    self.new(institution, use, on, owner=owner)
                except KeyProblem:  # another process was quicker, or it cannot be done
                    self._current(institution, use)

    def problems(self, on: date) -> tuple[Text, ...]:
        """All that is wrong: modes, lost or stray files, keys that do not fit, certificates that run out."""
        try:
            return tuple(text for each in self.institutions() for text in self._problems_of(each, on))
        except KeyProblem as problem:
            return (problem.text,)

    def _problems_of(self, institution: str, on: date) -> list[Text]:
        try:
            keys = self.public_keys(institution)
        except KeyProblem as problem:
            return [problem.text]
        return [
            *self._unusable(institution, on),
            *_leftovers(self._folder(institution), {key.name: key for key in keys}),
        ]

    def _unusable(self, institution: str, on: date) -> Iterator[Text]:
        try:
            self.issuing_key(institution)
        except KeyProblem as problem:
            yield problem.text
        try:
            last = self.document_key(institution).certificate.not_valid_after_utc.date()
        except KeyProblem as problem:
            yield problem.text
        else:
            if last - on < WARNING:
                yield RUNS_OUT.fill(institution=institution, day=last.isoformat())

    def _folder(self, institution: str) -> Path:
        if not INSTITUTION.fullmatch(institution):
            raise KeyProblem(BAD_INSTITUTION.fill(name=institution[:40]))
        return self.path / institution

    @contextmanager
    def _held(self, institution: str) -> Iterator[None]:
        folder = self._folder(institution)
        make_folder(self.path)
        with locked(folder):
            yield

    def _private(self, institution: str, key: PublicKey) -> Path:
        return self._folder(institution) / f"{key.name}.pem"

    def _find(self, institution: str, use: Use) -> PublicKey | None:
        fit = [key for key in self.public_keys(institution) if key.use == use and key.current]
        return fit[-1] if fit else None

    def _current(self, institution: str, use: Use) -> PublicKey:
        key = self._find(institution, use)
        if key is None:
            raise KeyProblem(HAS_NONE.fill(institution=institution, use=use))
        return key

    def _owner(self, institution: str, use: Use) -> str:
        if use == "issuing":
            return ""
        names = self.document_key(institution).certificate.subject.get_attributes_for_oid(
            x509.NameOID.COMMON_NAME
        )
        return str(names[0].value) if names else institution

    def _made(self, institution: str, use: Use, on: date, made: "_Made") -> PublicKey:
        """Write a key and enter it; the one before it retires in the same stroke."""
        private, certificates = made
        folder, keys = self._folder(institution), self.public_keys(institution)
        key = PublicKey(_free_name(folder, keys, use, on), use, _der(private), on)
        write_secret(folder / f"{key.name}.pem", lambda: private_pem(private))
        if certificates:
            write_secret(folder / f"{key.name}.crt", lambda: certificates_pem(certificates))
        retired = [replace(k, retired=on) if k.use == use and k.current else k for k in keys]
        self._write(institution, [*retired, key])
        return key

    def _write(self, institution: str, keys: list[PublicKey]) -> None:
        listed = {"keys": [as_json(key) for key in keys]}
        text = json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
        write_secret(self._folder(institution) / REGISTER, text.encode, replace=True)


def _leftovers(folder: Path, keys: Mapping[str, PublicKey]) -> Iterator[Text]:
    for path in sorted(folder.glob("*.pem")):
        key = keys.get(path.stem)
        if key is None or not key.current:
            yield (STRAY if key is None else LEFT).fill(path=str(path))


_Made = tuple[Any, list[x509.Certificate]]


def _fresh(use: Use, owner: str, on: date, algorithm: str) -> _Made:
    if use == "issuing":
        return Ed25519PrivateKey.generate(), []
    private = new_private_key(algorithm)
    return private, [self_signed(private, owner, on)]


def _free_name(folder: Path, keys: tuple[PublicKey, ...], use: Use, on: date) -> str:
    """`key-2026`; a second key of the year is `key-2026-2`."""
    first = f"{PREFIX[use]}-{on.year}"
    taken = {key.name for key in keys} | {path.stem for path in folder.glob("*.pem")}
    others = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (first, *others) if name not in taken)


@lru_cache(maxsize=256)
def _read(path: Path, changed: int) -> Any:
    return read_private_key(path)


@lru_cache(maxsize=256)
def _read_document_key(path: Path, changed: int) -> DocumentKey:
    return _document_key(path, read_private_key(path), read_certificates(path.with_suffix(".crt")))


def _document_key(path: Path, private: Any, certificates: list[x509.Certificate]) -> DocumentKey:
    try:
        return DocumentKey(private, certificates[0], certificates[1:])
    except UnusableKey as error:
        raise KeyProblem(Text(f"{path}: {error.text.ms}", f"{path}: {error.text.en}")) from None


def _read_register(path: Path) -> tuple[PublicKey, ...]:
    data = read_secret(path)
    try:
        return tuple(from_json(entry) for entry in json.loads(data)["keys"])
    except (ValueError, KeyError, TypeError):
        raise KeyProblem(BAD_REGISTER.fill(path=str(path))) from None


def _der(private: Ed25519PrivateKey | PrivateKey) -> bytes:
    return private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _public_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
