"""What the tests of applications share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english_words() -> Iterator[None]:
    """Messages in English while a test reads them."""
    with translation.override("en"):
        yield
