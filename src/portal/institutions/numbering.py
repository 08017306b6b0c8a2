"""Numbers without gaps, one after another in a series of an institution and year."""

from typing import Any

from django.db import transaction

from portal.institutions.models import Counter, Institution


def next_number(institution: Institution, series: str, year: int) -> int:
    """Return the next number of a series, from 1; a transaction that is rolled back gives it back.

    Must be called in the transaction that uses the number: it holds the series until that ends.
    """
    return next_numbers(institution, series, year, 1)


def next_numbers(institution: Institution, series: str, year: int, count: int) -> int:
    """Return the first of the next ``count`` numbers of a series, under the same terms."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number is taken in the transaction that uses it.")
    series_of_year: dict[str, Any] = {"institution": institution, "series": series, "year": year}
    held = Counter.objects.select_for_update(no_key=True).filter(**series_of_year)
    counter = held.first()
    if counter is None:
        Counter.objects.get_or_create(**series_of_year)
        counter = held.get()
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return first
