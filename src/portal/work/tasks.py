"""The portal's own housekeeping."""

from datetime import timedelta

from axes.models import AccessAttempt
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
    """Forget old tasks, dead workers, sessions and failed logins; returns how many tasks."""
    now, kept = timezone.now(), timedelta(days=settings.TAULIAH_TASKS_KEPT_DAYS)
    Worker.objects.filter(seen_at__lt=now - kept).delete()
    call_command("clearsessions")
    AccessAttempt.objects.filter(attempt_time__lt=now - kept).delete()
    done, _ = DBTaskResult.objects.successful().filter(finished_at__lt=now - kept).delete()
    failed, _ = DBTaskResult.objects.failed().filter(finished_at__lt=now - kept * FAILED_ARE_KEPT).delete()
    return done + failed
