"""A wallet's real client takes a learner's credential, and Digital Bazaar's software verifies it."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from tests.interop.conftest import Node
from tests.portal import cast
from tests.portal.credentials import made

from portal.credentials.addresses import did_of, list_address
from portal.credentials.signing import did_document
from portal.exchange.actions.offering import offer
from portal.exchange.wallet.metadata import offer_object


@pytest.mark.django_db(transaction=True)
def test_issue_wrong_pin_code_replay_and_nonce_replay(node: Node, live_server: Any, settings: Any) -> None:
    settings.TAULIAH_ADDRESS = live_server.url.replace("localhost", "127.0.0.1")
    settings.ALLOWED_HOSTS = ["*"]
    aminah = cast.appear("aminah")
    kumar = cast.appear("kumar")
    credential, another = made.issued(kumar)[0], made.issued(kumar, cohort="Jun 2026")[0]

    def offered(of: Any) -> tuple[str, str]:
        _kept, code, pin = offer(aminah.person, of.pk)
        link = urlencode({"credential_offer": json.dumps(offer_object(of, code))})
        return f"openid-credential-offer://?{link}", pin

    (first, pin), (second, second_pin) = offered(credential), offered(another)
    task = {
        "port": urlsplit(live_server.url).port,
        "offer": first,
        "pin": pin,
        "wrongPin": "000000" if pin != "000000" else "111111",
        "again": {"offer": second, "pin": second_pin},
    }

    told = node("wallet.mjs", task)

    assert told["stray"] == []
    assert told["issued"]["credentialSubject"]["id"] == told["did"]
    assert "invalid_grant" in told["wrongPin"]
    assert "invalid_grant" in told["codeReplay"]
    assert "invalid_nonce" in told["nonceReplay"]

    credential.status_list.refresh_from_db()
    known = {
        did_of(credential.institution): did_document(credential.institution),
        list_address(credential.status_list): credential.status_list.document,
    }
    checked = node("verify.mjs", {"documents": known, "files": {}, "credentials": {"held": told["issued"]}})
    assert checked["digitalBazaar"]["held"] == {"good": True, "why": ""}
