"""What a verification answers: five questions, each with its reason, and all in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tauliah.credentials.answer import Answer, Outcome, together
from tauliah.credentials.proof import VerifiedProof
from tauliah.credentials.strict_json import Json
from tauliah.values.text import Text

QUESTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "signature": Text("Tidak diubah sejak ditandatangani", "Unchanged since it was signed"),
        "issuer": Text("Dikeluarkan oleh institusi yang dinyatakan", "Issued by the institution it names"),
        "status": Text("Tidak ditarik balik atau digantung", "Not revoked or suspended"),
        "dates": Text("Masih dalam tempoh sah", "Within its time of validity"),
        "schema": Text("Lengkap dan mengikut piawaian", "Complete and as the standard requires"),
    }
)
"""The five questions in their order, as a page puts them."""
_SUMMARIES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.YES: Text("Kelayakan ini sah.", "This credential is valid."),
        Outcome.NO: Text("Kelayakan ini TIDAK sah. {reasons}", "This credential is NOT valid. {reasons}"),
        Outcome.UNKNOWN: Text(
            "Kelayakan ini belum dapat disahkan sepenuhnya. {reasons}",
            "This credential could not be fully verified. {reasons}",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Endorsed:
    """An endorsement inside a credential: where it stands, who made it, and whether it holds."""

    where: str
    issuer: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The five answers about one credential, its verified proofs, and its endorsements."""

    signature: Answer
    issuer: Answer
    status: Answer
    dates: Answer
    schema: Answer
    proofs: tuple[VerifiedProof, ...] = ()
    endorsements: tuple[Endorsed, ...] = ()

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers by the name of their question, in the order of `QUESTIONS`."""
        return {name: getattr(self, name) for name in QUESTIONS}

    @property
    def outcome(self) -> Outcome:
        """No where one answer is no; could not check where one is that; yes only where all are."""
        return together(answer.outcome for answer in self.answers.values())

    @property
    def summary(self) -> Text:
        """The outcome in a sentence or two, with the reasons that decided it."""
        outcome = self.outcome
        reasons = [answer.reason for answer in self.answers.values() if answer.outcome is outcome]
        told = Text(" ".join(r.ms for r in reasons), " ".join(r.en for r in reasons))
        return _SUMMARIES[outcome].fill(reasons=told)

    def as_dict(self) -> Json:
        """The whole verification as JSON."""
        return {
            "outcome": self.outcome.value,
            "summary": self.summary.as_dict(),
            "answers": {name: answer.as_dict() for name, answer in self.answers.items()},
            "endorsements": [
                {"where": e.where, "issuer": e.issuer, **e.answer.as_dict()} for e in self.endorsements
            ],
        }


_VCDM, _DATA_INTEGRITY = "https://www.w3.org/TR/vc-data-model#", "https://w3id.org/security#"
_STATUS_LIST = "https://www.w3.org/ns/credentials/status-list#"
_PROBLEM_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "signature.challenge": f"{_DATA_INTEGRITY}INVALID_CHALLENGE_ERROR",
        "signature.domain": f"{_DATA_INTEGRITY}INVALID_DOMAIN_ERROR",
        "signature": f"{_VCDM}CRYPTOGRAPHIC_SECURITY_ERROR",
        "issuer": f"{_DATA_INTEGRITY}PROOF_VERIFICATION_ERROR",
        "status.unreachable": f"{_STATUS_LIST}STATUS_RETRIEVAL_ERROR",
        "status.list_too_short": f"{_STATUS_LIST}STATUS_LIST_LENGTH_ERROR",
        "status.index_out_of_range": f"{_VCDM}RANGE_ERROR",
        "status": f"{_STATUS_LIST}STATUS_VERIFICATION_ERROR",
        "dates": f"{_VCDM}RANGE_ERROR",
        "schema": f"{_VCDM}MALFORMED_VALUE_ERROR",
    }
)


def problem_details(verification: Verification, *questions: str) -> list[Json]:
    """What keeps a credential from being verified, as the VC-API tells it; of all questions or some."""
    asked = questions or tuple(QUESTIONS)
    return [
        problem_detail(name, verification.answers[name])
        for name in asked
        if verification.answers[name].outcome is not Outcome.YES
    ]


def problem_detail(question: str, answer: Answer) -> Json:
    """One answer as the VC-API's problem detail."""
    kind = _PROBLEM_TYPES.get(answer.code, _PROBLEM_TYPES[question])
    found: Json = {
        "type": kind,
        "title": QUESTIONS[question].en,
        "detail": answer.reason.en,
        "code": answer.code,
    }
    return found | ({"where": answer.where} if answer.where else {})


def worst_first(verification: Verification) -> Iterator[tuple[str, Answer]]:
    """The answers, those that are no before those that could not be given, before those that are yes."""
    order = (Outcome.NO, Outcome.UNKNOWN, Outcome.YES)
    yield from sorted(verification.answers.items(), key=lambda item: order.index(item[1].outcome))
