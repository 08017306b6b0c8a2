"""Going out of a course: withdrawal, deferment and coming back, asked for and answered (UNIMAS 5.4)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings import telling_learning as telling
from portal.offerings.access import runs
from portal.offerings.actions.enrolling import changed, locked, move_up, seat
from portal.offerings.models import Enrolment, LeaveRequest, Offering
from portal.offerings.process import WALK
from portal.offerings.seats import OPEN, seats_left
from portal.payments.actions import withdraw_order
from portal.payments.models import Order
from portal.records.register import record

State = Enrolment.State
NOT_SEATED = (State.WAITING, State.UNPAID)


def held(enrolment: Enrolment) -> tuple[Offering, Enrolment]:
    """Hold the offering, then the enrolment: every change of a seat takes them in this order."""
    offering = WALK.locked(Offering(pk=enrolment.offering_id), None)
    return offering, locked(enrolment)


@transaction.atomic
def give_up(person: Person, acting: Appointment | None, enrolment: Enrolment) -> Enrolment:
    """Let somebody go who waits or has not paid yet: nobody need be asked; the next in line moves up."""
    offering, enrolment = held(enrolment)
    if enrolment.person_id != person.pk:
        raise NotAllowed
    if enrolment.state not in NOT_SEATED:
        raise Refused(_("Ask to withdraw: you take part in this course already."))
    return left(acting, offering, enrolment, _("The learner gave the seat up before taking part."))


def left(acting: Appointment | None, offering: Offering, enrolment: Enrolment, reason: str) -> Enrolment:
    """End an enrolment, close its unpaid order, and let the next in line move up."""
    if enrolment.order and enrolment.order.state == Order.State.OPEN:
        withdraw_order(acting, enrolment.order, reason)
    enrolment.left_at = timezone.now()
    changed(acting, enrolment, State.WITHDRAWN, "offerings.leave", "left_at", reason=reason)
    move_up(offering)
    return enrolment


@transaction.atomic
def ask_to_leave(acting: Appointment, enrolment: Enrolment, kind: str, reason: str) -> LeaveRequest:
    """Ask to withdraw from a course, or to defer it; raises ``Refused`` with what is in the way."""
    _offering, enrolment = held(enrolment)
    if enrolment.person_id != acting.person_id:
        raise NotAllowed
    if enrolment.state != State.ACTIVE:
        raise Refused(_("Only somebody who takes part in a course can ask to leave it."))
    if kind not in LeaveRequest.Kind.values:
        raise Refused(_("Choose whether you want to withdraw or to defer."), "kind")
    if not reason.strip():
        raise Refused(_("Give your reason; the centre reads it before it answers."), "reason")
    try:
        with transaction.atomic():
            asked = LeaveRequest.objects.create(enrolment=enrolment, kind=kind, reason=reason.strip())
    except IntegrityError as twice:
        raise Refused(_("You have asked already; wait for the answer.")) from twice
    record(
        acting,
        "offerings.ask_to_leave",
        enrolment,
        institution=enrolment.offering.institution,
        after={"kind": kind},
        reason=asked.reason,
    )
    telling.tell_leave_asked(asked)
    return asked


@transaction.atomic
def answer_leave(acting: Appointment, asked: LeaveRequest, *, granted: bool, answer: str) -> LeaveRequest:
    """Grant or refuse a wish to leave; the answer is read by the learner, a refusal must say why.

    Money that was paid goes back by the bursar’s hand: the bursar is told, with the order.
    """
    offering, enrolment = held(asked.enrolment)
    if not runs(acting, offering):
        raise NotAllowed
    asked = LeaveRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    asked.enrolment = enrolment
    if asked.granted is not None:
        raise Refused(_("Somebody has answered this already; nothing was changed."))
    if granted and enrolment.state != State.ACTIVE:
        raise Refused(
            _("This learner takes part no more: %(state)s. Refuse the request, and say so in the answer.")
            % {"state": enrolment.get_state_display().lower()}
        )
    if not granted and not answer.strip():
        raise Refused(_("Say why it is refused; the learner reads it."), "answer")
    asked.granted, asked.answer = granted, answer.strip()
    asked.answered_at, asked.answered_by = timezone.now(), acting
    asked.save()
    record(
        acting,
        "offerings.answer_leave",
        enrolment,
        institution=offering.institution,
        after={"kind": asked.kind, "granted": granted},
        reason=asked.answer,
    )
    if granted:
        granted_now(acting, offering, enrolment, asked)
    telling.tell_leave_answered(asked)
    return asked


def granted_now(acting: Appointment, offering: Offering, enrolment: Enrolment, asked: LeaveRequest) -> None:
    """Let somebody go whose wish was granted: out of the course, or until they come back."""
    if asked.kind == LeaveRequest.Kind.WITHDRAW:
        left(acting, offering, enrolment, asked.reason)
        if enrolment.order and enrolment.order.state == Order.State.PAID:
            telling.tell_bursars_of_refund(enrolment)
        return
    enrolment.left_at = timezone.now()
    changed(acting, enrolment, State.DEFERRED, "offerings.defer", "left_at", reason=asked.reason)
    move_up(offering)


@transaction.atomic
def all_leave(acting: Appointment | None, offering: Offering) -> None:
    """Let every learner of a cancelled offering go; what was paid is pointed out to the bursar."""
    going = offering.enrolments.filter(state__in=(*NOT_SEATED, State.ACTIVE, State.DEFERRED))
    for pk in list(going.order_by("pk").values_list("pk", flat=True)):
        enrolment = locked(Enrolment(pk=pk))
        left(acting, offering, enrolment, _("The offering was cancelled."))
        if enrolment.order and enrolment.order.state == Order.State.PAID:
            telling.tell_bursars_of_refund(enrolment)
        telling.tell_cancelled(enrolment)


@transaction.atomic
def close_list(acting: Appointment | None, offering: Offering) -> None:
    """Let those go from an offering that has ended who still wait for a seat or have not paid for theirs."""
    going = offering.enrolments.filter(state__in=NOT_SEATED)
    for pk in list(going.order_by("pk").values_list("pk", flat=True)):
        enrolment = locked(Enrolment(pk=pk))
        left(acting, offering, enrolment, _("The offering has ended."))
        telling.tell_list_closed(enrolment)


@transaction.atomic
def come_back(acting: Appointment, enrolment: Enrolment) -> Enrolment:
    """Let a learner who deferred take part again; raises ``Refused`` where the class is full by now.

    Whoever had the fee back pays it again first.
    """
    offering, enrolment = held(enrolment)
    if not runs(acting, offering):
        raise NotAllowed
    if enrolment.state != State.DEFERRED:
        raise Refused(_("Only somebody who deferred can come back."))
    if offering.state not in OPEN:
        raise Refused(_("The offering is over. Enrol the learner in another one."))
    if seats_left(offering) == 0:
        raise Refused(_("The class is full now. Raise the number of learners, or wait for a free seat."))
    enrolment.left_at = None
    enrolment.save(update_fields=["left_at"])
    return seat(acting, enrolment)


@transaction.atomic
def carry_over(acting: Appointment, enrolment: Enrolment, to: Offering) -> Enrolment:
    """Move a learner who deferred into another offering of the same course; what was paid counts there."""
    offering, enrolment = held(enrolment)
    to = WALK.locked(to, None)
    if not (runs(acting, offering) and runs(acting, to)):
        raise NotAllowed
    if enrolment.state != State.DEFERRED or to.proposal_id != offering.proposal_id:
        raise Refused(_("Only somebody who deferred moves, and only within the same course."))
    if to.state not in OPEN:
        raise Refused(_("That offering is not open. Choose one that is announced or running."))
    if to.enrolments.filter(person=enrolment.person_id).exists():
        raise Refused(_("This learner is in that offering already."))
    order, enrolment.order = enrolment.order, None
    enrolment.save(update_fields=["order"])
    moved = Enrolment.objects.create(
        offering=to,
        person=enrolment.person,
        order=order,
        state=State.WAITING,
        group=enrolment.group,
        is_international=enrolment.is_international,
        international_told_at=enrolment.international_told_at,
        requirements_met=enrolment.requirements_met,
        contact_purposes=enrolment.contact_purposes,
        wants_transfer=enrolment.wants_transfer,
    )
    changed(acting, enrolment, State.WITHDRAWN, "offerings.carry_over")
    if seats_left(to) == 0:
        telling.tell_waiting(moved)
        return moved
    return seat(acting, moved)
