"""Other systems with tokens, and what they send."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.credentials.addresses import course_page, did_of
from portal.credentials.models import Achievement
from portal.exchange.actions.tokens import give_token
from portal.exchange.models import ApiToken
from tauliah.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from tauliah.credentials.strict_json import Json


def token(
    acting: Appointment, courses: list[Achievement] | None = None, **fields: Any
) -> tuple[ApiToken, Client]:
    """A system with access, and a client that shows its token."""
    given = {
        "name": "e-Pembelajaran",
        "may_issue": bool(courses),
        "may_verify": True,
        "achievements": courses or [],
        "last_day": timezone.localdate() + timedelta(days=30),
    }
    kept, secret = give_token(acting, **given | fields)
    return kept, Client(headers={"Authorization": f"Bearer {secret}"})


def course_of(code: str = "UTHM") -> Achievement:
    return made.course(cast.institution(code))


def award(course: Achievement, **changes: Any) -> Json:
    """An unsigned Open Badge of a course, as a learning platform writes it."""
    given: Json = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": "urn:uuid:0b6f0f4e-3d2a-4d4c-9d2f-2f3c1e7a9b10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": course.name_ms,
        "issuer": {"id": did_of(course.institution), "type": ["Profile"], "name": course.institution.name_ms},
        "validFrom": "2026-07-20T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": "Aminah binti Yusof",
                    "identityType": "name",
                }
            ],
            "achievement": {
                "id": course_page(course),
                "type": ["Achievement"],
                "name": course.name_ms,
                "humanCode": course.code,
                "description": course.description_ms,
                "criteria": {"narrative": "Lulus."},
            },
        },
    }
    return given | changes
