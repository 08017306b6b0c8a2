"""Courses go all the way from the draft to the registration, by what people do and nothing else."""

import pytest
from tests.portal.proposals.stories import mooc, registered_course

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["accredited", "stand_alone", "industry"])
def test_a_unimas_course_is_registered(kind: str) -> None:
    proposal = registered_course(kind)

    assert proposal.state == "registered"


def test_a_utm_mooc_is_registered() -> None:
    assert mooc().state == "registered"
