"""Vetting: the centre names the expert, and only that person looks at the course and decides (UNIMAS 2.1)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.proposals.stories import again, at, developed, passed, step

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.models import Notice
from portal.notices.reminders import remind
from portal.proposals.actions.vetting import appoint_expert, release_expert, vet
from portal.proposals.models import Proposal, Vetting
from portal.records.register import entries_about

pytestmark = pytest.mark.django_db


def appointed(proposal: Proposal, expert: Appointment | None = None) -> Vetting:
    unggat = expert or cast.appear("unggat")
    due = timezone.localdate() + timedelta(days=7)
    salleh = cast.appear("salleh")
    return appoint_expert(salleh, proposal, unggat.person, due, version=again(proposal).version)


def all_ticked(vetting: Vetting) -> dict[str, bool]:
    return {item.key: True for item in vetting.proposal.declared().checklists["expert"]}


def now(vetting: Vetting) -> Vetting:
    return Vetting.objects.select_related("proposal", "expert").get(pk=vetting.pk)


@pytest.mark.parametrize("key", ["laila", "rosli", "catherine", "edwin"])
def test_only_the_appointed_expert_vets(key: str) -> None:
    vetting = appointed(at("vetting"))

    with pytest.raises(NotAllowed):
        vet(cast.appear(key), vetting, all_ticked(vetting), "", Vetting.Decision.PASSED)
    assert passed(cast.appear("unggat"), vetting).decision == "passed"


def test_only_the_centre_appoints_and_not_the_developer() -> None:
    proposal, unggat = at("vetting"), cast.appear("unggat")

    for key in ("rosli", "laila", "betty"):
        with pytest.raises(NotAllowed):
            appoint_expert(cast.appear(key), proposal, unggat.person, None, version=again(proposal).version)
    for person in (cast.appear("laila").person, cast.appear("salmah").person, cast.appear("dayang").person):
        with pytest.raises(Refused) as refused:
            appoint_expert(cast.appear("salleh"), proposal, person, None, version=again(proposal).version)
        assert refused.value.field == "person"
    appointed(proposal)
    with pytest.raises(Refused, match="sudah dilantik"):
        appointed(proposal)


def test_the_course_goes_on_only_when_every_expert_passed_it() -> None:
    proposal = at("vetting")
    with pytest.raises(Refused, match="belum meluluskan"):
        step("salleh", proposal, "accept_vetting")
    first = appointed(proposal)
    second = appointed(proposal, cast.appear("edwin"))
    passed(cast.appear("unggat"), first)
    with pytest.raises(Refused):
        step("salleh", proposal, "accept_vetting")
    passed(cast.appear("edwin"), second)

    after = step("salleh", proposal, "accept_vetting")
    assert after.state == "presentation"
    assert after.milestones.get(name="vetted").done_on == timezone.localdate()


def test_a_course_passes_with_every_point_ticked_and_changes_are_named() -> None:
    vetting, unggat = appointed(at("vetting")), cast.appear("unggat")

    with pytest.raises(Refused) as refused:
        vet(unggat, vetting, {"content": True}, "", Vetting.Decision.PASSED)
    assert refused.value.field == "decision"
    with pytest.raises(Refused) as refused:
        vet(unggat, vetting, {}, " ", Vetting.Decision.CHANGES)
    assert refused.value.field == "remarks"
    vet(unggat, vetting, {"content": True}, "Draf", "")
    assert (now(vetting).ticks["content"], now(vetting).decision) == (True, "")
    vet(unggat, vetting, {"content": True}, "Video 3 kabur.", Vetting.Decision.CHANGES)
    with pytest.raises(Refused):
        vet(unggat, vetting, all_ticked(vetting), "", Vetting.Decision.PASSED)


def test_a_course_that_was_changed_is_vetted_again_by_the_same_experts() -> None:
    proposal, unggat = at("vetting"), cast.appear("unggat")
    vet(unggat, appointed(proposal), {}, "Video 3 kabur.", Vetting.Decision.CHANGES)
    step("salleh", proposal, "return_vetting", reason="Lihat ulasan pakar.")
    assert again(proposal).state == "development"

    step("laila", proposal, "hand_in_materials")

    open_ = again(proposal).vettings.get(decision="")
    assert open_.expert == unggat.person
    with pytest.raises(Refused):
        step("salleh", proposal, "accept_vetting")
    passed(unggat, open_)
    assert step("salleh", proposal, "accept_vetting").state == "presentation"


def test_before_it_is_handed_in_nobody_vets() -> None:
    proposal, unggat = at("development"), cast.appear("unggat")
    vetting = appointed(proposal)

    with pytest.raises(Refused):
        vet(unggat, vetting, all_ticked(vetting), "", Vetting.Decision.PASSED)
    assert not Notice.objects.filter(person=unggat.person, kind="proposal_to_vet").exists()
    step("laila", developed(proposal), "hand_in_materials")
    assert Notice.objects.filter(person=unggat.person, kind="proposal_to_vet").count() == 1


def test_an_appointment_is_taken_back_until_something_came_of_it() -> None:
    proposal = at("vetting")
    vetting = appointed(proposal)
    release_expert(cast.appear("salleh"), vetting, version=again(proposal).version)
    assert not proposal.vettings.exists()

    vetting = appointed(proposal)
    passed(cast.appear("unggat"), vetting)
    with pytest.raises(Refused):
        release_expert(cast.appear("salleh"), now(vetting), version=again(proposal).version)


def test_who_is_late_is_told_every_day() -> None:
    vetting = appointed(at("vetting"))
    assert vetting.due_on is not None
    for days in (1, 2):
        remind(vetting.due_on + timedelta(days=days))

    assert Notice.objects.filter(person=vetting.expert, kind="vetting_late").count() == 2


def test_the_form_of_the_expert() -> None:
    proposal = at("vetting")
    vetting = appointed(proposal)
    unggat = cast.client_of(cast.appear("unggat"))
    where = reverse("proposals:vetting", args=[vetting.pk])

    page = unggat.get(where).content.decode()
    assert "Tiada bahan melanggar hak cipta" in page
    typed = {"item": ["content"], "remarks": "Satu ulasan panjang", "decision": "passed"}
    refused = unggat.post(where, typed)
    assert refused.status_code == 422
    assert "Satu ulasan panjang" in refused.content.decode()
    assert unggat.post(where, {"item": list(all_ticked(vetting)), "decision": "passed"}).status_code == 302
    assert now(vetting).decision == "passed"
    assert "proposals.vet" in set(entries_about(proposal).values_list("action", flat=True))
    for key in ("salleh", "laila"):
        assert cast.client_of(cast.appear(key)).get(where).status_code == 403
    assert cast.client_of(cast.appear("salmah")).get(where).status_code == 404


def test_the_centre_appoints_on_the_page() -> None:
    proposal, unggat = at("vetting"), cast.appear("unggat")
    salleh = cast.client_of(cast.appear("salleh"))
    where = reverse("proposals:vettings", args=[proposal.pk])
    gone = timezone.localdate() - timedelta(days=1)
    typed = {"version": again(proposal).version, "person": unggat.person_id, "due_on": gone.isoformat()}

    assert salleh.post(where, typed).status_code == 422
    assert salleh.post(where, typed | {"due_on": ""}).status_code == 302
    assert proposal.vettings.get().expert == unggat.person
    assert "Unggat anak Lasu" in salleh.get(where).content.decode()
