"""What waits, before a course is offered, for faculty, centre and those who are to teach."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.accounts.roles import LEARNERS
from portal.desk.work import Work
from portal.offerings.access import offerings_for
from portal.offerings.models import Duty, Teacher
from portal.offerings.rights import FACULTY_TICKS
from portal.proposals.access import CENTRE


def preparing(acting: Appointment) -> Iterator[Work]:
    """Yield offerings to be made ready, approved and announced, then agreements to sign and duties to do."""
    if acting.role in LEARNERS:
        return
    today, listed = timezone.localdate(), reverse("offerings:list")
    there = offerings_for(acting)
    if acting.role in FACULTY_TICKS:
        ready = there.filter(state="readiness")
        late = ready.filter(due_on__lt=today).count()
        yield Work(
            _("Offerings whose readiness you confirm"),
            ready.count(),
            f"{listed}?state=readiness",
            "tick",
            late,
        )
    if acting.role in CENTRE:
        asked = there.filter(state="approval")
        late = asked.filter(due_on__lt=today).count()
        yield Work(_("Offerings to approve"), asked.count(), f"{listed}?state=approval", "tick", late)
        begun = there.filter(state="draft", starts_on__gte=today)
        approved = there.filter(state="approved")
        yield Work(_("Approved offerings to announce"), approved.count(), f"{listed}?state=approved", "bell")
        yield Work(_("Offerings being prepared"), begun.count(), f"{listed}?state=draft", "calendar")
    yield from own_part(acting)


def own_part(acting: Appointment) -> Iterator[Work]:
    """Yield the agreements that somebody has to sign, and the duties that are not done."""
    today = timezone.localdate()
    own = Teacher.objects.filter(person=acting.person_id, offering__institution=acting.institution)
    unsigned = own.filter(offered_at__isnull=False, agreed_at=None).order_by("pk")
    first = unsigned.first()
    page = reverse("offerings:teachers", args=[first.offering_id]) if first else reverse("offerings:list")
    yield Work(_("Agreements to sign"), unsigned.count(), page, "pencil")
    duties = Duty.objects.filter(teacher__in=own, done_on=None).exclude(
        teacher__offering__state__in=("ended", "cancelled")
    )
    next_one = duties.order_by("due_on", "pk").select_related("teacher").first()
    page = reverse("offerings:teachers", args=[next_one.teacher.offering_id]) if next_one else page
    late = duties.filter(due_on__lt=today).count()
    yield Work(_("Duties in courses that you teach"), duties.count(), page, "list", late)
