"""Who may open the pages on which offerings are set up; the catalogue is everybody's."""

from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.offerings.learning_routes import there
from tests.portal.routes import EVERYBODY, FORBIDDEN, NOT_FOUND, STAFF, Route, Table

from portal.accounts.roles import LEARNERS, Role
from portal.offerings.models import Duty, Offering, Paper, Platform, Teacher
from portal.offerings.rights import SETTERS
from portal.proposals.access import CENTRE

UNSEEN = dict.fromkeys({Role.SUBJECT_EXPERT, Role.ASSESSOR}, NOT_FOUND)
"""At UTHM these two teach no course, so they find none."""
SEEING = STAFF - set(UNSEEN)
HIDDEN = UNSEEN | dict.fromkeys(LEARNERS, FORBIDDEN)
TEACHING = CENTRE | {Role.LECTURER}
EXPERT = frozenset({Role.LECTURER})
"""Who answers for an offering as its SME; the deputy dean, its facilitator, only helps to teach it (UTM 5.2)."""


def but(allowed: frozenset[Any]) -> dict[Any, int]:
    """What the others get: some find nothing, those who see it are told that it is not for them."""
    return {role: UNSEEN.get(role, FORBIDDEN) for role in set(Role) - allowed}


def place() -> dict[str, Any]:
    return {"pk": there().pk}


def paid() -> dict[str, Any]:
    Offering.objects.filter(pk=there().pk).update(certificate="paid", certificate_fee=Decimal(100))
    return place()


def facilitator() -> Teacher:
    made, _new = Teacher.objects.get_or_create(
        offering=there(), person=cast.appear("hassan").person, part=Teacher.Part.FACILITATOR
    )
    return made


def of_teacher() -> dict[str, Any]:
    return {"pk": facilitator().pk}


def of_duty() -> dict[str, Any]:
    return {"pk": Duty.objects.create(teacher=facilitator(), text="Menjawab forum").pk}


def of_paper() -> dict[str, Any]:
    paper = Paper(offering=there(), kind="approval", reference="UTHM/T/2026/000001")
    paper.file.save("surat.pdf", ContentFile(b"%PDF-"), save=False)
    paper.save()
    return {"pk": paper.pk}


def of_platform() -> dict[str, Any]:
    made, _new = Platform.objects.get_or_create(institution=cast.institution("UTHM"), name="Author")
    return {"pk": made.pk}


def of_course() -> dict[str, Any]:
    return {"pk": there().proposal_id}


def announced() -> dict[str, Any]:
    found = Offering.objects.filter(state="announced").first()
    return {"pk": (found or stories.offering("UTHM")).pk}


def reasoned() -> dict[str, Any]:
    return {"reason": "Pensyarah sakit."}


SETUP: Table = {
    "offerings:list": Route(STAFF),
    "offerings:new": Route(SETTERS),
    "offerings:timetable": Route(STAFF),
    "offerings:platforms": Route(STAFF),
    "offerings:platform-new": Route(CENTRE),
    "offerings:platform": Route(CENTRE, place=of_platform),
    "offerings:guides": Route(STAFF),
    "offerings:guide": Route(CENTRE, place=lambda: {"topic": "netiquette"}),
    "offerings:letter": Route(SEEING, HIDDEN, NOT_FOUND, of_paper),
    "offerings:teacher-remove": Route(CENTRE, but(CENTRE), NOT_FOUND, of_teacher, post=dict),
    "offerings:duty": Route(TEACHING, but(TEACHING), NOT_FOUND, of_teacher, post=lambda: {"text": "Forum"}),
    "offerings:agreement": Route(SEEING, HIDDEN, NOT_FOUND, of_teacher),
    "offerings:duty-settle": Route(
        TEACHING | {Role.DEPUTY_DEAN}, but(TEACHING | {Role.DEPUTY_DEAN}), NOT_FOUND, of_duty, post=dict
    ),
    "offerings:offering": Route(SEEING, HIDDEN, NOT_FOUND, place),
    "offerings:edit": Route(CENTRE, but(CENTRE), NOT_FOUND, place),
    "offerings:step": Route(
        CENTRE, but(CENTRE), NOT_FOUND, lambda: place() | {"name": "close_early"}, post=reasoned
    ),
    "offerings:closing": Route(
        EXPERT,
        but(EXPERT),
        NOT_FOUND,
        lambda: of_teacher() and place(),
        post=reasoned,
    ),
    "offerings:payment-sign": Route(
        EXPERT,
        but(EXPERT),
        NOT_FOUND,
        lambda: of_teacher() and paid(),
        post=lambda: {"read": "yes"},
    ),
    "offerings:payment-agreement": Route(SEEING, HIDDEN, NOT_FOUND, paid),
    "offerings:teachers": Route(SEEING, HIDDEN, NOT_FOUND, place),
    "offerings:assessments": Route(SEEING, HIDDEN, NOT_FOUND, place),
    "offerings:readiness": Route(frozenset(), dict.fromkeys(LEARNERS, FORBIDDEN), None, place),
    "offerings:plan": Route(SEEING, HIDDEN, NOT_FOUND, place),
    "offerings:plan-pdf": Route(SEEING, HIDDEN, NOT_FOUND, place),
    "learn:catalogue": Route(EVERYBODY),
    "learn:sitemap": Route(EVERYBODY),
    "learn:feed": Route(EVERYBODY),
    "learn:guides": Route(EVERYBODY, place=lambda: place() and {"code": "uthm"}),
    "learn:guide": Route(EVERYBODY, place=lambda: place() and {"code": "uthm", "topic": "terms"}),
    "learn:offering": Route(EVERYBODY, place=announced),
    "learn:course": Route(EVERYBODY, place=of_course),
    "learn:course-data": Route(EVERYBODY, place=of_course),
    "learn:ctdl": Route(EVERYBODY, place=of_course),
    "learn:brochure": Route(EVERYBODY, place=of_course),
}
