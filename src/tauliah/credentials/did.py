"""Decentralised identifiers: who controls which key, as published by its controller and nowhere else.

A verification method names a key; what the key is stands in the controller's document only. The text
after `#` is a name: read as a key, it would let anybody sign for anybody.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tauliah.credentials import contexts, multikey, timestamp
from tauliah.credentials.refusal import CouldNotCheck, Reason, Refused
from tauliah.credentials.strict_json import Json
from tauliah.values.text import Text

Resolve = Callable[[str], Json]
"""From a DID to its document; raises `CouldNotCheck` or `Refused`."""

PURPOSES = ("assertionMethod", "authentication")
MOST_METHODS = 100
LONGEST_DID = 500

_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]+", re.ASCII)
_FRAGMENT = re.compile(r"[A-Za-z0-9._~:@!$&'()*+,;=/?-]+", re.ASCII)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])", re.ASCII)
"""A host name with a dot and letters at its end: no address in figures, no `localhost`."""

_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
_KEY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class DatedKey:
    """A public key under a name such as `key-2026`; `revoked` and `expires` are dateTimeStamps."""

    name: str
    public: bytes
    revoked: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """A key that a controller lists, and until when it may be relied on."""

    id: str
    controller: str
    public: bytes
    revoked: datetime | None = None
    expires: datetime | None = None

    def check_in_force(self, at: datetime) -> None:
        """Raises `Refused` for a key that is revoked or expired at the moment of checking."""
        if self.revoked is not None and self.revoked <= at:
            raise Refused(Reason.KEY_REVOKED, found=timestamp.text(self.revoked))
        if self.expires is not None and self.expires <= at:
            raise Refused(Reason.KEY_EXPIRED, found=timestamp.text(self.expires))


@dataclass(frozen=True, slots=True)
class ControllerDocument:
    """What a controller publishes: its keys as listed, and which serve which purpose."""

    id: str
    methods: Mapping[str, Json]
    purposes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def method(self, id: str, purpose: str) -> VerificationMethod:
        """The key of that name, if it may serve the purpose; raises `Refused`."""
        listed = self.methods.get(id)
        if listed is None:
            raise Refused(Reason.METHOD_UNKNOWN, found=id)
        if id not in self.purposes.get(purpose, frozenset()):
            raise Refused(Reason.METHOD_PURPOSE, found=id)
        if listed.get("controller") != self.id:
            raise Refused(Reason.METHOD_CONTROLLER, found=id)
        if listed.get("type") not in ("Multikey", "Ed25519VerificationKey2020"):
            raise Refused(Reason.KEY_TYPE, found=listed.get("type"))
        if "secretKeyMultibase" in listed:
            raise Refused(Reason.DID_DOCUMENT, found="secretKeyMultibase")
        moments = {
            name: timestamp.parse(listed[name], name) if name in listed else None
            for name in ("revoked", "expires")
        }
        return VerificationMethod(id, self.id, multikey.decode(listed.get("publicKeyMultibase")), **moments)


def split_method(text: object) -> tuple[str, str]:
    """Controller and whole identifier of a verification method; raises `Refused` unless it is a DID URL."""
    did, mark, name = text.partition("#") if isinstance(text, str) else ("", "", "")
    if not mark or not _is_did(did) or not _FRAGMENT.fullmatch(name):
        raise Refused(Reason.METHOD_MALFORMED, found=text)
    return did, f"{did}#{name}"


def controller_document(did: str, document: Any) -> ControllerDocument:
    """The document of that controller; raises `Refused` for somebody else's or a malformed one."""
    if not isinstance(document, dict) or document.get("id") != did:
        raise Refused(Reason.DID_DOCUMENT, found=did)
    methods: dict[str, Json] = {}
    for listed in _list(document, "verificationMethod", did):
        _add(methods, did, listed)
    purposes = {}
    for purpose in PURPOSES:
        names = set()
        for entry in _list(document, purpose, did):
            names.add(_absolute(did, entry) if isinstance(entry, str) else _add(methods, did, entry))
        purposes[purpose] = frozenset(names)
    return ControllerDocument(did, methods, purposes)


def with_did_key(resolve: Resolve | None) -> Resolve:
    """A resolver that works out `did:key` itself and asks the given one for `did:web`, if there is one."""

    def resolved(did: str) -> Json:
        if did.startswith("did:key:"):
            return did_key_document(did)
        if not did.startswith("did:web:"):
            raise Refused(Reason.DID_METHOD, found=did)
        if resolve is None:
            raise CouldNotCheck(NOT_RESOLVED.fill(did=did))
        return resolve(did)

    return resolved


NOT_RESOLVED = Text(
    "Kunci pengeluar {did} tidak dapat diperoleh sekarang; cuba lagi kemudian.",
    "The keys of the issuer {did} cannot be had now; try again later.",
)


# --- did:key ---------------------------------------------------------------------------------------


def did_key(public: bytes) -> str:
    """The DID that is a public key itself."""
    return f"did:key:{multikey.encode(public)}"


def key_method(did: str) -> str:
    """The only verification method of a did:key."""
    return f"{did}#{did.removeprefix('did:key:')}"


def did_key_document(did: str) -> Json:
    """The document of a did:key, worked out of its text; raises `Refused`."""
    text = did.removeprefix("did:key:")
    multikey.decode(text)
    method = {"id": key_method(did), "type": "Multikey", "controller": did, "publicKeyMultibase": text}
    return {
        "@context": [contexts.DID_V1, contexts.MULTIKEY_V1],
        "id": did,
        "verificationMethod": [method],
        "authentication": [method["id"]],
        "assertionMethod": [method["id"]],
    }


# --- did:web ---------------------------------------------------------------------------------------


def did_web(host: str, path: Sequence[str] = ()) -> str:
    """The DID of a host, or of a path on it; raises `Refused`."""
    did = ":".join(("did:web", host, *path))
    did_web_url(did)
    return did


def did_web_url(did: str) -> str:
    """Where the document of a did:web stands; raises `Refused` for anything but a host name with a path.

    No port, no user, no address in figures and no `localhost`: these lead inside, not to an institution.
    """
    if not isinstance(did, str) or not did.startswith("did:web:") or len(did) > LONGEST_DID:
        raise Refused(Reason.DID_MALFORMED, found=did)
    host, *path = did.removeprefix("did:web:").split(":")
    if not HOST.fullmatch(host) or not all(_SEGMENT.fullmatch(step) for step in path):
        raise Refused(Reason.DID_MALFORMED, found=did)
    return f"https://{host}/{'/'.join(path) if path else '.well-known'}/did.json"


def did_web_document(did: str, keys: Sequence[DatedKey]) -> Json:
    """The document that an institution publishes; the newest key first, old ones kept.

    A key that leaves the document takes every credential it signed with it; so one that is lost is
    marked `revoked` instead. Raises `Refused` for a name that occurs twice or a malformed key.
    """
    did_web_url(did)
    methods: list[Json] = []
    for key in keys:
        multikey.decode(multikey.encode(key.public))
        if not _KEY_NAME.fullmatch(key.name) or any(m["id"] == f"{did}#{key.name}" for m in methods):
            raise Refused(Reason.METHOD_MALFORMED, found=key.name)
        method = {
            "id": f"{did}#{key.name}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multikey.encode(key.public),
        }
        for name, moment in (("revoked", key.revoked), ("expires", key.expires)):
            if moment is not None:
                timestamp.parse(moment, name)
                method[name] = moment
        methods.append(method)
    return {
        "@context": [contexts.DID_V1, contexts.MULTIKEY_V1],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _is_did(text: str) -> bool:
    return len(text) <= LONGEST_DID and bool(_DID.fullmatch(text))


def _list(document: Json, name: str, did: str) -> list[Any]:
    listed = document.get(name, [])
    if not isinstance(listed, list) or len(listed) > MOST_METHODS:
        raise Refused(Reason.DID_DOCUMENT, name, did)
    return listed


def _absolute(did: str, id: object) -> str:
    if not isinstance(id, str):
        raise Refused(Reason.DID_DOCUMENT, found=did)
    return f"{did}{id}" if id.startswith("#") else id


def _add(methods: dict[str, Json], did: str, listed: Any) -> str:
    """Keeps a listed method; raises `Refused` where two have the same name."""
    if not isinstance(listed, dict):
        raise Refused(Reason.DID_DOCUMENT, found=did)
    id = _absolute(did, listed.get("id"))
    if id in methods:
        raise Refused(Reason.DID_DOCUMENT, "verificationMethod", id)
    methods[id] = listed
    return id
