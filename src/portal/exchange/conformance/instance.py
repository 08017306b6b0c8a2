"""The test instance as a WSGI application: issuers of one ``did:key``, two verifiers, a status list."""

import json
import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.utils.timezone import now

from portal.exchange.vc_api.issuing import Signer, issue
from portal.exchange.vc_api.refusal import BadRequest, details
from portal.exchange.vc_api.verifying import Verifier, verify_credential, verify_presented
from tauliah.credentials import proof, timestamp
from tauliah.credentials.bitstring import FEWEST, Bits
from tauliah.credentials.did import did_key, key_method
from tauliah.credentials.eddsa import SigningKey
from tauliah.credentials.refusal import CouldNotCheck, Refused
from tauliah.credentials.status import status_list_credential
from tauliah.credentials.strict_json import Json, read_object
from tauliah.files.contexts import FOLDER, published
from tauliah.values.text import Text

VALID = timedelta(days=30)
Handler = Callable[[Json], tuple[HTTPStatus, Json]]


class Instance:
    """One issuer with a key of its own, at an address; ``bare`` answers with the credential alone."""

    def __init__(self, address: str, *, bare: bool = False) -> None:
        self.address, self.bare = address, bare
        self.key = SigningKey.from_seed(secrets.token_bytes(32))
        self.did = did_key(self.key.public)
        self.method = key_method(self.did)
        self.contexts = published(also={"conformance"})
        self.resources = context_files()
        self.bits = Bits.cleared(FEWEST)
        self.verifier = Verifier(self.contexts, fetch_list=self.list_at, resources=self.resources)
        self.handlers: dict[str, Handler] = {
            "/credentials/issue": self._issuing(proof.RDFC),
            "/jcs/credentials/issue": self._issuing(proof.JCS),
            "/listed/credentials/issue": self._issuing(proof.RDFC, self.status),
            "/credentials/verify": lambda body: _verdict(verify_credential(body, self.verifier, now())),
            "/presentations/verify": lambda body: _verdict(verify_presented(body, self.verifier, now())),
        }

    @property
    def list_address(self) -> str:
        """Where the status list is."""
        return f"{self.address}/status/1"

    def status(self) -> Json:
        """Return a place of the status list, drawn by chance."""
        index = secrets.randbelow(FEWEST)
        return {
            "id": f"{self.list_address}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": self.list_address,
        }

    def listed(self) -> Json:
        """Return the signed status list."""
        document = status_list_credential(
            url=self.list_address,
            issuer=self.did,
            bits=self.bits,
            purpose="revocation",
            valid_from=timestamp.text(now()),
            valid_until=timestamp.text(now() + VALID),
        )
        options = proof.ProofOptions(self.method, timestamp.text(now()))
        return proof.sign(document, self.key, options, self.contexts)

    def list_at(self, url: str) -> Json:
        """Return our own list; nothing is fetched from elsewhere."""
        if url == self.list_address:
            return self.listed()
        words = Text(f"{url} bukan senarai contoh ini.", f"{url} is not a list of this instance.")
        raise CouldNotCheck(words)

    def _issuing(self, cryptosuite: str, status: Callable[[], Json] | None = None) -> Handler:
        signer = Signer(
            self.did,
            self.method,
            self.key,
            self.contexts,
            cryptosuite=cryptosuite,
            stands_in=True,
            status=status,
            resources=self.resources,
        )

        def handler(body: Json) -> tuple[HTTPStatus, Json]:
            issued = issue(body, signer, now())
            return HTTPStatus.CREATED, issued if self.bare else {"verifiableCredential": issued}

        return handler

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        status, body = self.answer(environ["REQUEST_METHOD"], environ["PATH_INFO"], environ)
        start(f"{status.value} {status.phrase}", [("Content-Type", "application/json")])
        return [json.dumps(body, ensure_ascii=False).encode()]

    def answer(self, method: str, path: str, environ: WSGIEnvironment) -> tuple[HTTPStatus, Json]:
        """Return the status and body for a request; a refusal is 400 with problem details."""
        if method == "GET" and path == "/status/1":
            return HTTPStatus.OK, self.listed()
        if method == "GET" and path == "/":
            return HTTPStatus.OK, {"id": self.did, "endpoints": [*self.handlers, "/status/1"]}
        handler = self.handlers.get(path)
        if handler is None or method != "POST":
            return HTTPStatus.NOT_FOUND, {"problemDetails": [], "detail": f"There is no {method} {path}."}
        try:
            length = int(environ.get("CONTENT_LENGTH") or 0)
            return handler(read_object(environ["wsgi.input"].read(length)))
        except BadRequest as bad:
            return HTTPStatus.BAD_REQUEST, {"verified": False, "problemDetails": details(bad.findings)}
        except Refused as refused:
            findings = details([(refused.where, refused.message)])
            return HTTPStatus.BAD_REQUEST, {"verified": False, "problemDetails": findings}


def context_files() -> dict[str, bytes]:
    """Return the published contexts' bytes by address: what ``relatedResource`` may bind."""
    manifest: list[dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return {entry["url"]: (FOLDER / entry["file"]).read_bytes() for entry in manifest}


def _verdict(found: Json) -> tuple[HTTPStatus, Json]:
    """What holds is 200; what does not is refused, as the suites expect, not answered with 200."""
    return (HTTPStatus.OK if found["verified"] else HTTPStatus.BAD_REQUEST), found
