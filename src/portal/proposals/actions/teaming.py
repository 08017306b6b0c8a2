"""Who develops a course together with its developer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.proposals.access import PROPOSERS, develops
from portal.proposals.editing import OPEN
from portal.proposals.models import Member, Proposal
from portal.proposals.process import WALK
from portal.records.register import record

MOST_MEMBERS = 30


@transaction.atomic
def add_member(acting: Appointment, proposal: Proposal, email: str, task: str, *, may_edit: bool) -> Member:
    """Take somebody of the institution’s academic staff into the team, or change what they do."""
    held = opened(acting, proposal)
    person = colleague(held, email)
    if person.pk == held.developer_id:
        raise Refused(_("The developer belongs to the team already."), "email")
    if held.members.exclude(person=person).count() >= MOST_MEMBERS:
        raise Refused(_("A team takes %(most)s people at most.") % {"most": MOST_MEMBERS}, "email")
    member, _new = Member.objects.update_or_create(
        proposal=held, person=person, defaults={"task": task[:300], "may_edit": may_edit}
    )
    after = {"person": person.pk, "may_edit": may_edit}
    record(acting, "proposals.keep_member", held, institution=held.institution, after=after)
    return member


@transaction.atomic
def remove_member(acting: Appointment, member: Member) -> None:
    """Take somebody out of the team."""
    held = opened(acting, member.proposal)
    record(
        acting,
        "proposals.remove_member",
        held,
        institution=held.institution,
        before={"person": member.person_id},
    )
    member.delete()


def opened(acting: Appointment, proposal: Proposal) -> Proposal:
    """Return the proposal, held, for one of its developers."""
    if not develops(acting, proposal):
        raise NotAllowed
    held = WALK.locked(proposal, None)
    if held.state not in OPEN:
        raise Refused(_("The team cannot be changed now: the proposal was handed in."))
    return held


def colleague(proposal: Proposal, email: str) -> Person:
    """Return the academic staff of the institution with an email address."""
    staff = Appointment.objects.in_force(timezone.localdate()).filter(
        institution=proposal.institution_id, role__in=PROPOSERS, person__email__iexact=email.strip()
    )
    found = staff.select_related("person").first()
    if found is None:
        words = _("Nobody of the academic staff of %(institution)s has this email address.")
        raise Refused(words % {"institution": proposal.institution.name}, "email")
    person: Person = found.person
    return person
