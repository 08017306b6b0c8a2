"""Reading proposals: the list with its filters and files, versions and their differences, comments."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.portal import cast
from tests.portal.proposals import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.models import Notice
from portal.proposals.actions.drafting import hand_in
from portal.proposals.actions.remarking import remark, reply, resolve
from portal.proposals.content import values_of
from portal.proposals.models import Kind, Proposal
from portal.proposals.similar import THE_SAME, groups, likeness
from portal.proposals.threads import content_of
from portal.proposals.versions import differences, make_version, pieces_of, values_then
from portal.proposals.waiting import waiting_for

pytestmark = pytest.mark.django_db
LIST = "/proposals/"


def submitted(acting: Appointment, **content: object) -> Proposal:
    proposal = made.complete_draft(acting, **content)  # type: ignore[arg-type]
    return hand_in(acting, proposal, "submit", version=proposal.version)


def test_a_lecturer_sees_the_own_and_a_dean_what_waits(laila: Appointment, winnie: Appointment) -> None:
    mine = made.draft(laila, name_ms="Micro-Award in Draf")
    sent = submitted(laila, name_ms="Micro-Award in Dihantar")

    own = cast.client_of(laila).get(LIST).content.decode()
    waits = cast.client_of(winnie).get(LIST).content.decode()

    assert mine.name_ms in own
    assert sent.name_ms in own
    assert mine.name_ms not in waits
    assert sent.name_ms in waits


def test_it_is_searched_narrowed_and_taken_along(laila: Appointment, catherine: Appointment) -> None:
    submitted(laila, name_ms="Micro-Award in Etika")
    submitted(laila, name_ms="Micro-Award in Logik")
    client = cast.client_of(catherine)

    found = client.get(LIST, {"show": "all", "words": "etika laila", "state": "head_review"}).content.decode()
    none = client.get(LIST, {"show": "all", "kind": Kind.ACCREDITED}).content.decode()
    sheet: Any = client.get(LIST, {"show": "all", "words": "logik", "form": "csv"})
    lines = b"".join(sheet.streaming_content).decode() if sheet.streaming else ""

    assert "Etika" in found
    assert "Logik" not in found
    assert "Tiada cadangan yang menepati tapisan ini" in none
    assert "Logik" in lines
    assert "Etika" not in lines


@pytest.mark.parametrize(
    "query", ["?faculty=x", "?page=99", "?show=?", "?words=%00", "?state=tiada&faculty=99999999999"]
)
def test_odd_filters_are_no_error(laila: Appointment, query: str) -> None:
    assert cast.client_of(laila).get(f"{LIST}{query}").status_code == 200


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    laila: Appointment, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = cast.client_of(laila)
    for number in range(12):
        made.draft(laila, name_ms=f"Micro-Award in {number}")

    with django_assert_max_num_queries(16):
        assert client.get(LIST).status_code == 200


def test_what_waits_follows_the_state(laila: Appointment, rosli: Appointment, salleh: Appointment) -> None:
    proposal = submitted(laila)
    assert (waiting_for(rosli).count(), waiting_for(salleh).count()) == (1, 0)

    Proposal.objects.filter(pk=proposal.pk).update(state="centre_review")
    assert (waiting_for(rosli).count(), waiting_for(salleh).count()) == (0, 1)

    Proposal.objects.filter(pk=proposal.pk).update(state="revision")
    assert waiting_for(laila).count() == 1


def test_versions_differ_field_by_field_in_words(laila: Appointment) -> None:
    proposal = submitted(laila)
    proposal.state = "revision"
    proposal.content["fee"] = "180.00"
    proposal.content["units"][0]["topics"].append("Empati")
    proposal.name_en = "Micro-Credential in Advanced Design Thinking"
    proposal.save()

    found = {
        one.name: one.pieces
        for one in differences(proposal, values_then(proposal.versions.get()), values_of(proposal))
    }

    assert set(found) == {"name_en", "fee", "units"}
    assert [piece.text for piece in found["units"] if piece.sort == "new"] == ["; Empati"]
    assert [(p.sort, p.text) for p in found["fee"] if p.sort != "same"] == [("gone", "150"), ("new", "180")]


def test_nothing_differs_from_itself_and_both_texts_can_be_put_together_again() -> None:
    pieces = pieces_of("Kuiz 40 % dan projek", "Kuiz 30 %, ujian dan projek")

    assert "".join(p.text for p in pieces if p.sort != "new") == "Kuiz 40 % dan projek"
    assert "".join(p.text for p in pieces if p.sort != "gone") == "Kuiz 30 %, ujian dan projek"


def test_pages_of_versions_compare_any_two(laila: Appointment, rosli: Appointment) -> None:
    proposal = submitted(laila)
    proposal.content["fee"] = "180.00"
    proposal.save()
    make_version(proposal, rosli, "return_head")
    client, address = cast.client_of(laila), reverse("proposals:versions", args=[proposal.pk])

    between = client.get(address, {"from": "1", "to": "2"}).content.decode()
    since = client.get(address).content.decode()
    same = client.get(address, {"from": "2"}).content.decode()
    first = client.get(reverse("proposals:version", args=[proposal.pk, 1])).content.decode()

    assert "<ins>180</ins>" in between
    assert "<ins>180</ins>" in since
    assert "Tiada perbezaan" in same
    assert "150.00" in first
    assert client.get(reverse("proposals:version", args=[proposal.pk, 9])).status_code == 404


def test_a_comment_is_told_answered_and_dealt_with(laila: Appointment, winnie: Appointment) -> None:
    proposal = submitted(laila)
    dean, developer = cast.client_of(winnie), cast.client_of(laila)
    dean.post(reverse("proposals:remark", args=[proposal.pk]), {"field": "fee", "text": "Mengapa RM 150?"})
    said = proposal.remarks.get()
    developer.post(reverse("proposals:remark_answer", args=[proposal.pk, said.pk]), {"text": "Kos makmal."})
    developer.post(reverse("proposals:remark_settle", args=[proposal.pk, said.pk]))

    said.refresh_from_db()
    assert said.resolved_by == laila.person
    assert Notice.objects.filter(person=laila.person, kind="proposal_remark").count() == 1
    assert Notice.objects.filter(person=winnie.person, kind="proposal_reply").count() == 1
    fields = {
        field.name: threads for page in content_of(laila, proposal)["pages"] for field, threads in page.fields
    }
    assert [reply.text for reply in fields["fee"][0].replies] == ["Kos makmal."]


def test_an_empty_comment_one_at_no_field_and_one_of_an_auditor_are_refused(
    laila: Appointment, winnie: Appointment, hamidah: Appointment
) -> None:
    proposal = submitted(laila)

    with pytest.raises(Refused):
        remark(winnie, proposal, "fee", "  ")
    with pytest.raises(Refused):
        remark(winnie, proposal, "tiada", "x")
    with pytest.raises(NotAllowed):
        remark(hamidah, proposal, "fee", "x")


def test_an_answer_to_an_answer_joins_the_thread_and_others_may_not_settle_it(
    laila: Appointment, winnie: Appointment, rosli: Appointment
) -> None:
    proposal = submitted(laila)
    first = remark(winnie, proposal, "", "Lihat semula")
    second = reply(laila, first, "Sudah")

    third = reply(winnie, second, "Terima kasih")

    assert third.answers == first
    with pytest.raises(NotAllowed):
        resolve(rosli, first)
    assert resolve(winnie, first).resolved_at
    assert resolve(winnie, first, resolved=False).resolved_at is None


def test_a_comment_leads_back_inside_the_portal_only(laila: Appointment, winnie: Appointment) -> None:
    proposal = submitted(laila)
    address = reverse("proposals:remark", args=[proposal.pk])

    answer = cast.client_of(winnie).post(address, {"text": "x", "back": "https://contoh.example/"})

    assert answer["Location"] == proposal.get_absolute_url()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Micro-Credential in Data Science", "Data Science", True),
        ("Pengenalan Sains Data", "Sains Data", False),
        ("Design Thinking", "Thermodynamics", False),
    ],
)
def test_titles_are_alike_without_their_form(one: str, other: str, same: bool) -> None:
    assert (likeness([groups(one)], [other]) >= THE_SAME) is same


def test_a_draft_of_somebody_else_is_named_but_not_opened(laila: Appointment, edwin: Appointment) -> None:
    made.draft(edwin, name_ms="Micro-Award in Sains Data", name_en="")

    body = cast.client_of(laila).get(reverse("proposals:similar"), {"name_ms": "Sains Data"}).content.decode()

    assert "Sains Data" in body
    assert "href" not in body


def test_a_comment_and_its_answer_sent_twice_are_kept_and_told_once(
    laila: Appointment, winnie: Appointment
) -> None:
    proposal = submitted(laila)

    first, second = (remark(winnie, proposal, "fee", text) for text in ("Terlalu mahal?", " Terlalu mahal? "))
    answers = {reply(laila, first, "Sudah dikurangkan.").pk for _twice in range(2)}
    resolve(winnie, first)
    third = remark(winnie, proposal, "fee", "Terlalu mahal?")

    assert first == second != third
    assert len(answers) == 1
    assert Notice.objects.filter(kind="proposal_remark").count() == 2
    assert Notice.objects.filter(kind="proposal_reply").count() == 1


def test_the_page_asks_the_database_as_often_for_many_comments_as_for_few(
    laila: Appointment, winnie: Appointment
) -> None:
    proposal, client = submitted(laila), cast.client_of(winnie)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(proposal.get_absolute_url()).status_code == 200
        return len(asked)

    remark(laila, proposal, "fee", "Satu")
    few = questions()
    for number in range(12):
        remark(laila, proposal, "fee", f"Ulasan {number}")

    assert questions() == few


@pytest.mark.parametrize(
    "back", ["teks", "javascript:alert(1)", "//jahat.example/", "https://jahat.example/"]
)
def test_a_comment_leads_back_within_the_portal_only(laila: Appointment, back: str) -> None:
    proposal = made.draft(laila)
    given = {"field": "", "text": "Semak semula.", "back": back}

    answer: Any = cast.client_of(laila).post(reverse("proposals:remark", args=[proposal.pk]), given)

    assert answer["Location"] == proposal.get_absolute_url()
    assert proposal.remarks.get().text == "Semak semula."
