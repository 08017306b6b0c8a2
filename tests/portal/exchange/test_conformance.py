"""The test instance for the official suites: over a socket, as they come."""

import json
import ssl
import urllib.request
from collections.abc import Iterator
from threading import Thread
from urllib.error import HTTPError

import pytest

from portal.exchange.conformance.instance import Instance
from portal.exchange.conformance.serving import server_on
from tauliah.credentials.contexts import CREDENTIALS_V2
from tauliah.files.contexts import published

PLAIN = {
    "@context": [CREDENTIALS_V2],
    "type": ["VerifiableCredential"],
    "issuer": "did:example:any",
    "credentialSubject": {"id": "did:example:aminah"},
}


class Visit:
    def __init__(self, instance: Instance, *, secure: bool) -> None:
        self.server = server_on(0, instance, secure=secure)
        port = self.server.server_address[1]
        instance.address = f"{'https' if secure else 'http'}://localhost:{port}"
        self.instance = instance
        self.context = ssl._create_unverified_context() if secure else None
        Thread(target=self.server.serve_forever, daemon=True).start()

    def ask(self, path: str, body: object = None) -> tuple[int, dict]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.instance.address + path, data)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=10) as answer:
                return answer.status, json.load(answer)
        except HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def visit() -> Iterator[Visit]:
    visit = Visit(Instance(""), secure=True)
    yield visit
    visit.end()


def test_it_issues_verifies_and_publishes_its_list_over_https(visit):
    status, issued = visit.ask("/listed/credentials/issue", {"credential": PLAIN})
    credential = issued["verifiableCredential"]

    assert status == 201
    assert credential["issuer"] == visit.instance.did
    listed = visit.ask(
        credential["credentialStatus"]["statusListCredential"].removeprefix(visit.instance.address)
    )
    assert listed[0] == 200
    assert "BitstringStatusListCredential" in listed[1]["type"]
    assert visit.ask("/credentials/verify", {"verifiableCredential": credential})[0] == 200


@pytest.mark.parametrize("place", ["", "/jcs"])
def test_each_issuer_signs_with_its_own_cryptosuite(visit, place):
    _, issued = visit.ask(f"{place}/credentials/issue", {"credential": PLAIN})

    assert issued["verifiableCredential"]["proof"]["cryptosuite"] == (
        "eddsa-jcs-2022" if place else "eddsa-rdfc-2022"
    )


def test_what_does_not_hold_is_refused_and_not_answered_with_200(visit):
    _, issued = visit.ask("/credentials/issue", {"credential": PLAIN})
    changed = issued["verifiableCredential"] | {"name": "lain"}

    status, told = visit.ask("/credentials/verify", {"verifiableCredential": changed})

    assert (status, told["verified"]) == (400, False)
    assert visit.ask("/credentials/issue", {"credential": {}})[0] == 400
    assert visit.ask("/credentials/issue", [])[0] == 400
    assert visit.ask("/tiada")[0] == 404


def test_over_plain_http_it_answers_with_the_bare_credential():
    visit = Visit(Instance("", bare=True), secure=False)
    try:
        status, issued = visit.ask("/credentials/issue", {"credential": PLAIN})
    finally:
        visit.end()

    assert status == 201
    assert issued["type"] == ["VerifiableCredential"]


def test_what_a_credential_binds_is_compared_with_the_published_context(visit):
    digest = sorted(published().digests[CREDENTIALS_V2])
    assert digest
    bound = PLAIN | {"relatedResource": {"id": CREDENTIALS_V2, "digestSRI": "sha256-" + "A" * 43 + "="}}

    assert visit.ask("/credentials/issue", {"credential": bound})[0] == 400
