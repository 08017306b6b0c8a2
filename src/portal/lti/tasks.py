"""What a worker does for LTI: it lets go of what has ended."""

from datetime import timedelta

from django_tasks import task

from portal.lti.forgetting import forget_lists, forget_passing
from portal.work.repetition import repeated


@repeated(every=timedelta(days=1))
@task
def forget() -> int:
    """Let go of lists from LMSs, of launches and tokens that have ended, and of old keys."""
    return forget_lists() + forget_passing()
