"""What waits once courses run: actions of reviews that somebody is to do."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.desk.work import Work
from portal.monitoring.access import courses_for
from portal.monitoring.models import ReviewAction


def watching(acting: Appointment) -> Iterator[Work]:
    """Yield the actions of yearly reviews that are somebody's, and not done."""
    mine = ReviewAction.objects.filter(
        person=acting.person_id, done_on=None, review__proposal__in=courses_for(acting)
    )
    first = mine.order_by("due_on", "pk").select_related("review").first()
    if first is not None:
        late = mine.filter(due_on__lt=timezone.localdate()).count()
        page = reverse("monitoring:course", args=[first.review.proposal_id])
        yield Work(_("Actions of reviews that you do"), mine.count(), page, "tick", late)
