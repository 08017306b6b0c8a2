"""What waits of course proposals: for a role, for an appointed expert or evaluator, for who writes one."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.desk.work import Work
from portal.proposals.access import PROPOSERS, READERS
from portal.proposals.models import Evaluation, Vetting
from portal.proposals.waiting import own, waiting_for


def proposing(acting: Appointment) -> Iterator[Work]:
    """Yield the proposals whose turn is the role's, then what somebody was appointed to judge."""
    if acting.role not in READERS:
        return
    today, listed = timezone.localdate(), reverse("proposals:list")
    waiting = waiting_for(acting)
    late = waiting.filter(due_on__lt=today).count()
    if acting.role in PROPOSERS:
        drafts = waiting.filter(own(acting), state="draft").count()
        yield Work(_("Course proposals that you are writing"), drafts, f"{listed}?show=mine", "pencil")
        waiting = waiting.exclude(own(acting), state="draft")
    yield Work(
        _("Course proposals that wait for your role"), waiting.count(), f"{listed}?show=waiting", "file", late
    )
    yield from appointed(acting)


def appointed(acting: Appointment) -> Iterator[Work]:
    """Yield the courses that somebody vets or evaluates and has not handed in yet."""
    today, person = timezone.localdate(), acting.person_id
    there = {"proposal__institution": acting.institution}
    to_vet = Vetting.objects.filter(expert=person, decision="", **there).order_by("due_on", "pk")
    to_rate = Evaluation.objects.filter(
        evaluator=person, submitted_at=None, appointed_by__isnull=False, **there
    ).order_by("due_on", "pk")
    for words, rows, page in (
        (_("Courses that you vet"), to_vet, "proposals:vettings"),
        (_("Courses that you evaluate"), to_rate, "proposals:evaluations"),
    ):
        first = rows.first()
        if first is not None:
            late = rows.filter(due_on__lt=today).count()
            yield Work(words, rows.count(), reverse(page, args=[first.proposal_id]), "tick", late)
