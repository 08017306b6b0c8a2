"""Deadlines of applications that people are reminded of."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from portal.applications.models import Application, EvidenceRequest, OnsiteAssessment
from portal.applications.process import state_of
from portal.applications.telling import holders
from portal.matching.models import Judgement
from portal.notices.reminders import Reminder, reminders

DAYS_BEFORE = 3
ENDED = ("draft", "decided", "closed", "withdrawn")


def page_of(application: Application) -> str:
    """Return the address of an application."""
    return reverse("applications:detail", args=[application.pk])


@reminders
def evidence_due(day: date) -> Iterable[Reminder]:
    """Remind students of evidence that is due within three days."""
    open_ = EvidenceRequest.objects.filter(
        answered_at=None, due_on__gte=day, due_on__lte=day + timedelta(days=DAYS_BEFORE)
    ).filter(application__state="more_evidence")
    for asked in open_.select_related("application__institution", "application__student__person"):
        application = asked.application
        told = {"reference": application.reference, "due_on": asked.due_on}
        person = application.student.person
        key = f"evidence-{asked.pk}-reminder"
        yield Reminder(person, "evidence_reminder", told, page_of(application), application.institution, key)


@reminders
def assessments_near(day: date) -> Iterable[Reminder]:
    """Remind students of on-site assessments of the next three days."""
    near = OnsiteAssessment.objects.filter(
        cancelled_at=None,
        recorded_at=None,
        at__date__gt=day,
        at__date__lte=day + timedelta(days=DAYS_BEFORE),
    )
    for each in near.select_related(
        "claim__target", "claim__application__institution", "claim__application__student__person"
    ):
        application = each.claim.application
        told = {
            "reference": application.reference,
            "course": each.claim.target.code,
            "at": each.at,
            "place": each.place,
        }
        person = application.student.person
        key = f"onsite-{each.pk}-reminder"
        yield Reminder(person, "onsite_reminder", told, page_of(application), application.institution, key)


@reminders
def mappings_due(day: date) -> Iterable[Reminder]:
    """Remind subject experts of comparisons that are due within three days or overdue."""
    waiting = Judgement.objects.filter(
        given_at=None, comparison__settled_at=None, due_on__lte=day + timedelta(days=DAYS_BEFORE)
    )
    for each in waiting.select_related("expert__person", "comparison__source", "comparison__target"):
        told = {
            "source": str(each.comparison.source),
            "target": each.comparison.target.code,
            "due_on": each.due_on,
        }
        institution = each.expert.institution
        key = f"judgement-{each.pk}-reminder"
        page = reverse("matching:judge", args=[each.pk])
        yield Reminder(each.expert.person, "mapping_reminder", told, page, institution, key)


@reminders
def overdue(day: date) -> Iterable[Reminder]:
    """Tell those whose turn it is, or else the coordinators, of applications past their day; once each."""
    late = Application.objects.filter(due_on__lt=day, submitted_at__isnull=False).exclude(state__in=ENDED)
    for application in late.select_related("institution", "faculty", "handler__person"):
        role = state_of(application).holder
        if role in (None, "student"):
            continue
        people = [application.handler.person] if application.handler else holders(application, (role,))
        people = people or holders(application, ("programme_coordinator",))
        told = {"reference": application.reference, "due_on": application.due_on}
        key = f"application-{application.pk}-overdue-{application.due_on}"
        for person in people:
            yield Reminder(
                person, "application_overdue", told, page_of(application), application.institution, key
            )
