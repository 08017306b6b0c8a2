"""What follows once a course runs: upkeep and its letters, interaction, load, reports, reviews."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.monitoring.actions import keeping_up, overseeing, reviewing, teaching
from portal.monitoring.charts import WIDTH, by_state, growing
from portal.monitoring.figures import Figures, figures_of, share, together
from portal.monitoring.models import Interaction, UpkeepLetter
from portal.monitoring.tasks import remind_of_interaction, watch_upkeep
from portal.monitoring.upkeep import upkeep_of
from portal.monitoring.weeks import is_silent, weeks_of
from portal.notices.models import Notice
from portal.offerings.models import Enrolment, Offering, Survey, SurveyAnswer
from portal.proposals.models import Partner, Proposal
from portal.records.models import Entry

TODAY = timezone.localdate
FIGURES = {"category": "general", "participants": 30, "completions": 20, "lecture_credits": Decimal(3)}
WORDS = {"findings": "Baik.", "staff_feedback": "", "learner_feedback": "Terlalu banyak bacaan."}


def mooc(registered_on: date) -> Proposal:
    """A MOOC of UTM that was registered on a day and not touched since."""
    course = stories.registered("UTM", kind="mooc")
    at = timezone.make_aware(
        timezone.datetime(registered_on.year, registered_on.month, registered_on.day, 12)
    )
    Proposal.objects.filter(pk=course.pk).update(registered_at=at)
    return Proposal.objects.get(pk=course.pk)


@pytest.mark.django_db
class TestUpkeep:
    def test_two_years_to_the_day_are_still_in_time(self, yusuf: Appointment) -> None:
        course = mooc(date(2024, 3, 1))
        assert upkeep_of(course, date(2026, 3, 1)).action == "none"
        assert upkeep_of(course, date(2026, 3, 2)).action == "warn"

    def test_the_warning_is_written_once_and_the_closing_order_after_it(
        self, yusuf: Appointment, zarina: Appointment
    ) -> None:
        course = mooc(date(2020, 1, 1))
        warning = keeping_up.write_letter(zarina, course, "warning")
        with pytest.raises(Refused):
            keeping_up.write_letter(zarina, course, "warning")
        UpkeepLetter.objects.filter(pk=warning.pk).update(issued_on=TODAY() - timedelta(days=1))
        closing = keeping_up.write_letter(zarina, course, "closing")
        assert [warning.reference[-6:], closing.reference[-6:]] == ["000001", "000002"]
        with warning.file.open() as file:
            assert file.read(5) == b"%PDF-"
        assert Notice.objects.filter(person=yusuf.person, kind="upkeep_warning").count() == 1
        actions = Entry.objects.filter(action__startswith="monitoring.").values_list("action", flat=True)
        assert list(actions) == ["monitoring.warning", "monitoring.closing"]

    def test_an_order_to_close_is_given_once_for_a_warning(
        self, yusuf: Appointment, zarina: Appointment
    ) -> None:
        course = mooc(date(2020, 1, 1))
        for kind, days in (("warning", 9), ("closing", 8)):
            letter = keeping_up.write_letter(zarina, course, kind)
            UpkeepLetter.objects.filter(pk=letter.pk).update(issued_on=TODAY() - timedelta(days=days))
        again = Proposal.objects.get(pk=course.pk)
        assert (upkeep_of(again).action, upkeep_of(again).letter) == ("close", None)
        with pytest.raises(Refused):
            keeping_up.write_letter(zarina, course, "closing")
        page = cast.client_of(zarina, language="en").get(f"/monitoring/courses/{course.pk}/").content.decode()
        assert "Ordered to close on" in page
        keeping_up.maintain(yusuf, course, TODAY() - timedelta(days=1), "Video diganti.")
        assert not upkeep_of(Proposal.objects.get(pk=course.pk)).is_ordered

    def test_a_late_entry_of_old_work_does_not_make_a_course_older(self, yusuf: Appointment) -> None:
        course = mooc(date(2024, 3, 1))
        keeping_up.maintain(yusuf, course, date(2024, 3, 2), "Video diganti.")
        course.maintenance.update(on=date(2020, 1, 1))
        assert upkeep_of(Proposal.objects.get(pk=course.pk)).last_on == date(2024, 3, 1)

    def test_maintenance_ends_what_was_due(self, yusuf: Appointment, zarina: Appointment) -> None:
        course = mooc(date(2020, 1, 1))
        keeping_up.maintain(yusuf, course, TODAY(), "Video minggu 3 diganti.")
        assert upkeep_of(Proposal.objects.get(pk=course.pk)).action == "none"
        with pytest.raises(Refused):
            keeping_up.write_letter(zarina, course, "warning")

    def test_only_developers_maintain_and_only_the_centre_warns(
        self, yusuf: Appointment, zarina: Appointment
    ) -> None:
        course = mooc(date(2020, 1, 1))
        with pytest.raises(NotAllowed):
            keeping_up.maintain(zarina, course, TODAY(), "Sesuatu.")
        with pytest.raises(NotAllowed):
            keeping_up.write_letter(yusuf, course, "warning")

    def test_a_day_to_come_and_no_words_are_refused_at_their_fields(self, yusuf: Appointment) -> None:
        course = mooc(date(2024, 3, 1))
        with pytest.raises(Refused) as late:
            keeping_up.maintain(yusuf, course, TODAY() + timedelta(days=1), "Sesuatu.")
        with pytest.raises(Refused) as empty:
            keeping_up.maintain(yusuf, course, TODAY(), " ")
        assert (late.value.field, empty.value.field) == ("on", "text")

    def test_the_centre_is_told_of_a_due_letter_once(self, zarina: Appointment) -> None:
        mooc(date(2020, 1, 1))
        assert watch_upkeep.func() == 1
        assert watch_upkeep.func() == 1
        assert Notice.objects.filter(person=zarina.person, kind="upkeep_warning_due").count() == 1

    def test_a_policy_without_the_rule_asks_for_nothing(self, laila: Appointment) -> None:
        assert upkeep_of(stories.registered("UNIMAS")).action is None


@pytest.mark.django_db
class TestInteraction:
    def running(self, days: int) -> Offering:
        there = stories.running_offering("UTM")
        there.starts_on, there.ends_on = TODAY() - timedelta(days=days), TODAY() + timedelta(days=60)
        there.save()
        return there

    def test_every_week_since_the_beginning_is_counted(self, yusuf: Appointment) -> None:
        there = self.running(15)
        teaching.log(yusuf, there, TODAY() - timedelta(days=15), "Jawapan forum.")
        weeks = weeks_of(there, TODAY(), there.interactions.all())
        assert [(week.entries, week.is_missed) for week in weeks] == [(1, False), (0, True), (0, False)]

    def test_a_silent_week_reminds_the_instructor_once(self, yusuf: Appointment) -> None:
        there = self.running(20)
        assert remind_of_interaction.func() >= 1
        remind_of_interaction.func()
        assert Notice.objects.filter(person=yusuf.person, kind="interaction_due").count() == 1
        teaching.log(yusuf, there, TODAY(), "Sesi langsung.")
        assert not is_silent(there, TODAY(), there.interactions.all())

    def test_a_policy_that_does_not_ask_for_it_reminds_nobody(self, laila: Appointment) -> None:
        there = stories.running_offering("UNIMAS")
        assert remind_of_interaction.func() == 0
        page = cast.client_of(cast.appear("hamidah")).get(f"/monitoring/offerings/{there.pk}/")
        assert "5.2.9" not in page.content.decode()

    def test_who_does_not_teach_there_logs_nothing(self, yusuf: Appointment, zarina: Appointment) -> None:
        with pytest.raises(NotAllowed):
            teaching.log(zarina, self.running(20), TODAY(), "Sesi langsung.")
        assert not Interaction.objects.exists()

    def test_a_day_before_the_offering_is_refused(self, yusuf: Appointment) -> None:
        with pytest.raises(Refused) as refused:
            teaching.log(yusuf, self.running(3), TODAY() - timedelta(days=9), "Sesi langsung.")
        assert refused.value.field == "on"


@pytest.mark.django_db
class TestTeachingLoad:
    def test_the_faculty_enters_it_and_the_policy_works_it_out(
        self, yusuf: Appointment, tan: Appointment
    ) -> None:
        load = teaching.enter_load(tan, stories.running_offering("UTM"), yusuf.person, FIGURES)
        assert load.credits == 3
        assert "Jadual 2(a)" in load.result["clauses"]

    def test_it_is_kept_once_for_each_lecturer(self, yusuf: Appointment, tan: Appointment) -> None:
        there = stories.running_offering("UTM")
        teaching.enter_load(tan, there, yusuf.person, FIGURES)
        again = teaching.enter_load(tan, there, yusuf.person, FIGURES | {"lecture_credits": Decimal(2)})
        assert [load.pk for load in there.loads.all()] == [again.pk]

    def test_not_for_somebody_who_does_not_teach_there_nor_by_a_lecturer(
        self, yusuf: Appointment, tan: Appointment
    ) -> None:
        there = stories.running_offering("UTM")
        with pytest.raises(Refused):
            teaching.enter_load(tan, there, tan.person, FIGURES)
        with pytest.raises(NotAllowed):
            teaching.enter_load(yusuf, there, yusuf.person, FIGURES)


@pytest.mark.django_db
class TestReports:
    def test_learners_are_counted_by_what_became_of_them(self, laila: Appointment) -> None:
        there = stories.running_offering("UNIMAS")
        Enrolment.objects.filter(offering=there).delete()
        for number, state in enumerate(("active", "withdrawn", "completed", "completed", "waiting")):
            stories.joined(there, stories.learner(number + 50), state=state)
        figures = figures_of([there])[there.pk]
        assert (figures.enrolled, figures.waiting) == (4, 1)
        assert (figures.attrition, figures.completion) == (25, 50)

    def test_a_list_asks_the_database_no_more_for_more_offerings(self, hamidah: Appointment) -> None:
        client = cast.client_of(hamidah)
        answered(stories.running_offering("UNIMAS"))
        few = queries_of(client)
        answered(stories.running_offering("UNIMAS"))
        answered(stories.running_offering("UNIMAS"))
        assert queries_of(client) <= few

    def test_the_report_is_exported(self, hamidah: Appointment) -> None:
        stories.running_offering("UNIMAS")
        response = cast.client_of(hamidah, language="en").get("/monitoring/", {"form": "csv"})
        head = b"".join(response.streaming_content).decode().splitlines()[0]  # type: ignore[attr-defined]
        assert "Attrition, %" in head

    def test_one_report_shows_figures_and_weeks(self, hamidah: Appointment) -> None:
        there = stories.running_offering("UNIMAS")
        page = cast.client_of(hamidah).get(f"/monitoring/offerings/{there.pk}/").content.decode()
        assert "Interaksi dengan pelajar" in page
        assert "Minggu 1" in page

    def test_the_file_has_the_figures_of_the_page(self, hamidah: Appointment) -> None:
        there = stories.running_offering("UNIMAS")
        answered(there)
        Enrolment.objects.filter(pk=there.enrolments.earliest("pk").pk).update(state="withdrawn")
        client = cast.client_of(hamidah, language="en")
        (_offering, figures), *_rest = client.get("/monitoring/").context["rows"]
        sent: Any = client.get("/monitoring/", {"form": "csv"})
        head, row = csv.reader(b"".join(sent.streaming_content).decode("utf-8-sig").splitlines())
        told = dict(zip(head, row, strict=True))
        assert told["Enrolled"] == str(figures.enrolled)
        assert Decimal(told["Attrition, %"]) == figures.attrition
        assert Decimal(told["Experience, of 5"]) == figures.experience == Decimal("4.33")

    def test_a_survey_of_two_is_not_shown(self, hamidah: Appointment) -> None:
        there = stories.running_offering("UNIMAS")
        answered(there, (5, 4))
        assert figures_of([there])[there.pk].experience is None

    def test_states_of_one_policy_have_their_words(self, zarina: Appointment) -> None:
        there = stories.running_offering("UTM")
        Offering.objects.filter(pk=there.pk).update(state="readiness")
        page = cast.client_of(zarina, language="en").get("/monitoring/", {"state": "readiness"})
        assert [offering.pk for offering, _figures in page.context["rows"]] == [there.pk]
        assert there.declared().states["readiness"].label.en in page.content.decode()

    def test_the_line_of_enrolments_is_a_table_too(self, hamidah: Appointment) -> None:
        there = stories.running_offering("UNIMAS")
        Enrolment.objects.filter(offering=there).delete()
        for number, days in enumerate((20, 20, 10), start=60):
            at = timezone.now() - timedelta(days=days)
            stories.joined(there, stories.learner(number), active_at=at)
        line = cast.client_of(hamidah).get(f"/monitoring/offerings/{there.pk}/").context["line"]
        first, last = TODAY() - timedelta(days=20), TODAY() - timedelta(days=10)
        assert line.rows == ((first, 2), (last, 3))


def answered(there: Offering, ratings: tuple[int, ...] = (5, 4, 4)) -> None:
    """Let learners answer a survey of one question."""
    survey = Survey.objects.create(
        offering=there,
        title_ms="Kaji selidik",
        opens_on=TODAY(),
        questions=[{"key": "q1", "sort": "rating", "ms": "Jelas?", "en": "Clear?"}],
    )
    for number, rating in enumerate(ratings):
        enrolment = stories.joined(there, stories.learner(900 + number))
        SurveyAnswer.objects.create(survey=survey, enrolment=enrolment, answers={"q1": rating})


def queries_of(client: Client) -> int:
    """Count what one look at the list asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/monitoring/").status_code == 200
    return len(asked)


@pytest.mark.django_db
class TestReviews:
    def test_a_year_is_reviewed_once_with_the_figures_as_they_stand(self, hamidah: Appointment) -> None:
        there = stories.running_offering("UNIMAS")
        year = there.starts_on.year if there.starts_on else TODAY().year
        kept = reviewing.review(hamidah, there.proposal, year, WORDS)
        assert kept.figures["offerings"] == 1
        assert kept.figures["enrolled"] == there.enrolments.count()
        with pytest.raises(Refused):
            reviewing.review(hamidah, there.proposal, year, WORDS)

    def test_findings_lead_to_actions_that_are_finished(
        self, hamidah: Appointment, laila: Appointment
    ) -> None:
        kept = reviewing.review(hamidah, stories.registered("UNIMAS"), TODAY().year, WORDS)
        action = reviewing.add_action(hamidah, kept, "Pendekkan bacaan.", person=laila.person, due_on=None)
        assert "Pendekkan bacaan." in Notice.objects.get(person=laila.person, kind="review_action").text_ms
        reviewing.finish_action(laila, action)
        action.refresh_from_db()
        assert action.done_on == TODAY()

    def test_others_than_reviewers_record_nothing(self, laila: Appointment) -> None:
        course = stories.registered("UNIMAS")
        with pytest.raises(NotAllowed):
            reviewing.review(laila, course, TODAY().year, WORDS)
        with pytest.raises(NotAllowed):
            overseeing.visit(laila, Partner.objects.create(proposal=course, name="Kolej"), TODAY(), "Baik.")

    def test_a_visit_to_a_partner_is_kept(self, hamidah: Appointment) -> None:
        partner = Partner.objects.create(proposal=stories.registered("UNIMAS"), name="Kolej Contoh")
        overseeing.visit(hamidah, partner, TODAY(), "Makmal lengkap.")
        page = cast.client_of(hamidah).get(f"/monitoring/courses/{partner.proposal_id}/").content.decode()
        assert "Makmal lengkap." in page


numbers = st.integers(0, 10_000)


@given(numbers, numbers, numbers, numbers, numbers)
def test_the_pieces_of_a_chart_fill_the_bar(a: int, b: int, c: int, d: int, e: int) -> None:
    figures = Figures(active=a, deferred=b, withdrawn=c, completed=d, failed=e)
    chart = by_state(figures)
    assert sum(piece.number for piece in chart.pieces) == chart.total == figures.enrolled
    width = sum(piece.width for piece in chart.pieces)
    assert abs(width - (WIDTH if chart.total else 0)) <= Decimal("0.5")


@given(st.lists(st.tuples(numbers, numbers), max_size=6))
def test_sums_of_offerings_are_the_sums_of_their_learners(rows: list[tuple[int, int]]) -> None:
    figures = [Figures(active=active, withdrawn=withdrawn) for active, withdrawn in rows]
    assert together(figures).enrolled == sum(one.enrolled for one in figures)


def test_a_line_keeps_the_distance_of_days() -> None:
    days = [(date(2026, 1, 1), 1), (date(2026, 1, 2), 2), (date(2026, 1, 11), 4)]
    line = growing(days)
    assert line is not None
    assert [point.split(",")[0] for point in line.points.split()] == ["0.0", "100.0", "1000.0"]
    assert growing(days[:1]) is None


def test_a_share_of_nobody_is_not_known() -> None:
    assert share(0, 0) is None
    assert share(1, 3) == Decimal("33.33")


def test_completion_is_not_known_before_anybody_could_complete() -> None:
    assert Figures(active=9).completion is None
    assert Figures(active=9, completed=1).completion == 10
