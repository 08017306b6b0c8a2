"""The contexts a document may use: a fixed map from URL to published bytes, each pinned by its digest.

Nothing is fetched. A context that is not in the map is refused, and so is one whose bytes changed.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tauliah.credentials import strict_json
from tauliah.credentials.refusal import Reason, Refused

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
DATA_INTEGRITY_V2 = "https://w3id.org/security/data-integrity/v2"
MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"
DID_V1 = "https://www.w3.org/ns/did/v1"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

MOST_REMEMBERED = 256
MOST_DERIVED = 4_000


@dataclass(eq=False)
class Memory:
    """What contexts mean, worked out before; when full it starts anew, so that no input makes it grow."""

    active: dict[tuple[str, ...], Any] = field(default_factory=dict)
    derived: int = 0

    def keep(self, urls: tuple[str, ...], active: Any) -> None:
        """Keeps what these contexts mean together."""
        if len(self.active) >= MOST_REMEMBERED:
            self.forget()
        self.active[urls] = active

    def count_derived(self) -> None:
        """Counts one more context that is kept inside another."""
        self.derived += 1
        if self.derived > MOST_DERIVED:
            self.forget()

    def forget(self) -> None:
        """Starts anew; who still works with something old keeps it."""
        self.active.clear()
        self.derived = 0


@dataclass(frozen=True, eq=False)
class Contexts:
    """Contexts by URL, as published; what they mean together is worked out once."""

    documents: Mapping[str, Any]
    digests: Mapping[str, Collection[str]]
    memory: Memory = field(default_factory=Memory, repr=False)

    @classmethod
    def of(
        cls,
        files: Mapping[str, bytes],
        pins: Mapping[str, str],
        also_published_as: Mapping[str, str] | None = None,
    ) -> "Contexts":
        """The contexts in these files; raises `Refused` for one whose SHA-256 differs from its pin.

        `also_published_as` has a second digest for a context that is published with other white space.
        """
        documents, digests = {}, {}
        for url, data in files.items():
            found = hashlib.sha256(data).hexdigest()
            if found != pins.get(url):
                raise Refused(Reason.CONTEXT_CHANGED, found=url)
            documents[url] = strict_json.read_object(data)["@context"]
            digests[url] = frozenset({found, (also_published_as or {}).get(url, found)})
        return cls(documents, digests)

    @property
    def urls(self) -> frozenset[str]:
        """The URLs that a document may name."""
        return frozenset(self.documents)

    def document(self, url: str) -> Any:
        """What stands under `@context` in the published file; raises `Refused` for any other URL."""
        try:
            return self.documents[url]
        except KeyError:
            raise Refused(Reason.CONTEXT_UNKNOWN, found=url) from None
