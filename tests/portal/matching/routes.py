"""Who may open the pages of comparisons and precedents."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from tests.portal import cast
from tests.portal.routes import NOT_FOUND, PEOPLE, Route

from portal.accounts.roles import Role
from portal.matching.models import Comparison, Judgement, Precedent, SourceSyllabus

KEEPERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
READERS = KEEPERS | {
    Role.SUBJECT_EXPERT,
    Role.FACULTY_OFFICE,
    Role.ELEARNING_CENTRE,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
}


def made() -> Comparison:
    fatimah = cast.appear("fatimah")
    target = cast.course(fatimah.institution, faculty=fatimah.faculty)
    source, _ = SourceSyllabus.objects.get_or_create(institution_name="PMM", codes="DIT2013")
    comparison, _ = Comparison.objects.get_or_create(
        institution=fatimah.institution,
        source=source,
        target=target,
        defaults={"overlap": Decimal(90), "settled_at": timezone.now()},
    )
    Judgement.objects.get_or_create(comparison=comparison, expert=fatimah)
    Precedent.objects.get_or_create(
        comparison=comparison, defaults={"accepted": True, "valid_from": timezone.localdate()}
    )
    return comparison


def comparison() -> dict[str, Any]:
    return {"pk": made().pk}


def judgement() -> dict[str, Any]:
    return {"pk": made().judgements.get().pk}


def precedent() -> dict[str, Any]:
    return {"pk": made().precedent.pk}


EXPERT = frozenset({Role.SUBJECT_EXPERT})
ROUTES = {
    "matching:list": Route(READERS),
    "matching:comparison": Route(READERS, strangers=NOT_FOUND, place=comparison),
    "matching:ask": Route(KEEPERS, strangers=NOT_FOUND, place=comparison, post=dict),
    "matching:reconcile": Route(KEEPERS, strangers=NOT_FOUND, place=comparison, post=dict),
    "matching:keep": Route(KEEPERS, strangers=NOT_FOUND, place=comparison, post=dict),
    "matching:syllabus": Route(KEEPERS | EXPERT, strangers=NOT_FOUND, place=comparison),
    "matching:judge": Route(EXPERT, NOT_FOUND, strangers=NOT_FOUND, place=judgement),
    "matching:share": Route(EXPERT, NOT_FOUND, strangers=NOT_FOUND, place=judgement, post=dict),
    "matching:precedents": Route(PEOPLE),
    "matching:retire": Route(KEEPERS, strangers=NOT_FOUND, place=precedent),
}
