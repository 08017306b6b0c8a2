"""Verifying credentials of any issuer: what we publish is at hand, others are asked only where recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography import x509
from django.utils import timezone

from portal.credentials.addresses import did_of, list_address
from portal.credentials.models import Credential, RecognisedIssuer, StatusList
from portal.credentials.signing import did_document, key_folder, key_name
from portal.institutions.models import Institution
from portal.institutions.paper import text_of
from tauliah.credentials.did import did_web_url
from tauliah.credentials.facts import Fact, facts_of
from tauliah.credentials.refusal import CouldNotCheck, Refused
from tauliah.credentials.strict_json import Json
from tauliah.credentials.verification import Verification
from tauliah.credentials.verify import verify
from tauliah.files.contexts import published
from tauliah.files.credential_file import CredentialFile, read_credential
from tauliah.files.issuer_documents import IssuerDocuments, asking
from tauliah.files.key_files import KeyProblem
from tauliah.values.text import Text

OURS_ONLY = Text(
    "{id} tidak dikeluarkan di sini dan pengeluarnya belum diiktiraf oleh pentadbir.",
    "{id} was not issued here, and its issuer is not recognised by an administrator.",
)


class Documents:
    """Issuers' documents and status lists: ours from here, others from recognised hosts only."""

    def __init__(self) -> None:
        hosts = {host_of(each.did) for each in RecognisedIssuer.objects.all()} - {""}
        self.elsewhere = IssuerDocuments({}, asking(hosts))

    def __call__(self, id: str) -> Json:
        ours = own_document(id)
        return ours if ours is not None else self.elsewhere(id)


def host_of(did: str) -> str:
    """Return the host that publishes a DID; empty for one that is not on the web."""
    try:
        return did_web_url(did).removeprefix("https://").partition("/")[0]
    except Refused:
        return ""


def own_document(id: str) -> Json | None:
    """Return what this installation publishes under a DID or address; none for what is another's."""
    if id.startswith("did:"):
        return _own_did(id)
    code, _, number = id.rpartition("/status/")[2].partition("/")
    if not number.isdecimal():
        return None
    listed = StatusList.objects.filter(institution__code__iexact=code, number=int(number[:9]))
    found = listed.select_related("institution").first()
    return found.document if found is not None and list_address(found) == id else None


def _own_did(did: str) -> Json | None:
    code = did.rpartition(":")[2]
    institution = Institution.objects.filter(code__iexact=code).first()
    if institution is None or did_of(institution) != did:
        return None
    try:
        return did_document(institution)
    except KeyProblem as problem:
        raise CouldNotCheck(problem.text) from problem


def known_issuers() -> dict[str, Text]:
    """Return the institutions of this installation, and those that they recognise, by DID."""
    known = {each.did: text_of(each.name_ms, each.name_en) for each in RecognisedIssuer.objects.all()}
    return known | {
        did_of(each): text_of(each.name_ms, each.name_en)
        for each in Institution.objects.filter(credentials__isnull=False).distinct()
    }


@dataclass(frozen=True, slots=True)
class Verified:
    """A credential with what it certifies and the answers about it."""

    document: Json
    verification: Verification
    facts: tuple[Fact, ...]
    own: Credential | None = None


def verified(document: Json, at: datetime | None = None) -> Verified:
    """Return the answers about a credential of any issuer."""
    documents = Documents()
    found = verify(
        document,
        at=at or timezone.now(),
        contexts=published(),
        resolve=documents,
        fetch_list=documents,
        known=known_issuers(),
    )
    return Verified(document, found, facts_of(document), own_credential(document))


def verified_own(credential: Credential) -> Verified:
    """Return the answers about a credential that was issued here; nothing is fetched."""
    name = text_of(credential.institution.name_ms, credential.institution.name_en)
    did = did_of(credential.institution)

    def at_hand(id: str) -> Json:
        if id == list_address(credential.status_list) and credential.status_list.document:
            return credential.status_list.document  # type: ignore[no-any-return]
        found = own_document(id)
        if found is None:
            raise CouldNotCheck(OURS_ONLY.fill(id=id))
        return found

    found = verify(
        credential.document,
        at=timezone.now(),
        contexts=published(),
        resolve=at_hand,
        fetch_list=at_hand,
        known={did: name},
    )
    return Verified(credential.document, found, facts_of(credential.document), credential)


def own_credential(document: Json) -> Credential | None:
    """Return the credential of this installation that has the document's id, and is it to the letter."""
    try:
        id = UUID(str(document.get("id", "")).removeprefix("urn:uuid:"))
    except ValueError:
        return None
    found = Credential.objects.filter(public_id=id).select_related("institution").first()
    return found if found is not None and found.document == document else None


def certificates() -> Sequence[x509.Certificate]:
    """Return the certificates by which this installation's papers verify."""
    found: list[x509.Certificate] = []
    for institution in Institution.objects.filter(credentials__isnull=False).distinct():
        try:
            found += key_folder().certificates(key_name(institution))
        except KeyProblem:
            continue
    return found


def read_file(data: bytes) -> CredentialFile:
    """Return the credentials in a file that somebody hands in; raises ``UnreadableCredential``."""
    return read_credential(data, at=timezone.now(), trusted=certificates())
