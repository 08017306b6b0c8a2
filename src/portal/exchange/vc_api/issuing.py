"""``POST /credentials/issue``: an unsigned credential of an issuer comes in, the signed one goes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.exchange.vc_api.refusal import BadRequest, misformed, object_in, one, refused
from tauliah.credentials import proof, timestamp
from tauliah.credentials.badge_schema import is_open_badge
from tauliah.credentials.contexts import CREDENTIALS_V1, DATA_INTEGRITY_V2, Contexts
from tauliah.credentials.eddsa import SigningKey
from tauliah.credentials.proof import ProofOptions
from tauliah.credentials.refusal import Refused
from tauliah.credentials.related import related_problems
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many, structure_problems

NEVER = frozenset(
    {"BitstringStatusListCredential", "StatusList2021Credential", "RevocationList2020Credential"}
)
"""What only the issuer's own register signs: whoever had one signed could revoke, or un-revoke."""
OPTIONS = frozenset({"type", "created", "credentialId", "mandatoryPointers"})


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: DID, method of verification and key; ``status`` gives the credential's place in a list."""

    did: str
    method: str
    key: SigningKey
    contexts: Contexts
    cryptosuite: str = proof.RDFC
    stands_in: bool = False
    """Whether a credential that names another issuer is issued as this one's: for test instances only."""
    status: Callable[[], Json] | None = None
    resources: Mapping[str, bytes] = field(default_factory=dict)


def issue(body: Json, signer: Signer, at: datetime) -> Json:
    """Return the signed credential of a request; raises ``BadRequest``."""
    document = requested(body, signer)
    options = ProofOptions(signer.method, timestamp.text(at), cryptosuite=signer.cryptosuite)
    try:
        signed = proof.sign(document, signer.key, options, signer.contexts)
    except Refused as error:
        raise refused(error, "credential") from error
    return signed if is_open_badge(document) else _plain(signed)


def _plain(signed: Json) -> Json:
    """A single proof as an object, as older software reads it; Open Badges demand an array."""
    proofs = signed["proof"]
    return signed | {"proof": proofs[0] if len(proofs) == 1 else proofs}


def requested(body: Json, signer: Signer) -> Json:
    """Return the credential to be signed, checked; raises ``BadRequest``."""
    document = dict(object_in(body, "credential"))
    _check_options(body)
    if problems := structure_problems(document):
        raise misformed(problems, "credential")
    check_kind(document)
    document = _of_issuer(document, signer)
    if document["@context"][0] == CREDENTIALS_V1 and DATA_INTEGRITY_V2 not in document["@context"]:
        document["@context"] = [*document["@context"], DATA_INTEGRITY_V2]
    if signer.status is not None and "credentialStatus" not in document:
        document["credentialStatus"] = signer.status()
    if bound := list(related_problems(document, signer.resources)):
        raise misformed(bound, "credential")
    return document


def check_kind(document: Json) -> None:
    """Raise ``BadRequest`` for what this interface never signs: status lists, and DID documents."""
    if found := NEVER & set(many(document["type"])):
        kind = ", ".join(sorted(found))
        raise one(
            "credential.type",
            f"{kind} tidak ditandatangani melalui antara muka ini: senarai status milik daftar pengeluar.",
            f"{kind} is not signed through this interface: status lists are kept by the issuer's register.",
        )
    for name in ("verificationMethod", "assertionMethod", "authentication"):
        if name in document:
            raise one(
                f"credential.{name}",
                "Dokumen DID tidak ditandatangani melalui antara muka ini.",
                "A DID document is not signed through this interface.",
            )


def _of_issuer(document: Json, signer: Signer) -> Json:
    issuer = document["issuer"]
    named = issuer["id"] if isinstance(issuer, dict) else issuer
    if named == signer.did:
        return document
    if signer.stands_in:
        return document | {"issuer": issuer | {"id": signer.did} if isinstance(issuer, dict) else signer.did}
    raise one(
        "credential.issuer",
        f"Pengeluar hendaklah {signer.did}; kelayakan pengeluar lain tidak ditandatangani.",
        f"The issuer must be {signer.did}; credentials of other issuers are not signed.",
    )


def _check_options(body: Json) -> None:
    options = body.get("options")
    if options is None:
        return
    if not isinstance(options, dict):
        raise one("options", "Hendaklah objek JSON.", "Must be a JSON object.")
    unknown = sorted(set(options) - OPTIONS)
    if unknown:
        raise BadRequest(
            one(f"options.{name}", "Pilihan ini tidak dikenali.", "This option is not known.").findings[0]
            for name in unknown
        )
