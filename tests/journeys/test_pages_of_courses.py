"""The pages of courses that no story stops at: open to all and fit for a phone."""

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import Visit
from tests.journeys.people import enters, opens_to_all
from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.stacking import made

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OF_THE_CENTRE = (
    "/desk/",
    "/proposals/?show=all",
    "/proposals/standing/",
    "/proposals/{course}/",
    "/proposals/{course}/quality/",
    "/offerings/",
    "/offerings/{offering}/",
    "/offerings/{offering}/teachers/",
    "/offerings/{offering}/learners/",
    "/offerings/{offering}/experience/",
    "/offerings/timetable/",
    "/monitoring/",
    "/monitoring/offerings/{offering}/",
    "/monitoring/courses/{course}/",
    "/monitoring/upkeep/",
    "/lti/",
)
OF_A_TEACHER = (
    "/offerings/{offering}/marks/",
    "/offerings/{offering}/materials/",
    "/offerings/{offering}/results/",
    "/offerings/{offering}/assessments/",
)
OF_A_LEARNER = ("/offerings/mine/", "/learn/", "/learn/{course}/", "/stacking/", "/stacking/{goal}/")


def test_who_runs_teaches_and_learns_finds_every_page_open(visit: Visit) -> None:
    offering, _sheet = stories.graded_offering()
    joseph = cast.appear("joseph")
    stories.joined(offering, joseph.person)
    goal = made.goal(joseph, made.programme(offering.institution), meets_entry=True)
    keys = {"offering": offering.pk, "course": offering.proposal_id, "goal": goal.pk}

    looks_at(enters(visit, cast.appear("salleh"), "/desk/"), OF_THE_CENTRE, keys)
    looks_at(enters(visit, cast.appear("laila"), "/desk/"), OF_A_TEACHER, keys)
    looks_at(enters(visit, joseph, "/desk/"), OF_A_LEARNER, keys)


def looks_at(page: Page, paths: tuple[str, ...], keys: dict[str, int]) -> None:
    """Open one page after the other."""
    for path in paths:
        answer = page.goto(path.format(**keys))

        assert answer is not None
        assert (path, answer.status) == (path, 200)
        opens_to_all(page)
