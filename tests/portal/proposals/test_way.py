"""Courses go all the way from the draft to the registration, by what people do and nothing else."""

import pytest
from tests.portal import cast
from tests.portal.proposals.stories import (
    Sort,
    again,
    at,
    committee_decides,
    endorsed,
    mooc,
    presented,
    registered_course,
    step,
    ticked,
)

from portal.accounts.refusal import Refused
from portal.proposals.actions.evaluating import Filled, begin, fill_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["accredited", "stand_alone", "industry"])
def test_a_unimas_course_is_registered(kind: str) -> None:
    proposal = registered_course(kind)

    assert proposal.state == "registered"


def test_a_utm_mooc_is_registered() -> None:
    assert mooc().state == "registered"


@pytest.mark.parametrize(
    ("kind", "level", "committee"),
    [
        ("accredited", "bachelor", "endorsement_jtsppa"),
        ("accredited", "master", "endorsement_jtsps"),
        ("stand_alone", "bachelor", "endorsement_jppeu"),
        ("industry", "bachelor", "endorsement_jppeu"),
    ],
)
def test_the_committee_is_picked_by_the_course(kind: str, level: str, committee: str) -> None:
    proposal = presented(at("presentation", kind, content={"level": level}))

    assert proposal.state == committee


def test_no_course_reaches_the_senate_without_the_endorsements() -> None:
    proposal = presented(at("presentation"))
    committee_decides(proposal)
    assert again(proposal).state == "endorsement_jppeu"

    assert committee_decides(proposal, "returned").state == "presentation"
    presented(proposal)
    endorsed(proposal)
    assert again(proposal).state == "senate"
    assert committee_decides(proposal).milestones.get(name="senate_approved").done_on is not None


def test_what_the_senate_rejects_ends() -> None:
    proposal = committee_decides(at("senate"), "rejected")

    assert proposal.state == "rejected"
    assert proposal.is_final


def test_the_centre_presents_only_what_measures_the_original_taxonomy() -> None:
    proposal, salleh = at("presentation"), cast.appear("salleh")
    latest = begin(salleh, proposal, Sort.CENTRE)
    fill_in(salleh, latest, Filled(ticks={"aligned": True}, conclusion="Aras berbeza."), hand_in=True)

    with pytest.raises(Refused, match="aras taksonomi"):
        presented(proposal)
    ticked(salleh, proposal, Sort.CENTRE)
    assert presented(proposal).state == "endorsement_jtsppa"


def test_a_course_is_complete_only_with_every_registration() -> None:
    proposal = at("registration")

    with pytest.raises(Refused):
        step("salleh", proposal, "register")
    assert again(proposal).registered_at is None
    assert registered_course().registered_at is not None
