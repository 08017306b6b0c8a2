"""Who may open the pages on which courses are reviewed, developed, judged and registered."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from tests.portal import cast
from tests.portal.proposals import made
from tests.portal.proposals.draft_routes import LECTURER, OTHERS, SUBMITTED, of, reading, sent
from tests.portal.proposals.stories import upload
from tests.portal.routes import FORBIDDEN, NOT_FOUND, Route, Table

from portal.accounts.roles import Role
from portal.proposals.access import CENTRE, OWN_FACULTY, PROPOSERS, WHOLE_INSTITUTION
from portal.proposals.actions.certifying import DESCRIBERS
from portal.proposals.actions.partnering import KEEPERS
from portal.proposals.actions.reviewing import HEADS
from portal.proposals.models import Enquiry, Evaluation, Milestone, Partner, Proposal, Task, Vetting, Workshop

EXPERT = frozenset({Role.SUBJECT_EXPERT})
NAME = "content_developed"


def standing_at(state: str) -> Callable[[], Proposal]:
    """A proposal of Azlina that stands in a state, once."""

    def place() -> Proposal:
        azlina = cast.appear("azlina")
        found = Proposal.objects.filter(developer=azlina.person, state=state).first()
        if found is None:
            found = made.complete_draft(azlina, name_ms=f"Kursus {state}")
            Proposal.objects.filter(pk=found.pk).update(
                state=state, submitted_at=found.created_at, approved_at=found.created_at
            )
        return Proposal.objects.get(pk=found.pk)

    return place


developing, registered = standing_at("development"), standing_at("registered")


def milestone() -> Milestone:
    return Milestone.objects.get_or_create(proposal=developing(), name=NAME, defaults={"position": 0})[0]


def of_milestone() -> dict[str, Any]:
    return {"pk": milestone().proposal_id, "name": NAME}


def of_task() -> dict[str, Any]:
    return {"pk": Task.objects.create(milestone=milestone(), text="Rakam video").pk}


def of_vetting() -> dict[str, Any]:
    found = Vetting.objects.create(
        proposal=developing(),
        expert=cast.appear("fatimah").person,
        appointed_by=cast.appear("kumar"),
        appointed_on=date(2026, 11, 1),
    )
    return {"pk": found.pk}


def of_evaluation(*, handed_in: bool) -> Callable[[], dict[str, Any]]:
    """An evaluation to which Fatimah is appointed."""

    def place() -> dict[str, Any]:
        found = Evaluation.objects.create(
            proposal=developing(),
            sort=Evaluation.Sort.COURSE,
            round=Evaluation.objects.count() + 1,
            evaluator=cast.appear("fatimah").person,
            submitted_at=timezone.now() if handed_in else None,
        )
        return {"pk": found.pk}

    return place


def of_enquiry() -> dict[str, Any]:
    found = Enquiry.objects.create(
        proposal=sent(),
        to="centre",
        text="?",
        asked_on=date(2026, 11, 1),
        asked_by=cast.appear("azlina").person,
    )
    return {"pk": found.pk}


def of_partner() -> dict[str, Any]:
    return {"pk": Partner.objects.get_or_create(proposal=registered(), name="Kolej Contoh")[0].pk}


def of_workshop() -> dict[str, Any]:
    where = cast.institution("UTHM")
    held = Workshop.objects.get_or_create(institution=where, name_ms="Bengkel", held_on=date(2026, 3, 2))
    return {"pk": held[0].pk}


def old() -> dict[str, Any]:
    """A form of a version that nobody has seen: whoever may is told so, with nothing changed."""
    return {"version": "0", "day": "2026-01-01"}


def doing(who: frozenset[Any], place: Callable[[], Any], seen: Any = frozenset(), **fields: Any) -> Route:
    """Something that some do; others who see the course are told that it is not theirs."""
    told = OTHERS | dict.fromkeys((SUBMITTED | seen) - who, FORBIDDEN)
    return Route(who, told, place=place, **fields)


PLANNERS = LECTURER | CENTRE
WATCHED = SUBMITTED | EXPERT
NOBODY_ELSE = OTHERS | dict.fromkeys(SUBMITTED - EXPERT, NOT_FOUND)
FILE = {f"{NAME}-file-own_work": "on"}

ROUTES: Table = {
    "proposals:standing": Route(WHOLE_INSTITUTION | OWN_FACULTY),
    "proposals:workshops": Route(PROPOSERS | CENTRE),
    "proposals:workshop_new": Route(CENTRE),
    "proposals:workshop": Route(PROPOSERS | CENTRE, strangers=NOT_FOUND, place=of_workshop),
    "proposals:attendance": Route(CENTRE, place=of_workshop, post=dict),
    "proposals:proposal": reading(place=of(sent)),
    "proposals:vettings": reading(place=of(sent)),
    "proposals:evaluations": reading(place=of(sent)),
    "proposals:registrations": reading(place=of(sent)),
    "proposals:enquiries": reading(place=of(sent)),
    "proposals:partners": reading(place=of(sent)),
    "proposals:quality": reading(place=of(sent)),
    "proposals:milestones": reading(place=lambda: {"pk": milestone().proposal_id}),
    "proposals:step": doing(HEADS, of(sent, step="approve_faculty"), post=old),
    "proposals:endorsement": doing(HEADS, of(sent), post=old),
    "proposals:milestone": doing(LECTURER, of_milestone, post=old),
    "proposals:task_new": doing(PLANNERS, of_milestone, post=lambda: {f"{NAME}-task-text": "Rakam"}),
    "proposals:task": doing(PLANNERS, of_task, post=lambda: {"done": "1"}),
    "proposals:milestone_file": doing(
        LECTURER, of_milestone, post=lambda: FILE | {f"{NAME}-file-file": upload()}
    ),
    "proposals:vetting": doing(EXPERT, of_vetting, EXPERT, strangers=NOT_FOUND),
    "proposals:vetting_release": doing(CENTRE, of_vetting, EXPERT, post=old),
    "proposals:evaluation": Route(WATCHED, OTHERS, NOT_FOUND, of_evaluation(handed_in=True)),
    "proposals:evaluation_paper": Route(WATCHED, OTHERS, NOT_FOUND, of_evaluation(handed_in=True)),
    "proposals:evaluation_evidence": Route(
        EXPERT,
        NOBODY_ELSE | dict.fromkeys(CENTRE, FORBIDDEN),
        NOT_FOUND,
        of_evaluation(handed_in=False),
        post=lambda: {"indicator": "course", "file": upload()},
    ),
    "proposals:evaluation_release": Route(
        CENTRE, NOBODY_ELSE | dict.fromkeys(EXPERT, FORBIDDEN), place=of_evaluation(handed_in=False), post=old
    ),
    "proposals:evaluation_begin": doing(LECTURER, of(developing, sort="checklist"), post=dict),
    "proposals:certificate": doing(DESCRIBERS, of(developing)),
    "proposals:enquiry": doing(PLANNERS, of_enquiry, post=lambda: {"close": "1"}),
    "proposals:partner": doing(KEEPERS, of_partner, strangers=NOT_FOUND),
    "proposals:partner_state": doing(KEEPERS, of_partner, post=lambda: {"end": "1"}, strangers=NOT_FOUND),
}
