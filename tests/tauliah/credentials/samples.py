"""A whole micro-credential statement as Open Badges has it, and a few smaller documents; nobody is real."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from tauliah.credentials import contexts as c
from tauliah.credentials.eddsa import SigningKey

Json = dict[str, Any]

KEY = SigningKey.from_seed(bytes(range(32)))
OTHER = SigningKey.from_seed(bytes(range(1, 33)))
CREATED = "2026-11-22T04:00:00Z"
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)

STATEMENT: Json = {
    "@context": [c.CREDENTIALS_V2, c.OPEN_BADGES, c.OPEN_BADGES_EXTENSIONS],
    "id": "urn:uuid:6f1e2a54-6f0c-4f0e-9a55-2f4b3f0a9d11",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Asas Analitik Data",
    "description": {"@value": "Penyata kredensial mikro", "@language": "ms"},
    "issuer": {
        "id": "did:web:ukb.example",
        "type": ["Profile"],
        "name": "Universiti Kejora Bistari",
        "url": "https://ukb.example",
        "email": "pendaftar@ukb.example",
        "official": "Pendaftar",
        "address": {
            "type": ["Address"],
            "addressCountry": "Malaysia",
            "addressCountryCode": "MY",
            "addressRegion": "Selangor",
            "postalCode": "43600",
        },
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "JPT/BPP/0042", "identifierType": "ext:MQA_HEP"}
        ],
    },
    "validFrom": "2026-11-01T00:00:00+08:00",
    "awardedDate": "2026-10-28T09:30:00+08:00",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": False,
                "identityHash": "Siti Contoh binti Ali",
            },
            {
                "type": "IdentityObject",
                "identityType": "studentId",
                "hashed": False,
                "identityHash": "A-000-17",
            },
        ],
        "licenseNumber": "UKB-MC-2026-00017",
        "creditsEarned": 3,
        "activityStartDate": "2026-03-02",
        "activityEndDate": "2026-06-12",
        "term": "Semester 2, 2025/2026",
        "achievement": {
            "id": "urn:uuid:9d0a0b4e-50a1-4b3c-8a8b-bb9a6a1f3c70",
            "type": ["Achievement"],
            "achievementType": "MicroCredential",
            "name": "Asas Analitik Data",
            "description": "Membaca, membersih dan menerangkan data.\nSatu projek kecil.",
            "humanCode": "MC-STQD1013",
            "version": "2025",
            "inLanguage": "ms",
            "fieldOfStudy": "Sains Data",
            "creditsAvailable": 3.5,
            "criteria": {"narrative": 'Tugasan 60 %, projek 40 %; "lulus" ialah gred C \\ ke atas.'},
            "tag": ["Dalam talian", "Separuh masa", "120 jam"],
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetName": "Aras 6",
                    "targetUrl": "https://www.mqa.gov.my/mqf",
                    "targetType": "ext:MQFLevel",
                    "targetCode": "MQF-6",
                    "targetFramework": "Malaysian Qualifications Framework",
                },
                *(
                    {
                        "type": ["Alignment"],
                        "targetName": f"CLO{n}",
                        "targetUrl": f"https://ukb.example/clo/{n}",
                        "targetType": "ext:CourseLearningOutcome",
                        "targetDescription": f"Hasil pembelajaran {n}",
                    }
                    for n in (1, 2, 3)
                ),
            ],
            "resultDescription": [
                {
                    "id": "urn:uuid:4f5e8c4c-7e35-4a8e-9d16-6a5b1d5b1a01",
                    "type": ["ResultDescription"],
                    "name": "Gred",
                    "resultType": "LetterGrade",
                    "allowedValue": ["A", "A-", "B+", "B", "B-", "C+", "C"],
                    "requiredValue": "C",
                },
                {
                    "id": "urn:uuid:4f5e8c4c-7e35-4a8e-9d16-6a5b1d5b1a02",
                    "type": ["ResultDescription"],
                    "name": "Penilaian berterusan",
                    "resultType": "Percent",
                    "valueMax": "60",
                },
            ],
        },
        "result": [
            {
                "type": ["Result"],
                "resultDescription": "urn:uuid:4f5e8c4c-7e35-4a8e-9d16-6a5b1d5b1a01",
                "value": "A-",
            },
            {
                "type": ["Result"],
                "resultDescription": "urn:uuid:4f5e8c4c-7e35-4a8e-9d16-6a5b1d5b1a02",
                "value": "51",
            },
        ],
    },
    "credentialSchema": [
        {
            "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
            "type": "1EdTechJsonSchemaValidator2019",
        }
    ],
    "credentialStatus": {
        "id": "https://ukb.example/status/1#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": "https://ukb.example/status/1",
    },
}

SMALL: Json = {
    "@context": [c.CREDENTIALS_V2],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential"],
    "name": "Small",
    "issuer": "did:web:ukb.example",
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "name": "Somebody"},
}


def statement(**changes: Any) -> Json:
    return deepcopy(STATEMENT) | changes


def small(**changes: Any) -> Json:
    return deepcopy(SMALL) | changes
