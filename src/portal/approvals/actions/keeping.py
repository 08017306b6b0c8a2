"""Keeping committees and their members."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.accounts.roles import LEARNERS
from portal.approvals.access import OPEN, must_keep
from portal.approvals.models import Committee, Member
from portal.records.register import record


@transaction.atomic
def keep_committee(acting: Appointment | None, committee: Committee) -> Committee:
    """Keep a new or changed committee."""
    must_keep(acting, committee.institution_id)
    if not committee.active:
        must_be_idle(committee)
    committee.save()
    shown = {name: getattr(committee, name) for name in ("code", "name_ms", "name_en", "active")}
    record(acting, "approvals.keep_committee", committee, institution=committee.institution, after=shown)
    return committee


def must_be_idle(committee: Committee) -> None:
    """Raise ``Refused`` where something still waits for a committee that is put out of use."""
    waiting = committee.items.filter(OPEN).count() if committee.pk else 0
    if waiting:
        told = ngettext(
            "%(n)d item still waits for this committee; it is decided or withdrawn first.",
            "%(n)d items still wait for this committee; they are decided or withdrawn first.",
            waiting,
        )
        raise Refused(told % {"n": waiting}, "active")


@transaction.atomic
def add_member(acting: Appointment | None, committee: Committee, person: Person, part: str) -> Member:
    """Put somebody of the institution's staff on a committee; who sits on it already changes the part."""
    must_keep(acting, committee.institution_id)
    appointed = Appointment.objects.filter(institution=committee.institution, person=person)
    if not appointed.exclude(role__in=LEARNERS).exists():
        raise Refused(_("%(name)s is not staff of this institution.") % {"name": person.name}, "person")
    member, _made = Member.objects.update_or_create(
        committee=committee, person=person, defaults={"part": part}
    )
    record(
        acting,
        "approvals.add_member",
        committee,
        institution=committee.institution,
        after={"member": person.name, "part": part},
    )
    return member


@transaction.atomic
def remove_member(acting: Appointment | None, member: Member) -> None:
    """Take somebody off a committee."""
    committee = member.committee
    must_keep(acting, committee.institution_id)
    record(
        acting,
        "approvals.remove_member",
        committee,
        institution=committee.institution,
        before={"member": member.person.name, "part": member.part},
    )
    member.delete()
