"""Verifies a credential of any issuer: signature, issuer, status, dates and form, each for itself.

Nothing is fetched before the signature holds, and then only through the functions that are given.
"""

from collections.abc import Mapping
from datetime import datetime

from tauliah.credentials.answer import Answer, Outcome, no, unknown, yes
from tauliah.credentials.badge_schema import is_open_badge, schema_problems
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.did import Resolve
from tauliah.credentials.endorsement import endorsements_of
from tauliah.credentials.proof import VerifiedProof, issuer_of, require_issuer, verified_proofs
from tauliah.credentials.refusal import CouldNotCheck, Reason, Refused
from tauliah.credentials.related import related_problems
from tauliah.credentials.status import Checker, FetchList, status_of
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import dates_of, many, structure_problems
from tauliah.credentials.timestamp import parse
from tauliah.credentials.verification import Verification
from tauliah.values.case import Problem
from tauliah.values.text import Text, joined

MOST_TOLD = 3
_UNTOLD = Text("… dan {n} lagi.", "… and {n} more.")


def verify(
    document: Json,
    *,
    at: datetime,
    contexts: Contexts,
    resolve: Resolve | None = None,
    fetch_list: FetchList | None = None,
    known: Mapping[str, Text] | None = None,
    resources: Mapping[str, bytes] | None = None,
) -> Verification:
    """The answers about a credential at a moment.

    Without `resolve` and `fetch_list` nothing is fetched, and what would need it could not be checked.
    `known` names the institutions that this system recognises, by DID; `resources` are the bytes of
    resources that the credential may bind by a digest.
    """
    checker = Checker(fetch_list, contexts, resolve, at)
    schema = schema_answer(document, resources or {})
    signature, proofs = signature_answer(document, checker)
    holds = signature.outcome is Outcome.YES
    issuer = issuer_answer(document, proofs, known or {}) if holds else _UNSIGNED
    ours = holds and issuer.outcome is not Outcome.NO
    return Verification(
        signature=signature,
        issuer=issuer,
        status=status_of(document, checker) if ours else _NOT_FETCHED,
        dates=dates_answer(document, at),
        schema=schema,
        proofs=proofs,
        endorsements=endorsements_of(document, checker) if ours else (),
    )


_UNSIGNED = unknown(
    "issuer.unsigned",
    "Pengeluar tidak dapat dipastikan kerana tandatangan tidak disahkan.",
    "Who issued it cannot be told, because the signature is not verified.",
)
_NOT_FETCHED = unknown(
    "status.not_fetched",
    "Status tidak disemak kerana tandatangan atau pengeluarnya tidak disahkan.",
    "The status was not looked up, because the signature or its issuer is not verified.",
)


def signature_answer(document: Json, checker: Checker) -> tuple[Answer, tuple[VerifiedProof, ...]]:
    """Whether every proof holds, and the proofs where they do."""
    try:
        proofs = verified_proofs(document, checker.contexts, checker.resolve, at=checker.at)
    except Refused as refused:
        return _refused(document, refused), ()
    except CouldNotCheck as outage:
        return Answer(Outcome.UNKNOWN, "signature.keys_unreachable", outage.message, outage.where), ()
    return yes("signature.holds", "Tandatangan digital sah.", "The digital signature holds."), proofs


UNSUPPORTED = frozenset(
    {
        Reason.CONTEXT_UNKNOWN,
        Reason.CRYPTOSUITE,
        Reason.DID_METHOD,
        Reason.PROOF_TYPE,
        Reason.TOO_AMBIGUOUS,
    }
)
"""What may be in order, but not by means that this system has: could not check, and so never a yes."""
_ELSEWHERE = unknown(
    "signature.key_on_the_web",
    "Kunci pengeluar ini bukan DID, jadi tandatangannya tidak dapat disemak di sini.",
    "This issuer's key is not named by a DID, so its signature cannot be checked here.",
    "proof",
)


def _refused(document: Json, refused: Refused) -> Answer:
    """A no; could not check where the signature is of a kind that this system does not know."""
    methods = [p.get("verificationMethod") for p in many(document.get("proof")) if isinstance(p, dict)]
    on_the_web = any(str(method).startswith("https://") for method in methods)
    if on_the_web and refused.reason is Reason.METHOD_MALFORMED:
        return _ELSEWHERE
    outcome = Outcome.UNKNOWN if refused.reason in UNSUPPORTED else Outcome.NO
    return Answer(outcome, f"signature.{refused.reason}", refused.message, refused.where)


def issuer_answer(document: Json, proofs: tuple[VerifiedProof, ...], known: Mapping[str, Text]) -> Answer:
    """Whether the issuer itself signed, and whether this system knows it."""
    try:
        require_issuer(document, proofs)
    except Refused as refused:
        return Answer(Outcome.NO, f"issuer.{refused.reason}", refused.message, refused.where)
    did = issuer_of(document)
    if did in known:
        name = known[did]
        return yes("issuer.known", f"Dikeluarkan oleh {name.ms}.", f"Issued by {name.en}.")
    return unknown(
        "issuer.not_known",
        f"Ditandatangani oleh {did}, tetapi sistem ini tidak dapat memastikan siapa pemiliknya.",
        f"Signed by {did}, but this system cannot tell who that is.",
        "issuer",
    )


def dates_answer(document: Json, at: datetime) -> Answer:
    """Whether the moment is within the credential's time of validity."""
    start, end = dates_of(document)
    try:
        since, until = (parse(document[key], key) if key in document else None for key in (start, end))
    except Refused as refused:
        return Answer(Outcome.NO, "dates.malformed", refused.message, refused.where)
    if since and since > at:
        when = document[start]
        return no("dates.not_yet", f"Hanya sah mulai {when}.", f"Valid only from {when}.", start)
    if until and until < at:
        when = document[end]
        return no("dates.expired", f"Telah luput pada {when}.", f"Expired at {when}.", end)
    if until:
        when = document[end]
        return yes("dates.until", f"Sah sehingga {when}.", f"Valid until {when}.")
    return yes("dates.no_end", "Tiada tarikh luput.", "It has no date of expiry.")


def schema_answer(document: Json, resources: Mapping[str, bytes]) -> Answer:
    """Whether the document has the form of a credential, and of an Open Badge where it says it is one."""
    problems = [*structure_problems(document), *related_problems(document, resources)]
    badge = is_open_badge(document)
    if badge and not problems:
        problems = schema_problems(_with_proofs_listed(document))
    if problems:
        return Answer(Outcome.NO, "schema.invalid", told(problems), problems[0].where)
    if badge:
        return yes("schema.open_badge", "Mengikut Open Badges 3.0.", "As Open Badges 3.0 requires.")
    return yes(
        "schema.credential",
        "Mengikut Verifiable Credentials 2.0.",
        "As Verifiable Credentials 2.0 requires.",
    )


def _with_proofs_listed(document: Json) -> Json:
    """The same credential with a single proof in a list of one.

    Open Badges' schema demands the list; in JSON-LD the two are the same, and most software writes the one
    without: a badge is not called malformed for it.
    """
    proof = document.get("proof")
    return {**document, "proof": [proof]} if isinstance(proof, Mapping) else document


def told(problems: list[Problem]) -> Text:
    """The first problems with their places, and how many more there are."""
    lines = [Text(f"{p.where}: {p.message.ms}", f"{p.where}: {p.message.en}") for p in problems[:MOST_TOLD]]
    if len(problems) > MOST_TOLD:
        lines.append(_UNTOLD.fill(n=str(len(problems) - MOST_TOLD)))
    return joined(lines, " ")
