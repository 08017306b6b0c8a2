"""What is entered wrongly, twice, too late or about somebody else’s course is told at its field; nothing breaks."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from tests.portal import cast
from tests.portal.monitoring.test_income import claimed, cohort, counted, income_of, received
from tests.portal.monitoring.test_monitoring import FIGURES, WORDS, mooc
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.monitoring.actions import earning, keeping_up, overseeing, reviewing, teaching
from portal.monitoring.actions.earning import Receipt
from portal.monitoring.models import Interaction, Maintenance, Review, ReviewAction, Visit
from portal.offerings.models import Offering
from portal.proposals.models import Partner
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def running(days: int = 20) -> Offering:
    """An offering of UTM that began so many days ago."""
    there = stories.running_offering("UTM")
    there.starts_on, there.ends_on = TODAY() - timedelta(days=days), TODAY() + timedelta(days=60)
    there.save()
    return there


def field_of(refused: Any) -> str | None:
    """The field of a refusal."""
    found: str | None = refused.value.field
    return found


@pytest.mark.parametrize(
    "query",
    [
        {"faculty": "9" * 30},
        {"year": "0000"},
        {"year": "9" * 30},
        {"state": "nonsense"},
        {"faculty": "²", "year": "²²²²"},
        {"q": "x" * 5000},
        {"page": "9" * 40},
    ],
)
def test_filters_that_name_nothing_show_a_page(zarina: Appointment, query: dict[str, str]) -> None:
    running()
    client = cast.client_of(zarina)

    assert client.get("/monitoring/", query).status_code == 200
    assert client.get("/monitoring/loads/", {"semester": query.get("faculty", "x")}).status_code == 200


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"participants": "5", "completions": "10"}, "completions"),
        ({"participants": "10000000"}, "participants"),
        ({"participants": "1e3"}, "participants"),
        ({"lecture_credits": "NaN"}, "lecture_credits"),
        ({"lecture_credits": "-1"}, "lecture_credits"),
        ({"category": "nonsense"}, "category"),
        ({"person": "0"}, "person"),
    ],
)
def test_a_load_that_cannot_be_is_told_at_its_field(
    yusuf: Appointment, tan: Appointment, figures: dict[str, str], field: str
) -> None:
    there = running()
    given = {"person": yusuf.person_id, "category": "general", "participants": "30", "completions": "20"}

    response = cast.client_of(tan).post(f"/monitoring/offerings/{there.pk}/load/", given | figures)

    assert response.status_code == 422
    assert field in response.context["load_form"].errors
    assert not there.loads.exists()


def test_a_load_without_credits_has_a_line_and_no_sum(yusuf: Appointment, tan: Appointment) -> None:
    teaching.enter_load(tan, running(), yusuf.person, {"category": "general"})

    assert cast.client_of(tan).get("/monitoring/loads/").status_code == 200


def test_loads_of_two_people_of_one_name_are_not_added_up(tan: Appointment) -> None:
    there = running()
    for number in (1, 2):
        person = cast.person(f"nama{number}", "Ali bin Abu", "UTM")
        there.teachers.create(person=person, part="instructor")
        teaching.enter_load(tan, there, person, FIGURES)

    sums = cast.client_of(tan).get("/monitoring/loads/").context["sums"]

    assert [(row["person__name"], row["credits"]) for row in sums] == [("Ali bin Abu", 3), ("Ali bin Abu", 3)]


def test_the_same_is_recorded_once(yusuf: Appointment, hamidah: Appointment) -> None:
    there, course = running(), mooc(date(2024, 3, 1))
    reviewed = stories.registered("UNIMAS")
    partner = Partner.objects.create(proposal=reviewed, name="Kolej")
    kept = reviewing.review(hamidah, reviewed, TODAY().year, WORDS)
    for again in (
        lambda: teaching.log(yusuf, there, TODAY(), "Sesi langsung."),
        lambda: keeping_up.maintain(yusuf, course, TODAY(), "Video diganti."),
        lambda: overseeing.visit(hamidah, partner, TODAY(), "Baik."),
        lambda: reviewing.add_action(hamidah, kept, "Pendekkan bacaan."),
    ):
        again()
        with pytest.raises(Refused):
            again()
    counts = [model.objects.count() for model in (Interaction, Maintenance, Visit, ReviewAction)]
    assert counts == [1, 1, 1, 1]


def test_a_year_is_not_reviewed_a_second_time_nor_before_it_began(hamidah: Appointment) -> None:
    course = stories.registered("UNIMAS")
    client, address = cast.client_of(hamidah), f"/monitoring/courses/{course.pk}/review/"
    assert client.post(address, {"year": TODAY().year, "findings": "Baik."}).status_code == 302
    for year in (TODAY().year, TODAY().year + 1, 1999, "x"):
        sent = client.post(address, {"year": year, "findings": "Ayat yang tidak hilang."})
        assert sent.status_code == 422
        assert "year" in sent.context["review_form"].errors
        assert "Ayat yang tidak hilang." in sent.content.decode()
    assert Review.objects.count() == 1


def test_an_action_is_finished_once_and_by_whose_it_is(hamidah: Appointment, laila: Appointment) -> None:
    kept = reviewing.review(hamidah, stories.registered("UNIMAS"), TODAY().year, WORDS)
    action = reviewing.add_action(hamidah, kept, "Pendekkan bacaan.", person=laila.person)
    client = cast.client_of(laila)
    page = client.get(f"/monitoring/courses/{kept.proposal_id}/").content.decode()
    assert f"/monitoring/actions/{action.pk}/done/" in page

    for _time in (1, 2):
        client.post(f"/monitoring/actions/{action.pk}/done/")

    assert Entry.objects.filter(action="monitoring.finish_action").count() == 1


def test_an_action_is_given_to_those_of_the_course_and_not_for_a_day_gone(hamidah: Appointment) -> None:
    course = stories.registered("UNIMAS")
    kept = reviewing.review(hamidah, course, TODAY().year, WORDS)
    address = f"/monitoring/courses/{course.pk}/reviews/{kept.pk}/action/"
    client, stranger = cast.client_of(hamidah), cast.appear("dayang").person

    for wrong, field in ({"person": stranger.pk}, "person"), ({"due_on": "1000-01-01"}, "due_on"):
        sent = client.post(address, {"text": "Pendekkan bacaan."} | wrong)
        assert sent.status_code == 422
        assert field in sent.context["action_form"].errors
        assert stranger.name not in sent.content.decode(), "students are not offered"
    assert client.post(address, {"text": "Betulkan.", "person": course.developer_id}).status_code == 302


@pytest.mark.parametrize("day", ["", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_told_and_the_words_stay(yusuf: Appointment, day: str) -> None:
    there, course = running(), mooc(date(2024, 3, 1))
    for address in (
        f"/monitoring/offerings/{there.pk}/log/",
        f"/monitoring/courses/{course.pk}/maintenance/",
    ):
        sent = cast.client_of(yusuf).post(address, {"on": day, "text": "Ayat yang tidak hilang."})
        assert sent.status_code == 422
        assert "Ayat yang tidak hilang." in sent.content.decode()


def test_a_course_is_not_maintained_before_it_was_registered(yusuf: Appointment) -> None:
    with pytest.raises(Refused) as early:
        keeping_up.maintain(yusuf, mooc(date(2024, 3, 1)), date(2024, 2, 29), "Video diganti.")

    assert field_of(early) == "on"


def test_days_of_an_income_follow_each_other() -> None:
    there, umar = counted(cohort()), cast.appear("umar")
    earning.prepare_claim(cast.appear("zarina"), there, version=None)
    yesterday = TODAY() - timedelta(days=1)
    with pytest.raises(Refused) as before_the_claim:
        earning.claim(umar, there, yesterday, "X", version=None)
    earning.claim(umar, there, TODAY(), "X", version=None)
    with pytest.raises(Refused) as before_it_was_claimed:
        earning.receive(umar, there, Receipt(Decimal("1338.75"), yesterday, "B"), version=None)
    received(there)
    earning.instruct(cast.appear("zarina"), there, version=None)
    shares = list(income_of(there).shares.values_list("pk", flat=True))
    with pytest.raises(Refused) as before_it_came:
        earning.pay(umar, there, shares, yesterday, "E", version=None)

    fields = {field_of(each) for each in (before_the_claim, before_it_was_claimed, before_it_came)}
    assert fields == {"on"}


def test_of_two_who_begin_an_income_the_second_is_told() -> None:
    there, zarina = cohort(), cast.appear("zarina")
    earning.count(zarina, there, 7, "Laporan pertama", version=0)

    with pytest.raises(Refused, match="Zarina"):
        earning.count(zarina, there, 9, "Laporan kedua", version=0)

    assert income_of(there).certificates == 7


@pytest.mark.parametrize("amount", ["1,338.75", "1e999", "NaN", "-1", "1338.755", ""])
def test_an_amount_that_is_none_is_told_at_its_field(amount: str) -> None:
    there = claimed(counted(cohort()))
    given = {"version": income_of(there).version, "amount": amount, "on": TODAY(), "reference": "B-1"}

    sent = cast.client_of(cast.appear("umar")).post(f"/monitoring/income/{there.pk}/receive/", given)

    assert sent.status_code == 422
    assert "amount" in sent.context["form"].errors


@pytest.mark.parametrize("share", ["9" * 40, "-1", "x", "²"])
def test_a_share_that_is_none_is_not_paid(share: str) -> None:
    there = received(claimed(counted(cohort())))
    earning.instruct(cast.appear("zarina"), there, version=None)
    given = {"version": income_of(there).version, "share": share, "on": TODAY(), "reference": "E-1"}

    sent = cast.client_of(cast.appear("umar")).post(f"/monitoring/income/{there.pk}/pay/", given)

    assert sent.status_code == 422
    assert income_of(there).state == "instructed"
