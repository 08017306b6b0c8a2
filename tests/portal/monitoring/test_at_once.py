"""Two at once: a letter is written once, a share paid once, an income begun once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from tests.portal import cast
from tests.portal.monitoring.test_income import cohort, income_of, instructed
from tests.portal.monitoring.test_monitoring import mooc

from portal.accounts.refusal import Refused
from portal.monitoring.actions import earning, keeping_up
from portal.monitoring.models import IncomeShare, UpkeepLetter
from portal.records.models import Entry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite gives a test's database one connection; PostgreSQL, the tests' default, gives many",
    ),
]


def at_once(do: Callable[[], object]) -> list[bool]:
    """Do the same in two connections at the same time; says of each whether it was done or refused."""
    ready = Barrier(2)

    def one() -> bool:
        with closing(connection):
            ready.wait(10)
            try:
                do()
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        return sorted(done.result(30) for done in [pool.submit(one), pool.submit(one)])


def test_of_two_who_write_a_letter_one_does() -> None:
    cast.appear("yusuf")
    course, zarina = mooc(date(2020, 1, 1)), cast.appear("zarina")

    assert at_once(lambda: keeping_up.write_letter(zarina, course, "warning")) == [False, True]
    assert UpkeepLetter.objects.count() == 1


def test_of_two_who_pay_the_same_shares_one_does() -> None:
    there, umar = instructed(), cast.appear("umar")
    shares = list(income_of(there).shares.values_list("pk", flat=True))

    def pay() -> None:
        earning.pay(umar, there, shares, timezone.localdate(), "EFT-1", version=None)

    assert at_once(pay) == [False, True]
    assert not IncomeShare.objects.filter(paid_on=None).exists()
    assert Entry.objects.filter(action="income.pay").count() == 1


def test_of_two_who_begin_an_income_one_does() -> None:
    there, zarina = cohort(), cast.appear("zarina")

    assert at_once(lambda: earning.count(zarina, there, 7, "Laporan", version=0)) == [False, True]
    assert income_of(there).version == 2
