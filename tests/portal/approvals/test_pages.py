"""The pages of committees: looked through, bundled, ordered, recorded; nothing that was typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.portal import cast
from tests.portal.approvals import gathered

from portal.accounts.roles import Role
from portal.approvals.actions import keeping, planning
from portal.approvals.actions.asking import take_back
from portal.approvals.actions.recording import Verdict, record_decisions
from portal.approvals.models import Committee, Item, Meeting
from portal.proposals.models import Proposal
from tauliah.files.spreadsheets import read_workbook

pytestmark = pytest.mark.django_db


def secretary(language: str = "ms") -> Client:
    return cast.client_of(cast.appear("abu"), language)


def post(client: Client, there: Meeting, **changes: str) -> Any:
    """Send the page on which decisions are recorded."""
    given = {"version": str(there.version), "decided_on": gathered.today().isoformat(), "decision": ""}
    return client.post(reverse("approvals:record", args=[there.pk]), given | changes)


def test_items_are_found_by_committee_kind_and_words_and_taken_along() -> None:
    gathered.presented(3)
    client, page = secretary(), reverse("approvals:items")

    assert "3 perkara" in client.get(page).content.decode()
    assert "1 perkara" in client.get(page, {"words": "IoT 2"}).content.decode()
    assert "Tiada yang sepadan" in client.get(page, {"kind": "results"}).content.decode()
    other = gathered.committee("senate")
    assert "Tiada yang sepadan" in client.get(page, {"committee": other.pk}).content.decode()
    sent: Any = client.get(page, {"form": "xlsx", "words": "IoT 2"})
    rows = read_workbook(b"".join(sent.streaming_content))[0].rows
    assert [row[2] for row in rows if "IoT" in " ".join(row)] == ["CK-UNIMAS-002 Asas IoT 2"]


@pytest.mark.parametrize(
    ("kind", "role", "leads"),
    [
        ("results", Role.COMMITTEE_SECRETARY, True),
        ("results", Role.ADMINISTRATOR, False),
        ("proposal", Role.COMMITTEE_SECRETARY, True),
        ("proposal", Role.ADMINISTRATOR, True),
    ],
)
def test_an_item_leads_only_to_what_its_reader_may_open(kind: str, role: Role, leads: bool) -> None:
    if kind == "results":
        subject: Any = gathered.results_before_committee()
    else:
        subject = gathered.presented()[0]
    item = Item.objects.get(subject=subject.pk)
    reader = cast.appointment(cast.person("pembaca", at="UNIMAS"), role, item.institution)
    client = cast.client_of(reader)

    page = client.get(item.get_absolute_url()).content.decode()

    assert (f'href="{item.link}"' in page) is leads
    assert (client.get(item.link).status_code == 200) is leads


def test_all_that_is_found_goes_into_a_meeting_by_one_button() -> None:
    gathered.presented(3)
    there = gathered.meeting()

    answer = secretary().post(f"{reverse('approvals:put')}?words=IoT", {"all": "", "meeting": there.pk})

    assert answer.status_code == 302
    assert there.items.count() == 3


def test_without_a_meeting_chosen_the_ticks_stay() -> None:
    gathered.presented(2)
    gathered.meeting()
    first = gathered.waiting().first()

    answer = secretary().post(reverse("approvals:put"), {"item": first.pk, "ticked": ""})

    assert answer.status_code == 422
    assert "Pilih mesyuarat" in answer.content.decode()
    assert f'value="{first.pk}" aria-label="{first.title}" checked' in answer.content.decode()


def test_a_meeting_is_planned_and_its_number_given_once() -> None:
    client, committee = secretary(), gathered.committee()
    given = {"committee": committee.pk, "number": "5/2026", "held_on": "2026-12-01", "begins_at": "09:00"}
    page = reverse("approvals:meeting-new")

    assert client.post(page, given).status_code == 302
    again = client.post(page, given)
    assert again.status_code == 422
    assert "sudah mempunyai mesyuarat dengan bilangan ini" in again.content.decode()
    assert Meeting.objects.get().place == ""


def test_places_are_typed_or_moved_by_a_step() -> None:
    there, client = gathered.bundled(4), secretary()
    first, _second, third, fourth = there.items.order_by("position").values_list("pk", flat=True)
    page = reverse("approvals:arrange", args=[there.pk])

    def order() -> list[str]:
        return [item.title_ms.split()[-1] for item in there.items.order_by("position")]

    client.post(page, {"version": there.version, f"place-{fourth}": "1", "save": ""})
    assert order() == ["4", "1", "2", "3"]
    client.post(page, {"version": there.version + 1, "up": third})
    assert order() == ["4", "1", "3", "2"]
    client.post(page, {"version": there.version + 2, "down": first})
    assert order() == ["4", "3", "1", "2"]
    client.post(page, {"version": there.version + 3, f"place-{fourth}": "4", "save": ""})
    assert order() == ["3", "1", "2", "4"]
    stale = client.post(page, {"version": there.version, "off": first})
    assert stale.status_code == 422
    assert "Abu bin Sahari" in stale.content.decode()


def test_what_holds_for_all_is_recorded_with_numbers_of_the_minutes() -> None:
    there = gathered.bundled(3)
    last = there.items.order_by("position").last()
    assert last is not None

    post(
        secretary(),
        there,
        decision="approved",
        reference="3.#",
        **{f"item-{last.pk}-decision": "returned", f"item-{last.pk}-remarks": "Lengkapkan Jadual 4."},
    )

    decided = list(there.items.order_by("position").values_list("decision", "reference", "remarks"))
    assert decided == [
        ("approved", "3.1", ""),
        ("approved", "3.2", ""),
        ("returned", "3.3", "Lengkapkan Jadual 4."),
    ]


def test_a_refusal_without_a_reason_stands_at_its_item_and_nothing_is_recorded() -> None:
    there = gathered.bundled(2)

    answer = post(secretary(), there, decision="rejected", reference="3.#")

    assert answer.status_code == 422
    assert answer.content.decode().count("Nyatakan sebabnya") == 4
    assert not there.items.exclude(decision="").exists()


def test_the_second_secretary_sees_who_recorded_what_and_keeps_what_was_typed() -> None:
    there, client = gathered.bundled(2), secretary()
    first, second = there.items.order_by("position")
    zaiton = cast.appointment(
        cast.person("zaiton", "Zaiton binti Ali", "UNIMAS"), Role.COMMITTEE_SECRETARY, there.institution
    )
    record_decisions(
        zaiton,
        there,
        {first.pk: Verdict(Item.Decision.APPROVED)},
        gathered.today(),
        version=there.version,
    )
    typed = {
        f"item-{first.pk}-decision": "returned",
        f"item-{first.pk}-remarks": "Kajian pasaran lemah.",
        f"item-{second.pk}-decision": "returned",
        f"item-{second.pk}-remarks": "Sinopsis belum lengkap.",
    }

    told = post(client, there, **typed)

    page = told.content.decode()
    assert told.status_code == 422
    assert "Zaiton binti Ali telah mengubah mesyuarat ini" in page
    assert "direkodkan oleh Zaiton binti Ali" in page
    assert "Kajian pasaran lemah." in page
    assert "Sinopsis belum lengkap." in page
    assert f'name="version" value="{there.version + 1}"' in page

    post(client, gathered.again(there), **typed)
    decisions = list(there.items.order_by("position").values_list("decision", flat=True))
    assert decisions == ["approved", "returned"]
    assert gathered.again(there).state == "recorded"


def test_where_the_other_recorded_everything_the_second_is_told_so() -> None:
    there, client = gathered.bundled(1), secretary()
    item = there.items.get()
    record_decisions(
        cast.appear("abu"),
        there,
        {item.pk: Verdict(Item.Decision.APPROVED)},
        gathered.today(),
        version=there.version,
    )

    answer = post(client, there, decision="rejected", **{f"item-{item.pk}-remarks": "Tidak"})

    assert answer.status_code == 422
    assert "telah mengubah mesyuarat ini" in answer.content.decode()


def test_a_day_ahead_is_refused_with_its_field() -> None:
    there = gathered.bundled(1)
    tomorrow = (gathered.today() + timedelta(days=1)).isoformat()

    answer = post(secretary(), there, decision="approved", decided_on=tomorrow)

    assert answer.status_code == 422
    assert "belum tiba" in answer.content.decode()


def test_a_day_before_the_meeting_is_refused_with_its_field() -> None:
    there = gathered.bundled(1, days=3)

    answer = post(secretary(), there, decision="approved")

    assert answer.status_code == 422
    assert "ubah tarikh mesyuarat dahulu" in answer.content.decode()
    assert gathered.again(there).state == "planned"


@pytest.mark.parametrize("called", [True, False])
def test_what_was_withdrawn_after_the_page_was_opened_is_not_passed_over(called: bool) -> None:
    there, client, abu = gathered.bundled(2), secretary(), cast.appear("abu")
    if called:
        planning.call(abu, there, tell=False, version=there.version)
    there = gathered.again(there)
    first, second = there.items.order_by("position")
    typed = {
        f"item-{first.pk}-decision": "",
        f"item-{second.pk}-decision": "returned",
        f"item-{second.pk}-remarks": "Sinopsis belum lengkap.",
    }
    take_back(None, "proposal", Proposal.objects.get(pk=first.subject))

    told = post(client, there, decision="approved", **typed)

    page = told.content.decode()
    assert told.status_code == 422
    assert f"“{first.title_ms}” tidak lagi menunggu mesyuarat ini" in page
    assert "Sinopsis belum lengkap." in page
    assert f"item-{first.pk}-decision" not in page
    assert not there.items.exclude(decision="").exists()

    del typed[f"item-{first.pk}-decision"]
    post(client, gathered.again(there), decision="approved", **typed)
    assert Item.objects.get(pk=second.pk).decision == "returned"
    assert gathered.again(there).state == "recorded"


def test_the_pages_of_a_committee_with_a_named_secretary_are_closed_to_another() -> None:
    there, abu = gathered.bundled(1), cast.appear("abu")
    keeping.add_member(abu, there.committee, cast.appear("rosli").person, "secretary")
    client = secretary()

    for name in ("meeting-edit", "cancel", "record"):
        assert client.get(reverse(f"approvals:{name}", args=[there.pk])).status_code == 403
    assert "Rekodkan keputusan" not in client.get(there.get_absolute_url()).content.decode()
    assert "Setiausaha" in client.get(there.committee.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("items", "?committee=²"),
        ("items", f"?committee={'9' * 5000}"),
        ("meetings", f"?committee={'9' * 5000}"),
        ("meeting-new", "?committee=²"),
        ("items", "?words=%00a&kind=%00&show=decided&decision=%00"),
    ],
)
def test_odd_filters_are_no_error(name: str, query: str) -> None:
    gathered.presented()

    assert secretary().get(f"{reverse(f'approvals:{name}')}{query}").status_code == 200


def test_odd_numbers_in_forms_are_no_error() -> None:
    there, client, odd = gathered.bundled(2), secretary(), "9" * 5000
    item = there.items.order_by("position").first()
    assert item is not None
    moves = {"version": there.version, f"place-{item.pk}": odd, "up": odd}

    assert client.post(reverse("approvals:put"), {"item": odd, "meeting": odd}).status_code == 422
    assert client.post(reverse("approvals:call", args=[there.pk]), {"version": odd}).status_code == 422
    assert client.post(reverse("approvals:arrange", args=[there.pk]), moves).status_code == 302
    assert client.post(reverse("approvals:arrange", args=[there.pk]), {"off": odd}).status_code == 422


def test_papers_and_minutes_are_sent_as_pdf() -> None:
    there, client = gathered.bundled(2), secretary()
    agenda = client.get(reverse("approvals:agenda", args=[there.pk]), {"language": "en"})
    assert agenda.content.startswith(b"%PDF")
    assert client.get(reverse("approvals:minutes", args=[there.pk])).status_code == 404

    post(client, there, decision="approved", reference="3.#")
    item = there.items.order_by("position").first()
    assert item is not None
    for name, pk in (("minutes", there.pk), ("item-minutes", item.pk), ("paper", item.pk)):
        assert client.get(reverse(f"approvals:{name}", args=[pk])).content.startswith(b"%PDF")


def test_a_member_reads_a_meeting_that_was_called_and_no_other() -> None:
    there, abu, rosli = gathered.bundled(1), cast.appear("abu"), cast.appear("rosli")
    keeping.add_member(abu, there.committee, rosli.person, "member")
    client, page = cast.client_of(rosli), there.get_absolute_url()
    assert client.get(page).status_code == 404

    planning.call(abu, there, tell=True, version=there.version)

    assert "Rekodkan keputusan" not in client.get(page).content.decode()
    assert client.get(reverse("approvals:agenda", args=[there.pk])).status_code == 200
    assert client.get(reverse("approvals:meetings")).content.decode().count("<tr>") == 2
    assert client.get(reverse("approvals:record", args=[there.pk])).status_code == 403


def test_a_committee_is_kept_with_its_members() -> None:
    client = secretary()
    page = reverse("approvals:committee-new")
    assert client.post(page, {"code": "JTSPS", "name_ms": "JK Siswazah", "active": "on"}).status_code == 302
    committee = Committee.objects.get(code="jtsps")
    assert client.post(page, {"code": "jtsps", "name_ms": "Lain", "active": "on"}).status_code == 422

    rosli = cast.appear("rosli").person
    where = reverse("approvals:member-add", args=[committee.pk])
    client.post(where, {"person": rosli.pk, "part": "chair"})
    assert committee.members.get().part == "chair"
    assert client.post(where, {"person": "", "part": "chair"}).status_code == 422
    client.post(reverse("approvals:member-remove", args=[committee.pk, committee.members.get().pk]))
    assert not committee.members.exists()


def test_the_secretary_finds_what_waits_on_the_desk() -> None:
    gathered.presented(2)
    gathered.bundled(1)

    page = secretary("en").get(reverse("desk:desk")).content.decode()

    assert "Items that wait for a meeting" in page
    assert "Meetings to be recorded" in page


def test_the_list_asks_no_more_of_the_database_for_more_items() -> None:
    client = secretary()

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("approvals:items"))
        return len(asked)

    gathered.presented(2)
    few = questions()
    gathered.presented(10)
    assert questions() <= few
