"""Who may open the pages of what is monitored: readers all of it, actions those whose duty they are."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from tests.portal import cast
from tests.portal.monitoring.income_routes import INCOME_ROUTES
from tests.portal.offerings import stories
from tests.portal.routes import FORBIDDEN, NOT_FOUND, Route

from portal.accounts.roles import Role
from portal.monitoring.access import LOAD_KEEPERS, READERS, REVIEWERS
from portal.monitoring.models import Review, ReviewAction, UpkeepLetter
from portal.offerings.access import OWN_FACULTY, WHOLE_INSTITUTION
from portal.proposals.access import CENTRE
from portal.proposals.actions.partnering import KEEPERS
from portal.proposals.models import Partner

SEES = (WHOLE_INSTITUTION | OWN_FACULTY | {Role.LECTURER}) - {Role.BURSAR}
"""Azlina teaches the offering and developed its course; experts and others without a part find nothing."""
UNSEEN = dict.fromkeys(Role, FORBIDDEN) | dict.fromkeys(READERS - SEES, NOT_FOUND)


OVERSEERS = REVIEWERS | KEEPERS
"""Who keeps results of partners: those who review, and those who arrange partners."""


def closed_to(allowed: frozenset[Role]) -> dict[Role, int]:
    """What others get: who sees the page but may not act is told so."""
    return UNSEEN | dict.fromkeys(SEES - allowed, FORBIDDEN)


def offering() -> dict[str, Any]:
    return {"pk": stories.running_offering("UTHM").pk}


def course() -> dict[str, Any]:
    return {"pk": stories.registered("UTHM").pk}


def log() -> dict[str, Any]:
    return {"on": timezone.localdate().isoformat(), "text": "Sesi langsung."}


def a_letter() -> dict[str, Any]:
    letter = UpkeepLetter(
        proposal=stories.registered("UTHM"),
        kind="warning",
        reference="UTHM/P/2026/000001",
        issued_on=date(2026, 1, 5),
        issued_by=cast.appear("kumar"),
    )
    letter.file.save("surat.pdf", ContentFile(b"%PDF-1.7"))
    return {"pk": letter.pk}


def a_review() -> Review:
    return Review.objects.create(
        proposal=stories.registered("UTHM"), year=2025, findings="Baik.", by=cast.appear("nathan")
    )


def review_place() -> dict[str, Any]:
    made = a_review()
    return {"pk": made.proposal_id, "number": made.pk}


def an_action() -> dict[str, Any]:
    return {"pk": ReviewAction.objects.create(review=a_review(), text="Kemas kini video.").pk}


def a_partner() -> dict[str, Any]:
    return {"pk": Partner.objects.create(proposal=stories.registered("UTHM"), name="Kolej Contoh").pk}


def review() -> dict[str, Any]:
    return {"year": "2025", "findings": "Baik."}


def results() -> dict[str, Any]:
    return {"cohort": "A", "ended_on": "2026-01-05", "enrolled": "9", "withdrawn": "1", "completed": "7"}


ACTS = {
    "monitoring:log": (frozenset({Role.LECTURER}), offering, log),
    "monitoring:maintain": (frozenset({Role.LECTURER}), course, log),
    "monitoring:write_letter": (CENTRE, course, lambda: {"kind": "warning"}),
    "monitoring:review": (REVIEWERS, course, review),
    "monitoring:add_action": (REVIEWERS, review_place, lambda: {"text": "Kemas kini video."}),
    "monitoring:finish_action": (REVIEWERS, an_action, dict),
    "monitoring:visit": (REVIEWERS, a_partner, lambda: {"on": "2026-01-05", "findings": "Baik."}),
    "monitoring:keep_cohort": (OVERSEERS, a_partner, results),
    "monitoring:load": (LOAD_KEEPERS, offering, dict),
}
ROUTES = {
    **INCOME_ROUTES,
    "monitoring:offerings": Route(READERS),
    "monitoring:upkeep": Route(READERS),
    "monitoring:loads": Route(READERS),
    "monitoring:partners": Route(READERS),
    "monitoring:offering": Route(SEES, UNSEEN, NOT_FOUND, offering),
    "monitoring:course": Route(SEES, UNSEEN, NOT_FOUND, course),
    "monitoring:letter": Route(SEES, UNSEEN, NOT_FOUND, a_letter),
} | {
    name: Route(allowed, closed_to(allowed), NOT_FOUND, place, post)
    for name, (allowed, place, post) in ACTS.items()
}
