"""``POST /credentials/verify`` and ``/presentations/verify``: whether what was sent holds, check by check."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.exchange.vc_api.refusal import details, object_in, one
from tauliah.credentials.answer import Outcome
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.did import Resolve
from tauliah.credentials.presentation import PresentationVerification, verify_presentation
from tauliah.credentials.status import FetchList
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import presentation_problems
from tauliah.credentials.verification import QUESTIONS, Verification, problem_detail, problem_details
from tauliah.credentials.verify import verify
from tauliah.values.text import Text

CHECKS: Mapping[str, tuple[str, ...]] = {
    "proof": ("signature", "issuer", "schema", "dates"),
    "credentialStatus": ("status",),
    "status": ("status",),
}
"""What each check of a request asks; without any, all five questions are."""
MOST_PRESENTED = 50


@dataclass(frozen=True, slots=True)
class Verifier:
    """What verifying needs: contexts, keys and lists of issuers, the issuers known here, and resources."""

    contexts: Contexts
    resolve: Resolve | None = None
    fetch_list: FetchList | None = None
    known: Mapping[str, Text] = field(default_factory=dict)
    resources: Mapping[str, bytes] = field(default_factory=dict)


def verify_credential(body: Json, verifier: Verifier, at: datetime) -> Json:
    """Return the answer about a credential: ``verified``, ``problemDetails``, our answers with reasons."""
    document = object_in(body, "verifiableCredential")
    asked = questions_of(body)
    found = _verify(document, verifier, at)
    problems = list(_problems(found, asked))
    return {
        "verified": not problems,
        "checks": list(asked),
        "problemDetails": problems,
        "verification": found.as_dict(),
    }


def verify_presented(body: Json, verifier: Verifier, at: datetime) -> Json:
    """Return the answer about a presentation; one that is unsigned is read but proves no holder.

    A presentation that is signed needs ``challenge`` and ``domain`` in the options. Raises ``BadRequest``.
    """
    document = object_in(body, "verifiablePresentation")
    if document.get("proof"):
        return _signed(document, body, verifier, at)
    problems = details((problem.where, problem.message) for problem in presentation_problems(document))
    inside = _credentials(document)
    for credential in inside:
        problems += _problems(_verify(credential, verifier, at), questions_of(body))
    return {"verified": not problems, "holder": None, "problemDetails": problems}


def _signed(document: Json, body: Json, verifier: Verifier, at: datetime) -> Json:
    options = options_of(body)
    for name in ("challenge", "domain"):
        if not isinstance(options.get(name), str) or not options[name]:
            raise one(
                f"options.{name}",
                f"Berikan {name} yang diminta daripada pemegang.",
                f"Give the {name} that the holder was asked with.",
            )
    found = verify_presentation(
        document,
        challenge=options["challenge"],
        domain=options["domain"],
        at=at,
        contexts=verifier.contexts,
        resolve=verifier.resolve,
        fetch_list=verifier.fetch_list,
        known=verifier.known,
    )
    problems = list(_presentation_problems(found, questions_of(body)))
    return {
        "verified": not problems,
        "holder": found.holder,
        "problemDetails": problems,
        "verification": found.as_dict(),
    }


def _presentation_problems(found: PresentationVerification, asked: Sequence[str]) -> Iterator[Json]:
    for name, answer in (("schema", found.schema), ("signature", found.signature)):
        if answer.outcome is not Outcome.YES:
            yield problem_detail(name, answer)
    for each in found.credentials:
        yield from ({**problem, "credential": each.where} for problem in _problems(each.verification, asked))


def _verify(document: Json, verifier: Verifier, at: datetime) -> Verification:
    return verify(
        document,
        at=at,
        contexts=verifier.contexts,
        resolve=verifier.resolve,
        fetch_list=verifier.fetch_list,
        known=verifier.known,
        resources=verifier.resources,
    )


def _problems(found: Verification, asked: Sequence[str]) -> Iterator[Json]:
    """What is not a yes; that an issuer signed itself but is not known here is told, and no problem."""
    stranger = found.issuer.outcome is Outcome.UNKNOWN and found.signature.outcome is Outcome.YES
    told = tuple(name for name in asked if not (name == "issuer" and stranger))
    yield from problem_details(found, *told) if told else ()


def _credentials(document: Json) -> list[Any]:
    inside = document.get("verifiableCredential", [])
    listed = inside if isinstance(inside, list) else [inside]
    if len(listed) > MOST_PRESENTED:
        raise one(
            "verifiablePresentation.verifiableCredential",
            f"Paling banyak {MOST_PRESENTED} kelayakan.",
            f"{MOST_PRESENTED} credentials at most.",
        )
    return [each for each in listed if isinstance(each, dict)]


def questions_of(body: Json) -> tuple[str, ...]:
    """Return the questions that a request asks by its ``checks``; raises ``BadRequest``."""
    checks = options_of(body).get("checks")
    if checks is None or checks == []:
        return tuple(QUESTIONS)
    if not isinstance(checks, list) or not all(isinstance(name, str) and name in CHECKS for name in checks):
        known = ", ".join(CHECKS)
        raise one("options.checks", f"Hendaklah senarai antara: {known}.", f"Must be a list of: {known}.")
    asked = {question for name in checks for question in CHECKS[name]}
    return tuple(name for name in QUESTIONS if name in asked)


def options_of(body: Json) -> Json:
    """Return the options of a request; raises ``BadRequest``."""
    options = body.get("options")
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise one("options", "Hendaklah objek JSON.", "Must be a JSON object.")
    return options
