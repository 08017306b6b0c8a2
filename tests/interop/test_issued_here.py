"""What Tauliah issues, verified by two stacks that share none of its code, offline."""

from copy import deepcopy
from typing import Any

import pytest
from tests.interop.conftest import Node
from tests.interop.parties import (
    ANOTHER_BY_KEY,
    BY_KEY,
    IMPOSTOR,
    LAST_YEAR,
    NEXT_MONTH,
    REVOKED,
    UNIVERSITY,
    YESTERDAY,
    badge,
    published_documents,
    with_wrong_key,
)

from tauliah.credentials import proof
from tauliah.credentials.multikey import encode
from tauliah.credentials.strict_json import Json

STACKS = ("digitalBazaar", "digitalCredentials")
UNSIGNED_BY_ISSUER = {"impostor", "spoofed", "tampered"}


def tampered(document: Json) -> Json:
    changed = deepcopy(document)
    changed["credentialSubject"]["creditsEarned"] = 15
    return changed


def spoofed() -> Json:
    """Names one key's DID, with the fragment of another key, which signs."""
    fragment = encode(ANOTHER_BY_KEY.key.public)
    return ANOTHER_BY_KEY.sign(badge(BY_KEY, index=None), method=f"{BY_KEY.did}#{fragment}")


def credentials() -> dict[str, Json]:
    good = UNIVERSITY.sign(badge())
    return {
        "good": good,
        "revoked": UNIVERSITY.sign(badge(index=REVOKED)),
        "tampered": tampered(good),
        "expired": UNIVERSITY.sign(badge(valid_until=YESTERDAY, valid_from=LAST_YEAR)),
        "not yet valid": UNIVERSITY.sign(badge(valid_from=NEXT_MONTH)),
        "impostor": IMPOSTOR.sign(badge(UNIVERSITY)),
        "spoofed": spoofed(),
    }


@pytest.fixture(scope="module")
def verdicts(node: Node) -> Any:
    task = {"documents": published_documents(), "files": {}, "credentials": credentials()}
    found = node("verify.mjs", task)
    wrong = with_wrong_key(published_documents())
    one = {"wrong did:web key": UNIVERSITY.sign(badge(index=None))}
    again = node("verify.mjs", {"documents": wrong, "files": {}, "credentials": one})
    assert found["stray"] == again["stray"] == []
    return {stack: found[stack] | again[stack] for stack in STACKS}


@pytest.mark.parametrize("stack", STACKS)
def test_both_accept_the_good_one_and_refuse_the_seven_others(verdicts: Any, stack: str) -> None:
    told = {name: verdict["good"] for name, verdict in verdicts[stack].items()}

    assert told == {
        "good": True,
        "revoked": False,
        "tampered": False,
        "expired": False,
        "not yet valid": False,
        "impostor": False,
        "spoofed": False,
        "wrong did:web key": False,
    }, verdicts[stack]


def test_digital_bazaar_refuses_each_for_its_own_reason(verdicts: Any) -> None:
    why = {name: verdict["why"] for name, verdict in verdicts["digitalBazaar"].items()}

    assert why["good"] == ""
    assert why["revoked"] == "revoked"
    assert "Invalid signature" in why["tampered"]
    assert "validUntil" in why["expired"]
    assert "validFrom" in why["not yet valid"]
    assert "issuer must match" in why["impostor"]
    assert "Invalid signature" in why["wrong did:web key"]


@pytest.mark.parametrize("suite", proof.SUITES)
def test_digital_bazaar_accepts_both_of_our_cryptosuites(node: Node, suite: str) -> None:
    signed = BY_KEY.sign(badge(BY_KEY, index=None), suite=suite)

    told = node("verify.mjs", {"documents": {}, "files": {}, "credentials": {"badge": signed}})

    assert told["digitalBazaar"]["badge"] == {"good": True, "why": ""}
    assert told["stray"] == []
