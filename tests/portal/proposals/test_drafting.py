"""Writing a proposal: begun, kept page by page, handed in; who else may, and what stands in the way."""

from copy import deepcopy
from typing import Any

import pytest
from tests.portal import cast
from tests.portal.proposals import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.proposals.access import proposals_for
from portal.proposals.actions.drafting import Changed, confirm, hand_in, save, start
from portal.proposals.actions.remarking import remark, resolve
from portal.proposals.actions.teaming import add_member
from portal.proposals.checking import found_wrong, is_complete
from portal.proposals.content import missing_of
from portal.proposals.editing import digest_of
from portal.proposals.field import Section
from portal.proposals.fields import section_of
from portal.proposals.models import Kind, Proposal
from portal.proposals.standing import standing_of
from portal.records.register import entries_about

pytestmark = pytest.mark.django_db


def section(proposal: Proposal, name: str) -> Section:
    found = section_of(proposal, name)
    assert found
    return found


def keep(acting: Appointment, proposal: Proposal, name: str, **values: object) -> Proposal:
    page = section(proposal, name)
    return save(acting, proposal, page, values, seen=digest_of(proposal, page))


@pytest.mark.parametrize("kind", [Kind.ACCREDITED, Kind.STAND_ALONE, Kind.INDUSTRY])
def test_a_complete_proposal_of_each_kind_is_handed_in_and_kept_as_version(
    laila: Appointment, kind: str
) -> None:
    proposal = made.complete_draft(laila, kind)

    done = hand_in(laila, proposal, "submit", version=proposal.version)

    version = done.versions.get()
    assert (done.state, done.submitted_at is not None) == ("head_review", True)
    assert (version.number, version.step, version.content) == (1, "submit", proposal.content)
    assert done.result
    assert done.result["complete"] is True


def test_the_code_follows_the_rule_of_the_policy(laila: Appointment) -> None:
    whole = made.complete_draft(laila, Kind.ACCREDITED)
    first, second = made.complete_draft(laila), made.complete_draft(laila)

    codes = [hand_in(laila, one, "submit", version=one.version).code for one in (whole, first, second)]

    assert codes == ["TMF1014MC", "MC001", "MC002"]


def test_two_micro_credentials_of_one_whole_course_are_refused_until_they_are_parts(
    laila: Appointment,
) -> None:
    first, second = made.complete_draft(laila, Kind.ACCREDITED), made.complete_draft(laila, Kind.ACCREDITED)
    hand_in(laila, first, "submit", version=first.version)

    with pytest.raises(Refused) as refused:
        hand_in(laila, second, "submit", version=second.version)
    second.refresh_from_db()
    assert (refused.value.field, second.state, second.versions.count()) == ("original", "draft", 0)

    second.part, second.parts = 2, 3
    second.save()
    assert hand_in(laila, second, "submit", version=second.version).code == "TMF1014MCB"


def test_all_that_is_missing_is_said_at_once_and_nothing_changes(laila: Appointment) -> None:
    proposal = made.draft(laila)

    with pytest.raises(Refused) as refused:
        hand_in(laila, proposal, "submit", version=proposal.version)

    told = str(refused.value)
    assert "borang" in told
    assert "kaji selidik" in told
    assert "dasar" in told
    proposal.refresh_from_db()
    assert (proposal.state, proposal.code, proposal.versions.count()) == ("draft", "", 0)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"respondents": 29}, "market_survey"),
        ({"level": "foundation"}, "origin_level"),
        ({"delivery": "odl", "conventional_origin": True}, "delivery_mode"),
        ({"delivery": "blended", "conventional_origin": True, "online_share": "0.8"}, "delivery_mode"),
    ],
)
def test_what_fails_the_policy_is_not_handed_in(
    laila: Appointment, change: dict[str, Any], rule: str
) -> None:
    proposal = made.complete_draft(laila, **change)

    with pytest.raises(Refused, match="garis panduan"):
        hand_in(laila, proposal, "submit", version=proposal.version)
    assert [check["rule"] for check in found_wrong(proposal)] == [rule]


def test_what_the_guideline_only_advises_is_pointed_out_and_holds_nothing_up(laila: Appointment) -> None:
    units = deepcopy(made.CONTENT["units"])
    units[1]["assessed"] = False
    proposal = made.complete_draft(laila, units=units)
    content = next(step for step in standing_of(proposal).steps if step.section.name == "content")
    advised = standing_of(proposal).of(["unit_assessment"])[0]

    assert content.is_done
    assert (advised.mark.outcome, advised.mark.tone) == ("advised", "wait")
    assert "1 daripada 2 unit" in advised.message
    assert "boleh dihantar tanpanya" in advised.message
    assert hand_in(laila, proposal, "submit", version=proposal.version).state == "head_review"


def test_exactly_thirty_respondents_and_79_percent_are_enough(laila: Appointment) -> None:
    just: dict[str, Any] = {
        "delivery": "blended",
        "conventional_origin": True,
        "online_share": "0.79",
        "respondents": 30,
    }
    proposal = made.complete_draft(laila, **just)

    assert hand_in(laila, proposal, "submit", version=proposal.version).state == "head_review"


def test_an_mpu_course_may_be_wholly_online(laila: Appointment) -> None:
    proposal = made.complete_draft(laila, delivery="odl", conventional_origin=True, mpu=True)

    assert hand_in(laila, proposal, "submit", version=proposal.version).state == "head_review"


def test_a_trainer_of_a_training_provider_is_appointed_as_expert_and_sees_the_own_proposal_alone(
    azlina: Appointment,
) -> None:
    """UMPSA 1: its guideline is meant for training providers too."""
    umpsa = cast.institution("UMPSA", policy="umpsa")
    there = cast.faculty("FK", umpsa)
    trainer = cast.appointment(cast.person("jurulatih", "Jurulatih", "UMPSA"), Role.SUBJECT_EXPERT, umpsa)
    lecturer = cast.appointment(cast.person("rahim", at="UMPSA"), Role.LECTURER, umpsa, there)
    other = made.complete_draft(lecturer, name_ms="Kursus dalaman")
    own = made.complete_draft(trainer, name_ms="Kursus penyedia latihan")

    handed = hand_in(trainer, own, "submit", version=own.version)

    assert handed.state == "faculty_review"
    assert list(proposals_for(trainer)) == [handed]
    with pytest.raises(NotAllowed):
        hand_in(trainer, other, "submit", version=other.version)


def test_a_title_that_is_a_qualification_s_name_is_refused(laila: Appointment) -> None:
    proposal = made.complete_draft(laila, name_en="Diploma in Design Thinking")

    with pytest.raises(Refused, match="garis panduan"):
        hand_in(laila, proposal, "submit", version=proposal.version)


def test_fifteen_parts_are_asked_of_an_accredited_course(laila: Appointment) -> None:
    proposal = made.complete_draft(laila, Kind.ACCREDITED)
    assert is_complete(proposal)

    proposal.original = None

    assert [missing.place for missing in missing_of(proposal)] == ["original"]


def test_a_utm_request_and_an_uthm_proposal_are_handed_in_too(
    yusuf: Appointment, azlina: Appointment
) -> None:
    request, proposal = made.complete_draft(yusuf), made.complete_draft(azlina)

    assert (request.kind, hand_in(yusuf, request, "submit", version=request.version).state) == (
        "mooc",
        "request",
    )
    assert hand_in(azlina, proposal, "submit", version=proposal.version).state == "faculty_review"


def test_a_proposal_that_was_returned_is_handed_in_again_as_the_next_version(laila: Appointment) -> None:
    proposal = made.complete_draft(laila)
    sent = hand_in(laila, proposal, "submit", version=proposal.version)
    Proposal.objects.filter(pk=sent.pk).update(state="revision")
    sent.refresh_from_db()
    code, first = sent.code, sent.submitted_at
    kept = keep(laila, sent, "running", fee="180.00")

    again = hand_in(laila, kept, "resubmit", version=kept.version)

    assert (again.state, again.code, again.submitted_at) == ("head_review", code, first)
    assert [(v.number, v.step, v.content["fee"]) for v in again.versions.all()] == [
        (1, "submit", "150.00"),
        (2, "resubmit", "180.00"),
    ]


@pytest.mark.parametrize(("modules", "outcome"), [(3, "pass"), (2, "advised")])
def test_a_mooc_of_umpsa_is_advised_to_have_three_modules(
    azlina: Appointment, modules: int, outcome: str
) -> None:
    """UMPSA 4.1 suggests the number (*dicadangkan*) and demands one outcome of each module."""
    proposal = made.complete_draft(azlina, Kind.MOOC)
    proposal.policy = "umpsa"
    proposal.content["modules"] = proposal.content["modules"][:modules]
    proposal.save()

    assert [check.mark.outcome for check in standing_of(proposal).of(["modules"])] == [outcome]
    assert hand_in(azlina, proposal, "submit", version=proposal.version).state == "faculty_review"


def test_a_module_of_umpsa_with_two_outcomes_is_refused(azlina: Appointment) -> None:
    proposal = made.complete_draft(azlina, Kind.MOOC)
    proposal.policy = "umpsa"
    proposal.content["modules"][0]["outcomes"] = ["CLO1", "CLO2"]
    proposal.save()

    with pytest.raises(Refused):
        hand_in(azlina, proposal, "submit", version=proposal.version)
    assert [check["rule"] for check in found_wrong(proposal)] == ["modules"]


def test_a_page_is_kept_and_what_it_does_not_name_stays(laila: Appointment) -> None:
    proposal = made.draft(laila, justification="Ada", need="Perlu")

    kept = keep(laila, proposal, "need", justification="", respondents=30)

    assert kept.content == {"need": "Perlu", "respondents": 30}
    assert kept.version == proposal.version + 1


def test_of_two_windows_the_second_is_told_and_neither_loses_anything(laila: Appointment) -> None:
    proposal = made.draft(laila)
    page = section(proposal, "need")
    seen = digest_of(proposal, page)
    save(laila, proposal, page, {"justification": "Tetingkap pertama"}, seen=seen)

    with pytest.raises(Changed, match="Laila"):
        save(laila, proposal, page, {"justification": "Tetingkap kedua"}, seen=seen)
    proposal.refresh_from_db()
    assert proposal.content["justification"] == "Tetingkap pertama"

    kept = save(laila, proposal, page, {"justification": "Tetingkap kedua"}, seen=seen, replacing=True)
    assert kept.content["justification"] == "Tetingkap kedua"
    assert kept.versions.get().content["justification"] == "Tetingkap pertama"


def test_two_people_on_different_pages_do_not_stand_in_each_others_way(
    laila: Appointment, edwin: Appointment
) -> None:
    proposal = made.draft(laila)
    add_member(laila, proposal, edwin.person.email, "Kandungan", may_edit=True)
    running = section(proposal, "running")
    seen = digest_of(proposal, running)
    keep(laila, proposal, "need", justification="Perlu")

    save(edwin, proposal, running, {"fee": "10.00"}, seen=seen)

    proposal.refresh_from_db()
    assert proposal.content == {"justification": "Perlu", "fee": "10.00"}


def test_a_sitting_is_entered_once_and_each_writer_by_name(laila: Appointment, edwin: Appointment) -> None:
    proposal = made.draft(laila)
    add_member(laila, proposal, edwin.person.email, "", may_edit=True)
    for words in ("a", "ab", "abc"):
        keep(laila, Proposal.objects.get(pk=proposal.pk), "need", justification=words)
    keep(edwin, Proposal.objects.get(pk=proposal.pk), "need", justification="abcd")

    saved = [entry.person for entry in entries_about(proposal) if entry.action == "proposals.save"]

    assert saved == [laila.person, edwin.person]


def test_a_colleague_and_a_member_who_may_not_write_are_refused(
    laila: Appointment, edwin: Appointment
) -> None:
    proposal = made.draft(laila)
    page = section(proposal, "need")
    seen = digest_of(proposal, page)
    with pytest.raises(NotAllowed):
        save(edwin, proposal, page, {"justification": "x"}, seen=seen)

    add_member(laila, proposal, edwin.person.email, "", may_edit=False)

    with pytest.raises(NotAllowed):
        save(edwin, proposal, page, {"justification": "x"}, seen=seen)


def test_nobody_writes_after_it_is_handed_in(laila: Appointment) -> None:
    proposal = made.complete_draft(laila)
    done = hand_in(laila, proposal, "submit", version=proposal.version)

    with pytest.raises(Refused):
        keep(laila, done, "need", justification="x")
    with pytest.raises(Refused):
        confirm(laila, done, policies=True, ownership=True, version=done.version)


def test_what_was_approved_stays_while_the_course_is_developed(laila: Appointment) -> None:
    proposal = made.complete_draft(laila)
    proposal.state = "development"
    proposal.save()

    with pytest.raises(Refused):
        keep(laila, proposal, "course", name_ms="Lain")
    assert keep(laila, proposal, "content", hours="41").content["hours"] == "41"


def test_only_staff_begin_a_proposal_and_only_of_a_kind_and_faculty_of_theirs(
    laila: Appointment, dayang: Appointment, yusuf: Appointment
) -> None:
    faculty = made.faculty_of(laila)
    with pytest.raises(NotAllowed):
        start(dayang, Kind.STAND_ALONE, faculty, "x")
    with pytest.raises(Refused) as kind:
        start(laila, Kind.MOOC, faculty, "x")
    with pytest.raises(Refused) as elsewhere:
        start(yusuf, Kind.MOOC, faculty, "x")

    assert (kind.value.field, elsewhere.value.field) == ("kind", "faculty")


def test_a_comment_holds_the_submission_until_it_is_dealt_with(
    laila: Appointment, edwin: Appointment
) -> None:
    proposal = made.complete_draft(laila)
    add_member(laila, proposal, edwin.person.email, "", may_edit=False)
    said = remark(edwin, proposal, "justification", "Nyatakan angka pekerja.")

    with pytest.raises(Refused, match="ulasan"):
        hand_in(laila, proposal, "submit", version=proposal.version)

    resolve(laila, said)
    assert hand_in(laila, proposal, "submit", version=proposal.version).state == "head_review"


def test_a_withdrawn_proposal_keeps_its_version(laila: Appointment) -> None:
    proposal = made.draft(laila)

    done = hand_in(laila, proposal, "withdraw", version=proposal.version, reason="Tidak jadi")

    assert (done.state, done.versions.get().step) == ("withdrawn", "withdraw")


def test_confirmations_name_person_and_moment(laila: Appointment) -> None:
    proposal = made.draft(laila)

    kept = confirm(laila, proposal, policies=True, ownership=True, version=proposal.version)
    assert kept.policies_confirmed_by == laila.person
    assert kept.policies_confirmed_at

    with pytest.raises(Refused):
        confirm(laila, proposal, policies=False, ownership=True, version=proposal.version)
    taken_back = confirm(laila, kept, policies=False, ownership=True, version=kept.version)
    assert taken_back.policies_confirmed_at is None
    assert taken_back.ownership_confirmed_at == kept.ownership_confirmed_at


def test_a_draft_of_another_university_is_not_theirs(laila: Appointment) -> None:
    proposal = made.draft(laila)

    with pytest.raises(NotAllowed):
        keep(cast.appear("yusuf"), proposal, "need", justification="x")
