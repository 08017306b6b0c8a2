"""What a worker watches: weeks without interaction, and courses that were not kept up."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.monitoring.upkeep import upkeep_of
from portal.monitoring.weeks import WEEKLY, is_silent
from portal.notices.notify import notify
from portal.offerings.models import Offering, Teacher
from portal.offerings.terms import term
from portal.proposals.models import Proposal
from portal.work.repetition import repeated


@repeated(every=timedelta(days=1))
@task
def remind_of_interaction() -> int:
    """Remind the instructors of an offering that was silent for a week, once a week; returns how many.

    Only where the policy asks for interaction every week (UTM 5.2.9).
    """
    today = timezone.localdate()
    running = Offering.objects.filter(state="running").select_related("institution", "proposal")
    told = 0
    for offering in running.prefetch_related("interactions", "teachers__person"):
        if term(offering.policy, WEEKLY) and is_silent(offering, today, offering.interactions.all()):
            told += remind(offering, f"{today.isocalendar().year}-{today.isocalendar().week}")
    return told


@transaction.atomic
def remind(offering: Offering, week: str) -> int:
    """Remind the instructors of one offering."""
    instructors = [each for each in offering.teachers.all() if each.part == Teacher.Part.INSTRUCTOR]
    for teacher in instructors:
        notify(
            teacher.person,
            "interaction_due",
            {"offering": str(offering)},
            reverse("monitoring:offering", args=[offering.pk]),
            institution=offering.institution,
            mail_key=f"interaction-{offering.pk}-{week}",
        )
    return len(instructors)


@repeated(every=timedelta(days=1))
@task
def watch_upkeep() -> int:
    """Tell the centre of courses for which a letter is due, once for each; returns how many are due."""
    registered = Proposal.objects.filter(state="registered").select_related("institution", "developer")
    due = 0
    for course in registered.prefetch_related("maintenance", "upkeep_letters"):
        upkeep = upkeep_of(course)
        if upkeep.letter is None:
            continue
        due += 1
        tell_centre(course, upkeep.letter, f"{upkeep.last_on}")
    return due


@transaction.atomic
def tell_centre(course: Proposal, letter: str, since: str) -> None:
    """Tell the e-learning centre that a letter is due."""
    there = Appointment.objects.in_force(timezone.localdate()).filter(
        institution=course.institution_id, role=Role.ELEARNING_CENTRE
    )
    for appointment in there.select_related("person"):
        notify(
            appointment.person,
            f"upkeep_{letter}_due",
            {"course": str(course)},
            reverse("monitoring:upkeep"),
            institution=course.institution,
            mail_key=f"upkeep-{course.pk}-{letter}-{since}",
        )
