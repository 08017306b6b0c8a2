"""Registrations of a course, with MQA, in the university and elsewhere, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.institutions.numbering import next_number
from portal.proposals.access import CENTRE, works_for
from portal.proposals.actions.drafting import give_code, has_running_code
from portal.proposals.facts import quality_met, registered_account
from portal.proposals.models import Kind, Proposal, Registration
from portal.proposals.process import WALK
from portal.records.register import record
from tauliah.policy.process import facts_of

Where = Registration.Where
WHO: Mapping[str, frozenset[str]] = {Where.MQA: frozenset({Role.QUALITY_UNIT})}
"""Who records a registration; any other is the centre’s (UNIMAS 2.1-registration-mqa)."""
FROM: Mapping[str, frozenset[str]] = {
    Where.MQA: frozenset({"registration", "registered"}),
    Where.UNIVERSITY: frozenset({"registration", "registered"}),
    Where.INSTITUTION_ACCOUNT: frozenset(
        {"request", "development", "evaluation", "registration", "registered"}
    ),
    Where.MOOC_MALAYSIA: frozenset({"registration", "registered"}),
    Where.ACADEMIC_MANAGEMENT: frozenset({"registration", "registered"}),
    Where.MQA_VERIFICATION: frozenset({"registered"}),
}
"""Where a course stands while a registration is recorded."""
VERIFIED_SERIES = "verified_course"
"""The running numbers of courses whose quality MQA verified (UNIMAS 1.5(e)-verified)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is recorded of a registration; ``confirmed`` says that it was granted."""

    where: str
    number: str = ""
    applied_on: date | None = None
    registered_on: date | None = None
    outcome: str = ""
    confirmed: bool = False


def places_of(proposal: Proposal) -> list[str]:
    """Return where a course of this policy and kind is registered."""
    process = proposal.declared()
    asked = {fact for step in process.steps.values() for fact in facts_of(step)}
    there = {
        Where.MQA: "registered_with_mqa" in asked and proposal.kind == Kind.ACCREDITED,
        Where.UNIVERSITY: "registered_account" not in asked,
        Where.INSTITUTION_ACCOUNT: "registered_account" in asked,
        Where.MOOC_MALAYSIA: "registered_account" in asked,
        Where.ACADEMIC_MANAGEMENT: "registered_account" in asked,
        Where.MQA_VERIFICATION: proposal.kind != Kind.ACCREDITED,
    }
    return [where for where in Where.values if there[Where(where)]]


def may_register(acting: Appointment | None, proposal: Proposal, where: str) -> bool:
    """Whether somebody may record a registration now."""
    if acting is None or not works_for(acting, proposal) or where not in places_of(proposal):
        return False
    return acting.role in WHO.get(where, CENTRE) and proposal.state in FROM[where]


@transaction.atomic
def register(acting: Appointment, proposal: Proposal, entry: Entry, *, version: int) -> Registration:
    """Keep where a course is registered, with number and day; the code follows from it."""
    if acting.role not in WHO.get(entry.where, CENTRE) or not works_for(acting, proposal):
        raise NotAllowed
    proposal = WALK.locked(proposal, version)
    must_be_open(proposal, entry)
    found = proposal.registrations.filter(where=entry.where).first() or Registration(
        proposal=proposal, where=entry.where
    )
    before = {"number": found.number, "registered_on": found.registered_on}
    found.number, found.outcome, found.by = entry.number.strip(), entry.outcome.strip(), acting
    found.applied_on, found.registered_on = entry.applied_on, entry.registered_on
    found.save()
    follow(proposal, entry)
    proposal.touch("code", "number", "quality_verified_on")
    record(
        acting,
        "proposals.register_course",
        proposal,
        institution=proposal.institution,
        before=before,
        after={
            "where": entry.where,
            "number": found.number,
            "applied_on": found.applied_on,
            "registered_on": found.registered_on,
            "code": proposal.code,
        },
    )
    return found


def must_be_open(proposal: Proposal, entry: Entry) -> None:
    """Raise ``Refused`` where a registration cannot be, or not so."""
    if entry.where not in places_of(proposal):
        raise Refused(_("A course of this kind is not registered there."), "where")
    if proposal.state not in FROM[entry.where]:
        raise Refused(_("The course is not registered there while it stands where it does."), "where")
    today = timezone.localdate()
    if entry.registered_on and entry.registered_on > today:
        raise Refused(_("This day lies in the future."), "registered_on")
    if entry.registered_on and entry.applied_on and entry.registered_on < entry.applied_on:
        raise Refused(_("It cannot be registered before it was applied for."), "registered_on")
    if not (entry.applied_on or entry.registered_on):
        raise Refused(_("Enter the day of the application or of the registration."), "applied_on")
    if entry.where == Where.MQA and entry.registered_on and not entry.number.strip():
        raise Refused(_("Enter the number that MQA gave."), "number")
    if entry.where == Where.MOOC_MALAYSIA:
        must_suit_mooc_malaysia(proposal, entry)


def must_suit_mooc_malaysia(proposal: Proposal, entry: Entry) -> None:
    """Raise ``Refused`` for a MOOC that may not register with MOOC Malaysia (UTM 4.1.2, 4.1.4)."""
    if not registered_account(proposal, None):
        raise Refused(
            _("Only a MOOC under the institution’s account may be registered with MOOC Malaysia."), "where"
        )
    if not quality_met(proposal, None):
        raise Refused(
            _("Only a MOOC that the panel found to meet the criteria of quality may be registered there."),
            "where",
        )
    if not entry.confirmed:
        raise Refused(_("Confirm that the MOOC meets the national guideline GPPMM (2016)."), "confirmed")


def follow(proposal: Proposal, entry: Entry) -> None:
    """Do what a registration brings: the code, or the code of a verified course (UNIMAS 5.8)."""
    if entry.registered_on is None:
        return
    if entry.where == Where.UNIVERSITY and not proposal.code:
        give_code(proposal)
    if entry.where == Where.MQA_VERIFICATION and entry.confirmed and proposal.quality_verified_on is None:
        proposal.quality_verified_on = entry.registered_on
        if has_running_code(proposal):
            proposal.number = next_number(proposal.institution, VERIFIED_SERIES, 0)
            give_code(proposal)
        verified(proposal, entry)


def verified(proposal: Proposal, entry: Entry) -> None:
    """Put code and assurance of a verified course into what its certificates say from now on."""
    achievement = proposal.achievement
    if achievement is None:
        return
    assurance = [row for row in achievement.assurance if row.get("kind") != "quality_verified"]
    assurance.append(
        {"kind": "quality_verified", "body": "MQA", "reference": entry.number.strip(), "url": ""}
    )
    achievement.assurance = assurance
    achievement.code = proposal.code or achievement.code
    achievement.save(update_fields=["assurance", "code", "changed_at"])
