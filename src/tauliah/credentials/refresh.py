"""A newer version of a credential that has run out: asked for once, where the old one's proof holds."""

from collections.abc import Callable, Mapping
from typing import Any

from tauliah.credentials.answer import Outcome
from tauliah.credentials.proof import issuer_of
from tauliah.credentials.refusal import CouldNotCheck, Refused
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many
from tauliah.credentials.verification import Verification

KIND = "1EdTechCredentialRefresh"


def refreshed(
    document: Json,
    verification: Verification,
    fetch: Callable[[str], Json],
    verify_again: Callable[[Json], Verification],
) -> tuple[Json, Verification]:
    """The newest version of a credential with its verification; the same two where there is no newer one.

    Nothing is fetched unless signature and issuer hold and the dates do not. What comes back counts only
    where it is signed by the same issuer and about the same thing; it is not refreshed in turn.
    """
    url = _address(document)
    signed = verification.signature.outcome is Outcome.YES
    impostor = verification.issuer.outcome is Outcome.NO
    if url is None or not signed or impostor or verification.dates.outcome is Outcome.YES:
        return document, verification
    try:
        newer = fetch(url)
    except (CouldNotCheck, Refused):
        return document, verification
    again = verify_again(newer)
    holds = again.signature.outcome is Outcome.YES and again.issuer.outcome is not Outcome.NO
    return (newer, again) if holds and _same(document, newer) else (document, verification)


def _address(document: Json) -> str | None:
    for service in many(document.get("refreshService")):
        if isinstance(service, Mapping) and KIND in many(service.get("type")):
            address = service.get("id")
            return address if isinstance(address, str) else None
    return None


def _same(old: Json, new: Json) -> bool:
    return issuer_of(old) == issuer_of(new) and _about(old) == _about(new)


def _about(document: Json) -> list[Any]:
    """What a credential is about: the ids of its subjects and their achievements."""
    subjects = [
        subject for subject in many(document.get("credentialSubject")) if isinstance(subject, Mapping)
    ]
    achievements = [many(subject.get("achievement")) for subject in subjects]
    return [
        (subject.get("id"), [part.get("id") for part in parts if isinstance(part, Mapping)])
        for subject, parts in zip(subjects, achievements, strict=True)
    ]
