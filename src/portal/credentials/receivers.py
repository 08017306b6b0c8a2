"""What happens to credentials when something else happened: an application was decided."""

from typing import Any

from django.dispatch import receiver

from portal.applications.actions.concluding import DECIDED
from portal.applications.models import Application
from portal.applications.signals import moved
from portal.credentials.tasks import issue_decision_of


@receiver(moved, dispatch_uid="credentials.moved")
def on_moved(sender: type[Application], thing: Application, **kwargs: Any) -> None:
    """Have the decision issued to the student by a worker, once the step is kept."""
    if thing.state in DECIDED:
        issue_decision_of.enqueue(thing.pk)
