"""What issuers publish, DID documents and status lists: from files at hand, or from hosts that are named."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from tauliah.credentials.refusal import CouldNotCheck
from tauliah.credentials.strict_json import Json, read_object
from tauliah.files.did_web import DidWebResolver
from tauliah.files.https import GuardedHttps
from tauliah.values.text import Text

LARGEST_LIST = 1_000_000
NOT_AT_HAND = Text(
    "{id} tiada antara dokumen yang diberikan; rangkaian tidak digunakan.",
    "{id} is not among the documents given; no network is used.",
)


def read_documents(paths: Iterable[Path]) -> dict[str, Json]:
    """DID documents and status lists downloaded before, by their `id`; raises `Refused`, `OSError`."""
    documents = [read_object(path.read_bytes()) for path in paths]
    return {str(document.get("id")): document for document in documents}


class IssuerDocuments:
    """Gives a document by its DID or address, for `resolve` and for `fetch_list`.

    Without `https` no network is used. Raises `CouldNotCheck` for what cannot be had, and `Refused` for
    what came and is no such document.
    """

    def __init__(self, at_hand: Mapping[str, Json], https: GuardedHttps | None = None) -> None:
        self.at_hand, self.https = at_hand, https

    def __call__(self, id: str) -> Json:
        if id in self.at_hand:
            return self.at_hand[id]
        if self.https is None:
            raise CouldNotCheck(NOT_AT_HAND.fill(id=id))
        if id.startswith("did:"):
            return DidWebResolver(self.https)(id)
        return read_object(self.https.get(id, largest_bytes=LARGEST_LIST))


def asking(hosts: Collection[str]) -> GuardedHttps | None:
    """The way to ask these hosts and no others; none where there are none."""
    return GuardedHttps(hosts) if hosts else None
