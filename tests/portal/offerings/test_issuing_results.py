"""The certificates of a sheet when workers die: resumed, and nothing twice."""

import signal
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.work.conftest import StartWorker, start_worker

from portal.accounts.models import Person
from portal.credentials.models import Credential, IssuingRun
from portal.notices.models import Mail
from portal.offerings.actions.results import issue
from portal.offerings.models import Enrolment, Result, ResultSheet
from portal.offerings.tasks_learning import issue_results

__all__ = ["start_worker"]
LEARNERS, PATIENCE = 600, 120


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    last = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.02)


def confirmed(number: int) -> ResultSheet:
    """A confirmed sheet of so many learners who passed."""
    offering = stories.running_offering(learners=0)
    people = Person.objects.bulk_create(
        Person(email=f"ramai{n}@contoh.example", name=f"Pelajar Ramai {n}", password="!")
        for n in range(number)
    )
    enrolled = Enrolment.objects.bulk_create(
        Enrolment(offering=offering, person=person, state="completed") for person in people
    )
    sheet = ResultSheet.objects.create(
        institution=offering.institution, offering=offering, policy="unimas", state="confirmed",
        confirmed_on=timezone.localdate(),
    )  # fmt: skip
    Result.objects.bulk_create(
        Result(
            sheet=sheet, enrolment=one, total=Decimal(85), continuous=Decimal(85), final=Decimal(85), grade="A",
            passed=True, told_at=timezone.now(),
        )
        for one in enrolled
    )  # fmt: skip
    return sheet


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps a test's database in one process")
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_run_leaves_every_learner_exactly_one(start_worker: StartWorker) -> None:
    sheet = confirmed(LEARNERS)
    issue(cast.appear("salleh"), sheet, version=sheet.version)
    issue_results.enqueue(sheet.pk)
    keys = str(settings.TAULIAH_KEYS)

    killed = start_worker(TAULIAH_KEYS=keys)
    until(lambda: Credential.objects.exists() or killed.poll() is not None)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    issued = Credential.objects.count()
    assert 0 < issued < LEARNERS
    assert ResultSheet.objects.get(pk=sheet.pk).state == "confirmed"
    start_worker(TAULIAH_KEYS=keys)
    until(lambda: ResultSheet.objects.get(pk=sheet.pk).state == "issued")

    assert IssuingRun.objects.get().state == IssuingRun.State.DONE
    assert Credential.objects.count() == LEARNERS
    twice = Credential.objects.values("email").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()
    assert Mail.objects.filter(key__startswith="credential-").count() == LEARNERS
