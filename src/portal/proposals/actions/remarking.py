"""Comments at a field of a proposal: written, answered, resolved."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.notices.notify import notify
from portal.proposals.access import develops, proposals_for
from portal.proposals.fields import field_of
from portal.proposals.models import Proposal, Remark
from portal.proposals.process import WALK
from portal.records.register import record

SILENT = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.FACULTY_OFFICE})
"""Roles that read proposals and say nothing of them."""
LONGEST = 5_000


def may_remark(acting: Appointment | None, proposal: Proposal) -> bool:
    """Say whether somebody may comment on a proposal that they see."""
    if acting is None or acting.role in SILENT or proposal.is_final:
        return False
    return proposals_for(acting).filter(pk=proposal.pk).exists()


def may_resolve(acting: Appointment | None, remark: Remark) -> bool:
    """Say whether somebody may call a comment dealt with: who wrote it, and the developers."""
    return resolvable_by(acting, remark.proposal)(remark)


def resolvable_by(acting: Appointment | None, proposal: Proposal) -> Callable[[Remark], bool]:
    """Return what says of each comment on a proposal whether somebody may call it dealt with."""
    if acting is None or proposal.is_final:
        return lambda _remark: False
    person, of_team = acting.person_id, develops(acting, proposal)
    return lambda remark: of_team or remark.by.person_id == person


@transaction.atomic
def remark(acting: Appointment, proposal: Proposal, field: str, text: str) -> Remark:
    """Comment on a field, or on the whole where no field is named; the developers are told.

    The same comment again, while it is not dealt with, is the one made before: the button was pressed twice.
    """
    if not may_remark(acting, proposal):
        raise NotAllowed
    if field and field_of(proposal, field) is None:
        raise Refused(_("The form has no such field."))
    text, held = said(text), WALK.locked(proposal, None)
    same = held.remarks.filter(field=field, text=text, by=acting, answers=None, resolved_at=None).first()
    if same is not None:
        return same
    made = Remark.objects.create(proposal=proposal, field=field, text=text, by=acting)
    entered(acting, made, "remark")
    told = {proposal.developer, *(member.person for member in proposal.members.select_related("person"))}
    for person in told - {acting.person}:
        tell(person, "proposal_remark", acting, made)
    return made


@transaction.atomic
def reply(acting: Appointment, answered: Remark, text: str) -> Remark:
    """Answer a comment; who wrote it is told."""
    if not may_remark(acting, answered.proposal):
        raise NotAllowed
    first, text = answered.answers or answered, said(text)
    held = WALK.locked(first.proposal, None)
    same = held.remarks.filter(answers=first, text=text, by=acting).first()
    if same is not None:
        return same
    made = Remark.objects.create(
        proposal=first.proposal, field=first.field, text=text, by=acting, answers=first
    )
    entered(acting, made, "reply")
    if first.by.person_id != acting.person_id:
        tell(first.by.person, "proposal_reply", acting, made)
    return made


@transaction.atomic
def resolve(acting: Appointment, remark: Remark, *, resolved: bool = True) -> Remark:
    """Call a comment dealt with, or open it again."""
    if not may_resolve(acting, remark):
        raise NotAllowed
    held = Remark.objects.select_for_update(no_key=True).get(pk=remark.pk)
    if (held.resolved_at is not None) == resolved:
        return held
    held.resolved_at = timezone.now() if resolved else None
    held.resolved_by = acting.person if resolved else None
    held.save(update_fields=["resolved_at", "resolved_by"])
    entered(acting, held, "resolve" if resolved else "reopen_remark")
    return held


def said(text: str) -> str:
    """Return what was written; raises ``Refused`` where that is nothing, or too much."""
    text = text.strip()
    if not text:
        raise Refused(_("Write the comment."), "text")
    if len(text) > LONGEST:
        raise Refused(_("A comment takes %(most)s characters at most.") % {"most": LONGEST}, "text")
    return text


def entered(acting: Appointment, made: Remark, verb: str) -> None:
    """Enter what was done about a comment."""
    proposal = made.proposal
    after = {"remark": made.pk, "field": made.field}
    record(acting, f"proposals.{verb}", proposal, institution=proposal.institution, after=after)


def tell(person: Person, kind: str, acting: Appointment, made: Remark) -> None:
    """Tell somebody of a comment or an answer."""
    proposal = made.proposal
    notify(
        person,
        kind,
        {"reference": proposal.reference, "who": acting.person.name, "text": made.text[:500]},
        proposal.get_absolute_url(),
        institution=proposal.institution,
        mail_key=f"remark-{made.pk}",
    )
