"""A list as a file: the rows of the page, headings in the reader's language, nothing read whole."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy, override

from portal.accounts.models import Person
from portal.exports.listing import Column, Listing, exported
from tauliah.files.spreadsheets import read


def listing(rows):
    columns = [
        Column(gettext_lazy("Credits"), lambda row: row["credits"]),
        Column("Hari", lambda row: row["day"]),
        Column("Teks", lambda row: row["text"]),
    ]
    return Listing("Senarai kursus", columns, rows)


ROWS = [
    {"credits": Decimal("2.5"), "day": date(2026, 1, 2), "text": "=1+1"},
    {"credits": 3, "day": datetime(2026, 1, 2, 16, 30, tzinfo=UTC), "text": gettext_lazy("Credits")},
]


def content(answer) -> bytes:
    """What is sent; only the file is closed, for the end of a request would close the database too."""
    try:
        return b"".join(answer.streaming_content)
    finally:
        for close in answer._resource_closers:
            close()


@pytest.mark.parametrize(("language", "word"), [("ms", "Kredit"), ("en", "Credits")])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_holds_headings_and_rows_in_the_readers_language(form, language, word):
    with override(language):
        [sheet] = read(content(exported(listing(ROWS), form)))

    assert [list(row) for row in sheet.rows] == [
        [word, "Hari", "Teks"],
        ["2.5", "2026-01-02", "=1+1"],
        ["3", "2026-01-03 00:30", word],
    ]


def test_a_file_is_named_after_the_list_and_the_day():
    named = exported(listing([]), "csv")["Content-Disposition"]

    assert named.startswith('attachment; filename="senarai-kursus-2')
    assert named.endswith('.csv"')


def test_an_empty_list_still_has_its_headings():
    [sheet] = read(content(exported(listing([]), "xlsx")))

    assert list(sheet.rows[0]) == ["Kredit", "Hari", "Teks"]


def test_another_form_is_not_found():
    with pytest.raises(Http404):
        exported(listing(ROWS), "pdf")


@pytest.mark.django_db
def test_a_queryset_is_read_once_however_many_rows_it_has():
    Person.objects.bulk_create(Person(email=f"p{n}@uthm.example", name=f"P{n}") for n in range(50))
    people = Listing("Orang", [Column("Nama", lambda person: person.name)], Person.objects.all())

    with CaptureQueriesContext(
        connection,
    ) as asked:
        lines = content(exported(people, "csv")).decode().splitlines()

    assert len(lines) == 51
    assert len(asked) <= 1


def test_the_file_is_a_workbook_that_a_program_opens():
    body = content(exported(listing(ROWS), "xlsx"))

    assert io.BytesIO(body).read(2) == b"PK"
