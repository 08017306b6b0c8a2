"""The portal's own housekeeping."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from portal.work.models import Worker
from portal.work.repetition import repeated

FAILED_ARE_KEPT = 6
"""How many times longer than a finished task a failed one is kept: somebody should have looked at it."""


@repeated(every=timedelta(days=1))
@task
def tidy() -> int:
    """Forget tasks that ended long ago, dead workers and sessions; returns how many tasks."""
    now, kept = timezone.now(), timedelta(days=settings.TAULIAH_TASKS_KEPT_DAYS)
    Worker.objects.filter(seen_at__lt=now - kept).delete()
    if apps.is_installed("django.contrib.sessions"):
        call_command("clearsessions")
    done, _ = DBTaskResult.objects.successful().filter(finished_at__lt=now - kept).delete()
    failed, _ = DBTaskResult.objects.failed().filter(finished_at__lt=now - kept * FAILED_ARE_KEPT).delete()
    return done + failed
