"""What was decided about something, as the facts of a process ask it."""

from django.db import models

from portal.approvals.models import Item


def latest(kind: str, subject: models.Model, purpose: str) -> Item | None:
    """Return the last item about something for a purpose, decided or not; deferred ones count as open."""
    asked = Item.objects.filter(kind=kind, subject=subject.pk, purpose=purpose, withdrawn_at=None)
    return asked.order_by("-pk").first()


def answered(kind: str, subject: models.Model, purpose: str, decision: str) -> bool:
    """Whether the last item about something has this decision."""
    item = latest(kind, subject, purpose)
    return item is not None and item.decision == decision


def history(kind: str, subject: int) -> models.QuerySet[Item]:
    """Return everything that committees were asked about something, oldest first, for its page."""
    asked = Item.objects.filter(kind=kind, subject=subject).select_related("committee", "meeting__committee")
    return asked.order_by("pk")
