"""What a worker does for notices: send an email, remind people of deadlines."""

from datetime import timedelta

from django.core.mail import get_connection
from django.utils import timezone
from django_tasks import TaskContext, task

from portal.notices.mailing import prepare
from portal.notices.models import Mail
from portal.work.delivery import deliver, worker_of
from portal.work.repetition import repeated


@task(takes_context=True)
def send_mail(context: TaskContext, pk: int) -> None:
    """Send one email, once; try again later where the mail server refuses."""
    send(context, pk)


@task(takes_context=True)
def send_mails(context: TaskContext, pks: list[int]) -> None:
    """Send several emails, each once; one that the mail server refuses is tried again by itself."""
    for pk in pks:
        send(context, pk)


def send(context: TaskContext, pk: int) -> None:
    """Send an email as the worker of a task."""
    keeps_once = bool(getattr(get_connection(), "keeps_once", False))
    again_at = deliver(Mail, pk, worker_of(context), prepare, repeatable=keeps_once)
    if again_at:
        send_mail.using(run_after=again_at).enqueue(pk)


@repeated(every=timedelta(hours=6))
@task
def remind_people() -> int:
    """Tell people of deadlines that come near; returns how many were told."""
    from portal.notices.reminders import remind  # noqa: PLC0415 - it tells by notify, which asks for send_mail

    return remind(timezone.localdate())
