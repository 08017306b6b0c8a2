"""What a worker does for credentials: carry out runs, issue decisions, keep status lists fresh."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from portal.accounts.refusal import Refused
from portal.applications.models import Application
from portal.credentials import status
from portal.credentials.actions.deciding import issue_decision, waiting_decisions
from portal.credentials.actions.issuing import carry_out
from portal.credentials.models import IssuingRun
from portal.work.repetition import repeated


@task
def issue_run(pk: int) -> None:
    """Carry out an issuing run, or what an earlier worker left of it."""
    carry_out(IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=pk))


@task
def issue_decision_of(pk: int) -> bool:
    """Issue the decision on an application; says whether it could be done."""
    try:
        issue_decision(Application.objects.get(pk=pk))
    except Refused:
        return False  # the institution has no issuing profile yet; ``issue_what_waits`` comes again
    return True


@repeated(every=timedelta(days=1))
@task
def issue_what_waits() -> int:
    """Issue decisions whose institution was not ready to issue; returns how many."""
    since = timezone.now() - timedelta(days=365)
    return sum(issue_decision_of.func(application.pk) for application in waiting_decisions(since))


@repeated(every=timedelta(hours=6))
@task
def renew_status_lists() -> int:
    """Sign anew the status lists that end within a week; returns how many."""
    return status.renew()
