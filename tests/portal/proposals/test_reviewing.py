"""Approval: who signs for which course, what is returned with a reason, what the centre ticks (UNIMAS 2.1)."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.portal import cast
from tests.portal.proposals.stories import (
    Sort,
    again,
    at,
    committee_decides,
    draft,
    mooc,
    presented,
    step,
    submitted,
    ticked,
)

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.approvals.models import Item
from portal.notices.models import Notice
from portal.proposals.actions.evaluating import Filled, begin, fill_in
from portal.proposals.actions.reviewing import endorse_demand, take_step
from portal.proposals.models import Proposal
from portal.proposals.process import WALK
from portal.records.register import entries_about

pytestmark = pytest.mark.django_db


def names(acting: Appointment, proposal: Proposal) -> set[str]:
    return {step.name for step in WALK.steps_for(acting, proposal)}


def test_the_dean_signs_for_an_accredited_course_and_the_deputy_dean_industry_does_not() -> None:
    proposal = at("head_review")

    assert names(cast.appear("rosli"), proposal) == {"approve_head", "return_head"}
    assert names(cast.appear("winnie"), proposal) == {"return_head"}
    with pytest.raises(NotAllowed):
        step("winnie", proposal, "approve_head_industry")
    assert step("rosli", proposal, "approve_head").state == "centre_review"


def test_the_deputy_dean_industry_signs_for_a_course_without_accreditation() -> None:
    proposal = at("head_review", "stand_alone")

    with pytest.raises(NotAllowed):
        step("rosli", proposal, "approve_head")
    assert step("winnie", proposal, "approve_head_industry").state == "centre_review"


def test_the_head_of_another_faculty_does_not_sign() -> None:
    proposal = at("head_review")
    unimas = proposal.institution
    other = cast.appointment(
        cast.person("maimun", at="UNIMAS"), Role.DEAN, unimas, cast.faculty("FENG", unimas)
    )

    with pytest.raises(NotAllowed):
        take_step(other, proposal, "approve_head", version=proposal.version)


def test_nobody_approves_a_proposal_of_their_own() -> None:
    rosli = cast.appear("rosli")
    proposal = draft(rosli)
    take_step(rosli, proposal, "submit", version=proposal.version)

    with pytest.raises(Refused, match="diluluskan oleh orang lain"):
        step("rosli", proposal, "approve_head")


def test_nobody_approves_what_they_develop_in_a_team() -> None:
    rosli, proposal = cast.appear("rosli"), at("head_review")
    proposal.members.create(person=rosli.person, may_edit=False)

    with pytest.raises(Refused, match="diluluskan oleh orang lain"):
        step("rosli", proposal, "approve_head")


def test_a_return_needs_a_reason_which_the_developer_reads() -> None:
    proposal = at("centre_review")

    with pytest.raises(Refused) as refused:
        step("salleh", proposal, "return_centre", reason="  ")
    assert refused.value.field == "reason"
    step("salleh", proposal, "return_centre", reason="Jelaskan pentaksiran akhir.")

    now = again(proposal)
    assert now.state == "revision"
    notice = Notice.objects.get(person=proposal.developer, kind="proposal_returned")
    assert "Jelaskan pentaksiran akhir." in notice.text_ms
    assert (entries_about(now).last().details or {})["reason"] == "Jelaskan pentaksiran akhir."  # type: ignore[union-attr]
    assert now.versions.order_by("number").last().step == "return_centre"  # type: ignore[union-attr]


def test_what_was_returned_is_submitted_again_as_another_version() -> None:
    proposal = at("head_review")
    step("rosli", proposal, "return_head", reason="Kemas kini yuran.")

    now = step("laila", proposal, "resubmit")

    assert now.state == "head_review"
    assert list(now.versions.values_list("step", flat=True)) == ["submit", "return_head", "resubmit"]


def test_the_demand_of_a_ptj_is_endorsed_by_its_head_before_the_deputy_dean_signs() -> None:
    proposal = at("head_review", "stand_alone", content={"source": "demand"})
    rosli = cast.appear("rosli")

    with pytest.raises(Refused, match="Ketua PTj memperakukan dahulu"):
        step("winnie", proposal, "approve_head_industry")
    with pytest.raises(NotAllowed):
        endorse_demand(cast.appear("winnie"), proposal, version=again(proposal).version)
    endorse_demand(rosli, proposal, version=again(proposal).version)

    assert step("winnie", proposal, "approve_head_industry").state == "centre_review"
    with pytest.raises(Refused):
        endorse_demand(rosli, proposal, version=again(proposal).version)


def test_only_the_director_decides_for_the_centre_once_its_evaluation_is_recorded() -> None:
    proposal = at("centre_review")
    salleh = cast.appear("salleh")

    with pytest.raises(NotAllowed):
        step("salleh", proposal, "approve_centre")
    with pytest.raises(Refused, match="belum merekodkan penilaiannya"):
        step("catherine", proposal, "approve_centre")
    evaluation = begin(salleh, proposal, Sort.CENTRE)
    with pytest.raises(Refused) as refused:
        fill_in(salleh, evaluation, Filled(), hand_in=True)
    assert refused.value.field == "conclusion"
    ticked(salleh, proposal, Sort.CENTRE)

    now = step("catherine", proposal, "approve_centre")
    assert now.state == "development"
    assert now.approved_at is not None


def test_two_people_at_once_the_second_is_told() -> None:
    proposal = at("head_review")
    seen = again(proposal).version
    take_step(cast.appear("rosli"), proposal, "approve_head", version=seen)

    with pytest.raises(Refused):
        take_step(cast.appear("rosli"), proposal, "return_head", version=seen, reason="x")
    assert again(proposal).state == "centre_review"


def test_those_whose_turn_it_is_are_told() -> None:
    rosli, winnie = cast.appear("rosli"), cast.appear("winnie")
    accredited = submitted(draft(cast.appear("laila")))

    assert Notice.objects.filter(person=rosli.person, kind="proposal_waiting").count() == 1
    assert not Notice.objects.filter(person=winnie.person, kind="proposal_waiting").exists()
    step("rosli", accredited, "approve_head")
    assert Notice.objects.filter(person=cast.appear("laila").person, kind="proposal_moved").count() == 1


def test_the_page_shows_the_step_with_what_is_missing_and_takes_it() -> None:
    proposal = at("centre_review")
    director = cast.client_of(cast.appear("catherine"))
    page = director.get(proposal.get_absolute_url()).content.decode()

    assert "Pusat belum merekodkan penilaiannya." in page
    assert "Lulus untuk pembangunan" in page
    answer = director.post(step_url(proposal, "approve_centre"), {"version": again(proposal).version})
    assert answer.status_code == 422
    ticked(cast.appear("salleh"), proposal, Sort.CENTRE)
    answer = director.post(step_url(proposal, "approve_centre"), {"version": again(proposal).version})
    assert answer.status_code == 302
    assert again(proposal).state == "development"


def test_the_page_lists_its_parts_and_what_committees_decided() -> None:
    proposal = presented(at("presentation", "stand_alone"))
    committee_decides(proposal, "returned")
    Item.objects.filter(subject=proposal.pk, decision="returned").update(
        remarks="Lengkapkan Jadual 4.", reference="3.2"
    )
    page = cast.client_of(cast.appear("laila")).get(proposal.get_absolute_url()).content.decode()
    to_secretary = cast.client_of(cast.appear("abu")).get(proposal.get_absolute_url()).content.decode()

    targets = set(re.findall(r'href="#([a-z_-]+)"', page))
    assert {"form", "comments", "committees", "files", "history", "page-course", "way"} <= targets
    assert [target for target in targets if page.count(f' id="{target}"') != 1] == []
    assert "Dikembalikan untuk pindaan" in page
    assert "Lengkapkan Jadual 4." in page
    last = Item.objects.latest("pk")
    assert last.get_absolute_url() not in page
    assert last.get_absolute_url() in to_secretary


def test_what_was_typed_stays_after_a_refusal() -> None:
    proposal = at("head_review")
    rosli = cast.client_of(cast.appear("rosli"))

    old = rosli.post(step_url(proposal, "return_head"), {"version": 0, "reason": "Sebab yang panjang"})

    assert old.status_code == 422
    assert "Sebab yang panjang" in old.content.decode()
    assert again(proposal).state == "head_review"


def test_the_page_of_the_head_endorses_a_demand() -> None:
    proposal = at("head_review", "stand_alone", content={"source": "demand"})
    rosli: Client = cast.client_of(cast.appear("rosli"), "en")
    url = reverse("proposals:endorsement", args=[proposal.pk])

    assert "Endorse the demand" in rosli.get(proposal.get_absolute_url()).content.decode()
    assert rosli.post(url, {"version": again(proposal).version}).status_code == 302
    assert again(proposal).demand_endorsed_at is not None


@pytest.mark.parametrize("key", ["devi", "rashid", "yusuf", "salmah"])
def test_only_utmlead_moves_a_mooc_on(key: str) -> None:
    proposal = mooc("request")
    acting = cast.appear(key)

    for name in ("accept", "return_request", "reject"):
        with pytest.raises(NotAllowed):
            take_step(acting, proposal, name, version=again(proposal).version, reason="x")
    assert names(acting, proposal) <= {"withdraw"}
    assert names(cast.appear("zarina"), proposal) == {"accept", "return_request", "reject"}


def test_a_stranger_finds_nothing() -> None:
    proposal = at("head_review")
    for key in ("zarina", "rashid", "yusuf"):
        assert cast.client_of(cast.appear(key)).get(proposal.get_absolute_url()).status_code == 404


def step_url(proposal: Proposal, name: str) -> str:
    return reverse("proposals:step", args=[proposal.pk, name])
