"""A course that was delivered may have partners, and its quality page says so."""

import pytest
from tests.portal import cast
from tests.portal.offerings.stories import running_offering

from portal.accounts.refusal import Refused
from portal.offerings.models import Offering
from portal.proposals.actions.partnering import Papers, keep_partner
from portal.proposals.quality import rows_of

pytestmark = pytest.mark.django_db


def test_a_partner_comes_once_an_offering_has_ended() -> None:
    offering, salleh = running_offering(), cast.appear("salleh")
    proposal = offering.proposal

    with pytest.raises(Refused, match="sekurang-kurangnya sekali"):
        keep_partner(salleh, proposal, Papers(name="Kolej Contoh"))
    Offering.objects.filter(pk=offering.pk).update(state="ended")
    assert keep_partner(salleh, proposal, Papers(name="Kolej Contoh")).pk


def test_the_quality_page_says_whether_it_was_delivered() -> None:
    offering = running_offering()
    Offering.objects.filter(pk=offering.pk).update(state="ended")

    shown = {str(row.label): row.done for row in rows_of(offering.proposal)}
    assert shown["Disampaikan sehingga tamat"] is True
    assert shown["Pelajar ditanya tentang pengalaman mereka"] is False
