"""What waits of course proposals stands on the desk of whose turn it is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.portal.proposals import stories

from portal.accounts.models import Appointment
from portal.desk.tasks_open import work_of
from portal.proposals.actions.vetting import appoint_expert

pytestmark = pytest.mark.django_db


def counts(acting: Appointment) -> dict[str, int]:
    return {str(work.label): work.count for work in work_of(acting)}


def test_a_proposal_waits_on_the_desk_of_whose_turn_it_is(
    laila: Appointment, rosli: Appointment, salleh: Appointment
) -> None:
    stories.draft(laila)
    stories.at("head_review")
    assert counts(laila)["Cadangan kursus yang anda tulis"] == 1
    assert counts(rosli)["Cadangan kursus yang menunggu peranan anda"] == 1
    assert counts(salleh)["Cadangan kursus yang menunggu peranan anda"] == 0


def test_an_appointed_expert_finds_the_course_to_vet(unggat: Appointment, salleh: Appointment) -> None:
    proposal = stories.at("vetting")
    due = timezone.localdate() + timedelta(days=1)
    appoint_expert(salleh, proposal, unggat.person, due, version=proposal.version)
    assert counts(unggat)["Kursus yang anda semak"] == 1


def test_what_there_is_none_of_comes_last(laila: Appointment) -> None:
    stories.draft(laila)
    numbers = [work.count > 0 for work in work_of(laila)]
    assert numbers == sorted(numbers, reverse=True)
    assert True in numbers
