"""A course and its issuer as values of the core: frozen once for each wording, read back for every paper."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.urls import reverse

from portal.credentials.addresses import course_page, did_of, whole
from portal.credentials.models import Achievement, Edition, IssuerProfile
from portal.credentials.preparation import must_have_profile, must_have_signatories
from portal.institutions.models import Institution, Signatory
from portal.institutions.paper import text_of
from portal.institutions.signing import signatories_on
from tauliah.credentials import achievement as core
from tauliah.credentials import issuer as core_issuer
from tauliah.values.text import Text, same

Row = Mapping[str, Any]


def course_of(achievement: Achievement) -> dict[str, Any]:
    """Write a course as it is certified from now on."""
    origin = None
    if achievement.origin_code:
        origin = {
            "ms": achievement.origin_ms,
            "en": achievement.origin_en or achievement.origin_ms,
            "code": achievement.origin_code,
            "url": achievement.origin_url,
        }
    return {
        "url": course_page(achievement),
        "kind": achievement.kind,
        "title": [achievement.name_ms, achievement.name_en or achievement.name_ms],
        "code": achievement.code,
        "edition": achievement.edition,
        "description": [achievement.description_ms, achievement.description_en],
        "enrolment": [achievement.enrolment_ms, achievement.enrolment_en],
        "instruction": achievement.instruction,
        "examination": achievement.examination,
        "delivery": achievement.delivery,
        "study_mode": achievement.study_mode,
        "mqf_level": achievement.mqf_level,
        "credits": str(achievement.credits),
        "learning_hours": str(achievement.learning_hours),
        "outcomes": achievement.outcomes,
        "assessment": achievement.assessment,
        "assurance": achievement.assurance,
        "origin": origin,
        "skills": achievement.skills,
        "field": achievement.field,
        "required_grade": achievement.required_grade,
    }


def issuer_on(institution: Institution, day: date, achievement: Achievement | None = None) -> dict[str, Any]:
    """Write the institution as credentials of a day name it; raises ``Refused`` with what is missing."""
    profile = must_have_profile(institution)
    faculty = achievement.faculty if achievement else None
    signing = must_have_signatories(
        list(signatories_on(institution, day, faculty=faculty, certificates=True)[:2])
    )
    crest = reverse("institutions:crest", args=[institution.code]) if institution.crest else ""
    return {
        "did": did_of(institution),
        "name": [institution.name_ms, institution.name_en or institution.name_ms],
        "status": [profile.status_ms, profile.status_en],
        "address": address_of(profile),
        "email": institution.email,
        "phone": institution.phone,
        "url": institution.website,
        "crest": whole(crest) if crest else None,
        "mqa_id": institution.registered_as or None,
        "signatories": [_signatory(one) for one in signing],
    }


def address_of(profile: IssuerProfile) -> dict[str, str]:
    """Write where the institution is."""
    return {name: getattr(profile, name) for name in ("street", "locality", "region", "postal_code")}


def _signatory(one: Signatory) -> dict[str, Any]:
    return {"name": one.person_name, "office": [one.name_ms, one.name_en or one.name_ms], "pk": one.pk}


def edition_of(institution: Institution, course: Row, issuer: Row) -> Edition:
    """Keep a course with its issuer, once for each wording."""
    text = json.dumps([course, issuer], sort_keys=True, ensure_ascii=False)
    digest = sha256(text.encode()).hexdigest()
    kept, _ = Edition.objects.get_or_create(
        institution=institution, digest=digest, defaults={"course": course, "issuer": issuer}
    )
    return kept


# --- Read back -----------------------------------------------------------------------------------


def core_course(row: Row) -> core.Achievement:
    """Read a course as the core knows it."""
    origin = row["origin"]
    return core.Achievement(
        url=row["url"],
        kind=row["kind"],
        title=text_of(*row["title"]),
        code=row["code"],
        description=Text(*row["description"]),
        instruction=tuple(row["instruction"]),
        examination=tuple(row["examination"]),
        delivery=row["delivery"],
        study_mode=row["study_mode"],
        mqf_level=row["mqf_level"],
        credits=Decimal(row["credits"]),
        learning_hours=Decimal(row["learning_hours"]),
        enrolment=Text(*row["enrolment"]),
        outcomes=tuple(
            core.Outcome(code=each["code"], text=text_of(each["ms"], each["en"])) for each in row["outcomes"]
        ),
        assessment=tuple(_component(each) for each in row["assessment"]),
        assurance=tuple(_assurance(each) for each in row["assurance"]),
        origin=core.Origin(
            name=text_of(origin["ms"], origin["en"]), mqr_code=origin["code"], url=origin["url"]
        )
        if origin
        else None,
        version=row["edition"] or None,
        skills=tuple(row["skills"]),
        field=row["field"] or None,
        required_grade=row["required_grade"],
    )


def _component(row: Row) -> core.Component:
    return core.Component(
        name=text_of(row["ms"], row["en"]), percent=Decimal(str(row["percent"])), summative=row["summative"]
    )


def _assurance(row: Row) -> core.Assurance:
    return core.Assurance(
        kind=row["kind"],
        body=same(row["body"]),
        reference=row.get("reference") or None,
        url=row.get("url") or None,
    )


def core_issuer_of(row: Row) -> core_issuer.Issuer:
    """Read an issuer as the core knows it; the first signatory signs."""
    first = row["signatories"][0]
    return core_issuer.Issuer(
        did=row["did"],
        name=text_of(*row["name"]),
        status=Text(*row["status"]),
        address=core_issuer.Address(**row["address"]),
        email=row["email"],
        phone=row["phone"],
        url=row["url"],
        signatory=core_issuer.Signatory(name=first["name"], office=text_of(*first["office"])),
        crest=row["crest"],
        mqa_id=row["mqa_id"],
    )
