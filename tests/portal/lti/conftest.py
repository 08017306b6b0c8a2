"""The parties of the LTI tests: an LMS that answers on loopback, and its registration."""

from collections.abc import Iterator

import pytest
from tests.portal.lti import lms as platform
from tests.portal.lti import made

from portal.lti.keys import published_keys
from portal.lti.models import Lms, Side


@pytest.fixture
def moodle(db) -> Iterator[platform.Lms]:
    """An LMS of the library on 127.0.0.1; it knows our keys."""
    with platform.running() as running:
        registered = made.lms(site=running.site)
        running.registration.set_tool_key_set(published_keys(registered.institution, Side.TOOL))
        yield running


@pytest.fixture
def registered(moodle) -> Lms:
    """The row by which it is registered here."""
    return Lms.objects.get(issuer=moodle.site)
