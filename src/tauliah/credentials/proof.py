"""Data Integrity proofs with Ed25519: `eddsa-rdfc-2022` and `eddsa-jcs-2022`, alone, in sets and in chains.

W3C Recommendations VC Data Integrity 1.0 and Data Integrity EdDSA Cryptosuites 1.0 of 15 May 2025.
Every proof of a document has to verify, also where one by the issuer would be enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from tauliah.credentials import canonical, did, eddsa, iri, jcs, multibase, timestamp
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.did import Resolve
from tauliah.credentials.refusal import Reason, Refused
from tauliah.credentials.strict_json import Json

RDFC = "eddsa-rdfc-2022"
JCS = "eddsa-jcs-2022"
SUITES = (RDFC, JCS)
PROOF_TYPE = "DataIntegrityProof"
MOST_PROOFS = 10


@dataclass(frozen=True, slots=True)
class ProofOptions:
    """What a proof says of itself; `created` and `expires` are dateTimeStamps."""

    verification_method: str
    created: str | None
    cryptosuite: str = RDFC
    purpose: str = "assertionMethod"
    id: str | None = None
    expires: str | None = None
    challenge: str | None = None
    domain: str | None = None
    nonce: str | None = None
    previous_proof: Sequence[str] = ()

    def as_json(self) -> Json:
        """The proof without its value."""
        previous = list(self.previous_proof)
        fields = {
            "type": PROOF_TYPE,
            "id": self.id,
            "cryptosuite": self.cryptosuite,
            "created": self.created,
            "expires": self.expires,
            "verificationMethod": self.verification_method,
            "proofPurpose": self.purpose,
            "challenge": self.challenge,
            "domain": self.domain,
            "nonce": self.nonce,
            "previousProof": previous[0] if len(previous) == 1 else previous or None,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class VerifiedProof:
    """A proof whose signature is its controller's."""

    controller: str
    method: str
    cryptosuite: str
    purpose: str
    created: datetime | None
    proof: Json


# --- Signing ---------------------------------------------------------------------------------------


def sign(document: Json, key: eddsa.SigningKey, options: ProofOptions, contexts: Contexts) -> Json:
    """The document with one more proof, always in an array; raises `Refused`."""
    proof = options.as_json()
    if options.cryptosuite == JCS and "@context" in document:
        proof = {"@context": document["@context"], **proof}
    check_form(proof)
    proofs = list(proofs_of(document)) if "proof" in document else []
    data = signed_data(document, proof, _previous(proof, proofs), contexts)
    signed = {**proof, "proofValue": multibase.encode_base58(key.sign(data))}
    return {**unsecured(document), "proof": [*proofs, signed]}


def unsecured(document: Json) -> Json:
    """The document without its proofs."""
    return {name: value for name, value in document.items() if name != "proof"}


def signed_data(document: Json, proof: Json, previous: Sequence[Json], contexts: Contexts) -> bytes:
    """The 64 bytes that are signed: a digest of what the proof says and one of the document.

    `previous` are the proofs that this one rests on; they count as part of the document.
    """
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    document = unsecured(document)
    if previous:
        document["proof"] = list(previous)
    if config["cryptosuite"] == JCS:
        if "@context" in config:
            document["@context"] = config["@context"]
        return _hash(jcs.canonicalise(config)) + _hash(jcs.canonicalise(document))
    config["@context"] = document.get("@context")
    said = canonical.canonicalise(config, contexts)
    return _hash(said.encode()) + _hash(canonical.canonicalise(document, contexts).encode())


# --- Verifying -------------------------------------------------------------------------------------


def verified_proofs(
    document: Json,
    contexts: Contexts,
    resolve: Resolve | None,
    *,
    at: datetime,
    purpose: str = "assertionMethod",
    challenge: str | None = None,
    domain: str | None = None,
) -> tuple[VerifiedProof, ...]:
    """Every proof of the document, each verified; raises `Refused` for the first that is not.

    `at` is the moment of checking. Raises `CouldNotCheck` where a controller's keys cannot be had.
    """
    proofs = proofs_of(document)
    resolve = did.with_did_key(resolve)
    verified = []
    for number, proof in enumerate(proofs):
        where = f"proof[{number}]"
        try:
            check_form(proof)
            _check_asked(proof, at, purpose, challenge, domain)
            _check_context(proof, document)
            data = signed_data(document, proof, _previous(proof, proofs), contexts)
            verified.append(_verified(proof, data, resolve, at))
        except Refused as refused:
            raise Refused(refused.reason, refused.where or where, refused.found) from None
    return tuple(verified)


def require_issuer(document: Json, proofs: Sequence[VerifiedProof]) -> VerifiedProof:
    """The proof that the issuer (of a presentation: the holder) made; raises `Refused` without one."""
    issuer = issuer_of(document)
    for proof in proofs:
        if proof.controller == issuer:
            return proof
    raise Refused(Reason.ISSUER_MISMATCH, "issuer", ", ".join(proof.controller for proof in proofs))


def issuer_of(document: Json) -> str:
    """The identifier of who answers for the document: its issuer, or a presentation's holder."""
    types = document.get("type", [])
    presented = "VerifiablePresentation" in (types if isinstance(types, list) else [types])
    name = "holder" if presented else "issuer"
    party = document.get(name)
    id = party.get("id") if isinstance(party, dict) else party
    if not isinstance(id, str) or not iri.is_absolute(id):
        raise Refused(Reason.ISSUER_MISSING, name)
    return id


def proofs_of(document: Json) -> Sequence[Json]:
    """The proofs of a document, one or more; raises `Refused`."""
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [] if found is None else [found]
    if not proofs:
        raise Refused(Reason.PROOF_MISSING, "proof")
    if len(proofs) > MOST_PROOFS:
        raise Refused(Reason.TOO_MANY_PROOFS, "proof", MOST_PROOFS)
    for number, proof in enumerate(proofs):
        if not isinstance(proof, dict):
            raise Refused(Reason.PROOF_MALFORMED, f"proof[{number}]", type(proof).__name__)
    return proofs


def _verified(proof: Json, data: bytes, resolve: Resolve, at: datetime) -> VerifiedProof:
    """The proof, whose signature over the data is its controller's; raises `Refused`."""
    signature = multibase.decode(proof.get("proofValue"), reason=Reason.PROOF_VALUE)
    if len(signature) != eddsa.SIGNATURE_BYTES:
        raise Refused(Reason.PROOF_VALUE)
    controller, name = did.split_method(proof["verificationMethod"])
    method = did.controller_document(controller, resolve(controller)).method(name, proof["proofPurpose"])
    method.check_in_force(at)
    if not eddsa.verify(method.public, signature, data):
        raise Refused(Reason.SIGNATURE)
    created = timestamp.parse(proof["created"]) if "created" in proof else None
    return VerifiedProof(controller, name, proof["cryptosuite"], proof["proofPurpose"], created, proof)


def check_form(proof: Json) -> None:
    """Raises `Refused` unless the proof is one we know, well formed."""
    if proof.get("type") != PROOF_TYPE:
        raise Refused(Reason.PROOF_TYPE, found=proof.get("type"))
    if proof.get("cryptosuite") not in SUITES:
        raise Refused(Reason.CRYPTOSUITE, found=proof.get("cryptosuite"))
    if proof.get("proofPurpose") not in did.PURPOSES:
        raise Refused(Reason.PROOF_PURPOSE, found=proof.get("proofPurpose"))
    did.split_method(proof.get("verificationMethod"))
    for name in ("created", "expires"):
        if name in proof:
            timestamp.parse(proof[name], name, Reason.PROOF_CREATED)
    for name in ("challenge", "nonce"):
        if not isinstance(proof.get(name, ""), str):
            raise Refused(Reason.PROOF_MALFORMED, name, proof[name])
    if "id" in proof and not (isinstance(proof["id"], str) and iri.is_absolute(proof["id"])):
        raise Refused(Reason.PROOF_MALFORMED, "id", proof["id"])


def _check_asked(proof: Json, at: datetime, purpose: str, challenge: str | None, domain: str | None) -> None:
    """Raises `Refused` unless the proof is still good and answers what was asked."""
    if proof["proofPurpose"] != purpose:
        raise Refused(Reason.PROOF_PURPOSE, found=proof["proofPurpose"])
    if "expires" in proof and timestamp.parse(proof["expires"]) <= at:
        raise Refused(Reason.PROOF_EXPIRED, found=proof["expires"])
    if challenge is not None and proof.get("challenge") != challenge:
        raise Refused(Reason.CHALLENGE)
    if domain is not None and domain not in _texts(proof.get("domain"), Reason.DOMAIN):
        raise Refused(Reason.DOMAIN)


def _check_context(proof: Json, document: Json) -> None:
    """Raises `Refused` where a proof's own context is not the beginning of the document's."""
    if "@context" in proof:
        own, whole = _listed(proof["@context"]), _listed(document.get("@context"))
        if own != (whole[: len(own)] if proof["cryptosuite"] == JCS else whole):
            raise Refused(Reason.PROOF_CONTEXT)


def _previous(proof: Json, proofs: Sequence[Json]) -> list[Json]:
    """The proofs that a proof of a chain rests on; raises `Refused` where one is missing or double."""
    found = []
    for id in _texts(proof.get("previousProof"), Reason.PREVIOUS_PROOF):
        named = [other for other in proofs if other.get("id") == id and other is not proof]
        if len(named) != 1:
            raise Refused(Reason.PREVIOUS_PROOF, found=id)
        found.append(named[0])
    return found


def _texts(value: Any, reason: Reason) -> list[str]:
    texts = _listed(value)
    for text in texts:
        if not isinstance(text, str):
            raise Refused(reason, found=text)
    return texts


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _hash(data: bytes) -> bytes:
    return sha256(data).digest()
