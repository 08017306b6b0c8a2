"""Decisions of a meeting are recorded once, many at a time; what waited for them goes on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.portal import cast
from tests.portal.approvals import gathered
from tests.portal.proposals.stories import again

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.approvals.actions import planning
from portal.approvals.actions.asking import take_back
from portal.approvals.actions.holding import ChangedMeanwhile
from portal.approvals.actions.recording import Verdict, amend, record_decisions
from portal.approvals.models import Item, Meeting
from portal.notices.models import Notice
from portal.offerings.models import ResultSheet
from portal.proposals.models import Proposal
from portal.records.register import broken_entries, entries_about

pytestmark = pytest.mark.django_db
APPROVED, RETURNED, REJECTED, DEFERRED = (Item.Decision(value) for value in Item.Decision.values)
MOST_PER_ITEM = 60


def recorded(there: Meeting, *decisions: Item.Decision, by: Appointment | None = None) -> Meeting:
    """Record decisions on the items in their order."""
    items = there.items.order_by("position")
    verdicts = {
        item.pk: Verdict(decision, "Sebab yang dinyatakan.", f"3.{item.position}")
        for item, decision in zip(items, decisions, strict=False)
    }
    now = gathered.again(there)
    return record_decisions(by or cast.appear("abu"), now, verdicts, gathered.today(), version=now.version)


def states() -> list[str]:
    return list(Proposal.objects.order_by("pk").values_list("state", flat=True))


def test_each_decision_moves_its_course() -> None:
    there = gathered.bundled(4)

    now = recorded(there, APPROVED, RETURNED, REJECTED, DEFERRED)

    assert now.state == "recorded"
    assert states() == ["senate", "presentation", "rejected", "endorsement_jppeu"]
    assert [item.reference for item in there.items.order_by("position")] == ["3.1", "3.2", "3.3", "3.4"]
    assert list(broken_entries(there.institution)) == []


def test_what_is_approved_stands_before_the_senate_next() -> None:
    recorded(gathered.bundled(1), APPROVED)

    item = gathered.waiting().get()
    assert (item.committee.code, item.purpose) == ("senate", "senate")
    assert item.asked_by == cast.appear("salleh")


def test_what_is_deferred_waits_anew_and_can_be_decided_then() -> None:
    there = gathered.bundled(1)
    recorded(there, DEFERRED)

    item = gathered.waiting().get()
    assert item.continues == there.items.get()
    later = gathered.meeting()
    planning.bundle(cast.appear("abu"), later, [item.pk])
    recorded(later, APPROVED)
    assert states() == ["senate"]


def test_what_is_deferred_goes_to_the_next_meeting_that_is_planned() -> None:
    there, later = gathered.bundled(2), gathered.meeting(days=30)

    recorded(there, DEFERRED, DEFERRED)

    assert [item.position for item in later.items.order_by("position")] == [1, 2]
    assert gathered.again(later).version == 3


def test_results_go_on_too() -> None:
    sheet = gathered.results_before_committee()
    there = gathered.meeting()
    planning.bundle(cast.appear("abu"), there, [gathered.waiting().get().pk])

    recorded(there, APPROVED)

    assert ResultSheet.objects.get(pk=sheet.pk).state == "senate"


def test_what_is_left_open_keeps_the_meeting_open() -> None:
    there = gathered.bundled(2)

    now = recorded(there, APPROVED)

    assert now.state == "planned"
    assert there.items.filter(decision="").count() == 1


def test_the_second_of_two_secretaries_is_told_and_nothing_is_recorded_twice() -> None:
    there, abu = gathered.bundled(2), cast.appear("abu")
    person = cast.person("zaiton", "Zaiton binti Ali", "UNIMAS")
    zaiton = cast.appointment(person, Role.COMMITTEE_SECRETARY, abu.institution)
    first, second = there.items.order_by("position")
    record_decisions(zaiton, there, {first.pk: Verdict(APPROVED)}, gathered.today(), version=there.version)

    both = {first.pk: Verdict(REJECTED, "Tidak perlu"), second.pk: Verdict(APPROVED)}
    with pytest.raises(ChangedMeanwhile, match="Zaiton binti Ali"):
        record_decisions(abu, there, both, gathered.today(), version=there.version)
    now = gathered.again(there)
    with pytest.raises(Refused, match="telah diputuskan") as refused:
        record_decisions(abu, now, both, gathered.today(), version=now.version)

    assert refused.value.field == f"item-{first.pk}"
    assert [item.decision for item in there.items.order_by("position")] == ["approved", ""]
    assert entries_about(first).filter(action="approvals.decide").count() == 1


def test_nobody_is_refused_without_a_reason() -> None:
    there = gathered.bundled(1)
    item = there.items.get()

    with pytest.raises(Refused, match="Nyatakan sebab"):
        record_decisions(
            cast.appear("abu"),
            there,
            {item.pk: Verdict(RETURNED, "  ")},
            gathered.today(),
            version=there.version,
        )

    assert states() == ["endorsement_jppeu"]


def test_decisions_of_a_day_ahead_are_refused() -> None:
    there = gathered.bundled(1)
    tomorrow = gathered.today() + timedelta(days=1)

    with pytest.raises(Refused, match="belum tiba"):
        record_decisions(
            cast.appear("abu"),
            there,
            {there.items.get().pk: Verdict(APPROVED)},
            tomorrow,
            version=there.version,
        )


@pytest.mark.parametrize("key", ["salleh", "catherine", "hamidah", "rosli"])
def test_only_the_secretary_records(key: str) -> None:
    there = gathered.bundled(1)

    with pytest.raises(NotAllowed):
        recorded(there, APPROVED, by=cast.appear(key))


def test_who_asked_is_told_with_the_remarks() -> None:
    there = gathered.bundled(1)

    recorded(there, RETURNED)

    notice = Notice.objects.get(person=cast.appear("salleh").person, kind="item_returned")
    assert "Sebab yang dinyatakan." in notice.text_ms


def test_minutes_are_corrected_and_the_decision_stands() -> None:
    there, abu = gathered.bundled(1), cast.appear("abu")
    recorded(there, RETURNED)
    item = there.items.select_related("meeting__committee", "institution").get()
    assert item.meeting is not None

    amend(abu, item, "Lengkapkan Jadual 4.", "4.1", version=item.meeting.version)

    now = Item.objects.get(pk=item.pk)
    assert (now.decision, now.remarks, now.reference) == ("returned", "Lengkapkan Jadual 4.", "4.1")
    with pytest.raises(ChangedMeanwhile):
        amend(abu, item, "Lain", "4.2", version=there.version)


def questions(number: int) -> int:
    """How many questions recording so many approvals asks of the database."""
    there = gathered.bundled(number)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        recorded(there, *[APPROVED] * number)
    return len(asked)


def test_thirty_items_are_recorded_in_one_go_with_a_bounded_number_of_questions() -> None:
    few, many = questions(2), questions(30)

    assert Proposal.objects.filter(state="senate").count() == 32
    assert (many - few) / 28 <= MOST_PER_ITEM


def test_a_course_taken_back_meanwhile_stops_nothing_else() -> None:
    there = gathered.bundled(2)
    first, second = there.items.order_by("position")
    take_back(None, "proposal", again(Proposal.objects.get(pk=first.subject)))
    now = gathered.again(there)
    record_decisions(
        cast.appear("abu"), now, {second.pk: Verdict(APPROVED)}, gathered.today(), version=now.version
    )

    assert gathered.again(there).state == "recorded"
