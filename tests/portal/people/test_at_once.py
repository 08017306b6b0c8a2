"""Somebody's row is held while somebody else tells them something: neither waits for the other for ever."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from tests.portal.cast import appear

from portal.notices.models import Notice
from portal.notices.notify import notify
from portal.people import actions
from portal.people.models import ErasureRequest
from portal.records.register import record

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="needs several connections to a test's database"
    ),
]


def test_a_person_asks_for_something_while_a_step_tells_them_of_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aminah, bakar = appear("aminah"), appear("bakar")
    held, told = Event(), Event()

    def record_late(*args: Any, **more: Any) -> None:
        """The person's row is held by now; the register is asked only after the other one had its turn."""
        held.set()
        told.wait(2)
        record(*args, **more)

    def ask() -> None:
        with closing(connection):
            actions.ask_for_erasure(aminah.person, aminah)

    def tell() -> None:
        held.wait(10)
        with closing(connection):
            with transaction.atomic():
                record(bakar, "applications.decide", bakar.person)
                notify(aminah.person, "application_submitted", {"reference": "UTHM/PK/1"})
            told.set()

    monkeypatch.setattr(actions, "record", record_late)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(ask), pool.submit(tell)]:
            done.result(30)

    assert ErasureRequest.objects.filter(person=aminah.person).exists()
    assert Notice.objects.filter(person=aminah.person).exists()
