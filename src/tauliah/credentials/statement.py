"""The Malaysian Micro-credential Statement (MMS): what one learner achieved, as it will be certified.

UNIMAS, Appendix 1; the two kinds of MOOC certificate are those of UTM, 5.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from tauliah.credentials.achievement import HUNDRED, Achievement, inspect_achievement
from tauliah.credentials.identity_card import MaskedNumber, nric_in
from tauliah.credentials.inspection import Inspection
from tauliah.credentials.issuer import Issuer, inspect_issuer
from tauliah.values.case import REQUIRED, Problem
from tauliah.values.day import FIRST_YEAR, LAST_YEAR
from tauliah.values.text import Text

CERTIFICATES: Mapping[str, Text] = MappingProxyType(
    {
        "micro_credential": Text("Sijil Pentauliahan Mikro", "Micro-credential Certificate"),
        "accomplishment": Text("Sijil Pencapaian", "Certificate of Accomplishment"),
        "participation": Text("Sijil Penyertaan", "Certificate of Participation"),
    }
)
_STARTED = Text("tarikh mula", "the first day")
_ENDED = Text("tarikh tamat", "the last day")
_AWARDED = Text("tarikh penganugerahan", "the day of the award")


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """Who achieved it; `did` is the learner's own identifier where a wallet holds the credential.

    `identity` is the identity-card or passport number, masked; it stands on the learner's own paper only.
    """

    name: str
    did: str | None = None
    identity: MaskedNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One award with everything the MMS says about it.

    `formative_mark` and `summative_mark` are out of 100 of their part; `awarded_on` is the day of the
    Senate's approval, `stamped_on` that of the official stamp; `payment` is the receipt's number of a
    certificate that is paid for; `verify_at` is the address of the verification page.
    """

    serial: str
    certificate: str
    learner: Learner
    issuer: Issuer
    achievement: Achievement
    started_on: date
    ended_on: date
    awarded_on: date
    stamped_on: date
    verify_at: str
    grade: str | None = None
    formative_mark: Decimal | None = None
    summative_mark: Decimal | None = None
    duration: Text | None = None
    term: str | None = None
    completed_activities: bool | None = None
    payment: str | None = None

    @property
    def assessed(self) -> bool:
        """Whether the award rests on an assessment: all but participation do."""
        return self.certificate != "participation"


def check_statement(statement: Statement) -> None:
    """Raises `InvalidCase` with every field that is missing or wrong."""
    found = Inspection()
    inspect_issuer(found, statement.issuer)
    inspect_achievement(found, statement.achievement, assessed=statement.assessed)
    inspect_award(found, statement)
    found.finish()


def inspect_award(found: Inspection, statement: Statement) -> None:
    """Adds what is wrong with all that differs from learner to learner."""
    found.line("serial", statement.serial, 80)
    found.line("learner.name", statement.learner.name)
    found.word("certificate", statement.certificate, CERTIFICATES)
    found.url("verify_at", statement.verify_at)
    found.optional("term", statement.term)
    if statement.learner.did is not None and not statement.learner.did.startswith("did:"):
        found.add("learner.did", "Hendaklah pengecam DID pelajar.", "Must be the learner's DID.")
    for where, text in (("serial", statement.serial), ("learner.name", statement.learner.name)):
        if nric_in(text):
            found.add(
                where,
                "Nombor kad pengenalan tidak boleh digunakan di sini.",
                "An identity-card number must not be used here.",
            )
    if statement.duration:
        found.both("duration", statement.duration)
    _inspect_days(found, statement)
    _inspect_result(found, statement)


def _inspect_days(found: Inspection, statement: Statement) -> None:
    for where in ("started_on", "ended_on", "awarded_on", "stamped_on"):
        if not FIRST_YEAR <= getattr(statement, where).year <= LAST_YEAR:
            first, last = FIRST_YEAR, LAST_YEAR
            found.add(
                where,
                f"Tahun hendaklah antara {first} hingga {last}.",
                f"The year must be from {first} to {last}.",
            )
    found.order("ended_on", statement.started_on, statement.ended_on, _STARTED)
    found.order("awarded_on", statement.ended_on, statement.awarded_on, _ENDED)
    found.order("stamped_on", statement.awarded_on, statement.stamped_on, _AWARDED)


def _inspect_result(found: Inspection, statement: Statement) -> None:
    for where in ("formative_mark", "summative_mark"):
        if (mark := getattr(statement, where)) is not None:
            found.number(where, mark, Decimal(0), HUNDRED)
    if statement.assessed:
        _inspect_grade(found, statement)
    elif statement.completed_activities is not True:
        found.add(
            "completed_activities",
            "Sijil Penyertaan diberikan setelah semua aktiviti pembelajaran dilengkapkan (UTM 5.1.1).",
            "A Certificate of Participation needs all learning activities completed (UTM 5.1.1).",
        )
    if statement.certificate == "accomplishment" and not statement.payment:
        found.add(
            "payment",
            "Sijil Pencapaian dikeluarkan setelah bayaran diterima; masukkan nombor resit (UTM 5.1.2).",
            "A Certificate of Accomplishment is issued once paid; enter the receipt's number (UTM 5.1.2).",
        )
    if statement.certificate == "participation" and statement.payment:
        found.add(
            "payment",
            "Sijil Penyertaan percuma; tiada bayaran boleh direkodkan (UTM 5.1.1).",
            "A Certificate of Participation is free; no payment can be recorded (UTM 5.1.1).",
        )


def _inspect_grade(found: Inspection, statement: Statement) -> None:
    grades, required = statement.achievement.grades, statement.achievement.required_grade
    if statement.grade is None:
        found.problems.append(Problem("grade", REQUIRED))
        return
    found.word("grade", statement.grade, grades)
    passed = statement.grade not in grades or required not in grades
    if not passed and grades.index(statement.grade) > grades.index(required):
        found.add(
            "grade",
            f"Gred {statement.grade} belum lulus; gred minimum ialah {required}.",
            f"The grade {statement.grade} is not a pass; the minimum is {required}.",
        )
