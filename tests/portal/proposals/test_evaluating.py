"""Lampiran A in rounds and by an appointed panel; audits, checks of content, UMPSA’s checklist."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.proposals.stories import (
    Sort,
    again,
    committee_decides,
    complete_content,
    described,
    draft,
    evaluator,
    filled_in,
    mooc,
    step,
    ticked,
    unit,
    upload,
)

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.notices.models import Notice
from portal.notices.reminders import remind
from portal.proposals.actions.evaluating import (
    Filled,
    add_evidence,
    appoint_evaluator,
    begin,
    digest_of,
    fill_in,
    release_evaluator,
)
from portal.proposals.criteria import LAMPIRAN_A, sections_of, sorts_of
from portal.proposals.evaluation_paper import evaluation_pdf
from portal.proposals.figures import figures_of
from portal.proposals.models import Evaluation, Proposal
from portal.proposals.process import WALK
from portal.proposals.signals import moved

pytestmark = pytest.mark.django_db


def panel(proposal: Proposal) -> tuple[Evaluation, Evaluation]:
    return evaluator(proposal, "devi", Sort.COORDINATOR), evaluator(proposal, "salmah", Sort.EXTERNAL)


def test_every_printed_point_of_lampiran_a_is_asked_under_its_indicator() -> None:
    sections = sections_of(mooc("development"), Sort.SELF)

    assert [section.name for section in sections] == list(LAMPIRAN_A)
    assert {s.name: len(s.items) for s in sections} == {
        "landing_page_logos": 8,
        "promotional_video": 4,
        "information_before_joining": 10,
        "information_after_joining": 9,
        "topic_learning_outcomes": 1,
        "topic_introduction": 1,
        "activities": 1,
        "assessment": 1,
        "additional_resources": 1,
        "teaching_video": 6,
        "course_content": 16,
        "copyright": 2,
    }
    clauses = [clause for section in sections for item in section.items for clause in item.clauses]
    assert len(set(clauses)) == len(clauses) == 60


def test_the_figures_come_from_the_content() -> None:
    figures = figures_of(mooc("development"))

    assert figures["topics"] == [{"outcomes": 1, "activities": 3, "resources": 1}] * 5
    assert figures["learning_outcomes"] == [{"assessments": 1}, {"assessments": 1}]
    assert figures["assessment_percents"] == [40, 60]
    assert figures["video"] == {"minutes": 160, "original_minutes": None, "weeks": 5}


def test_the_developer_evaluates_in_rounds_and_every_round_is_kept() -> None:
    proposal, yusuf = mooc("development"), cast.appear("yusuf")
    first = begin(yusuf, proposal, Sort.SELF)
    fill_in(
        yusuf, first, Filled(ratings={"activities": 2}, remarks={"activities": "Belum siap"}), hand_in=True
    )

    second = begin(yusuf, proposal, Sort.SELF)
    assert begin(yusuf, proposal, Sort.SELF) == second
    assert (second.round, second.ratings) == (2, {"activities": 2})
    filled_in(yusuf, second)

    rounds = proposal.evaluations.filter(sort=Sort.SELF).order_by("round")
    assert [(each.round, (each.result or {})["ready"]) for each in rounds] == [(1, False), (2, True)]
    assert all(each.submitted_at for each in rounds)


def test_a_mooc_is_handed_in_only_with_a_self_evaluation_a_licence_and_no_personal_data() -> None:
    proposal = mooc("development", content={"licence": "", "no_personal_data": False})

    with pytest.raises(Refused) as refused:
        step("yusuf", proposal, "hand_in")
    for words in ("penilaian kendiri", "lesen Creative Commons", "data peribadi"):
        assert words in str(refused.value.message)


@pytest.mark.parametrize("key", ["yusuf", "zarina", "salmah", "vimala"])
def test_only_the_appointed_evaluator_rates(key: str) -> None:
    proposal = mooc("evaluation")
    evaluation = evaluator(proposal, "devi", Sort.COORDINATOR)

    with pytest.raises(NotAllowed):
        fill_in(cast.appear(key), evaluation, Filled(), hand_in=False)
    assert filled_in(cast.appear("devi"), evaluation).submitted_at is not None


def test_utmlead_appoints_and_nobody_who_developed_the_mooc() -> None:
    proposal = mooc("evaluation")

    with pytest.raises(Refused) as refused:
        evaluator(proposal, "yusuf", Sort.PANEL)
    assert refused.value.field == "person"
    for key in ("devi", "yusuf", "rashid"):
        with pytest.raises(NotAllowed):
            from_key(key, proposal)
    evaluator(proposal, "devi", Sort.COORDINATOR)
    with pytest.raises(Refused, match="belum dihantar"):
        evaluator(proposal, "devi", Sort.PANEL)
    assert Notice.objects.filter(person=cast.appear("devi").person, kind="course_to_evaluate").count() == 1


def from_key(key: str, proposal: Proposal) -> Evaluation:
    person = cast.appear("salmah").person
    version = again(proposal).version
    return appoint_evaluator(cast.appear(key), proposal, Sort.EXTERNAL, person, None, version=version)


def test_a_panel_rates_every_indicator_from_1_to_4_with_the_address_of_the_course() -> None:
    evaluation, devi = evaluator(mooc("evaluation"), "devi", Sort.COORDINATOR), cast.appear("devi")
    whole = dict.fromkeys(LAMPIRAN_A, 4)

    for ratings, url, field in (
        (whole | {"copyright": 5}, "https://x.example", "rating-copyright"),
        ({"activities": 3}, "https://x.example", "rating-landing_page_logos"),
        (whole, "", "url"),
        (whole, "bukan alamat", "url"),
    ):
        with pytest.raises(Refused) as refused:
            fill_in(devi, evaluation, Filled(ratings=ratings, url=url), hand_in=True)
        assert refused.value.field == field
    with pytest.raises(Refused) as refused:
        fill_in(devi, evaluation, Filled(evidence={"copyright": ["javascript:alert(1)"]}), hand_in=False)
    assert refused.value.field == "evidence-copyright"


def test_the_quality_is_confirmed_when_coordinator_and_external_evaluator_found_it_met() -> None:
    proposal = mooc("evaluation")
    with pytest.raises(Refused, match="belum menghantar penilaian"):
        step("zarina", proposal, "conclude")
    coordinator, external = panel(proposal)
    filled_in(cast.appear("devi"), coordinator)
    with pytest.raises(Refused):
        step("zarina", proposal, "conclude")
    figures = {**external.figures, "video": {"minutes": 149, "original_minutes": 149, "weeks": 5}}
    filled_in(cast.appear("salmah"), external, figures=figures)
    with pytest.raises(Refused, match="belum memenuhi kriteria kualiti"):
        step("zarina", proposal, "conclude")

    step("zarina", proposal, "improve", reason="Video terlalu pendek.")
    ticked(cast.appear("yusuf"), proposal, Sort.SELF)
    step("yusuf", proposal, "hand_in")
    with pytest.raises(Refused):
        step("zarina", proposal, "conclude")
    open_ = again(proposal).evaluations.filter(submitted_at=None)
    assert {(each.sort, each.round) for each in open_} == {(Sort.COORDINATOR, 2), (Sort.EXTERNAL, 2)}
    for each in open_:
        filled_in(cast.appear("devi" if each.sort == Sort.COORDINATOR else "salmah"), each)
    assert step("zarina", proposal, "conclude").state == "registration"


def test_an_original_share_above_the_whole_is_told_at_the_figures() -> None:
    evaluation = evaluator(mooc("evaluation"), "devi", Sort.COORDINATOR)
    figures = {**evaluation.figures, "video": {"minutes": 100, "original_minutes": 120, "weeks": 5}}

    with pytest.raises(Refused) as refused:
        fill_in(cast.appear("devi"), evaluation, Filled(figures=figures), hand_in=False)
    assert refused.value.field == "figures"


def test_each_of_the_panel_judges_alone_and_then_all_stand_side_by_side() -> None:
    proposal = mooc("evaluation")
    coordinator, external = panel(proposal)
    filled_in(cast.appear("devi"), coordinator, remarks={"activities": "Aktiviti pelbagai"})
    where = reverse("proposals:evaluations", args=[proposal.pk])
    salmah, zarina = cast.client_of(cast.appear("salmah")), cast.client_of(cast.appear("zarina"))

    assert "Aktiviti pelbagai" not in salmah.get(where).content.decode()
    assert salmah.get(reverse("proposals:evaluation", args=[coordinator.pk])).status_code == 404
    assert "Aktiviti pelbagai" in zarina.get(where).content.decode()
    filled_in(cast.appear("salmah"), external, ratings=dict.fromkeys(LAMPIRAN_A, 3))
    page = salmah.get(where).content.decode()
    for words in ("Aktiviti pelbagai", "Devi a/p Krishnan", "Salmah binti Ghani", "Penilaian kendiri"):
        assert words in page


def test_internal_audits_are_rated_by_who_was_appointed_and_external_ones_recorded_by_utmlead() -> None:
    proposal, zarina = mooc(), cast.appear("zarina")
    due = timezone.localdate() + timedelta(days=30)
    audit = evaluator(proposal, "rashid", Sort.INTERNAL_AUDIT, due)
    with pytest.raises(NotAllowed):
        fill_in(zarina, audit, Filled(), hand_in=False)
    filled_in(cast.appear("rashid"), audit, conclusion="Dua dapatan kecil.")

    outside = ticked(zarina, proposal, Sort.EXTERNAL_AUDIT, conclusion="Pegawai MyCeL: memuaskan.")
    assert outside.submitted_at is not None
    second = begin(zarina, proposal, Sort.EXTERNAL_AUDIT)
    assert second.round == 2
    with pytest.raises(NotAllowed):
        begin(cast.appear("yusuf"), proposal, Sort.EXTERNAL_AUDIT)


def test_utmlead_checks_content_in_development_at_intervals() -> None:
    proposal, zarina = mooc("development"), cast.appear("zarina")

    for remark in ("Unit 1 siap.", "Unit 2 siap."):
        check = begin(zarina, proposal, Sort.CONTENT_CHECK)
        with pytest.raises(Refused) as refused:
            fill_in(zarina, check, Filled(), hand_in=True)
        assert refused.value.field == "conclusion"
        fill_in(zarina, check, Filled(conclusion=remark), hand_in=True)
    kept = proposal.evaluations.filter(sort=Sort.CONTENT_CHECK).order_by("round")
    assert [each.conclusion for each in kept] == ["Unit 1 siap.", "Unit 2 siap."]
    with pytest.raises(NotAllowed):
        begin(cast.appear("devi"), proposal, Sort.CONTENT_CHECK)


def test_an_appointment_is_taken_back_until_it_is_handed_in_and_late_ones_are_told() -> None:
    proposal, zarina = mooc("evaluation"), cast.appear("zarina")
    due = timezone.localdate() + timedelta(days=3)
    evaluation = evaluator(proposal, "devi", Sort.COORDINATOR, due)
    for days in (1, 2):
        remind(due + timedelta(days=days))
    assert Notice.objects.filter(person=evaluation.evaluator, kind="evaluation_late").count() == 2

    release_evaluator(zarina, evaluation, version=again(proposal).version)
    evaluation = evaluator(proposal, "devi", Sort.COORDINATOR)
    filled_in(cast.appear("devi"), evaluation)
    with pytest.raises(Refused):
        release_evaluator(zarina, evaluation, version=again(proposal).version)


def test_a_handed_in_evaluation_does_not_change_any_more() -> None:
    evaluation = evaluator(mooc("evaluation"), "devi", Sort.COORDINATOR)
    filled_in(cast.appear("devi"), evaluation)

    with pytest.raises(Refused):
        fill_in(cast.appear("devi"), evaluation, Filled(), hand_in=False)


def test_evidence_is_a_file_or_an_address_of_its_indicator() -> None:
    evaluation, devi = evaluator(mooc("evaluation"), "devi", Sort.COORDINATOR), cast.appear("devi")

    kept = add_evidence(devi, evaluation, "copyright", upload())
    assert kept.about == f"evaluation-{evaluation.pk}-copyright"
    with pytest.raises(Refused) as refused:
        add_evidence(devi, evaluation, "nothing", upload())
    assert refused.value.field == "indicator"
    with pytest.raises(NotAllowed):
        add_evidence(cast.appear("salmah"), evaluation, "copyright", upload())


def form_of(evaluation: Evaluation, rating: int = 4) -> dict[str, object]:
    sections = sections_of(evaluation.proposal, evaluation.sort)
    topics = {f"topic-{n}-{name}": "2" for n in range(5) for name in ("outcomes", "activities", "resources")}
    return {
        "seen": digest_of(Evaluation.objects.get(pk=evaluation.pk)),
        "url": "https://mooc.utm.example/iot",
        "tick": [item.key for section in sections for item in section.items],
        **{f"rating-{section.name}": str(rating) for section in sections},
        "video-minutes": "160",
        "video-original_minutes": "130",
        "video-weeks": "5",
        **topics,
        "conclusion": "Baik.",
    }


def test_the_form_is_kept_handed_in_and_printed_in_both_languages() -> None:
    evaluation = evaluator(mooc("evaluation"), "devi", Sort.COORDINATOR)
    devi: Client = cast.client_of(cast.appear("devi"))
    where = reverse("proposals:evaluation", args=[evaluation.pk])

    assert "Halaman pendaratan memaparkan logo institusi (IPT)" in devi.get(where).content.decode()
    typed = form_of(evaluation) | {"remark-copyright": "Ulasan yang tidak hilang", "url": "salah"}
    refused = devi.post(where, typed | {"hand_in": "1"})
    assert refused.status_code == 422
    assert "Ulasan yang tidak hilang" in refused.content.decode()
    assert devi.post(where, form_of(evaluation)).status_code == 302
    assert devi.post(where, form_of(evaluation) | {"hand_in": "1"}).status_code == 302
    kept = Evaluation.objects.get(pk=evaluation.pk)
    assert kept.submitted_at is not None
    assert (kept.result or {})["ready"] is True
    assert "Kriteria kualiti dipenuhi" in devi.get(where).content.decode()
    for language in ("ms", "en"):
        assert evaluation_pdf(kept, language).startswith(b"%PDF-1.7")
    paper = devi.get(reverse("proposals:evaluation_paper", args=[kept.pk]))
    assert paper["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("place", "typed", "told"),
    [
        ("video-minutes", "kira-kira 160", "“kira-kira 160” bukan nombor bulat"),
        ("video-minutes", "١٦٠", "“١٦٠” bukan nombor bulat"),
        ("topic-0-activities", "-2", "“-2” bukan nombor bulat"),
        ("rating-copyright", "9", "Penarafan ialah 1, 2, 3 atau 4"),
        ("evidence-copyright", "https://a.example/\n" * 21, "Paling banyak 20 baris"),
    ],
)
def test_what_cannot_be_kept_is_named_and_stays_on_the_page(place: str, typed: str, told: str) -> None:
    evaluation = evaluator(mooc("evaluation"), "devi", Sort.COORDINATOR)
    devi = cast.client_of(cast.appear("devi"))
    given = form_of(evaluation) | {place: typed, "remark-activities": "Ulasan yang tidak hilang"}

    answer = devi.post(reverse("proposals:evaluation", args=[evaluation.pk]), given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "Ulasan yang tidak hilang" in page
    assert place.startswith("rating") or typed.strip() in page
    assert Evaluation.objects.get(pk=evaluation.pk).ratings == {}


def test_of_two_of_a_team_the_second_sees_who_changed_the_evaluation_and_keeps_what_was_typed() -> None:
    proposal = mooc("development")
    member = proposal.members.create(person=cast.appear("devi").person, may_edit=True).person
    yusuf, devi = cast.appear("yusuf"), cast.appear("devi")
    evaluation = begin(yusuf, proposal, Sort.SELF)
    where, typed = reverse("proposals:evaluation", args=[evaluation.pk]), form_of(evaluation)
    fill_in(devi, evaluation, Filled(remarks={"activities": "Daripada Devi"}), hand_in=False)

    second = cast.client_of(yusuf).post(where, typed | {"remark-activities": "Daripada Yusuf"})

    page = second.content.decode()
    assert second.status_code == 422
    assert f"{member.name} telah mengubah penilaian ini" in page
    assert "Daripada Yusuf" in page
    assert Evaluation.objects.get(pk=evaluation.pk).remarks == {"activities": "Daripada Devi"}
    assert f'name="seen" value="{form_of(evaluation)["seen"]}"' in page
    again_sent = form_of(evaluation) | {"remark-activities": "Daripada Yusuf"}
    assert cast.client_of(yusuf).post(where, again_sent).status_code == 302


def test_a_pair_of_hands_begins_and_files_evidence_on_the_page() -> None:
    proposal = mooc("development")
    yusuf = cast.client_of(cast.appear("yusuf"))

    assert yusuf.post(reverse("proposals:evaluation_begin", args=[proposal.pk, "self"])).status_code == 302
    evaluation = proposal.evaluations.get()
    where = reverse("proposals:evaluation_evidence", args=[evaluation.pk])
    assert yusuf.post(where, {"indicator": "activities"}).status_code == 422
    assert yusuf.post(where, {"indicator": "activities", "file": upload()}).status_code == 302
    assert proposal.attachments.filter(kind="evidence").count() == 1
    zarina = cast.client_of(cast.appear("zarina"))
    assert zarina.post(reverse("proposals:evaluation_begin", args=[proposal.pk, "self"])).status_code == 403


def umpsa_course() -> tuple[Proposal, Appointment, Appointment]:
    """A course in development at an institution with UMPSA's process, its lecturer, and an expert."""
    where = cast.institution("UMPSA", policy="umpsa")
    there = cast.faculty("FK", where)
    lecturer = cast.appointment(cast.person("rahim", at="UMPSA"), Role.LECTURER, where, there)
    dean = cast.appointment(cast.person("noraini", at="UMPSA"), Role.DEAN, where, there)
    centre = cast.appointment(cast.person("siti", at="UMPSA"), Role.ELEARNING_CENTRE, where)
    expert = cast.appointment(cast.person("wong", at="UMPSA"), Role.SUBJECT_EXPERT, where, there)
    content = complete_content("stand_alone") | {"units": [unit(n) for n in range(1, 4)]}
    proposal = draft(lecturer, "stand_alone", content=content)
    for who, name in ((lecturer, "submit"), (dean, "approve_faculty"), (centre, "approve_centre")):
        WALK.take(who, WALK.locked(proposal, None), name)
    return again(proposal), lecturer, expert


def test_umpsas_checklist_is_whole_before_the_course_is_evaluated() -> None:
    proposal, lecturer, expert = umpsa_course()
    centre = Appointment.objects.get(role="elearning_centre", institution=proposal.institution)
    assert sorts_of(proposal) == [Sort.CHECKLIST, Sort.COURSE]

    checklist = begin(lecturer, proposal, Sort.CHECKLIST)
    with pytest.raises(Refused, match="Tandakan semua perkara"):
        fill_in(lecturer, checklist, Filled(ticks={"outcomes": True}), hand_in=True)
    filled_in(lecturer, checklist)
    WALK.take(lecturer, WALK.locked(proposal, None), "hand_in")
    with pytest.raises(Refused, match="belum menghantar penilaian"):
        WALK.take(centre, WALK.locked(proposal, None), "conclude")

    now = again(proposal)
    course = appoint_evaluator(centre, now, Sort.COURSE, expert.person, None, version=now.version)
    filled_in(expert, course)
    assert WALK.take(centre, WALK.locked(proposal, None), "conclude").state == "senate"


def test_a_course_that_the_senate_approved_goes_on_once_its_certificate_is_described() -> None:
    proposal, _lecturer, _expert = umpsa_course()
    centre = Appointment.objects.get(role="elearning_centre", institution=proposal.institution)
    Proposal.objects.filter(pk=proposal.pk).update(state="senate")
    moved.send(Proposal, thing=again(proposal), step="conclude", before="evaluation", acting=centre)
    assert committee_decides(again(proposal)).state == "senate"

    assert described(centre, proposal, code="MC1", credits=Decimal(1)).state == "registered"


def test_addresses_of_evidence_are_shown_again_one_to_a_line() -> None:
    evaluation = evaluator(mooc("evaluation"), "devi", Sort.COORDINATOR)
    devi = cast.client_of(cast.appear("devi"))
    where = reverse("proposals:evaluation", args=[evaluation.pk])
    links = ["https://a.example/1", "https://a.example/2"]

    assert (
        devi.post(where, form_of(evaluation) | {"evidence-copyright": "\r\n".join(links)}).status_code == 302
    )
    page = devi.get(where).content.decode()
    assert "\n".join(links) in page
    assert "{{" not in page
    assert Evaluation.objects.get(pk=evaluation.pk).evidence == {"copyright": links}
