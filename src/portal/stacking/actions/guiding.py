"""What the university does: prescribe the remaining courses, allow an earlier age, advise APEL."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.catalogue.models import Course
from portal.notices.notify import notify
from portal.records.register import record
from portal.stacking.access import guides
from portal.stacking.bridge import evaluated
from portal.stacking.earned import earned_of
from portal.stacking.models import AgeException, Goal, Prescription


@transaction.atomic
def prescribe(acting: Appointment | None, goal: Goal, course: Course) -> Prescription:
    """Prescribe a course of the programme, and tell the learner (UNIMAS 1.6(a)-2-balance).

    Raises ``Refused`` for one that is not in its plan.
    """
    acting = must_guide(acting, goal)
    if not goal.programme.plan.filter(course=course).exists():
        raise Refused(_("This course is not in the plan of the programme."), "course")
    made, new = Prescription.objects.get_or_create(goal=goal, course=course, defaults={"by": acting})
    if not new:
        raise Refused(_("This course is prescribed already."), "course")
    record(acting, "stacking.prescribe", goal, after={"course": course.code})
    notify(
        goal.person,
        "course_prescribed",
        {"course": str(course), "programme": str(goal)},
        reverse("stacking:goal", args=[goal.pk]),
        institution=goal.programme.institution,
        mail_key=f"prescribed-{made.pk}",
    )
    return made


@transaction.atomic
def mark_done(acting: Appointment | None, prescription: Prescription, day: date) -> None:
    """Record that the learner has passed a prescribed course."""
    acting = must_guide(acting, prescription.goal)
    if day > timezone.localdate():
        raise Refused(_("This day lies in the future."), "done_on")
    prescription = still_open(prescription)
    prescription.done_on = day
    prescription.save(update_fields=["done_on"])
    record(
        acting,
        "stacking.prescribed_done",
        prescription.goal,
        after={"course": prescription.course.code, "on": day},
    )


@transaction.atomic
def lift(acting: Appointment | None, prescription: Prescription) -> None:
    """Take a prescribed course back."""
    acting = must_guide(acting, prescription.goal)
    prescription = still_open(prescription)
    record(acting, "stacking.lift", prescription.goal, before={"course": prescription.course.code})
    prescription.delete()


def still_open(prescription: Prescription) -> Prescription:
    """Return a prescribed course, held; raises ``Refused`` where it was passed already or taken back."""
    held = Prescription.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("goal", "course").filter(pk=prescription.pk, done_on=None).first()
    if found is None:
        raise Refused(_("Somebody marked this course as passed, or took it back, meanwhile."))
    return found


@transaction.atomic
def allow_earlier(acting: Appointment | None, goal: Goal, reason: str, reference: str) -> AgeException:
    """Record the Senate's exception from the normal age, with its reason (UNIMAS 1.5(o)-exception)."""
    acting = must_record_exceptions(acting, goal)
    if not reason.strip():
        raise Refused(_("Say why the learner is an exception."), "reason")
    if not reference.strip():
        raise Refused(_("Give the reference of the Senate’s decision."), "reference")
    made, _made = AgeException.objects.update_or_create(
        goal=goal, defaults={"reason": reason.strip(), "reference": reference.strip(), "by": acting}
    )
    record(acting, "stacking.allow_earlier", goal, after={"reference": made.reference}, reason=made.reason)
    return made


@transaction.atomic
def advise(goal: Goal) -> bool:
    """Advise a learner once who is far on without the entry requirement; says whether it was due now.

    The learner and the faculty's coordinators are told, and the day is kept (UNIMAS 1.5(m)-advise).
    """
    held = Goal.objects.select_for_update(no_key=True).get(pk=goal.pk)
    if held.advised_at is not None:
        return False
    try:
        answer = evaluated(held, earned_of(held))
    except Refused:
        return False
    if answer is None or not answer[1]["advice"]:
        return False
    held.advised_at = timezone.now()
    held.save(update_fields=["advised_at"])
    institution = held.programme.institution
    record(None, "stacking.advise", held, institution=institution, after={"advice": answer[1]["advice"]})
    told = {"programme": str(held), "learner": held.person.name}
    notify(
        held.person,
        "apel_advised",
        told,
        reverse("stacking:goal", args=[held.pk]),
        institution=institution,
        mail_key=f"apel-advice-{held.pk}",
    )
    for appointment in coordinators(held):
        notify(
            appointment.person,
            "apel_advised_learner",
            told,
            reverse("stacking:learner", args=[held.pk]),
            institution=institution,
            mail_key=f"apel-advice-{held.pk}-staff",
        )
    return True


def coordinators(goal: Goal) -> list[Appointment]:
    """Return the coordinators of the programme's faculty who hold office today."""
    there = Appointment.objects.in_force(timezone.localdate()).filter(
        institution=goal.programme.institution_id, role=Role.PROGRAMME_COORDINATOR
    )
    return list(there.filter(faculty=goal.programme.faculty_id).select_related("person"))


def must_record_exceptions(acting: Appointment | None, goal: Goal) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for all but the secretary of the programme's institution."""
    if acting is None or acting.role != Role.COMMITTEE_SECRETARY:
        raise NotAllowed
    if acting.institution_id != goal.programme.institution_id:
        raise NotAllowed
    return acting


def must_guide(acting: Appointment | None, goal: Goal) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for all but those who guide the programme's learners."""
    if acting is None or not guides(acting, goal):
        raise NotAllowed
    return acting
