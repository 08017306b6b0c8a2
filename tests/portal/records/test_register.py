"""The register: one line of entries per institution, each bound to the one before; changing any shows."""

from contextlib import suppress
from threading import Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction
from tests.portal import cast

from portal.accounts.refusal import Refused
from portal.records.models import Entry
from portal.records.register import broken_entries, entries_about, record, together


def written(acting, subject, number=3, **details):
    for n in range(number):
        with transaction.atomic():
            record(acting, "people.join", subject, after={"n": n, **details})


@pytest.mark.django_db
class TestTheChain:
    def test_it_holds_from_the_first_entry_on(self, aminah):
        written(aminah, aminah.person)
        assert [entry.number for entry in Entry.objects.all()] == [1, 2, 3]
        assert list(broken_entries(aminah.institution)) == []

    def test_each_institution_has_its_own(self, aminah, devi):
        written(aminah, aminah.person), written(devi, devi.person)
        assert [entry.number for entry in Entry.objects.filter(institution=devi.institution)] == [1, 2, 3]

    @pytest.mark.parametrize(
        "changed",
        [
            {"details": {"after": {"n": 9}}},
            {"action": "people.leave"},
            {"role": "dean"},
            {"actor": 0},
            {"subject_id": 0},
        ],
    )
    def test_a_changed_entry_shows(self, aminah, changed):
        written(aminah, aminah.person)
        Entry.objects.filter(number=2).update(**changed)
        assert 2 in [entry.number for entry in broken_entries(aminah.institution)]

    def test_a_missing_entry_shows(self, aminah):
        written(aminah, aminah.person)
        Entry.objects.filter(number=2).delete()
        assert list(broken_entries(aminah.institution))

    def test_erased_details_do_not_break_it(self, aminah):
        written(aminah, aminah.person)
        Entry.objects.filter(number=2).update(details=None)
        assert list(broken_entries(aminah.institution)) == []

    def test_an_entry_cannot_be_deleted_by_itself(self, aminah):
        written(aminah, aminah.person, 1)
        with pytest.raises(TypeError):
            Entry.objects.get().delete()

    def test_it_tells_the_history_of_one_thing(self, aminah, bakar):
        written(aminah, aminah.person), written(bakar, bakar.person)
        assert {entry.person for entry in entries_about(aminah.person)} == {aminah.person}

    @pytest.mark.parametrize("owned", [True, False])
    def test_a_number_stands_once_in_a_chain(self, aminah, owned):
        written(aminah if owned else None, aminah.person, 1)
        entry = Entry.objects.get()
        entry.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.save(force_insert=True)

    def test_what_is_recorded_together_stands_in_order_at_the_ends_of_its_chains(self, aminah, priya):
        written(aminah, aminah.person, 1)
        with transaction.atomic(), together():
            for who in (aminah, priya, aminah):
                record(who, "people.join", who.person)
                with together():
                    record(who, "people.change_own_data", who.person)
            assert Entry.objects.count() == 1
        for who, actions in ((aminah, 5), (priya, 2)):
            chain = Entry.objects.filter(institution=who.institution).order_by("number")
            assert [entry.number for entry in chain] == list(range(1, actions + 1))
            assert list(broken_entries(who.institution)) == []

    def test_what_fails_in_between_records_nothing(self, aminah):
        with suppress(Refused), transaction.atomic(), together():
            record(aminah, "people.join", aminah.person)
            raise Refused("x")
        written(aminah, aminah.person, 1)
        assert Entry.objects.count() == 1

    def test_an_undone_change_leaves_no_entry(self, aminah):
        with transaction.atomic():
            record(aminah, "people.join", aminah.person)
            transaction.set_rollback(True)
        assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("owned", [True, False])
def test_two_who_write_at_once_stand_in_one_line(owned):
    who = cast.appear("aminah")
    failed = []

    def write():
        try:
            written(who if owned else None, who.person, 8)
        except Exception as error:  # noqa: BLE001 - told in the main thread
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] or connection.vendor == "sqlite"
    assert list(broken_entries(who.institution if owned else None)) == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    who = cast.appear("aminah")
    with pytest.raises(RuntimeError):
        record(who, "people.join", who.person)
