"""Endorsements inside a credential: each is a credential of its own, about the thing it stands in."""

from collections.abc import Iterator
from typing import Any

from tauliah.credentials.answer import Answer, Outcome, no, yes
from tauliah.credentials.proof import issuer_of, require_issuer, verified_proofs
from tauliah.credentials.refusal import CouldNotCheck, Refused
from tauliah.credentials.status import Checker, status_of
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many, structure_problems
from tauliah.credentials.timestamp import parse
from tauliah.credentials.verification import Endorsed

MOST = 20


def endorsements_of(document: Json, checker: Checker) -> tuple[Endorsed, ...]:
    """Each endorsement with its own answer; one that fails says nothing about the credential around it."""
    found = list(_endorsements(document))
    return tuple(
        Endorsed(where, _named(endorsement), _answer(endorsement, about, checker))
        for where, about, endorsement in found[:MOST]
    )


def _endorsements(document: Json) -> Iterator[tuple[str, Any, Any]]:
    """Where each endorsement stands, the id of what it stands in, and the endorsement."""
    issuer = document.get("issuer")
    yield from _of(document, "")
    if isinstance(issuer, dict):
        yield from _of(issuer, "issuer.")
    for subject in many(document.get("credentialSubject")):
        achievement = subject.get("achievement") if isinstance(subject, dict) else None
        if isinstance(achievement, dict):
            yield from _of(achievement, "credentialSubject.achievement.")


def _of(holder: Json, where: str) -> Iterator[tuple[str, Any, Any]]:
    for i, endorsement in enumerate(many(holder.get("endorsement"))):
        yield f"{where}endorsement[{i}]", holder.get("id"), endorsement


def _named(endorsement: Any) -> str:
    try:
        return issuer_of(endorsement)
    except Refused:
        return ""


def _answer(endorsement: Any, about: Any, checker: Checker) -> Answer:
    problems = structure_problems(endorsement)
    if problems or "EndorsementCredential" not in many(endorsement.get("type")):
        return no("endorsement.malformed", "Sokongan ini salah bentuk.", "This endorsement is malformed.")
    subjects = many(endorsement.get("credentialSubject"))
    if about is None or [subject.get("id") for subject in subjects] != [about]:
        return no(
            "endorsement.other_subject",
            "Sokongan ini tentang perkara lain.",
            "This endorsement is about something else.",
        )
    try:
        require_issuer(
            endorsement, verified_proofs(endorsement, checker.contexts, checker.resolve, at=checker.at)
        )
        return _standing(endorsement, checker)
    except Refused as refused:
        return Answer(Outcome.NO, f"endorsement.{refused.reason}", refused.message, refused.where)
    except CouldNotCheck as outage:
        return Answer(Outcome.UNKNOWN, "endorsement.keys_unreachable", outage.message, outage.where)


def _standing(endorsement: Json, checker: Checker) -> Answer:
    """Whether a signed endorsement is in force at the moment and not withdrawn."""
    start, end = endorsement.get("validFrom"), endorsement.get("validUntil")
    early = start is not None and parse(start, "validFrom") > checker.at
    late = end is not None and parse(end, "validUntil") < checker.at
    if early or late:
        return no(
            "endorsement.out_of_date",
            "Sokongan ini di luar tempoh sahnya.",
            "This endorsement is out of date.",
        )
    status = status_of(endorsement, checker)
    if status.outcome is not Outcome.YES:
        return status
    return yes("endorsement.holds", "Sokongan ini sah.", "This endorsement holds.")
