"""Coming into a course: asked for, paid, seated or put on the waiting list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.offerings import telling_learning as telling
from portal.offerings.models import Enrolment, Offering
from portal.offerings.process import WALK
from portal.offerings.seats import ASKED_AGAIN, closed_because, not_for, requirements_of, seats_left
from portal.offerings.signals import enrolment_changed
from portal.payments.actions import place_order
from portal.payments.models import Order
from portal.records.register import record

State = Enrolment.State
DAYS_TO_PAY = 7
CONTACT = ("changes", "usage", "opinion")
"""What a learner may agree to be written to about (UTM 3.2.1.4): nothing else, and nothing unasked."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a learner says on enrolling.

    ``requirements`` are the places of the offering’s requirements that were confirmed; ``told`` that the
    note for international learners was read; ``contact`` some of ``CONTACT``.
    """

    group: str = ""
    is_international: bool = False
    told: bool = False
    requirements: Sequence[int] = ()
    contact: Sequence[str] = ()
    wants_transfer: bool = False


@transaction.atomic
def enrol(
    person: Person, offering: Offering, choices: Choices | None = None, acting: Appointment | None = None
) -> Enrolment:
    """Take a learner in: seated, asked to pay, or put on the waiting list where the class is full.

    Raises ``Refused`` where enrolment is closed, the learner is in already, or something was not confirmed.
    """
    offering = WALK.locked(offering, None)
    if why := closed_because(offering) or not_for(person, offering):
        raise Refused(why)
    return taken_in(acting, person, offering, confirmed(offering, choices or Choices()))


def confirmed(offering: Offering, choices: Choices) -> Choices:
    """Return the choices; raises ``Refused`` at the field where a confirmation is missing."""
    asked = range(len(requirements_of(offering)))
    if any(place not in choices.requirements for place in asked):
        raise Refused(
            _("Confirm each requirement of the course, or ask the course’s people before you enrol."),
            "requirements",
        )
    if choices.is_international and not choices.told:
        raise Refused(_("Confirm that you have read the note for international learners."), "told")
    return choices


def taken_in(acting: Appointment | None, person: Person, offering: Offering, choices: Choices) -> Enrolment:
    """Keep the enrolment and seat it; ``offering`` must be held."""
    enrolment = asked_for(person, offering)
    before = enrolment.state if enrolment.pk else ""
    for name, value in facts_of(offering, choices).items():
        setattr(enrolment, name, value)
    enrolment.state = State.WAITING
    try:
        with transaction.atomic():
            enrolment.save()
    except IntegrityError as twice:
        raise Refused(_("You are in this course already.")) from twice
    told(acting, enrolment, "offerings.enrol", before)
    if seats_left(offering) != 0 and not others_wait(enrolment):
        return seat(acting, enrolment)
    move_up(offering)
    enrolment = locked(enrolment)
    if enrolment.state == State.WAITING:
        telling.tell_waiting(enrolment)
    return enrolment


def others_wait(enrolment: Enrolment) -> bool:
    """Say whether somebody came before a learner and waits for a seat that can still be given."""
    offering = enrolment.offering
    before = offering.enrolments.filter(state=State.WAITING).exclude(pk=enrolment.pk)
    return before.exists() and not closed_because(offering)


def asked_for(person: Person, offering: Offering) -> Enrolment:
    """Return a new enrolment, or the one of somebody who comes back; raises ``Refused`` for the others."""
    there = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .filter(offering=offering, person=person)
        .first()
    )
    if there is None:
        return Enrolment(offering=offering, person=person)
    if there.state not in ASKED_AGAIN:
        raise Refused(
            _("You are in this course already: %(state)s.") % {"state": there.get_state_display().lower()}
        )
    there.left_at = there.active_at = there.order = None
    there.enrolled_at = timezone.now()
    there.version += 1
    return there


def facts_of(offering: Offering, choices: Choices) -> dict[str, Any]:
    """Return what is kept of the choices: the requirements in the words that were confirmed."""
    rows = requirements_of(offering)
    return {
        "group": choices.group,
        "is_international": choices.is_international,
        "international_told_at": timezone.now() if choices.is_international and choices.told else None,
        "requirements_met": [rows[place] for place in choices.requirements if place < len(rows)],
        "contact_purposes": [purpose for purpose in CONTACT if purpose in choices.contact],
        "wants_transfer": choices.wants_transfer,
    }


def seat(acting: Appointment | None, enrolment: Enrolment) -> Enrolment:
    """Give a learner a seat: to be paid for where the course costs something, else at once."""
    paid = enrolment.order is not None and enrolment.order.state == Order.State.PAID
    if paid or not enrolment.offering.fee:
        return activated(acting, enrolment)
    enrolment.order = ordered(acting, enrolment)
    changed(acting, enrolment, State.UNPAID, "offerings.seat", "order")
    return enrolment


def ordered(acting: Appointment | None, enrolment: Enrolment) -> Order | None:
    """Place the order of a course’s fee; it is due in a week, or on the first day where that is sooner."""
    offering = enrolment.offering
    course, today = offering.proposal, timezone.localdate()
    due_on = today + timedelta(days=DAYS_TO_PAY)
    if offering.starts_on and today < offering.starts_on < due_on:
        due_on = offering.starts_on
    name = f"{course.code} {course.name_ms}".strip()
    label = {"ms": f"Yuran kursus {name}", "en": f"Fee of the course {course.code} {course.name_en or name}"}
    line = {"item": "course", "label": label, "amount": str(offering.fee), "clauses": []}
    return place_order(
        acting,
        payer=enrolment.person,
        institution=offering.institution,
        faculty=offering.faculty,
        purpose=Order.Purpose.COURSE,
        about=f"{name}, {offering.cohort}",
        fees={"lines": [line]},
        link=reverse("offerings:learn", args=[enrolment.pk]),
        due_on=due_on,
    )


@transaction.atomic
def activate(acting: Appointment | None, enrolment: Enrolment) -> Enrolment:
    """Let a learner in whose fee was paid; one who is in already stays as they are."""
    held = locked(enrolment)
    return activated(acting, held) if held.state == State.UNPAID else held


def activated(acting: Appointment | None, enrolment: Enrolment) -> Enrolment:
    """Make an enrolment active and tell the learner."""
    enrolment.active_at = timezone.now()
    changed(acting, enrolment, State.ACTIVE, "offerings.activate", "active_at")
    telling.tell_enrolled(enrolment)
    return enrolment


def locked(enrolment: Enrolment) -> Enrolment:
    """Return the row of an enrolment, held until the transaction ends."""
    held = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related(
        "offering__institution", "offering__proposal", "offering__faculty", "person", "order"
    )
    return held.get(pk=enrolment.pk)


def move_up(offering: Offering) -> list[Enrolment]:
    """Seat those who wait the longest while there are seats; ``offering`` must be held."""
    moved = []
    waiting = offering.enrolments.filter(state=State.WAITING).order_by("enrolled_at", "pk")
    while not closed_because(offering) and seats_left(offering) != 0:
        first = waiting.first()
        if first is None:
            break
        moved.append(seat(None, locked(first)))
        telling.tell_moved_up(moved[-1])
    return moved


def changed(
    acting: Appointment | None,
    enrolment: Enrolment,
    state: str,
    action: str,
    *columns: str,
    reason: str = "",
) -> None:
    """Keep the new state of an enrolment, write it down and tell other parts."""
    before, enrolment.state = enrolment.state, state
    enrolment.version += 1
    enrolment.save(update_fields=["state", "version", *columns])
    told(acting, enrolment, action, before, reason)


def told(
    acting: Appointment | None, enrolment: Enrolment, action: str, before: str, reason: str = ""
) -> None:
    """Write a change of an enrolment into the register and tell other parts of it."""
    record(
        acting,
        action,
        enrolment,
        institution=enrolment.offering.institution,
        before={"state": before} if before else {},
        after={"state": enrolment.state, "offering": enrolment.offering_id, "person": enrolment.person_id},
        reason=reason,
    )
    enrolment_changed.send(Enrolment, enrolment=enrolment, before=before, acting=acting)
