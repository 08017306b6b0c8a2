"""The workers there are, and when each repeated task was last asked for."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Workers, by whether they are still heard of; the database's clock decides, for all machines alike."""

    def alive(self) -> Self:
        """Those that were heard of within ``TAULIAH_WORKER_LOST_AFTER`` seconds."""
        return self.filter(seen_at__gte=Now() - timedelta(seconds=settings.TAULIAH_WORKER_LOST_AFTER))


class Worker(models.Model):
    """A process that does background work and says every few seconds that it lives."""

    id = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now(), db_index=True)

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.id


class Repetition(models.Model):
    """When a repeated task was last asked for: the row by which workers agree who asks."""

    task = models.CharField(primary_key=True, max_length=200)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.task
