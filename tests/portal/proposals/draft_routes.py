"""Who may open the pages on which proposals are written and read: developers write, the university's staff read."""

from collections.abc import Callable
from typing import Any

from tests.portal import cast
from tests.portal.proposals import made
from tests.portal.routes import FORBIDDEN, NOT_FOUND, Route, Table

from portal.accounts.roles import Role
from portal.proposals.access import OWN_FACULTY, PROPOSERS, READERS, WHOLE_INSTITUTION
from portal.proposals.actions.remarking import remark
from portal.proposals.actions.teaming import add_member
from portal.proposals.models import Proposal
from portal.proposals.versions import make_version

LECTURER = frozenset({Role.LECTURER})
STARTERS = frozenset({Role.LECTURER, Role.SUBJECT_EXPERT, Role.PROGRAMME_COORDINATOR})
"""Who may hand a proposal in at UTHM, and so may begin one."""
SUBMITTED = LECTURER | OWN_FACULTY | WHOLE_INSTITUTION
"""Who sees what Azlina handed in at UTHM."""
OTHERS: dict[Any, int] = dict.fromkeys(frozenset(Role) - READERS, FORBIDDEN) | dict.fromkeys(
    READERS, NOT_FOUND
)
"""Roles without pages of proposals are told so; others do not find a draft of somebody else."""
WRITERS: dict[Any, int] = dict.fromkeys(frozenset(Role) - PROPOSERS, FORBIDDEN) | dict.fromkeys(
    PROPOSERS, NOT_FOUND
)


def own_draft() -> Proposal:
    """A draft of Azlina, once."""
    azlina = cast.appear("azlina")
    return Proposal.objects.filter(state="draft", developer=azlina.person).first() or made.complete_draft(
        azlina
    )


def sent() -> Proposal:
    """A proposal of Azlina that was handed in, once."""
    azlina = cast.appear("azlina")
    found = Proposal.objects.filter(developer=azlina.person, state="faculty_review").first()
    if found is None:
        found = made.complete_draft(azlina, name_ms="Kursus Dihantar")
        Proposal.objects.filter(pk=found.pk).update(state="faculty_review", submitted_at=found.created_at)
    return found


def of(proposal: Callable[[], Proposal], **more: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"pk": proposal().pk} | more


def of_member() -> dict[str, Any]:
    draft = own_draft()
    member = add_member(cast.appear("azlina"), draft, cast.appear("bakar").person.email, "", may_edit=False)
    return {"pk": draft.pk, "number": member.pk}


def of_file(proposal: Callable[[], Proposal]) -> Callable[[], dict[str, Any]]:
    def place() -> dict[str, Any]:
        found = proposal()
        return {"pk": found.pk, "number": made.attached(found, cast.appear("azlina")).pk}

    return place


def of_comment() -> dict[str, Any]:
    found = sent()
    said = found.remarks.first() or remark(cast.appear("azlina"), found, "", "Lihat semula")
    return {"pk": found.pk, "number": said.pk}


def of_version() -> dict[str, Any]:
    found = sent()
    if not found.versions.exists():
        make_version(found, cast.appear("azlina"), "submit")
    return {"pk": found.pk, "number": 1}


def writing(**fields: Any) -> Route:
    """A page on which only the developer writes."""
    return Route(LECTURER, WRITERS, NOT_FOUND, **fields)


def reading(**fields: Any) -> Route:
    """A page of a proposal that was handed in, for all who see it."""
    return Route(SUBMITTED, OTHERS, NOT_FOUND, **fields)


SPEAKERS = SUBMITTED - {Role.AUDITOR, Role.ADMINISTRATOR, Role.FACULTY_OFFICE}
SILENT = OTHERS | dict.fromkeys((Role.AUDITOR, Role.ADMINISTRATOR, Role.FACULTY_OFFICE), FORBIDDEN)
SETTLERS = OTHERS | dict.fromkeys(SUBMITTED - LECTURER, FORBIDDEN)

ROUTES: Table = {
    "proposals:list": Route(READERS),
    "proposals:new": Route(STARTERS),
    "proposals:similar": Route(PROPOSERS),
    "proposals:draft": writing(place=of(own_draft)),
    "proposals:section": writing(place=of(own_draft, name="need")),
    "proposals:draft_step": writing(place=of(own_draft), post=lambda: {"step": "submit", "version": "0"}),
    "proposals:team": writing(place=of(own_draft)),
    "proposals:team_leave": Route(
        LECTURER, WRITERS | {Role.PROGRAMME_COORDINATOR: FORBIDDEN}, NOT_FOUND, of_member, post=dict
    ),
    "proposals:files": writing(place=of(own_draft)),
    "proposals:file_remove": writing(place=of_file(own_draft), post=dict),
    "proposals:confirm": writing(place=of(own_draft)),
    "proposals:attachment": reading(place=of_file(sent)),
    "proposals:remark": Route(SPEAKERS, SILENT, NOT_FOUND, of(sent), post=lambda: {"text": "Lihat semula"}),
    "proposals:remark_answer": Route(SPEAKERS, SILENT, NOT_FOUND, of_comment, post=lambda: {"text": "Sudah"}),
    "proposals:remark_settle": Route(LECTURER, SETTLERS, None, of_comment, post=dict),
    "proposals:versions": reading(place=of(sent)),
    "proposals:version": reading(place=of_version),
    "proposals:paper": reading(place=of(sent)),
}
