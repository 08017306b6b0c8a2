"""Whoever is erased leaves neither a day of birth nor goals behind; what the institution did stays on record."""

import pytest
from tests.portal import cast
from tests.portal.stacking import made

from portal.accounts.models import Appointment
from portal.institutions.models import Institution
from portal.people.erasure import erase
from portal.people.models import ErasureRequest
from portal.records.models import Entry
from portal.records.register import broken_entries
from portal.stacking.actions import guiding, working_toward
from portal.stacking.models import Goal, Outside, Profile

pytestmark = pytest.mark.django_db


def test_goals_and_the_day_of_birth_go_with_the_person(
    dayang: Appointment, edwin: Appointment, unimas: Institution
) -> None:
    programme, joseph = made.programme(unimas), cast.appear("joseph")
    for learner in (dayang, joseph):
        goal = working_toward.choose(learner, programme, route="apel", meets_entry=False, born_on=made.BORN)
        made.elsewhere(learner)
    guiding.prescribe(edwin, Goal.objects.get(person=dayang.person), made.component(programme))

    ErasureRequest.objects.create(person=dayang.person)
    dayang.delete()
    erase(dayang.person, None)

    for kept in (Goal, Outside, Profile):
        assert [each.person for each in kept.objects.all()] == [joseph.person]  # type: ignore[attr-defined]
    assert goal.person == joseph.person
    entries = Entry.objects.filter(action__startswith="stacking.")
    assert [e.details is None for e in entries.filter(person=dayang.person)] == [True]
    assert entries.get(action="stacking.prescribe").details["after"] == {"course": "TMF1014"}
    assert not list(broken_entries(unimas))
