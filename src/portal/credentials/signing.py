"""The keys of institutions, and the signature under everything that leaves in their name."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.credentials.addresses import did_of
from portal.institutions.models import Institution
from portal.wording import in_language
from tauliah.credentials import proof, timestamp
from tauliah.credentials.did import DatedKey, did_web_document
from tauliah.credentials.proof import ProofOptions, issuer_of
from tauliah.credentials.refusal import Refused as NotSigned
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many, structure_problems
from tauliah.files.contexts import published
from tauliah.files.document_key import DocumentKey
from tauliah.files.key_files import KeyProblem
from tauliah.files.keys import IssuingKey, KeyFolder

T = TypeVar("T")


def key_folder() -> KeyFolder:
    """Return the folder of all institutions' keys."""
    return KeyFolder(settings.TAULIAH_KEYS)


def key_name(institution: Institution) -> str:
    """Return the name of the institution's own folder."""
    return institution.code.lower()


def _with_keys(institution: Institution, ask: Callable[[KeyFolder, str], T]) -> T:
    """Ask for a key; outside production one that is missing is made. Raises ``Refused``."""
    folder, name = key_folder(), key_name(institution)
    try:
        return ask(folder, name)
    except KeyProblem as problem:
        if settings.PRODUCTION:
            raise Refused(in_language(problem.text)) from problem
    try:
        folder.ensure(name, timezone.localdate(), owner=institution.name_ms)
        return ask(folder, name)
    except KeyProblem as problem:
        raise Refused(in_language(problem.text)) from problem


def issuing_key(institution: Institution) -> IssuingKey:
    """Return the key that signs the institution's credentials; raises ``Refused`` where there is none."""
    return _with_keys(institution, lambda folder, name: folder.issuing_key(name))


def document_key(institution: Institution) -> DocumentKey:
    """Return the key that signs the institution's PDF documents; raises ``Refused``."""
    return _with_keys(institution, lambda folder, name: folder.document_key(name))


def has_keys(institution: Institution) -> bool:
    """Say whether the institution has, or had, keys."""
    try:
        return bool(key_folder().public_keys(key_name(institution)))
    except KeyProblem:
        return False


def did_document(institution: Institution) -> Json:
    """Return what the institution publishes: every issuing key there ever was, the newest first."""
    kept = [key for key in key_folder().public_keys(key_name(institution)) if key.use == "issuing"]
    dated = [DatedKey(key.name, key.raw, revoked=_moment(key.revoked)) for key in reversed(kept)]
    return did_web_document(did_of(institution), dated)


def _moment(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00+08:00" if day else None


def proof_options(institution: Institution, key: IssuingKey, **changes: Any) -> ProofOptions:
    """Return the proof that is made now by a key of the institution."""
    return ProofOptions(f"{did_of(institution)}#{key.name}", timestamp.text(timezone.now()), **changes)


def signed(institution: Institution, document: Json) -> Json:
    """Return a document with the institution's proof; raises ``Refused``.

    It signs what the caller made of values it checked; nothing that came from outside is signed by this.
    """
    key = issuing_key(institution)
    return proof.sign(document, key.signing, proof_options(institution, key), published())


def signed_as_asked(institution: Institution, document: Json) -> Json:
    """Return a credential that came from outside with the institution's proof; raises ``Refused``.

    It must be a credential whose issuer is the institution: no foreign issuer, no status list and no DID
    document is signed, nor anything that carries a proof already.
    """
    types = set(map(str, many(document.get("type"))))
    if "VerifiableCredential" not in types or "verificationMethod" in document:
        raise Refused(_("Only verifiable credentials are signed."))
    if types & NEVER_SIGNED:
        raise Refused(_("Status lists are signed by the portal itself only."))
    if "proof" in document:
        raise Refused(_("This document is signed already."))
    if issuer_of(document) != did_of(institution):
        raise Refused(_("The issuer must be %(did)s.") % {"did": did_of(institution)})
    if problems := structure_problems(document):
        first = problems[0]
        raise Refused(f"{first.where}: {in_language(first.message)}")
    try:
        return signed(institution, document)
    except NotSigned as refused:
        raise Refused(f"{refused.where}: {in_language(refused.message)}") from refused


NEVER_SIGNED = frozenset(
    {"BitstringStatusListCredential", "StatusList2021Credential", "VerifiablePresentation"}
)
"""What would let its holder say which credentials are revoked, or speak for somebody."""
