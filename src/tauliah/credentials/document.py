"""The Open Badges 3.0 credential of a statement, which any wallet and verifier reads."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tauliah.credentials import jcs
from tauliah.credentials.achievement import Achievement
from tauliah.credentials.canonical.cohort import Slot
from tauliah.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS
from tauliah.credentials.description import described, number
from tauliah.credentials.identity_card import exposed
from tauliah.credentials.profile import bilingual, profile
from tauliah.credentials.statement import CERTIFICATES, Statement
from tauliah.credentials.statement_rows import StatementText, statement_document
from tauliah.credentials.strict_json import Json
from tauliah.values.case import InvalidCase
from tauliah.values.text import Text
from tauliah.values.unit import decimal_text

SCHEMA_ADDRESS = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
MALAYSIA = "+08:00"
SUPERSEDED = "superseded-credential"
SECURED = ("validUntil", "credentialStatus", "relatedResource", "evidence")
Value = str | int | float
Say = Callable[[str, Value], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPlace:
    """Where the status of a credential stands: the list's address, the place in it, what a set bit means."""

    list_url: str
    index: int
    purpose: str = "revocation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What the act of issuing adds to a statement.

    `id` is `urn:uuid:…`; `valid_from` and `valid_until` are timestamps with an offset;
    `statement_url` is where the structured statement is published, bound by its digest.
    """

    id: str
    valid_from: str
    status: StatusPlace | None = None
    valid_until: str | None = None
    statement_url: str | None = None
    supersedes: str | None = None


def open_badge(statement: Statement, issue: Issue) -> Json:
    """The unsigned credential; raises `InvalidCase` where an identity-card number would stand in it."""
    document = _document(statement, issue, _as_is)
    leaks = list(exposed(document))
    if leaks:
        raise InvalidCase(leaks)
    return document


def badge_template(statement: Statement, issue: Issue) -> Json:
    """The credential with a `Slot` wherever one learner differs from the next."""
    return _document(statement, issue, _as_slot)


def badge_values(statement: Statement, issue: Issue, text: StatementText | None = None) -> dict[str, Value]:
    """What goes into the slots of the template; raises `InvalidCase` as `open_badge` does.

    `text` is that of the cohort, which makes the statement's digest quick to find.
    """
    values: dict[str, Value] = {}
    _individual(statement, issue, values.setdefault, text)
    leaks = list(exposed(dict(values)))
    if leaks:
        raise InvalidCase(leaks)
    return values


def badge_shape(statement: Statement, issue: Issue) -> Hashable:
    """What two statements must share to fit one template."""
    given = (statement.grade, statement.formative_mark, statement.summative_mark, statement.learner.did)
    optional = (issue.status, issue.valid_until, issue.statement_url, issue.supersedes)
    return (
        statement.issuer,
        statement.achievement,
        statement.certificate,
        statement.term,
        statement.duration,
        tuple(value is None for value in (*given, *optional)),
        issue.status.purpose if issue.status else None,
    )


def statement_bytes(statement: Statement) -> bytes:
    """The published form of the structured statement, whose digest the credential carries."""
    return jcs.canonicalise(statement_document(statement))


def digest_sri(data: bytes) -> str:
    """The digest of a resource as Subresource Integrity writes it: `sha256-…`."""
    return f"sha256-{b64encode(hashlib.sha256(data).digest()).decode()}"


def _as_is(_: str, value: Value) -> Value:
    return value


def _as_slot(name: str, _: Value) -> Slot:
    return Slot(name)


def _document(statement: Statement, issue: Issue, say: Say) -> Json:
    achievement, learner = statement.achievement, _individual(statement, issue, say)
    document: Json = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS],
        "id": learner["id"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": bilingual(achievement.title),
        "description": bilingual(_certified(statement)),
        "issuer": profile(statement.issuer),
        "validFrom": learner["valid_from"],
        "awardedDate": learner["awarded"],
        "credentialSubject": _subject(statement, learner),
        "credentialSchema": [{"id": SCHEMA_ADDRESS, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    for key in SECURED:
        if key in learner:
            document[key] = learner[key]
    return document


def _individual(statement: Statement, issue: Issue, say: Say, text: StatementText | None = None) -> Json:
    """Everything that differs between two learners of one offering, each value through `say`."""
    found: Json = {
        "id": say("id", issue.id),
        "valid_from": say("valid_from", issue.valid_from),
        "awarded": say("awarded", day_start(statement.awarded_on)),
        "started": say("started", day_start(statement.started_on)),
        "ended": say("ended", day_end(statement.ended_on)),
        "serial": say("serial", statement.serial),
        "name": say("name", statement.learner.name),
    }
    if statement.learner.did is not None:
        found["did"] = say("did", statement.learner.did)
    for name in ("grade", "formative_mark", "summative_mark"):
        value = getattr(statement, name)
        if value is not None:
            found[name] = say(name, decimal_text(value) if isinstance(value, Decimal) else value)
    if issue.statement_url is not None:
        data = text.of(statement) if text else statement_bytes(statement)
        found["relatedResource"] = [_related(data, issue.statement_url, say)]
    return found | secured_fields(issue, say)


def secured_fields(issue: Issue, say: Say | None = None) -> Json:
    """How long a credential is valid, where its status stands, and what it takes the place of."""
    found: Json = {}
    say = say or _as_is
    if issue.valid_until is not None:
        found["validUntil"] = say("valid_until", issue.valid_until)
    if issue.status is not None:
        found["credentialStatus"] = _status(issue.status, say)
    if issue.supersedes is not None:
        found["evidence"] = [
            {
                "id": say("supersedes", issue.supersedes),
                "type": ["Evidence"],
                "name": bilingual(
                    Text("Menggantikan kelayakan terdahulu", "Supersedes an earlier credential")
                ),
                "genre": SUPERSEDED,
            }
        ]
    return found


def supersedes(document: Json) -> str | None:
    """The id of the credential that this one takes the place of."""
    listed = document.get("evidence")
    for evidence in listed if isinstance(listed, list) else ():
        if isinstance(evidence, dict) and evidence.get("genre") == SUPERSEDED:
            return evidence.get("id")
    return None


def _status(place: StatusPlace, say: Say) -> Json:
    return {
        "id": say("status_id", f"{place.list_url}#{place.index}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": place.purpose,
        "statusListIndex": say("status_index", str(place.index)),
        "statusListCredential": say("status_list", place.list_url),
    }


def _related(data: bytes, url: str, say: Say) -> Json:
    return {
        "id": say("statement_url", url),
        "mediaType": "application/json",
        "digestSRI": say("statement_digest", digest_sri(data)),
    }


def _certified(statement: Statement) -> Text:
    pattern = Text("{certificate}: {title} ({code})", "{certificate}: {title} ({code})")
    achievement = statement.achievement
    return pattern.fill(
        certificate=CERTIFICATES[statement.certificate], title=achievement.title, code=achievement.code
    )


def _subject(statement: Statement, learner: Mapping[str, Any]) -> Json:
    achievement = statement.achievement
    subject: Json = {"id": learner["did"]} if "did" in learner else {}
    subject |= {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": learner["name"],
                "identityType": "name",
            }
        ],
        "licenseNumber": learner["serial"],
        "activityStartDate": learner["started"],
        "activityEndDate": learner["ended"],
        "achievement": described(statement),
    }
    if statement.assessed:
        subject["creditsEarned"] = number(achievement.credits)
    if statement.term:
        subject["term"] = statement.term
    results = _results(achievement, learner)
    return subject | ({"result": results} if results else {})


def _results(achievement: Achievement, learner: Mapping[str, Any]) -> list[Json]:
    parts = (("formative_mark", "formative"), ("summative_mark", "summative"), ("grade", "grade"))
    return [
        {"type": ["Result"], "resultDescription": f"{achievement.url}#{part}", "value": learner[name]}
        for name, part in parts
        if name in learner
    ]


def day_start(day: date) -> str:
    """The first moment of a day in Malaysia."""
    return f"{day.isoformat()}T00:00:00{MALAYSIA}"


def day_end(day: date) -> str:
    """The last second of a day in Malaysia."""
    return f"{day.isoformat()}T23:59:59{MALAYSIA}"
