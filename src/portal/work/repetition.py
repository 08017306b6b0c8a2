"""Tasks that are done again and again, without a clock beside the portal: the workers ask for them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from portal.work.models import Repetition

REPEATED: dict[str, tuple["Task[..., Any]", timedelta]] = {}
"""The repeated tasks by path, each with the time between two of them."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def repeated(every: timedelta) -> Callable[["Task[..., Any]"], "Task[..., Any]"]:
    """Have a task without arguments done once in so much time, whichever worker comes first."""

    def repeat(task: "Task[..., Any]") -> "Task[..., Any]":
        REPEATED[task.module_path] = (task, every)
        return task

    return repeat


def ask_for_what_is_due() -> list[str]:
    """Ask for the repeated tasks whose time has come; returns their paths."""
    return [path for path, (task, every) in REPEATED.items() if ask_if_due(path, task, every)]


@transaction.atomic
def ask_if_due(path: str, task: "Task[..., Any]", every: timedelta) -> bool:
    """Ask for one task, unless another worker has done so in the meantime."""
    row, _ = Repetition.objects.select_for_update(no_key=True).get_or_create(
        task=path, defaults={"asked_at": NEVER}
    )
    now = timezone.now()
    if row.asked_at + every > now:
        return False
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    task.enqueue()
    return True
