"""Verifies a presentation: that the holder signed it for this question, and holds what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tauliah.credentials.answer import Answer, Outcome, no, together, unknown, yes
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.did import Resolve
from tauliah.credentials.proof import VerifiedProof, require_issuer, verified_proofs
from tauliah.credentials.refusal import CouldNotCheck, Reason, Refused
from tauliah.credentials.status import Checker, FetchList
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many, place, presentation_problems
from tauliah.credentials.verification import Verification
from tauliah.credentials.verify import told, verify
from tauliah.values.text import Text

MOST_CREDENTIALS = 50


@dataclass(frozen=True, slots=True)
class Presented:
    """One credential of a presentation: its verification, and whether it is about the holder."""

    where: str
    credential: Json
    verification: Verification
    held: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationVerification:
    """The answers about a presentation and each of its credentials; `holder` is who proved to hold them."""

    schema: Answer
    signature: Answer
    holder: str | None
    credentials: tuple[Presented, ...]

    @property
    def outcome(self) -> Outcome:
        """Yes only where the presentation and every credential are, and every credential is the holder's."""
        inside = [o for each in self.credentials for o in (each.verification.outcome, each.held.outcome)]
        return together([self.schema.outcome, self.signature.outcome, *inside])

    def as_dict(self) -> Json:
        """The whole verification as JSON."""
        return {
            "outcome": self.outcome.value,
            "schema": self.schema.as_dict(),
            "signature": self.signature.as_dict(),
            "holder": self.holder,
            "credentials": [
                {"where": each.where, "held": each.held.as_dict(), **each.verification.as_dict()}
                for each in self.credentials
            ],
        }


def verify_presentation(
    document: Json,
    *,
    challenge: str,
    domain: str,
    at: datetime,
    contexts: Contexts,
    resolve: Resolve | None = None,
    fetch_list: FetchList | None = None,
    known: Mapping[str, Text] | None = None,
) -> PresentationVerification:
    """The answers about a presentation made for `challenge` and `domain`; raises `Refused` without either.

    A challenge is to be used once and soon: that the caller sees to. An unsigned presentation is read,
    but proves nothing about who holds it.
    """
    if not challenge or not domain:
        raise Refused(Reason.DOMAIN if challenge else Reason.CHALLENGE)
    problems = presentation_problems(document)
    schema = (
        Answer(Outcome.NO, "presentation.invalid", told(problems), problems[0].where)
        if problems
        else yes("presentation.form", "Bentuk persembahan ini betul.", "The presentation has the right form.")
    )
    signature, proof = _signed(document, Checker(fetch_list, contexts, resolve, at), challenge, domain)
    holder = proof.controller if proof else None
    presented = []
    for i, credential in enumerate(many(document.get("verifiableCredential"))[:MOST_CREDENTIALS]):
        if isinstance(credential, dict):
            verification = verify(
                credential, at=at, contexts=contexts, resolve=resolve, fetch_list=fetch_list, known=known
            )
            where = place("verifiableCredential", document, i)
            presented.append(Presented(where, credential, verification, held_by(credential, holder)))
    return PresentationVerification(
        schema=schema, signature=signature, holder=holder, credentials=tuple(presented)
    )


def held_by(credential: Json, holder: str | None) -> Answer:
    """Whether the credential is about the holder: every subject has the holder's identifier."""
    if holder is None:
        return unknown(
            "held.nobody",
            "Tiada pemegang yang dibuktikan, jadi pemilik kelayakan ini tidak diketahui.",
            "No holder is proven, so whose credential this is cannot be told.",
        )
    subjects: list[Any] = many(credential.get("credentialSubject"))
    named = [subject.get("id") if isinstance(subject, dict) else None for subject in subjects]
    if named and all(name == holder for name in named):
        return yes("held.by_holder", "Kelayakan ini milik pemegangnya.", "This credential is the holder's.")
    if None in named or not named:
        return unknown(
            "held.not_bound",
            "Kelayakan ini tidak menyatakan pengecam pemegangnya.",
            "This credential does not name its holder's identifier.",
        )
    return no("held.by_another", "Kelayakan ini milik orang lain.", "This credential is somebody else's.")


def _signed(
    document: Json, checker: Checker, challenge: str, domain: str
) -> tuple[Answer, VerifiedProof | None]:
    if not many(document.get("proof")):
        unsigned = unknown(
            "signature.none",
            "Persembahan ini tidak ditandatangani, jadi tidak membuktikan siapa pemegangnya.",
            "This presentation is not signed, so it does not prove who holds it.",
        )
        return unsigned, None
    try:
        proofs = verified_proofs(
            document,
            checker.contexts,
            checker.resolve,
            at=checker.at,
            purpose="authentication",
            challenge=challenge,
            domain=domain,
        )
        proof = require_issuer(document, proofs) if "holder" in document else _only(proofs)
    except Refused as refused:
        return Answer(Outcome.NO, f"signature.{refused.reason}", refused.message, refused.where), None
    except CouldNotCheck as outage:
        return Answer(Outcome.UNKNOWN, "signature.keys_unreachable", outage.message, outage.where), None
    return yes("signature.holds", "Ditandatangani oleh pemegangnya.", "Signed by its holder."), proof


def _only(proofs: tuple[VerifiedProof, ...]) -> VerifiedProof:
    """The proof of a presentation that names no holder: whoever signed it, if that is one party."""
    if len({proof.controller for proof in proofs}) != 1:
        raise Refused(Reason.ISSUER_MISMATCH, "holder")
    return proofs[0]
