"""The centre judges whether a platform suits, and says when and why (UTM 4.3.2)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.offerings.models import Platform
from portal.records.register import entries_about

pytestmark = pytest.mark.django_db


def given(**changes: str) -> dict[str, str]:
    """What the page is sent; a platform with its assessment of today."""
    today = timezone.localdate().isoformat()
    standard = {"name": "OpenLearning UTM", "active": "on", "streams_only": "on"}
    return (
        standard | {"assessed_on": today, "assessment": "Boleh diakses, selamat, kuiz dan forum."} | changes
    )


def test_utmlead_records_the_assessment_with_its_day_and_finding(zarina: Appointment) -> None:
    client = cast.client_of(zarina)

    assert client.post(reverse("offerings:platform-new"), given()).status_code == 302

    platform = Platform.objects.get()
    last = entries_about(platform).last()
    assert platform.assessed_on == timezone.localdate()
    assert last is not None
    assert last.person == zarina.person
    page = client.get(reverse("offerings:platforms")).content.decode()
    assert "Boleh diakses, selamat, kuiz dan forum." in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"assessed_on": ""}, "Nyatakan hari kesesuaian dinilai"),
        ({"assessment": ""}, "Nyatakan dapatan"),
        ({"assessed_on": "tomorrow"}, "Tarikh ini pada masa hadapan"),
    ],
)
def test_an_assessment_has_day_and_finding(zarina: Appointment, changes: dict[str, str], told: str) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    typed = {name: tomorrow if value == "tomorrow" else value for name, value in changes.items()}

    answer = cast.client_of(zarina).post(reverse("offerings:platform-new"), given(**typed))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Platform.objects.exists()


def test_a_developer_judges_no_platform(yusuf: Appointment) -> None:
    assert cast.client_of(yusuf).post(reverse("offerings:platform-new"), given()).status_code == 403
