"""What an institution signs for another system: awards of the courses that the token names."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.credentials.addresses import course_page, did_of, list_address
from portal.credentials.models import Achievement
from portal.credentials.signing import issuing_key, proof_options
from portal.credentials.status import PURPOSE, places
from portal.exchange.models import ApiToken, SignedCredential
from portal.exchange.vc_api.issuing import Signer, issue
from portal.exchange.vc_api.refusal import BadRequest, misformed, object_in, one
from portal.records.register import record
from tauliah.credentials.badge_schema import is_open_badge, schema_problems
from tauliah.credentials.identity_card import exposed
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many
from tauliah.files.contexts import published
from tauliah.values.text import Text


@transaction.atomic
def issued_for(token: ApiToken, body: Json) -> Json:
    """Sign a credential for another system, with a place in our status list; raises ``BadRequest``."""
    document = dict(object_in(body, "credential"))
    for name in ("proof", "credentialStatus"):
        if name in document:
            raise one(
                f"credential.{name}",
                f"Hantar tanpa {name}; portal yang menambahnya.",
                f"Send it without {name}; the portal adds it.",
            )
    document.setdefault("id", f"urn:uuid:{uuid4()}")
    course = _course(token, document)
    listed, (index,) = places(token.institution, 1)
    signed = issue(
        body | {"credential": document}, _signer(token, list_address(listed), index), timezone.now()
    )
    _must_be_badge(signed)
    kept = _kept(token, course, signed, (listed, index))
    record(
        None,
        "exchange.sign",
        kept,
        institution=token.institution,
        after={"id": kept.document_id, "course": course.code, "system": token.name},
    )
    return signed


def _course(token: ApiToken, document: Json) -> Achievement:
    """The one course that is certified; the token must name it."""
    allowed: dict[str, Achievement] = {
        course_page(each): each for each in token.achievements.filter(active=True)
    }
    subjects = [each for each in many(document.get("credentialSubject")) if isinstance(each, dict)]
    found = [each.get("achievement") for each in subjects]
    where = "credential.credentialSubject.achievement"
    if len(found) != 1 or not isinstance(found[0], dict):
        raise one(where, "Perakui satu kursus bagi seorang pelajar.", "Certify one course of one learner.")
    course = allowed.get(str(found[0].get("id")))
    if course is None:
        raise BadRequest([(f"{where}.id", _not_allowed(allowed))])
    if found[0].get("humanCode") not in (None, course.code):
        raise one(
            f"{where}.humanCode",
            f"Kod kursus ini ialah {course.code}.",
            f"This course's code is {course.code}.",
        )
    return course


def _not_allowed(allowed: Iterable[str]) -> Text:
    listed = ", ".join(allowed) or "–"
    return Text(
        f"Token ini hanya boleh memperakui kursus: {listed}.",
        f"This token may certify these courses only: {listed}.",
    )


def _signer(token: ApiToken, list_url: str, index: int) -> Signer:
    try:
        key = issuing_key(token.institution)
    except Refused as refused:
        raise one("credential.issuer", str(refused.message), str(refused.message)) from refused
    place = {
        "id": f"{list_url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }
    method = proof_options(token.institution, key).verification_method
    return Signer(did_of(token.institution), method, key.signing, published(), status=lambda: place)


def _must_be_badge(signed: Json) -> None:
    if not is_open_badge(signed):
        raise one(
            "credential.type",
            "Hanya Open Badges 3.0 (OpenBadgeCredential) ditandatangani.",
            "Only Open Badges 3.0 (OpenBadgeCredential) are signed.",
        )
    if problems := [*schema_problems(signed), *exposed(signed)]:
        raise misformed(problems, "credential")


def _kept(token: ApiToken, course: Achievement, signed: Json, place: Any) -> SignedCredential:
    try:
        with transaction.atomic():
            return SignedCredential.objects.create(
                institution=token.institution,
                token=token,
                achievement=course,
                document_id=signed["id"][:500],
                document=signed,
                status_list=place[0],
                status_index=place[1],
            )
    except IntegrityError as error:
        raise one(
            "credential.id",
            "Kelayakan dengan id ini telah ditandatangani; beri setiap kelayakan id sendiri.",
            "A credential with this id has been signed already; give each credential an id of its own.",
        ) from error
