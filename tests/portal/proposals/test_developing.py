"""Development: milestones with the official percentages, their days, tasks, files, and who is told what is late."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.proposals.stories import PNG, again, at, developed, draft, mooc, step, upload

from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.models import Notice
from portal.notices.reminders import remind
from portal.proposals.actions.developing import (
    add_task,
    finish,
    hand_in_work,
    plan,
    remove_task,
    reopen,
    settle_task,
)
from portal.proposals.models import Attachment, Member, Milestone, Proposal
from portal.proposals.progress import due_after, planned, progress_of, rows_of
from portal.records.register import entries_about
from portal.records.words import in_words

pytestmark = pytest.mark.django_db
OFFICIAL = [15, 20, 40, 60, 65, 70, 85, 100]


def milestone(proposal: Proposal, name: str) -> Milestone:
    return Milestone.objects.select_related("proposal").get(proposal=proposal, name=name)


def done(key: str, proposal: Proposal, name: str) -> Milestone:
    today = timezone.localdate()
    return finish(cast.appear(key), milestone(proposal, name), today, version=again(proposal).version)


def test_approval_opens_the_milestones_with_the_official_percentages() -> None:
    proposal = at("development")
    rows = rows_of(proposal)

    assert [row.percent for row in rows] == OFFICIAL
    assert rows[0].milestone.done_on == timezone.localdate()
    assert progress_of(proposal)["progress_percent"] == 15  # type: ignore[index]
    assert rows[3].suggested == "1 hingga 2 bulan"


def test_milestones_are_due_one_after_the_other_by_the_longest_suggested_time() -> None:
    due = {name: day for name, _begins, day in planned("unimas", date(2026, 1, 31))}

    assert due["proposal_approved"] == date(2026, 2, 7)
    assert due["table_4_approved"] == date(2026, 2, 21)
    assert due["content_developed"] == date(2026, 3, 21)
    assert due["videos_developed"] == date(2026, 5, 21)
    assert due["promo_video_developed"] == date(2026, 5, 28)
    assert due["materials_uploaded"] == date(2026, 6, 4)
    assert due["vetted"] == date(2026, 7, 2)
    assert due["senate_approved"] == date(2026, 8, 2)


def test_where_no_time_is_suggested_nothing_is_due() -> None:
    assert due_after(date(2026, 1, 1), None) is None


def test_a_mooc_of_utm_has_no_milestones() -> None:
    proposal = mooc("development")

    assert not proposal.milestones.exists()
    page = cast.client_of(cast.appear("yusuf")).get(reverse("proposals:milestones", args=[proposal.pk]))
    assert page.status_code == 404


def test_milestones_come_one_after_the_other_and_table_4_is_the_centres() -> None:
    proposal = at("development")

    with pytest.raises(Refused, match="lebih awal"):
        done("laila", proposal, "content_developed")
    with pytest.raises(NotAllowed):
        done("laila", proposal, "table_4_approved")
    done("salleh", proposal, "table_4_approved")
    done("laila", proposal, "content_developed")
    with pytest.raises(Refused, match="sudah siap"):
        done("laila", proposal, "content_developed")

    assert progress_of(proposal)["progress_percent"] == 40  # type: ignore[index]
    assert milestone(proposal, "videos_developed").started_on == timezone.localdate()


@pytest.mark.parametrize("name", ["proposal_approved", "vetted", "senate_approved"])
def test_what_a_step_reaches_nobody_marks(name: str) -> None:
    proposal = at("development")

    for key in ("laila", "salleh"):
        with pytest.raises(NotAllowed):
            done(key, proposal, name)


def test_a_day_before_it_began_or_to_come_is_refused() -> None:
    proposal, salleh = at("development"), cast.appear("salleh")
    table = milestone(proposal, "table_4_approved")

    for day in (timezone.localdate() + timedelta(days=1), timezone.localdate() - timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            finish(salleh, table, day, version=again(proposal).version)
        assert refused.value.field == "done_on"


def test_what_was_marked_is_opened_again_from_the_end() -> None:
    proposal = at("development")
    done("salleh", proposal, "table_4_approved")
    done("laila", proposal, "content_developed")

    with pytest.raises(Refused, match="kemudian"):
        reopen(
            cast.appear("salleh"), milestone(proposal, "table_4_approved"), version=again(proposal).version
        )
    content = milestone(proposal, "content_developed")
    reopen(cast.appear("laila"), content, version=again(proposal).version)
    assert milestone(proposal, "content_developed").done_on is None
    assert milestone(proposal, "videos_developed").started_on is None


def test_the_course_goes_to_vetting_only_with_everything_before_it_done() -> None:
    proposal = at("development")

    with pytest.raises(Refused, match="Tandakan semua pencapaian"):
        step("laila", proposal, "hand_in_materials")
    assert step("laila", developed(proposal), "hand_in_materials").state == "vetting"


def test_development_begins_with_the_approval_and_not_before() -> None:
    proposal = at("centre_review")

    assert not proposal.milestones.exists()
    with pytest.raises(Refused):
        step("laila", proposal, "hand_in_materials")


def test_actual_time_stands_beside_the_suggested_one() -> None:
    proposal = at("development")
    table = milestone(proposal, "table_4_approved")
    Milestone.objects.filter(pk=table.pk).update(started_on=timezone.localdate() - timedelta(days=20))
    done("salleh", proposal, "table_4_approved")

    row = rows_of(again(proposal))[1]
    assert (row.suggested_days, row.days, row.over) == (14, 20, 6)
    page = cast.client_of(cast.appear("laila")).get(reverse("proposals:milestones", args=[proposal.pk]))
    assert "20 hari" in page.content.decode()
    assert "(+6)" in page.content.decode()


def test_what_is_late_is_told_every_day_until_it_is_done() -> None:
    proposal, today = at("development"), timezone.localdate()
    table = milestone(proposal, "table_4_approved")
    assert table.due_on is not None
    first, second = table.due_on + timedelta(days=1), table.due_on + timedelta(days=2)

    def told(day: date) -> int:
        remind(day)
        return Notice.objects.filter(person=proposal.developer, kind="milestone_late").count()

    assert told(table.due_on) == 0
    assert told(first) == 1
    assert told(first) == 1
    assert told(second) == 2
    assert Notice.objects.filter(person=cast.appear("salleh").person, kind="milestone_late").count() == 2
    finish(cast.appear("salleh"), table, today, version=again(proposal).version)
    assert told(second + timedelta(days=1)) == 2


def test_the_day_of_a_milestone_is_moved_with_a_note() -> None:
    proposal = at("development")
    videos = milestone(proposal, "videos_developed")
    later = timezone.localdate() + timedelta(days=200)
    plan(cast.appear("laila"), videos, later, "Studio ditutup.", version=again(proposal).version)

    now = milestone(proposal, "videos_developed")
    assert (now.due_on, now.note) == (later, "Studio ditutup.")
    with pytest.raises(NotAllowed):
        plan(cast.appear("rosli"), videos, later, version=again(proposal).version)


def test_a_task_is_put_on_the_list_once() -> None:
    proposal, laila = at("development"), cast.appear("laila")
    table = milestone(proposal, "table_4_approved")
    add_task(laila, table, "Isi Jadual 4", None, None)

    with pytest.raises(Refused, match="sudah ada dalam senarai") as refused:
        add_task(laila, table, " Isi Jadual 4 ", None, timezone.localdate())

    assert refused.value.field == "text"
    add_task(laila, table, "Isi Jadual 4", laila.person, None)
    assert table.tasks.count() == 2


def test_a_milestone_is_not_due_before_it_began() -> None:
    proposal, laila = at("development"), cast.appear("laila")

    for name in ("table_4_approved", "videos_developed"):
        with pytest.raises(Refused) as refused:
            plan(laila, milestone(proposal, name), date(2001, 1, 1), version=again(proposal).version)
        assert refused.value.field == "due_on"


def test_a_milestone_that_is_done_takes_no_open_task_and_no_other_day() -> None:
    proposal, laila = at("development"), cast.appear("laila")
    table = milestone(proposal, "table_4_approved")
    task = add_task(laila, table, "Isi Jadual 4", None, None)
    settle_task(laila, task, done=True)
    done("salleh", proposal, "table_4_approved")
    later = timezone.localdate() + timedelta(days=9)

    for do in (
        lambda: add_task(laila, table, "Satu lagi", None, None),
        lambda: settle_task(laila, task, done=False),
        lambda: plan(laila, table, later, version=again(proposal).version),
    ):
        with pytest.raises(Refused, match="sudah siap"):
            do()


def test_tasks_belong_to_the_team_and_keep_a_milestone_open() -> None:
    proposal, laila, edwin = at("development"), cast.appear("laila"), cast.appear("edwin")
    table = milestone(proposal, "table_4_approved")

    with pytest.raises(Refused) as refused:
        add_task(laila, table, "Rakam video 1", edwin.person, None)
    assert refused.value.field == "person"
    Member.objects.create(proposal=proposal, person=edwin.person)
    task = add_task(laila, table, "Rakam video 1", edwin.person, timezone.localdate())
    with pytest.raises(Refused, match="belum selesai"):
        done("salleh", proposal, "table_4_approved")
    remind(timezone.localdate() + timedelta(days=1))
    assert Notice.objects.filter(person=edwin.person, kind="development_task_late").count() == 1
    for finished in (True, False, True):
        settle_task(edwin, task, done=finished)
    done("salleh", proposal, "table_4_approved")
    with pytest.raises(NotAllowed):
        remove_task(cast.appear("rosli"), task)
    remove_task(laila, task)
    assert not table.tasks.exists()
    said = {entry.action for entry in entries_about(proposal)} - {"proposals.submit"}
    steps = {f"proposals.{name}" for name in proposal.declared().steps}
    assert {action for action in said - steps if in_words(action) == action} == set()


def test_a_file_needs_the_declaration_about_its_copyright() -> None:
    proposal, laila = at("development"), cast.appear("laila")
    content = milestone(proposal, "content_developed")

    with pytest.raises(Refused) as refused:
        hand_in_work(laila, content, upload(), own_work=False)
    assert refused.value.field == "own_work"
    with pytest.raises(NotAllowed):
        hand_in_work(cast.appear("rosli"), content, upload(), own_work=True)
    kept = hand_in_work(laila, content, upload(), own_work=True)
    assert (kept.kind, kept.about, kept.own_work) == (Attachment.Kind.MILESTONE, "content_developed", True)
    with pytest.raises(Refused):
        hand_in_work(laila, content, upload("x.pdf", b"MZ program"), own_work=True)


def test_the_page_uploads_and_marks() -> None:
    proposal = at("development")
    laila = cast.client_of(cast.appear("laila"))
    where = reverse("proposals:milestone_file", args=[proposal.pk, "content_developed"])
    prefix = "content_developed-file"

    refused = laila.post(where, {f"{prefix}-file": upload()})
    assert refused.status_code == 422
    assert "Akui perkara ini" in refused.content.decode()
    kept = laila.post(where, {f"{prefix}-file": upload(data=PNG), f"{prefix}-own_work": "on"})
    assert kept.status_code == 302
    assert proposal.attachments.filter(kind="milestone", own_work=True).count() == 1
    salleh = cast.client_of(cast.appear("salleh"))
    mark = reverse("proposals:milestone", args=[proposal.pk, "table_4_approved"])
    today = timezone.localdate().isoformat()
    assert salleh.post(mark, {"version": again(proposal).version, "day": today}).status_code == 302
    assert milestone(proposal, "table_4_approved").done_on == timezone.localdate()
    task = reverse("proposals:task_new", args=[proposal.pk, "content_developed"])
    assert laila.post(task, {"content_developed-task-text": ""}).status_code == 422
    assert laila.post(task, {"content_developed-task-text": "Tulis unit 1"}).status_code == 302
    assert milestone(proposal, "content_developed").tasks.get().text == "Tulis unit 1"


def test_a_draft_of_somebody_else_is_not_planned() -> None:
    proposal = draft(cast.appear("laila"))

    assert cast.client_of(cast.appear("rosli")).get(proposal.get_absolute_url()).status_code == 404
