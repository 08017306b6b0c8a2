"""A delivery for the tests: letters that are handed over by adding a line to a file."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.db import models
from django_tasks import TaskContext, task

from portal.work.delivery import Delivery, deliver, worker_of


class Letter(Delivery):
    """A letter to a file."""

    file = models.CharField(max_length=300)

    class Meta:
        app_label = "tests"


def post(letter: Letter) -> Callable[[], None]:
    """Hand a letter over, slowly: one line in the file."""

    def hand_over() -> None:
        with Path(letter.file).open("a", encoding="utf-8") as box:
            box.write(f"{letter.key}\n")
        time.sleep(float(os.environ.get("SECONDS_PER_LETTER", "0")))

    return hand_over


@task(takes_context=True)
def send(context: TaskContext, pk: int) -> None:
    """Send one letter."""
    again_at = deliver(Letter, pk, worker_of(context), post)
    if again_at:
        send.using(run_after=again_at).enqueue(pk)


@task
def add(one: int, two: int) -> int:
    """Add two numbers."""
    return one + two


@task
def fail() -> None:
    """Fail."""
    raise ValueError("no such thing")


@task
def stop() -> None:
    """End as a worker ends that is told to stop a second time."""
    raise SystemExit(1)
