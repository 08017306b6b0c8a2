"""What is done for offerings day by day: begun and ended on their days, and people reminded in time."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from portal.accounts.models import Person
from portal.notices.reminders import Reminder, reminders
from portal.offerings.models import TAKING_PART, Duty, Offering
from portal.offerings.process import WALK
from portal.offerings.seats import learners_lacking
from portal.offerings.telling_offering import DECIDING, experts, in_roles, words_of
from portal.offerings.terms import weeks
from portal.proposals.access import CENTRE
from portal.work.repetition import repeated

SPARE_DAYS = 1
"""A day more than asked for, so that a worker that rests for a day still tells in time."""
ALERT_DAYS = 7


@repeated(timedelta(hours=6))
@task
def go_on_with_offerings() -> int:
    """Begin and end offerings whose day has come; returns how many moved."""
    return sum(gone_on(pk) for pk in due(timezone.localdate()))


def due(today: date) -> list[int]:
    """Return the offerings whose first or last day has come."""
    begin = Offering.objects.filter(state="announced", starts_on__lte=today)
    end = Offering.objects.filter(state="running", ends_on__lt=today)
    return [*begin.values_list("pk", flat=True), *end.values_list("pk", flat=True)]


@transaction.atomic
def gone_on(pk: int) -> bool:
    """Let one offering go on by itself; says whether it did."""
    offering = WALK.locked(Offering.objects.get(pk=pk), None)
    before = offering.state
    WALK.go_on(offering)
    return offering.state != before


@reminders
def ending_soon(day: date) -> Iterable[Reminder]:
    """Tell all learners at least a week ahead that an offering ends (UTM 5.2.14)."""
    running = Offering.objects.filter(state="running", ends_on__gte=day).exclude(
        mode=Offering.Mode.SELF_PACED
    )
    for offering in running.select_related("proposal", "institution", "faculty"):
        ahead = timedelta(weeks=weeks(offering.policy, "ending_notice_weeks"), days=SPARE_DAYS)
        if offering.ends_on is None or offering.ends_on - day > ahead:
            continue
        told = words_of(offering) | {"final_due_on": offering.final_due_on}
        page = reverse("learn:offering", args=[offering.pk])
        key = f"offering-{offering.pk}-ending-{offering.ends_on}"
        for enrolment in offering.enrolments.filter(state__in=TAKING_PART).select_related("person"):
            yield Reminder(enrolment.person, "offering_ending", told, page, offering.institution, key)


@reminders
def to_be_announced(day: date) -> Iterable[Reminder]:
    """Remind the centre of offerings that should be announced within a week (UTM 5.3.4)."""
    waiting = Offering.objects.filter(
        state__in=("draft", "readiness", "approval", "approved"), starts_on__gte=day
    )
    for offering in waiting.select_related("proposal", "institution", "faculty"):
        ahead = timedelta(weeks=weeks(offering.policy, "announcement_weeks"), days=ALERT_DAYS)
        if offering.starts_on is not None and offering.starts_on - day <= ahead:
            for person in in_roles(offering, CENTRE):
                yield reminder(offering, "offering_to_announce", person, f"{offering.starts_on}")


@reminders
def readiness_overdue(day: date) -> Iterable[Reminder]:
    """Remind the faculty of offerings whose readiness is overdue."""
    late = Offering.objects.filter(state="readiness", due_on__lt=day)
    for offering in late.select_related("proposal", "institution", "faculty"):
        for person in in_roles(offering, DECIDING):
            yield reminder(offering, "offering_readiness_overdue", person, f"{offering.due_on}")


@reminders
def small_classes(day: date) -> Iterable[Reminder]:
    """Tell the centre and the SMEs of classes that lack learners as enrolment closes."""
    closing = Offering.objects.filter(
        state="announced", least_learners__gt=0, enrols_until__lte=day + timedelta(days=ALERT_DAYS)
    )
    for offering in closing.select_related("proposal", "institution", "faculty"):
        lacking = learners_lacking(offering)
        if lacking:
            for person in [*in_roles(offering, CENTRE), *experts(offering)]:
                yield reminder(
                    offering, "offering_small", person, f"{offering.enrols_until}", lacking=lacking
                )


@reminders
def duties_overdue(day: date) -> Iterable[Reminder]:
    """Remind teachers and the SMEs of duties that are overdue (UTM 3.3.1.2)."""
    late = Duty.objects.filter(
        due_on__lt=day, done_on=None, teacher__offering__state__in=("announced", "running", "ended")
    )
    related = ("teacher__person", "teacher__offering__proposal", "teacher__offering__institution")
    for duty in late.select_related(*related, "teacher__offering__faculty"):
        offering = duty.teacher.offering
        told = {"duty": duty.text, "due_on": duty.due_on, "who": duty.teacher.person.name}
        for person in [duty.teacher.person, *experts(offering)]:
            yield reminder(offering, "offering_duty", person, f"{duty.pk}-{duty.due_on}", **told)


def reminder(offering: Offering, kind: str, person: Person, key: str, **told: object) -> Reminder:
    """Return one reminder about an offering, told once for each key."""
    return Reminder(
        person,
        kind,
        words_of(offering) | told,
        offering.get_absolute_url(),
        offering.institution,
        f"{kind}-{offering.pk}-{key}",
    )
