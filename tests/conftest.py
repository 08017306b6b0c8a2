"""What all tests share: a database that starts when a test asks for it, and how many examples are drawn."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from tests.settings import SERVER

settings.register_profile(
    "moderate", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "moderate"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start the throwaway server before the first database is made, once; end it after the last test."""
    if SERVER is not None:
        SERVER.start()
    yield
    if SERVER is not None:
        SERVER.stop()
