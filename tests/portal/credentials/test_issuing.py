"""An issuing run: each learner exactly once, whatever happens on the way."""

import pytest
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.credentials.verifying import verified, verified_own
from tauliah.credentials.answer import Outcome

pytestmark = pytest.mark.django_db


def test_a_cohort_gets_credentials_that_verify(kumar: Appointment, aminah: Appointment) -> None:
    found = made.issued(kumar, 3)

    assert [c.name for c in found] == ["Aminah binti Yusof", "Pelajar Contoh 1", "Pelajar Contoh 2"]
    assert found[0].person == aminah.person
    for credential in found:
        told = verified_own(credential).verification
        assert told.outcome is Outcome.YES, told.as_dict()
        assert verified(credential.document).own == credential
