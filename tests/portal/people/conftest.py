"""Limits that are counted across requests begin anew for each test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def counts_begin_anew() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
