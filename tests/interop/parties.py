"""Two universities with keys of their own, and what each publishes: identifiers and status lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.timezone import now
from tests.tauliah.credentials import awards

from tauliah.credentials import proof, timestamp
from tauliah.credentials.bitstring import FEWEST, Bits
from tauliah.credentials.did import DatedKey, did_key, did_web_document, did_web_url, key_method
from tauliah.credentials.document import StatusPlace, open_badge
from tauliah.credentials.eddsa import SigningKey
from tauliah.credentials.proof import ProofOptions
from tauliah.credentials.status import status_list_credential
from tauliah.credentials.strict_json import Json
from tauliah.files.contexts import published

NOW = now().replace(microsecond=0)
"""The other stacks have a clock of their own, so these tests live in the present."""
LAST_YEAR = timestamp.text(NOW - timedelta(days=365))
YESTERDAY = timestamp.text(NOW - timedelta(days=1))
NEXT_MONTH = timestamp.text(NOW + timedelta(days=30))
REVOKED, IN_FORCE = 4_242, 94_567


@dataclass(frozen=True)
class Party:
    """Who issues: the seed of the key, the DID, and the method under which it signs."""

    seed: bytes
    did: str
    method: str

    @property
    def key(self) -> SigningKey:
        return SigningKey.from_seed(self.seed)

    def sign(self, document: Json, *, method: str = "", suite: str = proof.RDFC) -> Json:
        options = ProofOptions(method or self.method, YESTERDAY, cryptosuite=suite)
        return proof.sign(document, self.key, options, published())


def by_key(seed: bytes) -> Party:
    did = did_key(SigningKey.from_seed(seed).public)
    return Party(seed, did, key_method(did))


def on_the_web(seed: bytes, host: str) -> Party:
    did = f"did:web:{host}:institutions:contoh"
    return Party(seed, did, f"{did}#key-2026")


UNIVERSITY = on_the_web(bytes(range(32)), "kelayakan.universiti.example")
IMPOSTOR = on_the_web(bytes(range(1, 33)), "penyamar.example")
BY_KEY = by_key(bytes(range(2, 34)))
ANOTHER_BY_KEY = by_key(bytes(range(3, 35)))
LIST_URL = "https://kelayakan.universiti.example/status/1"


def did_document(party: Party, key: SigningKey | None = None) -> Json:
    """What a party on the web publishes, perhaps with another key in its place."""
    return did_web_document(party.did, [DatedKey("key-2026", (key or party.key).public)])


def listed(revoked: Iterable[int] = (REVOKED,)) -> Json:
    """The university's unsigned status list."""
    return status_list_credential(
        url=LIST_URL,
        issuer=UNIVERSITY.did,
        bits=Bits.cleared(FEWEST).having(revoked, set_to=True),
        purpose="revocation",
        valid_from=YESTERDAY,
        valid_until=NEXT_MONTH,
    )


def badge(issuer: Party = UNIVERSITY, *, index: int | None = IN_FORCE, **dates: Any) -> Json:
    """An unsigned Open Badge with every field of the statement."""
    statement = awards.statement(issuer=awards.issuer(did=issuer.did))
    place = None if index is None else StatusPlace(list_url=LIST_URL, index=index)
    return open_badge(statement, awards.issue(**({"valid_from": LAST_YEAR, "status": place} | dates)))


def published_documents(*parties: Party) -> dict[str, Json]:
    """What can be had on the web: by DID, and by the address of the document."""
    found: dict[str, Json] = {LIST_URL: UNIVERSITY.sign(listed())}
    for party in parties or (UNIVERSITY, IMPOSTOR):
        found |= {party.did: did_document(party), did_web_url(party.did): did_document(party)}
    return found


def with_wrong_key(documents: dict[str, Json]) -> dict[str, Json]:
    """The same, where the university's document holds somebody else's key."""
    wrong = did_document(UNIVERSITY, IMPOSTOR.key)
    return documents | {UNIVERSITY.did: wrong, did_web_url(UNIVERSITY.did): wrong}
