"""What the tests of notices share: the mail that went out, and a worker that sends what waits."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from portal.work.worker import do_what_is_ready

Send = Callable[[], list[EmailMessage]]


@pytest.fixture
def send(mailoutbox: list[EmailMessage]) -> Send:
    """Do what waits for a worker; gives every email that went out so far."""

    def done() -> list[EmailMessage]:
        do_what_is_ready()
        return mailoutbox

    return done
