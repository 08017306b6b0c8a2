"""What two other stacks issue, verified by Tauliah: the same eight, whoever signed."""

from copy import deepcopy
from typing import Any

import pytest
from tests.interop.conftest import Node
from tests.interop.parties import (
    ANOTHER_BY_KEY,
    BY_KEY,
    IMPOSTOR,
    IN_FORCE,
    LAST_YEAR,
    LIST_URL,
    NEXT_MONTH,
    NOW,
    REVOKED,
    UNIVERSITY,
    YESTERDAY,
    Party,
    badge,
    listed,
    published_documents,
    with_wrong_key,
)

from tauliah.credentials.answer import Outcome
from tauliah.credentials.multikey import encode
from tauliah.credentials.strict_json import Json
from tauliah.credentials.verification import Verification
from tauliah.credentials.verify import verify
from tauliah.files.contexts import published
from tauliah.files.issuer_documents import IssuerDocuments
from tauliah.values.text import same

WAYS = [
    ("digitalBazaar", "eddsa-rdfc-2022"),
    ("digitalBazaar", "eddsa-jcs-2022"),
    ("digitalCredentials", "eddsa-rdfc-2022"),
]
KNOWN = {party.did: same("Universiti Contoh") for party in (UNIVERSITY, BY_KEY)}


def order(name: str, party: Party, document: Json, method: str = "", created: str = YESTERDAY) -> Json:
    return {
        "name": name,
        "seed": party.seed.hex(),
        "controller": (method or party.method).partition("#")[0],
        "method": method or party.method,
        "created": created,
        "document": document,
    }


def orders() -> list[Json]:
    spoof = f"{BY_KEY.did}#{encode(ANOTHER_BY_KEY.key.public)}"
    listing = listed()
    listing["credentialSubject"].pop("encodedList")
    return [
        order("good", UNIVERSITY, badge()),
        order("revoked", UNIVERSITY, badge(index=REVOKED)),
        order("expired", UNIVERSITY, badge(valid_until=YESTERDAY), created=LAST_YEAR),
        order("not yet valid", UNIVERSITY, badge(valid_from=NEXT_MONTH)),
        order("impostor", IMPOSTOR, badge(UNIVERSITY)),
        order("spoofed", ANOTHER_BY_KEY, badge(BY_KEY, index=None), spoof),
        order("list", UNIVERSITY, listing) | {"list": [REVOKED]},
    ]


@pytest.fixture(scope="module", params=WAYS, ids=[f"{stack} {suite}" for stack, suite in WAYS])
def issued(node: Node, request: pytest.FixtureRequest) -> dict[str, Json]:
    """What a stack issued, its status list among it."""
    stack, suite = request.param
    asked = [each | {"stack": stack, "cryptosuite": suite} for each in orders()]
    found = node("issue.mjs", {"documents": published_documents(), "orders": asked})
    assert found["stray"] == []
    return dict(found["issued"])


def verified(document: Json, documents: dict[str, Json]) -> Verification:
    at_hand = IssuerDocuments(documents)
    return verify(document, at=NOW, contexts=published(), resolve=at_hand, fetch_list=at_hand, known=KNOWN)


def test_tauliah_accepts_the_good_one_and_refuses_the_seven_others(issued: dict[str, Json]) -> None:
    documents = published_documents() | {LIST_URL: issued["list"]}
    tampered = deepcopy(issued["good"])
    tampered["credentialSubject"]["creditsEarned"] = 15
    cases = issued | {"tampered": tampered}
    cases.pop("list")

    found = {name: verified(document, documents) for name, document in cases.items()}
    found["wrong did:web key"] = verified(issued["good"], with_wrong_key(documents))

    assert {name: refused_for(each) for name, each in found.items()} == {
        "good": {},
        "revoked": {"status": "status.revoked"},
        "tampered": {"signature": "signature.signature"},
        "expired": {"dates": "dates.expired"},
        "not yet valid": {"dates": "dates.not_yet"},
        "impostor": {"issuer": "issuer.issuer_mismatch"},
        "spoofed": {"signature": "signature.method_unknown"},
        "wrong did:web key": {"signature": "signature.signature"},
    }
    assert found["good"].outcome is Outcome.YES, found["good"].as_dict()


def refused_for(found: Verification) -> dict[str, str]:
    """The questions answered with no, each with its reason."""
    return {name: answer.code for name, answer in found.answers.items() if answer.outcome is Outcome.NO}


def test_a_place_in_the_list_is_read_as_the_other_stack_wrote_it(issued: dict[str, Json]) -> None:
    documents = published_documents() | {LIST_URL: issued["list"]}

    told: dict[str, Any] = {
        name: verified(issued[name], documents).status.outcome for name in ("good", "revoked")
    }

    assert told == {"good": Outcome.YES, "revoked": Outcome.NO}
    assert IN_FORCE != REVOKED
