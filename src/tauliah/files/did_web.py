"""Resolves did:web: gets the document of an institution from its own host, if the administrator allows it."""

from tauliah.credentials import did, strict_json
from tauliah.credentials.refusal import Reason, Refused
from tauliah.credentials.strict_json import Json
from tauliah.files.https import GuardedHttps


class DidWebResolver:
    """A `Resolve` for `did:web`; raises `Refused` for what is no did:web, `CouldNotCheck` otherwise."""

    def __init__(self, https: GuardedHttps) -> None:
        self.https = https

    def __call__(self, identifier: str) -> Json:
        data = self.https.get(did.did_web_url(identifier))
        document = strict_json.read_object(data)
        if document.get("id") != identifier:
            raise Refused(Reason.DID_DOCUMENT, found=identifier)
        return document
