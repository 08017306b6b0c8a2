"""How an application goes through its process, and how it is held while it changes."""

from django.db.models import QuerySet

from portal.applications.facts import FACTS
from portal.applications.models import Application
from portal.applications.process import permits
from portal.applications.signals import moved
from portal.processes.walk import Walk

WALK = Walk(
    Application,
    "applications",
    FACTS,
    permits,
    moved,
    related=(
        "institution",
        "faculty",
        "programme__institution",
        "student__person",
        "student__intake",
        "order",
    ),
)
locked, opened, take, go_on = WALK.locked, WALK.opened, WALK.take, WALK.go_on
must_be_ready, must_be_theirs = WALK.must_be_ready, WALK.must_be_theirs
touch = Application.touch


def hold(applications: QuerySet[Application]) -> None:
    """Hold applications until the transaction ends, in the order of their numbers."""
    numbers = list(applications.values_list("pk", flat=True))
    rows = Application.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")
    list(rows.values_list("pk", flat=True))
