"""The shape of an Open Badges 3.0 credential, as a JSON Schema of our own."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import jsonschema_rs

from tauliah.credentials.contexts import CREDENTIALS_V2
from tauliah.credentials.strict_json import Json
from tauliah.values.case import Problem, path
from tauliah.values.text import Text

_TEXT: Json = {"type": "string"}
_BRIEF: Json = {"type": "string", "minLength": 1}
_NUMBER: Json = {"type": "number"}
_MOMENT: Json = {"type": "string", "format": "date-time"}
_TOKEN: Json = {"type": "string", "pattern": r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$"}
_LANGUAGE: Json = {"type": "string", "pattern": r"^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"}
_EXTENSION = r"(ext:)[a-z|A-Z|0-9|.|-|_]+"
_IDENTIFIERS = (
    "name",
    "sourcedId",
    "systemId",
    "productId",
    "userName",
    "accountId",
    "emailAddress",
    "nationalIdentityNumber",
    "isbn",
    "issn",
    "lisSourcedId",
    "oneRosterSourcedId",
    "sisSourcedId",
    "ltiContextId",
    "ltiDeploymentId",
    "ltiToolId",
    "ltiPlatformId",
    "ltiUserId",
    "identifier",
)
_ACHIEVEMENTS = (
    "Achievement",
    "ApprenticeshipCertificate",
    "Assessment",
    "Assignment",
    "AssociateDegree",
    "Award",
    "BachelorDegree",
    "Badge",
    "Certificate",
    "CertificateOfCompletion",
    "Certification",
    "CoCurricular",
    "CommunityService",
    "Competency",
    "Course",
    "Degree",
    "Diploma",
    "DoctoralDegree",
    "Fieldwork",
    "GeneralEducationDevelopment",
    "JourneymanCertificate",
    "LearningProgram",
    "License",
    "MasterCertificate",
    "MasterDegree",
    "Membership",
    "MicroCredential",
    "ProfessionalDoctorate",
    "QualityAssuranceCredential",
    "ResearchDoctorate",
    "SecondarySchoolDiploma",
)
_TARGETS = (
    "CFItem",
    "CFRubric",
    "CFRubricCriterion",
    "CFRubricCriterionLevel",
    "CTDL",
    "ceasn:Competency",
    "ceterms:Credential",
)
_RESULTS = (
    "GradePointAverage",
    "LetterGrade",
    "Percent",
    "PerformanceLevel",
    "PredictedScore",
    "RawScore",
    "Result",
    "RubricCriterion",
    "RubricCriterionLevel",
    "RubricScore",
    "ScaledScore",
    "Status",
)
_STATUSES = ("Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew")


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _list(item: Json) -> Json:
    return {"type": "array", "items": item}


def _word(words: tuple[str, ...]) -> Json:
    return {"oneOf": [{"type": "string", "enum": list(words)}, {"type": "string", "pattern": _EXTENSION}]}


def _kinds(*kinds: str) -> Json:
    """A list of types that has one of these among them."""
    return {"type": "array", "minItems": 1, "items": _TEXT, "contains": {"enum": list(kinds)}}


def _object(required: tuple[str, ...], properties: Mapping[str, Json], *, closed: bool = False) -> Json:
    shape = {"type": "object", "required": list(required), "properties": dict(properties)}
    return shape | ({"additionalProperties": False} if closed else {})


def _typed(kind: str, required: tuple[str, ...], properties: Mapping[str, Json]) -> Json:
    """An object of one kind, whose types are a list."""
    return _object(("type", *required), {"id": _BRIEF, "type": _kinds(kind), **properties})


def _named(kind: str, required: tuple[str, ...], properties: Mapping[str, Json], *, closed: bool) -> Json:
    """An object of one kind, whose type is that word alone."""
    only = {"type": "string", "enum": [kind]}
    return _object(("type", *required), {"type": only, **properties}, closed=closed)


_SERVICE = _object(("id", "type"), {"id": _BRIEF, "type": _BRIEF})
_CREDENTIAL: Mapping[str, Json] = MappingProxyType(
    {
        "@context": {
            "type": "array",
            "minItems": 2,
            "prefixItems": [
                {"const": CREDENTIALS_V2},
                {
                    "type": "string",
                    "pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json$",
                },
            ],
            "items": {"type": ["string", "object"]},
        },
        "id": _BRIEF,
        "name": _TEXT,
        "description": _TEXT,
        "issuer": {"oneOf": [_BRIEF, _ref("Profile")]},
        "awardedDate": _MOMENT,
        "validFrom": _MOMENT,
        "validUntil": _MOMENT,
        "proof": _list(_ref("Proof")),
        "credentialSchema": _list(_SERVICE),
        "credentialStatus": _SERVICE,
        "refreshService": _SERVICE,
        "termsOfUse": _list(_object(("type",), {"id": _TEXT, "type": _BRIEF})),
    }
)
_PROOF = dict.fromkeys(
    (
        "type",
        "cryptosuite",
        "challenge",
        "domain",
        "nonce",
        "proofPurpose",
        "proofValue",
        "verificationMethod",
    ),
    _TEXT,
) | {"created": _MOMENT}
_PROFILE = dict.fromkeys(
    (
        "name",
        "url",
        "phone",
        "description",
        "email",
        "official",
        "familyName",
        "givenName",
        "additionalName",
        "patronymicName",
        "honorificPrefix",
        "honorificSuffix",
        "familyNamePrefix",
    ),
    _TEXT,
)
_ADDRESS = dict.fromkeys(
    (
        "addressCountry",
        "addressCountryCode",
        "addressRegion",
        "addressLocality",
        "streetAddress",
        "postOfficeBoxNumber",
        "postalCode",
    ),
    _TEXT,
)
_ENDORSED: Json = {"endorsement": _list(_ref("EndorsementCredential")), "endorsementJwt": _list(_TOKEN)}
_ALIGNED: Json = {"alignment": _list(_ref("Alignment"))}
_VERSIONED: Json = {"inLanguage": _LANGUAGE, "version": _TEXT}

_DEFINITIONS: Json = {
    "AchievementSubject": _typed(
        "AchievementSubject",
        ("achievement",),
        {
            "achievement": _ref("Achievement"),
            "activityStartDate": _MOMENT,
            "activityEndDate": _MOMENT,
            "creditsEarned": _NUMBER,
            "identifier": _list(_ref("IdentityObject")),
            "image": _ref("Image"),
            "licenseNumber": _TEXT,
            "narrative": _TEXT,
            "result": _list(_ref("Result")),
            "role": _TEXT,
            "source": _ref("Profile"),
            "term": _TEXT,
        },
    ),
    "Achievement": _typed(
        "Achievement",
        ("id", "name", "description", "criteria"),
        _ALIGNED
        | _ENDORSED
        | _VERSIONED
        | {
            "achievementType": _word(_ACHIEVEMENTS),
            "creator": _ref("Profile"),
            "creditsAvailable": _NUMBER,
            "criteria": _object((), {"id": _TEXT, "narrative": _TEXT}),
            "description": _TEXT,
            "fieldOfStudy": _TEXT,
            "humanCode": _TEXT,
            "image": _ref("Image"),
            "name": _TEXT,
            "otherIdentifier": _list(_ref("IdentifierEntry")),
            "related": _list(_typed("Related", ("id",), _VERSIONED)),
            "resultDescription": _list(_ref("ResultDescription")),
            "specialization": _TEXT,
            "tag": _list(_TEXT),
        },
    ),
    "Alignment": _typed(
        "Alignment",
        ("targetName", "targetUrl"),
        {
            "targetCode": _TEXT,
            "targetDescription": _TEXT,
            "targetName": _TEXT,
            "targetFramework": _TEXT,
            "targetType": _word(_TARGETS),
            "targetUrl": _TEXT,
        },
    ),
    "Result": _typed(
        "Result",
        (),
        _ALIGNED
        | {
            "achievedLevel": _TEXT,
            "resultDescription": _TEXT,
            "status": {"type": "string", "enum": list(_STATUSES)},
            "value": _TEXT,
        },
    ),
    "ResultDescription": _typed(
        "ResultDescription",
        ("id", "name", "resultType"),
        _ALIGNED
        | {
            "allowedValue": _list(_TEXT),
            "name": _TEXT,
            "requiredLevel": _TEXT,
            "requiredValue": _TEXT,
            "resultType": _word(_RESULTS),
            "rubricCriterionLevel": _list(_ref("RubricCriterionLevel")),
            "valueMax": _TEXT,
            "valueMin": _TEXT,
        },
    ),
    "RubricCriterionLevel": _typed(
        "RubricCriterionLevel",
        ("id", "name"),
        _ALIGNED | {"description": _TEXT, "level": _TEXT, "name": _TEXT, "points": _TEXT},
    ),
    "Profile": _typed(
        "Profile",
        ("id",),
        _PROFILE
        | _ENDORSED
        | {
            "address": _ref("Address"),
            "dateOfBirth": {"type": "string", "format": "date"},
            "image": _ref("Image"),
            "otherIdentifier": _list(_ref("IdentifierEntry")),
            "parentOrg": _ref("Profile"),
        },
    ),
    "Address": _typed("Address", (), _ADDRESS | {"geo": _ref("GeoCoordinates")}),
    "GeoCoordinates": _named(
        "GeoCoordinates",
        ("latitude", "longitude"),
        {"latitude": _NUMBER, "longitude": _NUMBER},
        closed=False,
    ),
    "Image": _named("Image", ("id",), {"id": _BRIEF, "caption": _TEXT}, closed=True),
    "IdentityObject": _named(
        "IdentityObject",
        ("hashed", "identityHash", "identityType"),
        {
            "hashed": {"type": "boolean"},
            "identityHash": _TEXT,
            "identityType": _word(_IDENTIFIERS),
            "salt": _TEXT,
        },
        closed=True,
    ),
    "IdentifierEntry": _named(
        "IdentifierEntry",
        ("identifier", "identifierType"),
        {"identifier": _TEXT, "identifierType": _word(_IDENTIFIERS)},
        closed=True,
    ),
    "Evidence": _typed(
        "Evidence", (), dict.fromkeys(("narrative", "name", "description", "genre", "audience"), _TEXT)
    ),
    "EndorsementSubject": _typed("EndorsementSubject", ("id",), {"endorsementComment": _TEXT}),
    "EndorsementCredential": _object(
        ("@context", "type", "id", "name", "credentialSubject", "issuer", "validFrom"),
        dict(_CREDENTIAL)
        | {
            "type": {"allOf": [_kinds("VerifiableCredential"), _kinds("EndorsementCredential")]},
            "credentialSubject": _ref("EndorsementSubject"),
        },
    ),
    "Proof": _object(("type",), _PROOF),
}
SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": _DEFINITIONS,
    **_object(
        ("@context", "id", "type", "credentialSubject", "issuer", "validFrom"),
        dict(_CREDENTIAL)
        | _ENDORSED
        | {
            "type": {
                "allOf": [
                    _kinds("VerifiableCredential"),
                    _kinds("AchievementCredential", "OpenBadgeCredential"),
                ]
            },
            "image": _ref("Image"),
            "credentialSubject": _ref("AchievementSubject"),
            "evidence": _list(_ref("Evidence")),
        },
    ),
}
"""What the standard requires, so that a badge of any issuer can be checked against it."""


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(SCHEMA, validate_formats=True)


def is_open_badge(document: Json) -> bool:
    """Whether the document says that it is an Open Badge of version 3."""
    types = document.get("type")
    named = types if isinstance(types, list) else [types]
    return "OpenBadgeCredential" in named or "AchievementCredential" in named


def schema_problems(document: Json) -> list[Problem]:
    """Every place in which the document is not an Open Badges 3.0 credential."""
    validator = _validator()
    if validator.is_valid(document):
        return []
    return [_problem(error) for error in validator.iter_errors(document)]


def _problem(error: Any) -> Problem:
    found = error.message if len(error.message) <= 200 else f"{error.message[:200]}…"
    return Problem(
        path(error.instance_path),
        Text(f"Tidak menepati Open Badges 3.0: {found}", f"Not as Open Badges 3.0 requires: {found}"),
    )
