"""What a worker does for goals: advise those to whom advice is due."""

from datetime import timedelta

from django_tasks import task

from portal.stacking.actions.guiding import advise
from portal.stacking.models import Goal
from portal.work.repetition import repeated


@repeated(every=timedelta(days=1))
@task
def advise_learners() -> int:
    """Advise learners who are far on without the entry requirement; returns how many."""
    open_goals = Goal.objects.filter(advised_at=None, meets_entry=False, route=Goal.Route.STANDARD)
    return sum(advise(goal) for goal in open_goals.select_related("programme__institution", "person"))
