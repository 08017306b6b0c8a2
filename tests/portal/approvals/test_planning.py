"""Items are bundled into meetings, put in order, taken off; meetings are called and called off."""

from datetime import timedelta

import pytest
from tests.portal import cast
from tests.portal.approvals import gathered

from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.approvals.access import meetings_for, recorded_by
from portal.approvals.actions import keeping, planning
from portal.approvals.actions.asking import take_back
from portal.approvals.actions.holding import ChangedMeanwhile
from portal.approvals.models import Item, Meeting
from portal.notices.models import Mail, Notice
from portal.proposals.models import Proposal
from portal.records.register import entries_about
from portal.wording import day

pytestmark = pytest.mark.django_db


def titles(meeting: Meeting) -> list[str]:
    return [item.title_ms.split()[-1] for item in meeting.items.order_by("position")]


def test_what_a_centre_presents_waits_for_the_committee() -> None:
    (proposal,) = gathered.presented()

    item = gathered.waiting().get()
    assert (item.committee.code, item.kind, item.subject) == ("jppeu", "proposal", proposal.pk)
    assert item.asked_by == cast.appear("salleh")


def test_many_items_are_put_on_an_agenda_and_none_twice() -> None:
    gathered.presented(3)
    there, abu = gathered.meeting(), cast.appear("abu")
    items = list(gathered.waiting().values_list("pk", flat=True))

    assert planning.bundle(abu, there, items) == 3
    assert planning.bundle(abu, there, items) == 0
    assert titles(there) == ["1", "2", "3"]
    other = gathered.meeting()
    with pytest.raises(Refused, match=str(there)):
        planning.bundle(abu, other, items[:1])


def test_an_item_of_another_committee_stays_where_it_is() -> None:
    gathered.presented()
    senate = gathered.meeting(gathered.committee("senate"))

    with pytest.raises(Refused, match="jawatankuasa lain"):
        planning.bundle(cast.appear("abu"), senate, [gathered.waiting().get().pk])

    assert gathered.waiting().count() == 1


def test_an_agenda_is_put_in_order_and_an_item_taken_off() -> None:
    there, abu = gathered.bundled(4), cast.appear("abu")
    first, second, third, fourth = there.items.order_by("position").values_list("pk", flat=True)

    now = planning.arrange(abu, there, [fourth, second], version=there.version)
    assert titles(now) == ["4", "2", "1", "3"]
    now = planning.take_off(abu, now, second, version=now.version)
    assert titles(now) == ["4", "1", "3"]
    assert [item.position for item in now.items.order_by("position")] == [1, 2, 3]
    assert gathered.waiting().get().pk == second
    assert [first, third] == [now.items.get(position=2).pk, now.items.get(position=3).pk]


def test_who_changes_what_another_changed_is_told_by_whom() -> None:
    there, abu = gathered.bundled(2), cast.appear("abu")
    planning.arrange(abu, there, [], version=there.version)

    with pytest.raises(ChangedMeanwhile, match="Abu bin Sahari"):
        planning.arrange(abu, there, [], version=there.version)


@pytest.mark.parametrize("key", ["salleh", "catherine", "hamidah", "laila", "yap"])
def test_only_the_secretary_of_the_institution_plans(key: str) -> None:
    there = gathered.bundled(1)

    with pytest.raises(NotAllowed):
        planning.arrange(cast.appear(key), there, [], version=there.version)


def test_a_delegation_of_the_secretary_plans_too() -> None:
    there = gathered.bundled(1)
    salleh, abu = cast.appear("salleh"), cast.appear("abu")
    standing_in = cast.appointment(
        salleh.person, Role.COMMITTEE_SECRETARY, abu.institution, delegated_from=abu
    )

    now = planning.arrange(standing_in, there, [], version=there.version)

    assert now.version == there.version + 1


def test_a_committee_that_names_a_secretary_is_that_secretary_s_alone() -> None:
    there, abu = gathered.bundled(1), cast.appear("abu")
    other = cast.appointment(cast.person("zaiton", at="UNIMAS"), Role.COMMITTEE_SECRETARY, abu.institution)
    keeping.add_member(abu, there.committee, abu.person, "secretary")

    with pytest.raises(NotAllowed, match="setiausaha yang dinamakan"):
        planning.arrange(other, there, [], version=there.version)
    with pytest.raises(NotAllowed):
        gathered.meeting(there.committee, other)
    assert list(recorded_by(other).filter(pk=there.committee_id)) == []
    planning.arrange(abu, there, [], version=there.version)
    assert gathered.meeting(gathered.committee("senate"), other).pk


def test_who_stands_in_for_a_named_secretary_does_that_work() -> None:
    there, abu = gathered.bundled(1), cast.appear("abu")
    keeping.add_member(abu, there.committee, abu.person, "secretary")
    salleh = cast.appear("salleh").person
    standing_in = cast.appointment(salleh, Role.COMMITTEE_SECRETARY, abu.institution, delegated_from=abu)

    assert planning.arrange(standing_in, there, [], version=there.version).version == there.version + 1


def test_members_who_were_called_are_told_of_another_day_and_not_of_another_note() -> None:
    there, abu, rosli = gathered.bundled(1), cast.appear("abu"), cast.appear("rosli")
    keeping.add_member(abu, there.committee, rosli.person, "member")
    told = Notice.objects.filter(person=rosli.person, kind="meeting_changed")
    there.place = "Bilik 2"
    there = planning.change(abu, there, version=there.version)
    assert not told.exists()
    planning.call(abu, there, tell=True, version=there.version)

    there = gathered.again(there)
    there.note = "Dalam talian"
    there = planning.change(abu, there, version=there.version)
    assert not told.exists()
    there.held_on += timedelta(days=7)
    planning.change(abu, there, version=there.version)

    assert day(there.held_on) in told.get().text_ms
    assert Mail.objects.filter(to=rosli.person.email).count() == 2


def test_places_stay_apart_once_something_was_taken_back() -> None:
    there, abu = gathered.bundled(3), cast.appear("abu")
    second = there.items.order_by("position")[1]
    take_back(None, "proposal", Proposal.objects.get(pk=second.subject))
    gathered.presented(1, name_ms="Asas 4")

    planning.bundle(abu, there, [gathered.waiting().get().pk])

    assert [item.position for item in there.items.order_by("position")] == [1, 2, 3]
    assert titles(there) == ["1", "3", "4"]


def test_a_committee_for_which_something_waits_stays_in_use() -> None:
    gathered.presented()
    there, abu = gathered.committee(), cast.appear("abu")
    there.active = False

    with pytest.raises(Refused, match="1 perkara masih menunggu") as refused:
        keeping.keep_committee(abu, there)

    assert refused.value.field == "active"
    assert gathered.committee().active


def test_a_number_given_twice_at_once_is_refused_at_its_field() -> None:
    there = gathered.meeting()
    twin = Meeting(
        institution=there.institution, committee=there.committee, number=there.number, held_on=there.held_on
    )

    with pytest.raises(Refused, match="bilangan ini") as refused:
        planning.plan(cast.appear("abu"), twin)

    assert refused.value.field == "number"


def test_members_are_told_of_a_meeting_and_read_it_then() -> None:
    there, abu, rosli = gathered.bundled(1), cast.appear("abu"), cast.appear("rosli")
    keeping.add_member(abu, there.committee, rosli.person, "chair")
    assert not meetings_for(rosli).exists()

    assert planning.call(abu, there, tell=True, version=there.version) == 1

    assert meetings_for(rosli).get() == there
    notice = Notice.objects.get(person=rosli.person, kind="meeting_called")
    assert there.number in notice.title_ms
    assert "Bilik Senat" in notice.text_ms
    assert Mail.objects.get(to=rosli.person.email).link == there.get_absolute_url()


def test_nobody_is_told_where_that_is_not_wished() -> None:
    there, abu = gathered.bundled(1), cast.appear("abu")
    keeping.add_member(abu, there.committee, cast.appear("rosli").person, "member")

    assert planning.call(abu, there, tell=False, version=there.version) == 0
    assert gathered.again(there).state == "called"
    assert not Notice.objects.filter(kind="meeting_called").exists()


def test_papers_of_an_empty_agenda_are_not_sent_out() -> None:
    there = gathered.meeting()

    with pytest.raises(Refused, match="Agenda masih kosong"):
        planning.call(cast.appear("abu"), there, tell=True, version=there.version)


def test_a_meeting_called_off_frees_its_items() -> None:
    there, abu = gathered.bundled(3), cast.appear("abu")

    planning.cancel(abu, there, "Tiada kuorum", version=there.version)

    assert gathered.again(there).state == "cancelled"
    assert gathered.waiting().count() == 3
    last = entries_about(there).last()
    assert last is not None
    assert last.action == "approvals.cancel"
    with pytest.raises(Refused, match="Dibatalkan"):
        planning.bundle(abu, there, [gathered.waiting().first().pk])


def test_what_is_taken_back_leaves_a_planned_agenda_and_stays_on_one_sent_out() -> None:
    there, abu = gathered.bundled(2), cast.appear("abu")
    first, second = there.items.order_by("position")
    take_back(None, "proposal", Proposal.objects.get(pk=first.subject))
    assert list(there.items.all()) == [second]
    planning.call(abu, there, tell=False, version=there.version)
    take_back(None, "proposal", Proposal.objects.get(pk=second.subject))
    assert there.items.get().withdrawn_at is not None
    assert Item.objects.filter(withdrawn_at__isnull=False).count() == 2


def test_a_learner_sits_on_no_committee() -> None:
    with pytest.raises(Refused, match="bukan staf"):
        keeping.add_member(cast.appear("abu"), gathered.committee(), cast.appear("dayang").person, "member")
