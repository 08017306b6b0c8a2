"""The credential of a credit-transfer decision.

It is an Open Badge like any other, so that every verifier can check it. Each course has one result for
each value: `…#2-credits` is what the second course was granted, `…#2-source-1-grade` the grade it had.
"""

from collections.abc import Iterator

from tauliah.credentials.alignment import aligned
from tauliah.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS
from tauliah.credentials.decision import CheckMade, CourseDecision, Decision, SourceCourse, check_decision
from tauliah.credentials.description import number
from tauliah.credentials.document import SCHEMA_ADDRESS, Issue, day_start, secured_fields
from tauliah.credentials.identity_card import exposed
from tauliah.credentials.issuer import Issuer
from tauliah.credentials.profile import bilingual, profile
from tauliah.credentials.strict_json import Json
from tauliah.values.case import InvalidCase
from tauliah.values.text import Text
from tauliah.values.unit import decimal_text
from tauliah.values.vocabulary import VOCABULARY

KIND = "ext:CreditTransferDecision"
NAME = Text("Keputusan pindah kredit", "Credit transfer decision")
_VALUES = {
    "outcome": ("ext:CreditTransferOutcome", Text("Keputusan", "Outcome")),
    "award": ("ext:CreditTransferAward", Text("Anugerah kredit", "Award")),
    "credits": ("ext:CreditsGranted", Text("Kredit diberikan", "Credits granted")),
    "grade": ("LetterGrade", Text("Gred dipindahkan", "Grade carried over")),
    "basis": ("ext:CreditTransferBasis", Text("Asas", "Basis")),
    "target": ("ext:TargetCredits", Text("Kredit kursus dipohon", "Credits of the course applied for")),
    "source": ("ext:SourceCourse", Text("Kursus asal", "Original course")),
    "source-credits": ("ext:CreditsEarned", Text("Kredit asal", "Original credits")),
    "source-grade": ("ext:OriginalGrade", Text("Gred asal", "Original grade")),
    "source-level": ("ext:StudyLevel", Text("Peringkat asal", "Original level")),
    "source-completed": ("ext:CompletedOn", Text("Tarikh tamat asal", "Originally completed on")),
}


def decision_credential(
    decision: Decision, issuer: Issuer, issue: Issue, *, url: str, policy_url: str
) -> Json:
    """The unsigned credential; `url` is the decision's page, `policy_url` that of the policy.

    Raises `InvalidCase` for a decision that is not complete or would show an identity-card number.
    """
    check_decision(decision)
    described, results = _described(decision, url, policy_url)
    document: Json = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS],
        "id": issue.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": bilingual(NAME),
        "description": f"{bilingual(NAME)}: {decision.programme}, {decision.institution}",
        "issuer": profile(issuer),
        "validFrom": issue.valid_from,
        "awardedDate": day_start(decision.decided_on),
        "credentialSubject": _subject(decision, url, policy_url, described, results),
        "credentialSchema": [{"id": SCHEMA_ADDRESS, "type": "1EdTechJsonSchemaValidator2019"}],
        **secured_fields(issue),
    }
    leaks = list(exposed(document))
    if leaks:
        raise InvalidCase(leaks)
    return document


def _subject(
    decision: Decision, url: str, policy_url: str, described: list[Json], results: list[Json]
) -> Json:
    subject: Json = {"id": decision.student_did} if decision.student_did else {}
    remarks = {"narrative": decision.remarks} if decision.remarks else {}
    return subject | {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": decision.student,
                "identityType": "name",
            }
        ],
        "licenseNumber": decision.reference,
        "creditsEarned": number(decision.credits),
        "activityStartDate": day_start(decision.applied_on),
        "activityEndDate": day_start(decision.decided_on),
        **remarks,
        "achievement": {
            "id": url,
            "type": ["Achievement"],
            "achievementType": KIND,
            "name": bilingual(NAME),
            "description": f"{decision.programme}, {decision.institution}",
            "criteria": {"id": policy_url, "narrative": f"{decision.policy} {decision.policy_version}"},
            "alignment": [
                aligned(
                    "ext:Programme",
                    decision.programme,
                    url,
                    targetCode=decision.level,
                    targetFramework=decision.institution,
                ),
                aligned(
                    "ext:Policy",
                    f"{decision.policy} {decision.policy_version}",
                    policy_url,
                    targetCode=decision.policy,
                    targetDescription=decision.policy_version,
                ),
            ],
            "resultDescription": described,
        },
        "result": results,
    }


def _described(decision: Decision, url: str, policy_url: str) -> tuple[list[Json], list[Json]]:
    """The descriptions and the results, one of each for every value of every course."""
    described, results = [], []
    for n, course in enumerate(decision.courses, 1):
        for key, kind, value, alignment in _values_of(course, decision, url, policy_url):
            name, address = _VALUES[kind], f"{url}#{n}-{key}"
            described.append(
                {
                    "id": address,
                    "type": ["ResultDescription"],
                    "name": f"{course.code}: {bilingual(name[1])}",
                    "resultType": name[0],
                }
            )
            result: Json = {"type": ["Result"], "resultDescription": address}
            if value is not None:
                result["value"] = value
            if alignment:
                result["alignment"] = alignment
            results.append(result)
    return described, results


def _values_of(
    course: CourseDecision, decision: Decision, url: str, policy_url: str
) -> Iterator[tuple[str, str, str | None, list[Json]]]:
    """Key, kind, value and alignments of everything that is known about a course."""
    target = aligned(
        "ext:TargetCourse",
        course.title or course.code,
        url,
        targetCode=course.code,
        targetFramework=decision.institution,
    )
    clauses = [clause for check in course.checks for clause in _clauses(check, decision, policy_url)]
    yield "outcome", "outcome", course.outcome, [target, *clauses]
    yield "award", "award", course.award, []
    yield "credits", "credits", decimal_text(course.credits), []
    yield "target", "target", decimal_text(course.target_credits), []
    yield "basis", "basis", course.basis, []
    if course.grade is not None:
        yield "grade", "grade", course.grade, []
    for m, source in enumerate(course.sources, 1):
        yield from _source_values(f"source-{m}", source, url)


def _source_values(
    key: str, source: SourceCourse, url: str
) -> Iterator[tuple[str, str, str | None, list[Json]]]:
    more = {
        "targetCode": source.code,
        "targetFramework": source.institution,
        "targetDescription": source.title,
    }
    named = source.title or source.code or source.institution or bilingual(_VALUES["source"][1])
    known = {name: value for name, value in more.items() if value is not None}
    yield key, "source", None, [aligned("ext:SourceCourse", named, url, **known)]
    completed = source.completed_on.isoformat() if source.completed_on else None
    credits = None if source.credits is None else decimal_text(source.credits)
    values = {"credits": credits, "grade": source.grade, "level": source.level, "completed": completed}
    for name, value in values.items():
        if value is not None:
            yield f"{key}-{name}", f"source-{name}", value, []


def _clauses(check: CheckMade, decision: Decision, policy_url: str) -> list[Json]:
    label = VOCABULARY["rule"].get(check.rule)
    name = bilingual(label) if label else check.rule
    return [
        aligned(
            "ext:Clause",
            name,
            policy_url,
            targetDescription=f"{check.rule}: {check.outcome}",
            targetFramework=f"{decision.policy} {decision.policy_version}",
            **({} if clause is None else {"targetCode": clause}),
        )
        for clause in check.clauses or (None,)
    ]
