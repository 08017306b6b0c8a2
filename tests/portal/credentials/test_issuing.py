"""An issuing run: each learner exactly once, whatever happens on the way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.actions import issuing
from portal.credentials.actions.issuing import Issuers, carry_out, issue_part, start
from portal.credentials.models import Credential, IssuingRun, StatusList
from portal.credentials.verifying import verified, verified_own
from portal.notices.models import Mail
from portal.records.models import Entry
from tauliah.credentials.answer import Outcome
from tauliah.credentials.badge_schema import schema_problems

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


def test_a_cohort_gets_credentials_that_verify(kumar: Appointment, aminah: Appointment) -> None:
    found = made.issued(kumar, 3)

    assert [c.name for c in found] == ["Aminah binti Yusof", "Pelajar Contoh 1", "Pelajar Contoh 2"]
    assert [c.serial for c in found] == [f"UTHM-MC-2026-{n:06}" for n in (1, 2, 3)]
    assert found[0].person == aminah.person
    for credential in found:
        told = verified_own(credential).verification
        assert told.outcome is Outcome.YES, told.as_dict()
        assert list(schema_problems(credential.document)) == []
        assert verified(credential.document).own == credential


def test_each_learner_is_written_to_once_with_or_without_an_account(
    kumar: Appointment, aminah: Appointment
) -> None:
    found = made.issued(kumar, 2)

    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted(c.email for c in found)
    assert aminah.person.notices.get().title_ms == "Kelayakan digital anda: Asas Internet Benda"


def test_the_register_names_the_serial_numbers_and_nobody(kumar: Appointment) -> None:
    made.issued(kumar, 2)

    entry = Entry.objects.get(action="credentials.issue")
    assert entry.details["after"]["serials"] == ["UTHM-MC-2026-000001", "UTHM-MC-2026-000002"]
    assert "Aminah" not in str(entry.details)


def test_carried_out_again_it_issues_nothing_more(kumar: Appointment) -> None:
    found = made.issued(kumar, 3)
    assert found[0].run

    carry_out(made.again(found[0].run))
    with pytest.raises(Refused):
        start(kumar, found[0].run)

    assert Credential.objects.count() == 3


def test_broken_off_between_two_parts_it_goes_on_with_the_rest(
    kumar: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "PART", 2)
    run = made.run(kumar)
    made.learners(run, 5)
    start(kumar, run)

    issue_part(run, Issuers(made.again(run)))
    assert Credential.objects.count() == made.again(run).issued == 2
    carry_out(made.again(run))

    assert made.again(run).state == IssuingRun.State.DONE
    assert Credential.objects.filter(run=run).count() == 5
    assert Credential.objects.values("award").distinct().count() == 5


def test_a_part_that_fails_leaves_nothing_behind(kumar: Appointment, monkeypatch: pytest.MonkeyPatch) -> None:
    run = made.run(kumar)
    made.learners(run, 3)
    start(kumar, run)

    def breaks(_: Credential) -> None:
        raise Refused("The disk is full.")

    monkeypatch.setattr(issuing, "tell_issued", breaks)
    carry_out(made.again(run))

    assert made.again(run).state == IssuingRun.State.FAILED
    assert made.again(run).problem == {"message": "The disk is full."}
    assert Credential.objects.count() == 0
    monkeypatch.undo()
    start(kumar, run)
    carry_out(made.again(run))
    assert Credential.objects.count() == 3
    assert [c.serial[-6:] for c in Credential.objects.order_by("serial")] == ["000001", "000002", "000003"]


def test_what_could_not_be_certified_is_refused_before_it_begins(kumar: Appointment) -> None:
    run = made.run(kumar)
    made.learners(run, 1, name="Aminah 000101-13-4321")

    with pytest.raises(Refused, match=r"learner\.name"):
        start(kumar, run)

    assert made.again(run).state == IssuingRun.State.DRAFT


def test_without_a_profile_it_says_what_to_do(kumar: Appointment) -> None:
    run = made.run(kumar)
    made.learners(run, 1)
    run.institution.issuer_profile.delete()

    with pytest.raises(Refused):
        start(kumar, run)


def test_the_auditor_does_not_issue(kumar: Appointment, nathan: Appointment) -> None:
    run = made.run(kumar)
    made.learners(run, 1)

    with pytest.raises(NotAllowed):
        start(nathan, run)


KILLED = """
import os, sys, django
django.setup()
from portal.credentials.actions import issuing
from portal.credentials.models import IssuingRun
issuing.PART = 20
run = IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=int(sys.argv[1]))
issuing.carry_out(run)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_point_leaves_each_learner_exactly_one(tmp_path: Path) -> None:
    """A process of its own issues; it is killed in the middle, three times over; then it may finish."""
    kumar = cast.appear("kumar")
    run = made.run(kumar)
    made.learners(run, 400)
    start(kumar, run)
    seen = [0]

    for _ in range(3):
        killed_after_some_progress(run, tmp_path)
        seen.append(Credential.objects.filter(run=run).count())
    carry_out(made.again(run))

    assert seen == sorted(seen)
    assert 0 < seen[1] < 400
    assert made.again(run).state == IssuingRun.State.DONE
    assert Credential.objects.filter(run=run).count() == 400
    assert Credential.objects.values("award").distinct().count() == 400
    assert Mail.objects.count() == 400
    serials = sorted(Credential.objects.values_list("serial", flat=True))
    assert serials == [f"UTHM-MC-2026-{n:06}" for n in range(1, 401)]
    assert StatusList.objects.get().taken_count == 400


def killed_after_some_progress(run: IssuingRun, folder: Path) -> None:
    """Begin to issue in another process, and kill it as soon as it has issued something more."""
    script = folder / "worker.py"
    script.write_text(SETTINGS.format(name=connection.settings_dict["NAME"]) + KILLED, encoding="utf-8")
    before = Credential.objects.filter(run=run).count()
    worker = subprocess.Popen([sys.executable, str(script), str(run.pk)], env=environment(), cwd=ROOT)
    for _ in range(600):
        if worker.poll() is not None or Credential.objects.filter(run=run).count() > before:
            break
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


SETTINGS = """
from portal import settings
settings.DATABASES["default"] |= {{"NAME": {name!r}}}
settings.TAULIAH_KEYS = settings.Path(settings.os.environ["KEYS"])
"""


def environment() -> dict[str, str]:
    from django.conf import settings

    given = connection.settings_dict
    if "sqlite" in given["ENGINE"]:
        pytest.skip(
            "SQLite keeps a test's database in one process; PostgreSQL (the tests' default) lets two at it"
        )
    address = f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "TAULIAH_DATABASE": address,
        "KEYS": str(settings.TAULIAH_KEYS),
    }


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_share_the_learners() -> None:
    kumar = cast.appear("kumar")
    run = made.run(kumar)
    made.learners(run, 600)
    start(kumar, run)

    def work() -> None:
        carry_out(made.again(run))
        connections.close_all()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Credential.objects.filter(run=run).count() == 600
    assert made.again(run).issued == 600


@pytest.mark.django_db
def test_a_part_asks_the_database_as_often_for_many_learners_as_for_few(
    kumar: Appointment, django_assert_max_num_queries: Any
) -> None:
    run = made.run(kumar)
    made.learners(run, 120)
    start(kumar, run)
    with django_assert_max_num_queries(40):
        carry_out(made.again(run))

    assert made.again(run).issued == Mail.objects.count() == 120
