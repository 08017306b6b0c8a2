"""A list with named columns, and the answer that sends it as a file.

The list is made of the queryset that the page itself shows, so a file never holds more than its reader may
see. Headings are in the reader's language; rows are read from the database as they are sent.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify

from tauliah.files.spreadsheets import Page, Value, csv_lines, write_workbook

Row = TypeVar("Row")
CHUNK = 2_000
FORM = "form"
"""The word of the query string that asks a list's page for a file instead."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column of a file: its heading, and what a row says in it (text, number, day, yes or no)."""

    heading: str | Promise
    value: Callable[[Row], Any]


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """What is exported: a name for the file, columns, and rows that the reader may see."""

    name: str | Promise
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]

    def headings(self) -> list[str]:
        """The headings in the reader's language."""
        return [str(column.heading) for column in self.columns]

    def cells(self) -> Iterator[list[Value]]:
        """The cells row by row; a queryset is read in chunks, never whole."""
        rows = self.rows.iterator(CHUNK) if isinstance(self.rows, QuerySet) else self.rows
        for row in rows:
            yield [_value(column.value(row)) for column in self.columns]

    def file_name(self, form: str) -> str:
        """The file's name with the day: kursus-2026-11-22.xlsx."""
        return f"{slugify(str(self.name)) or 'tauliah'}-{timezone.localdate().isoformat()}.{form}"


def _value(value: Any) -> Value:
    if isinstance(value, Promise):
        return str(value)
    if hasattr(value, "tzinfo") and value.tzinfo is not None:
        return timezone.localtime(value).replace(tzinfo=None)
    shown: Value = value
    return shown


def exported(listing: Listing[Any], form: str) -> HttpResponseBase:
    """Answer with the list as a file; ``form`` is ``xlsx`` or ``csv``, anything else is not found."""
    if form == "csv":
        return _as_csv(listing)
    if form == "xlsx":
        return _as_xlsx(listing)
    raise Http404


def _as_csv(listing: Listing[Any]) -> StreamingHttpResponse:
    lines = csv_lines(listing.headings(), listing.cells())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{listing.file_name("csv")}"'
    return answer


def _as_xlsx(listing: Listing[Any]) -> FileResponse:
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_workbook([Page(str(listing.name), listing.headings(), listing.cells())], target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=listing.file_name("xlsx"), content_type=XLSX)
