"""The register's pages: reading, narrowing down, exporting, checking the chain."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from tests.portal.cast import client_of

from portal.records.models import Entry
from portal.records.register import record

pytestmark = pytest.mark.django_db
URL = "/register/"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def entries(bakar):
    with transaction.atomic():
        for number in range(3):
            after = {"name": f"Ujian {number}"}
            record(
                bakar,
                "people.change_own_data",
                bakar.person,
                before={"name": "x"},
                after=after,
                reason="Betul",
            )


def test_it_says_who_did_what(entries, nathan):
    shown = text_of(client_of(nathan).get(URL))

    for words in ("Bakar bin Salleh", "Penyelaras program", "Ujian 2", "Betul"):
        assert words in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"words": "bakar"}, 3),
        ({"action": "people.erase"}, 0),
        ({"until": "2020-01-01"}, 0),
        ({"since": "gibberish"}, 3),
        ({"number": "2"}, 1),
    ],
)
def test_it_is_narrowed_down(entries, nathan, query, found):
    assert len(client_of(nathan).get(URL, query).context["rows"]) == found


def test_it_is_exported(entries, nathan):
    sent = b"".join(client_of(nathan).get(URL, {"form": "csv"}).streaming_content).decode("utf-8-sig")

    assert "name: Ujian 2" in sent


def test_the_chain_holds(entries, nathan):
    assert "3 catatan" in text_of(client_of(nathan).post(reverse("records:check")))


def test_a_changed_entry_is_named(entries, nathan):
    Entry.objects.filter(number=2).update(details={"after": {"name": "Lain"}})
    answer = client_of(nathan).post(reverse("records:check"))

    assert [row["entry"].number for row in answer.context["broken"]] == [2]


def test_a_removed_entry_leaves_a_gap(entries, nathan):
    Entry.objects.filter(number=2)._raw_delete("default")
    answer = client_of(nathan).post(reverse("records:check"))

    assert [row["entry"].number for row in answer.context["broken"]] == [3]


def test_the_command_checks_every_institution(entries):
    said = StringIO()
    call_command("check_register", stdout=said)
    assert "UTHM: 3" in said.getvalue()

    Entry.objects.filter(number=3).update(role="dean")
    with pytest.raises(CommandError, match="1 entries"):
        call_command("check_register", stdout=said, stderr=StringIO())


def test_others_may_not_and_strangers_see_their_own(entries, bakar, aminah, vimala):
    for other in (bakar, aminah):
        assert client_of(other).get(URL).status_code == 403
        assert client_of(other).post(reverse("records:check")).status_code == 403
    assert client_of(vimala).get(URL).context["rows"] == []


def test_the_check_is_pressed_not_followed(nathan):
    assert client_of(nathan).get(reverse("records:check")).status_code == 405


def test_more_rows_cost_no_more_queries(entries, bakar, nathan, django_assert_max_num_queries):
    client = client_of(nathan)
    with django_assert_max_num_queries(12) as few:
        client.get(URL)
    with transaction.atomic():
        for _ in range(20):
            record(bakar, "people.change_own_data", bakar.person)
    with django_assert_max_num_queries(len(few)):
        client.get(URL)
