"""What stands beside the way of a course: questions, partners, workshops, the quality page, the report."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.proposals.stories import Sort, again, at, mooc, registered_course, ticked, upload

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.models import Notice
from portal.proposals import delivered
from portal.proposals.actions.attaching import attach
from portal.proposals.actions.enquiring import Question, answer_question, ask_question, close_question
from portal.proposals.actions.partnering import (
    Papers,
    activate_partner,
    end_partner,
    keep_partner,
    lacking,
    memorandum_of,
)
from portal.proposals.actions.workshops import keep_attendance, keep_workshop
from portal.proposals.models import Enquiry, Partner, Proposal, Workshop
from portal.proposals.quality import rows_of

pytestmark = pytest.mark.django_db


def asked(key: str, proposal: Proposal, to: str = "centre", **more: str) -> Enquiry:
    question = Question(to=to, text="Bolehkah kuiz diulang?", asked_on=timezone.localdate(), **more)
    return ask_question(cast.appear(key), proposal, question)


# --- Questions -------------------------------------------------------------------------------------


def test_the_developer_asks_the_centre_on_a_draft_and_is_answered() -> None:
    proposal, salleh = at("development"), cast.appear("salleh")
    enquiry = asked("laila", proposal)
    assert Notice.objects.filter(person=salleh.person, kind="enquiry_asked").count() == 1

    with pytest.raises(NotAllowed):
        answer_question(cast.appear("laila"), enquiry, "Boleh.", timezone.localdate())
    answer_question(salleh, enquiry, "Boleh.", timezone.localdate())

    now = Enquiry.objects.get(pk=enquiry.pk)
    assert (now.state, now.answer, now.answered_by) == ("answered", "Boleh.", salleh.person)
    assert "Boleh." in Notice.objects.get(person=proposal.developer, kind="enquiry_answered").text_ms
    with pytest.raises(NotAllowed):
        answer_question(salleh, now, "Lagi.", timezone.localdate())
    close_question(cast.appear("laila"), now)
    with pytest.raises(Refused):
        close_question(salleh, now)


def test_what_mqa_a_body_or_the_ptg_system_said_is_recorded_with_number_and_day() -> None:
    proposal = at("development")
    with pytest.raises(Refused) as refused:
        asked("laila", proposal, "professional_body")
    assert refused.value.field == "body"
    body = asked("laila", proposal, "professional_body", body="Lembaga Jurutera Malaysia")
    system = asked("salleh", proposal, "ptg", reference="PTG/12")
    answer_question(cast.appear("laila"), body, "Diiktiraf.", timezone.localdate(), "BEM/7")
    answer_question(cast.appear("salleh"), system, "Diluluskan.", timezone.localdate())

    assert Enquiry.objects.get(pk=body.pk).reference == "BEM/7"
    assert Enquiry.objects.get(pk=system.pk).reference == "PTG/12"
    with pytest.raises(NotAllowed):
        asked("rosli", proposal, "mqa")
    open_, early = asked("laila", proposal, "mqa"), timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused):
        answer_question(cast.appear("laila"), open_, "Ya", early)


def test_the_page_of_questions() -> None:
    proposal = at("development")
    where = reverse("proposals:enquiries", args=[proposal.pk])
    laila, salleh = cast.client_of(cast.appear("laila")), cast.client_of(cast.appear("salleh"))
    typed = {"to": "centre", "text": "", "asked_on": timezone.localdate().isoformat()}

    assert laila.post(where, typed).status_code == 422
    assert laila.post(where, typed | {"text": "Berapa minit video?"}).status_code == 302
    assert laila.post(where, typed | {"text": "Berapa minit video?"}).status_code == 422
    enquiry = proposal.enquiries.get()
    assert "Menunggu jawapan" in laila.get(where).content.decode()
    one = reverse("proposals:enquiry", args=[enquiry.pk])
    assert (
        salleh.post(one, {"answer": "", "answered_on": timezone.localdate().isoformat()}).status_code == 422
    )
    assert (
        salleh.post(one, {"answer": "150", "answered_on": timezone.localdate().isoformat()}).status_code
        == 302
    )
    assert "150" in laila.get(where).content.decode()
    assert laila.post(one, {"close": "1"}).status_code == 302
    assert cast.client_of(cast.appear("zarina")).post(one, {"close": "1"}).status_code == 404


# --- Partners --------------------------------------------------------------------------------------


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every course was delivered once, as offerings tell."""
    monkeypatch.setattr(delivered, "KNOWN", [lambda proposal: True])


EMPTY: Mapping[str, Any] = {}
WHOLE: Mapping[str, Any] = {
    "accredited_by": "MQA",
    "accreditation": "MQA/FA 1",
    "accredited_on": date(2020, 1, 1),
    "memorandum_on": date(2026, 1, 1),
    "mqa_told_on": date(2026, 1, 2),
}


def partner(proposal: Proposal, papers: Mapping[str, Any] = EMPTY, name: str = "Kolej Contoh") -> Partner:
    return keep_partner(cast.appear("salleh"), proposal, Papers(name=name, **papers))


def test_a_partner_comes_only_after_the_course_was_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivered, "KNOWN", [lambda proposal: False])
    proposal = registered_course()

    with pytest.raises(Refused, match="sekurang-kurangnya sekali"):
        partner(proposal)
    page = cast.client_of(cast.appear("salleh")).get(reverse("proposals:partners", args=[proposal.pk]))
    assert "sekurang-kurangnya sekali" in page.content.decode()


@pytest.mark.usefixtures("taught")
def test_a_partner_begins_only_with_every_paper_on_file() -> None:
    proposal, salleh = registered_course(), cast.appear("salleh")
    found = partner(proposal)

    assert len(lacking(found)) == 4
    with pytest.raises(Refused) as refused:
        activate_partner(salleh, found)
    for words in ("MQA belum dimaklumkan", "Tarikh memorandum", "belum difailkan", "Akreditasi penuh"):
        assert words in str(refused.value.message)
    keep_partner(salleh, proposal, Papers(name=found.name, **WHOLE), found)
    with pytest.raises(Refused, match="belum difailkan"):
        activate_partner(salleh, found)
    attach(salleh, proposal, upload(), "memorandum", about=memorandum_of(found))
    assert activate_partner(salleh, found).active_since == timezone.localdate()
    with pytest.raises(Refused):
        activate_partner(salleh, found)
    assert end_partner(salleh, found).active_since is None


@pytest.mark.usefixtures("taught")
def test_no_more_than_70_percent_of_a_programme_is_franchised_to_a_partner() -> None:
    salleh = cast.appear("salleh")
    first, second = registered_course(), registered_course()
    programme = cast.programme(first.institution, graduating_credits=6)
    for proposal in (first, second):
        assert proposal.original is not None
        programme.plan.create(course=proposal.original)
        found = partner(proposal, WHOLE)
        attach(salleh, proposal, upload(), "memorandum", about=memorandum_of(found))

    activate_partner(salleh, first.partners.get())
    with pytest.raises(Refused, match=r"4 kredit"):
        activate_partner(salleh, second.partners.get())


@pytest.mark.usefixtures("taught")
def test_papers_that_cannot_be_and_people_who_may_not() -> None:
    proposal = registered_course()
    tomorrow = timezone.localdate() + timedelta(days=1)

    for papers, field in (
        ({"mqa_told_on": tomorrow}, "mqa_told_on"),
        ({"memorandum_until": tomorrow}, "memorandum_on"),
        ({"memorandum_on": date(2026, 1, 2), "memorandum_until": date(2026, 1, 1)}, "memorandum_until"),
    ):
        with pytest.raises(Refused) as refused:
            partner(proposal, papers)
        assert refused.value.field == field
    partner(proposal)
    with pytest.raises(Refused) as refused:
        partner(proposal, name="kolej contoh")
    assert refused.value.field == "name"
    for key in ("laila", "betty", "hamidah"):
        with pytest.raises(NotAllowed):
            keep_partner(cast.appear(key), proposal, Papers(name="X"))


@pytest.mark.usefixtures("taught")
def test_the_pages_of_partners() -> None:
    proposal = registered_course()
    salleh = cast.client_of(cast.appear("salleh"))
    where = reverse("proposals:partners", args=[proposal.pk])
    assert salleh.post(where, {"name": "Kolej A", "country": "Malaysia"}).status_code == 422
    joint = {"name": "Kolej A", "country": "MY", "form": "joint_degree"}
    assert salleh.post(where, joint | {"form": "perkongsian"}).status_code == 422
    assert salleh.post(where, joint).status_code == 302
    assert "Ijazah bersama" in salleh.get(where).content.decode()
    found = proposal.partners.get()
    one = reverse("proposals:partner", args=[found.pk])
    typed = {name: str(value) for name, value in WHOLE.items()} | {"name": "Kolej A", "country": "MY"}
    assert salleh.post(one, typed).status_code == 302
    assert salleh.post(one, {"filing": "1"}).status_code == 422
    assert salleh.post(one, {"filing": "1", "file": upload()}).status_code == 302
    state = reverse("proposals:partner_state", args=[found.pk])
    assert salleh.post(state, {"activate": "1"}).status_code == 302
    assert Partner.objects.get().active_since == timezone.localdate()
    assert cast.client_of(cast.appear("laila")).get(one).status_code == 403


# --- Workshops -------------------------------------------------------------------------------------


def workshop(acting: Appointment, held_on: date = date(2026, 3, 2)) -> Workshop:
    return keep_workshop(
        acting, Workshop(institution=acting.institution, name_ms="Bengkel MOOC 1", held_on=held_on)
    )


def test_the_centre_runs_workshops_and_records_who_came() -> None:
    zarina, yusuf = cast.appear("zarina"), cast.appear("yusuf")
    with pytest.raises(NotAllowed):
        workshop(yusuf)
    held = workshop(zarina)
    keep_attendance(zarina, held, [yusuf.person, cast.appear("salmah").person])
    keep_attendance(zarina, held, [yusuf.person])

    assert [each.person for each in held.attendances.all()] == [yusuf.person]
    coming = workshop(zarina, timezone.localdate() + timedelta(days=3))
    with pytest.raises(Refused):
        keep_attendance(zarina, coming, [yusuf.person])
    with pytest.raises(NotAllowed):
        keep_attendance(cast.appear("salleh"), held, [])


def test_the_pages_of_workshops_and_their_file() -> None:
    zarina, yusuf = cast.client_of(cast.appear("zarina")), cast.client_of(cast.appear("yusuf"))
    new = reverse("proposals:workshop_new")
    assert zarina.post(new, {"name_ms": "", "held_on": "2026-03-02"}).status_code == 422
    assert zarina.post(new, {"name_ms": "Bengkel 1", "held_on": "2026-03-02"}).status_code == 302
    held = Workshop.objects.get()
    where = reverse("proposals:attendance", args=[held.pk])
    assert zarina.post(where, {"people": [cast.appear("yusuf").person_id]}).status_code == 302
    assert yusuf.post(where, {}).status_code == 403
    page = yusuf.get(reverse("proposals:workshops")).content.decode()
    assert "anda hadir" in page
    assert "Yusuf bin Hamzah" in yusuf.get(reverse("proposals:workshop", args=[held.pk])).content.decode()
    sent = zarina.get(reverse("proposals:workshops"), {"form": "csv"}).getvalue()
    assert "Yusuf bin Hamzah" in sent.decode()
    assert (
        cast.client_of(cast.appear("salleh")).get(reverse("proposals:workshop", args=[held.pk])).status_code
        == 404
    )


# --- Quality and the report --------------------------------------------------------------------------


def done(proposal: Proposal) -> dict[str, bool | None]:
    return {str(row.label): row.done for row in rows_of(again(proposal))}


def test_the_quality_page_says_which_processes_are_done() -> None:
    proposal = mooc("development")
    before = done(proposal)
    assert before["Penilaian kendiri secara berkala"] is False
    assert before["Pembangun telah menghadiri bengkel"] is None
    zarina = cast.appear("zarina")
    keep_attendance(zarina, workshop(zarina), [cast.appear("yusuf").person])
    ticked(cast.appear("yusuf"), proposal, Sort.SELF)
    ticked(zarina, proposal, Sort.CONTENT_CHECK)

    after = done(proposal)
    assert after["Penilaian kendiri secara berkala"] is True
    assert after["Kandungan disemak oleh pusat"] is True
    assert after["Pembangun telah menghadiri bengkel"] is True
    assert after["Penilaian panel dengan kriterianya dipenuhi"] is False
    page = cast.client_of(cast.appear("yusuf")).get(reverse("proposals:quality", args=[proposal.pk]))
    assert "Pembangunan dan penilaian kendiri" in page.content.decode()
    assert "<svg" in page.content.decode()


def test_a_unimas_course_shows_the_processes_of_section_5() -> None:
    shown = done(registered_course("stand_alone"))

    for label in ("Hasil pembelajaran dinyatakan", "Kaji selidik pasaran dengan analisisnya",
                  "Disemak oleh pakar yang dilantik"):  # fmt: skip
        assert shown[label] is True
    assert shown["Kualiti disahkan oleh MQA"] is None
    assert done(registered_course())["Kaji selidik pasaran dengan analisisnya"] is None


def test_the_report_lists_each_mooc_with_its_step_and_what_it_lacks() -> None:
    development = mooc("development")
    ticked(cast.appear("yusuf"), development, Sort.SELF)
    finished = mooc(name_ms="Rangkaian Komputer", name_en="Computer Networks")
    zarina = cast.client_of(cast.appear("zarina"))
    where = reverse("proposals:standing")

    page = zarina.get(where).content.decode()
    assert "Pembangunan dan penilaian kendiri" in page
    assert "Rangkaian Komputer" in page
    lacking_panel = zarina.get(where, {"lacks": "panel"}).content.decode()
    assert finished.name_ms not in lacking_panel
    assert development.name_ms in lacking_panel
    Proposal.objects.filter(pk=development.pk).update(due_on=date(2026, 1, 1))
    late = zarina.get(where, {"lacks": "late"}).content.decode()
    assert development.reference in late or development.name_ms in late
    assert finished.name_ms not in late
    for query in ({"words": "rangkaian"}, {"state": "registered"}, {"faculty": str(finished.faculty_id)}):
        assert finished.name_ms in zarina.get(where, query).content.decode()
    sent = zarina.get(where, {"form": "csv"}).getvalue().decode()
    assert "Rangkaian Komputer" in sent
    assert len(sent.splitlines()) == 3
    assert cast.client_of(cast.appear("yusuf")).get(where).status_code == 403
    assert "Rangkaian" not in cast.client_of(cast.appear("salleh")).get(where).content.decode()
