"""Partners stand beside the university: their results are kept once, compared, listed and exported."""

import csv
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.monitoring.actions import overseeing
from portal.monitoring.models import PartnerCohort
from portal.monitoring.partners import compared
from portal.offerings.models import Enrolment
from portal.proposals.models import Partner
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
RESULTS = {
    "cohort": "Mac 2026",
    "ended_on": "2026-06-30",
    "enrolled": "8",
    "withdrawn": "2",
    "completed": "4",
    "experience": "4.25",
}


def partner(name: str = "Kolej Contoh") -> Partner:
    """A partner of a course of which four learners ended here: three completed, one withdrew."""
    there = stories.running_offering("UNIMAS", state="ended")
    Enrolment.objects.filter(offering=there).delete()
    for number, state in enumerate(("completed", "completed", "completed", "withdrawn")):
        stories.joined(there, stories.learner(300 + number), state=state)
    return Partner.objects.create(proposal=there.proposal, name=name)


def address(of: Partner) -> str:
    return f"/monitoring/partners/{of.pk}/cohort/"


def test_shares_of_a_partner_stand_beside_those_here(hamidah: Appointment) -> None:
    there, client = partner(), cast.client_of(hamidah, language="en")

    assert client.post(address(there), RESULTS).status_code == 302

    (row,) = compared(Partner.objects.filter(pk=there.pk).prefetch_related("cohorts", "visits"))
    assert row.rows == [
        ("completion", 50, 75, -25),
        ("attrition", 25, 25, 0),
        ("experience", Decimal("4.25"), None, None),
    ]
    for page in ("/monitoring/partners/", f"/monitoring/courses/{there.proposal_id}/"):
        shown = client.get(page).content.decode()
        assert "Kolej Contoh" in shown
        assert "-25" in shown or "−25" in shown
    assert Entry.objects.get(action="monitoring.keep_cohort").details["after"]["enrolled"] == 8


def test_the_report_is_a_file_with_the_same_figures(hamidah: Appointment) -> None:
    there, client = partner(), cast.client_of(hamidah, language="en")
    client.post(address(there), RESULTS)

    sent: Any = client.get("/monitoring/partners/", {"form": "csv"})
    head, row = csv.reader(b"".join(sent.streaming_content).decode("utf-8-sig").splitlines())

    told = dict(zip(head, row, strict=True))
    assert (Decimal(told["Completion, %"]), Decimal(told["Completion here, %"])) == (50, 75)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"completed": "7"}, "completed"),
        ({"enrolled": "0", "withdrawn": "0", "completed": "0"}, "enrolled"),
        ({"enrolled": "-1"}, "enrolled"),
        ({"enrolled": "9" * 20}, "enrolled"),
        ({"experience": "5.5"}, "experience"),
        ({"experience": "NaN"}, "experience"),
        ({"ended_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "ended_on"),
        ({"cohort": " "}, "cohort"),
    ],
)
def test_results_that_cannot_be_are_told_at_their_field(
    hamidah: Appointment, given: dict[str, str], field: str
) -> None:
    sent = cast.client_of(hamidah).post(address(partner()), RESULTS | given)

    assert sent.status_code == 422
    assert field in sent.context["cohort_form"].errors
    assert not PartnerCohort.objects.exists()


def test_a_cohort_is_kept_once(hamidah: Appointment) -> None:
    there, client = partner(), cast.client_of(hamidah)
    assert client.post(address(there), RESULTS).status_code == 302
    again = client.post(address(there), RESULTS | {"enrolled": "20"})
    assert "cohort" in again.context["cohort_form"].errors
    assert PartnerCohort.objects.get().enrolled == 8


def test_the_developer_and_strangers_keep_nothing(laila: Appointment, nathan: Appointment) -> None:
    there = partner()
    with pytest.raises(NotAllowed):
        overseeing.must_oversee(laila, there.proposal)
    assert cast.client_of(laila).post(address(there), RESULTS).status_code == 403
    assert cast.client_of(nathan).post(address(there), RESULTS).status_code == 404
    assert not PartnerCohort.objects.exists()


def test_the_list_asks_no_more_for_more_partners(hamidah: Appointment) -> None:
    client, asked = cast.client_of(hamidah), []
    for name in ("Kolej Satu", "Kolej Dua", "Kolej Tiga"):
        client.post(address(partner(name)), RESULTS)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/monitoring/partners/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[-1]
