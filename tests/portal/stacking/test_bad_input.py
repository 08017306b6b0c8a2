"""What a learner types wrongly is told at its field, and never closes a page to learner, staff or worker."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.portal import cast
from tests.portal.stacking import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.institutions.models import Institution
from portal.records.models import Entry
from portal.stacking.actions import guiding
from portal.stacking.models import Goal, Outside, Prescription, Profile
from portal.stacking.progress import standing_of
from portal.stacking.tasks import advise_learners

pytestmark = pytest.mark.django_db
BROUGHT = {
    "title": "Analitik Data",
    "institution_name": "Syarikat Contoh",
    "country": "MY",
    "origin": "stand_alone",
    "credits": "3",
    "completed_on": "2025-01-01",
}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"credits": "0"}, "credits"),
        ({"credits": "-3"}, "credits"),
        ({"credits": "999.99"}, "credits"),
        ({"credits": "1e2000"}, "credits"),
        ({"credits": "NaN"}, "credits"),
        ({"credits": "3.333"}, "credits"),
        ({"completed_on": "0001-01-01"}, "completed_on"),
        ({"completed_on": "2025-02-30"}, "completed_on"),
        ({"country": "12"}, "country"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"origin": "own_micro_credentials"}, "origin"),
        ({"by_other_provider": "on"}, "objectives"),
        ({"by_other_provider": "on", "objectives": "Membaca data.", "outcomes": "  "}, "outcomes"),
    ],
)
def test_what_cannot_be_of_something_from_elsewhere_is_told(
    dayang: Appointment, given: dict[str, str], field: str
) -> None:
    sent = cast.client_of(dayang).post("/stacking/elsewhere/new/", BROUGHT | given)

    assert sent.status_code == 422
    assert field in sent.context["form"].errors
    assert "Syarikat Contoh" in sent.content.decode(), "what was typed stays"
    assert not Outside.objects.exists()


def test_a_provider_outside_higher_education_states_objectives_and_outcomes(
    dayang: Appointment, edwin: Appointment, unimas: Institution
) -> None:
    said = {"objectives": "Membaca data jualan.", "outcomes": "Membina papan pemuka."}
    goal = made.goal(dayang, made.programme(unimas))

    sent = cast.client_of(dayang).post(
        "/stacking/elsewhere/new/", BROUGHT | said | {"by_other_provider": "on", "country": "sg"}
    )

    assert sent.status_code == 302
    assert Outside.objects.get().country == "SG"
    page = cast.client_of(edwin).get(f"/stacking/learners/{goal.pk}/").content.decode()
    assert "Membaca data jualan." in page
    assert "Membina papan pemuka." in page


@pytest.mark.parametrize("born", ["0001-01-01", "1899-12-31", "2999-01-01", "2000-02-30"])
def test_a_birthday_that_cannot_be_is_told_and_nothing_is_kept(
    dayang: Appointment, unimas: Institution, born: str
) -> None:
    goal = made.goal(dayang, made.programme(unimas))
    asked = {"route": "apel", "meets_entry": "no", "born_on": born}

    sent = cast.client_of(dayang).post(f"/stacking/{goal.pk}/", asked)

    assert sent.status_code == 422
    assert "born_on" in sent.context["form"].errors
    assert not Profile.objects.exists()


def test_a_foundation_programme_is_no_goal_and_one_chosen_before_still_opens(
    dayang: Appointment, unimas: Institution
) -> None:
    programme = made.programme(unimas, level="foundation")
    asked = {"programme": programme.pk, "route": "standard", "meets_entry": ""}
    client = cast.client_of(dayang)

    assert "programme" in client.post("/stacking/new/", asked).context["form"].errors
    assert client.get(f"/stacking/{made.goal(dayang, programme).pk}/").status_code == 200


def test_credits_beyond_all_bounds_leave_pages_and_advice_of_others_alone(
    dayang: Appointment, joseph: Appointment, edwin: Appointment, unimas: Institution
) -> None:
    programme = made.programme(unimas)
    broken = made.goal(dayang, programme, meets_entry=False)
    for _number in (1, 2):
        made.elsewhere(dayang, 999)
    made.goal(joseph, programme, meets_entry=False)
    made.award(joseph, made.registered(programme, credits=36).achievement)

    page = cast.client_of(dayang, language="en").get(f"/stacking/{broken.pk}/")

    assert page.status_code == 200
    assert "Must be 1,000 or less." in page.content.decode()
    assert cast.client_of(dayang).get(f"/stacking/{broken.pk}/portfolio.pdf").status_code == 200
    assert cast.client_of(edwin).get(f"/stacking/learners/{broken.pk}/").status_code == 200
    assert advise_learners.func() == 1


def test_a_goal_is_chosen_in_one_step_with_the_birthday(dayang: Appointment, unimas: Institution) -> None:
    programme = made.programme(unimas)
    asked = {
        "programme": programme.pk, "route": "apel", "meets_entry": "no", "born_on": made.BORN.isoformat()
    }  # fmt: skip
    client = cast.client_of(dayang)
    assert client.post("/stacking/new/", asked).status_code == 302
    assert client.post("/stacking/new/", asked).status_code == 422
    actions = Entry.objects.filter(action__startswith="stacking.").values_list("action", flat=True)
    assert list(actions) == ["stacking.choose"]
    assert Profile.objects.get(person=dayang.person).born_on == made.BORN


def prescribed(learner: Appointment, by: Appointment, at: Institution) -> Prescription:
    programme = made.programme(at)
    return guiding.prescribe(by, made.goal(learner, programme), made.component(programme))


def test_what_was_passed_is_neither_marked_again_nor_taken_back(
    dayang: Appointment, edwin: Appointment, unimas: Institution
) -> None:
    there = prescribed(dayang, edwin, unimas)
    guiding.mark_done(edwin, there, date(2026, 1, 5))
    for again in (
        lambda: guiding.mark_done(edwin, there, date(2026, 2, 5)),
        lambda: guiding.lift(edwin, there),
    ):
        with pytest.raises(Refused):
            again()
    assert Prescription.objects.get().done_on == date(2026, 1, 5)


@pytest.mark.parametrize("day", ["", "2999-01-01", "x"])
def test_a_day_that_cannot_be_marks_nothing(
    dayang: Appointment, edwin: Appointment, unimas: Institution, day: str
) -> None:
    there = prescribed(dayang, edwin, unimas)

    sent = cast.client_of(edwin).post(f"/stacking/prescribed/{there.pk}/", {"done_on": day}, follow=True)

    assert sent.status_code == 200
    assert Prescription.objects.get().done_on is None


def test_those_of_another_faculty_or_university_neither_see_nor_prescribe(
    dayang: Appointment, edwin: Appointment, bakar: Appointment, unimas: Institution
) -> None:
    programme = made.programme(unimas)
    programme.faculty = cast.faculty("FEB", at=unimas)
    programme.save()
    goal = Goal.objects.create(person=dayang.person, programme=programme)
    for stranger in (edwin, bakar):
        assert cast.client_of(stranger).get(f"/stacking/learners/{goal.pk}/").status_code == 404
        with pytest.raises(NotAllowed):
            guiding.prescribe(stranger, goal, made.component(programme))


def totals(goal: Goal) -> Any:
    standing = standing_of(goal)
    return standing.total, standing.percent


def test_progress_never_says_more_than_all(dayang: Appointment, unimas: Institution) -> None:
    goal = made.goal(dayang, made.programme(unimas))
    made.elsewhere(dayang, 200)
    assert totals(goal) == (Decimal(200), 100)
