"""Who may open the applicant's pages: the applicant; staff are told, strangers find nothing."""

from typing import Any

from django.core.files.base import ContentFile
from tests.portal import cast
from tests.portal.applications.applicant import claimed, diploma, planned
from tests.portal.routes import EVERYBODY, NOT_FOUND, PEOPLE, STAFF, Route, Table

from portal.accounts.roles import LEARNERS, Role
from portal.applications import drafting
from portal.applications.access import OWN_FACULTY, WHOLE_INSTITUTION
from portal.applications.models import (
    Application,
    Claim,
    Evidence,
    EvidenceUse,
    PriorApproval,
    TranscriptEntry,
)

SEES_ALL = frozenset(WHOLE_INSTITUTION | OWN_FACULTY)
"""Staff of UTHM who see an application that nobody assigned to them."""


def application(state: str = "draft") -> Application:
    """Aminah's application with one claim and a transcript, one in each state."""
    aminah = cast.appear("aminah")
    found = Application.objects.filter(student=cast.student_of(aminah), state=state).first()
    return found or made(state)


def made(state: str) -> Application:
    aminah = cast.appear("aminah")
    (course,) = planned(aminah, "BIT10303")
    new = drafting.start(aminah, cast.student_of(aminah))
    claim = claimed(new, course, diploma(aminah))
    kept = Evidence(
        person=aminah.person,
        kind="transcript",
        name="t.pdf",
        media_type="application/pdf",
        size=4,
        sha256=state,
    )
    kept.file.save("t.pdf", ContentFile(b"%PDF"))
    EvidenceUse.objects.create(application=new, claim=claim, evidence=kept)
    if state != "draft":
        new.state, new.submitted_at = state, new.created_at
        new.save()
    return new


def draft() -> dict[str, Any]:
    return {"pk": application().pk}


def submitted() -> dict[str, Any]:
    return {"pk": application("document_check").pk}


def claim_of(state: str = "draft") -> Claim:
    return application(state).claims.get()


def claim() -> dict[str, Any]:
    return {"pk": application().pk, "number": claim_of().pk}


def submitted_claim() -> dict[str, Any]:
    return {"pk": application("document_check").pk, "number": claim_of("document_check").pk}


def study() -> dict[str, Any]:
    return {"pk": application().pk, "number": claim_of().sources.get().study_id}


def file() -> dict[str, Any]:
    return {"number": application("document_check").evidence.get().evidence_id}


def entry() -> dict[str, Any]:
    granted = claim_of("document_check")
    kept, _ = TranscriptEntry.objects.get_or_create(
        claim=granted,
        defaults={
            "student": granted.application.student,
            "course": granted.target,
            "award": "credit_without_grade",
            "term": "Pengecualian Kredit",
            "credits": 3,
        },
    )
    return {"number": kept.pk}


def approval() -> dict[str, Any]:
    aminah = cast.appear("aminah")
    (course,) = planned(aminah, "BIT10303")
    asked, _ = PriorApproval.objects.get_or_create(
        institution=course.institution,
        student=cast.student_of(aminah),
        basis="mooc",
        title="Python",
        provider="edX",
        target=course,
    )
    return {"number": asked.pk}


def own(place: Any, **more: Any) -> Route:
    """A page of Aminah's alone: staff are told that it is not theirs, other learners do not find it."""
    refused = dict.fromkeys(STAFF, 403)
    return Route(frozenset({Role.STUDENT}), refused, NOT_FOUND, place, **more)


def nothing() -> dict[str, Any]:
    return {}


APPLICANT: Table = {
    "applications:list": Route(PEOPLE),
    "applications:start": Route(LEARNERS),
    "applications:from_check": Route(EVERYBODY, post=nothing),
    "applications:files": Route(LEARNERS),
    "applications:upload": Route(LEARNERS, post=nothing),
    "applications:evidence_file": Route(SEES_ALL | {Role.STUDENT}, NOT_FOUND, NOT_FOUND, file),
    "applications:delete_file": own(file, post=nothing),
    "applications:transcript": Route(LEARNERS),
    "applications:attend": own(entry),
    "applications:approvals": Route(LEARNERS),
    "applications:approval_new": Route(frozenset({Role.STUDENT}), dict.fromkeys(STAFF, 403)),
    "applications:approval_withdraw": own(approval, post=nothing),
    "applications:detail": Route(SEES_ALL | {Role.STUDENT}, NOT_FOUND, NOT_FOUND, submitted),
    "applications:studies": own(draft),
    "applications:study_new": own(draft),
    "applications:study": own(study),
    "applications:study_remove": own(study, post=nothing),
    "applications:claim_new": own(draft),
    "applications:claim": own(claim),
    "applications:claim_remove": own(claim, post=nothing),
    "applications:take_back": own(submitted_claim),
    "applications:table": own(draft),
    "applications:documents": own(draft),
    "applications:checklist": own(draft),
    "applications:review": own(draft),
    "applications:discard": own(draft),
    "applications:answer": own(submitted),
    "applications:withdraw": own(submitted),
    "applications:appeal": own(submitted),
}
