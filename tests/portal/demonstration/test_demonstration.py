"""The demonstration: loaded once and whole, an application in every state, and logins that everybody may use."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.applications.models import Application, Claim, Decision, PriorApproval
from portal.applications.process import process_of
from portal.approvals.models import Meeting
from portal.catalogue.models import Course, GradingScale
from portal.credentials.models import Credential
from portal.demonstration.course_story import course_stories
from portal.demonstration.loading import is_loaded, load
from portal.demonstration.people import PASSWORD
from portal.demonstration.stories import FIRST, OTHERS
from portal.institutions.models import Institution
from portal.monitoring.models import Income, Review, TeachingLoad, UpkeepLetter
from portal.monitoring.upkeep import upkeep_of
from portal.offerings.models import Enrolment, Offering, Result, ResultSheet
from portal.proposals.models import Proposal
from portal.records.register import broken_entries
from portal.stacking.models import Goal
from portal.stacking.progress import standing_of

DECIDING = ("UTHM", "UTM", "UNIMAS", "UMPSA")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The demonstration, loaded once for this module and taken away with its transaction."""
    from django.db import transaction
    from django.test import override_settings

    files = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path_factory.mktemp("files")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with django_db_blocker.unblock(), override_settings(STORAGES=files), transaction.atomic():
        load(timezone.localdate())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def shown(loaded: None, db: None, settings: Any) -> Client:
    """A browser at a demonstration."""
    settings.DEMONSTRATION = True
    return Client()


def test_every_story_stands_where_it_says(loaded: None, db: None) -> None:
    for story in (*FIRST, *OTHERS):
        email = f"{story.mailbox}@{story.institution.lower()}.example"
        assert Application.objects.get(student__person__email=email).state == story.until, story.mailbox


def test_every_state_of_every_process_that_one_can_wait_in_has_an_application(loaded: None, db: None) -> None:
    uthm, utm = (Application.objects.filter(institution__code=code) for code in ("UTHM", "UTM"))
    both = set(uthm.values_list("state", flat=True)) | set(utm.values_list("state", flat=True))
    states = {state for one in (uthm[0], utm[0]) for state in process_of(one).states}

    assert states - both == set()


def test_every_state_of_a_course_has_one_and_stories_stand_where_they_say(loaded: None, db: None) -> None:
    stories, proposals = course_stories(), list(Proposal.objects.order_by("pk"))
    assert [proposal.state for proposal in proposals] == [story.until for story in stories]
    for code in ("UNIMAS", "UTM", "UMPSA"):
        there = [proposal for proposal in proposals if proposal.institution.code == code]
        waiting = {name for name, state in there[0].declared().states.items() if not state.final}
        assert waiting - {proposal.state for proposal in there} == set(), code


def test_offerings_have_learners_results_and_credentials(loaded: None, db: None) -> None:
    offerings = Offering.objects.all()
    assert {offering.state for offering in offerings} == set(
        Offering.objects.filter(institution__code="UTM")[0].declared().states
    )
    assert set(ResultSheet.objects.values_list("state", flat=True)) >= {"senate", "report_check", "issued"}
    issued = Result.objects.filter(sheet__state="issued")
    awards = Credential.objects.filter(kind="award").count()
    assert 0 < issued.filter(passed=True).count() <= awards <= issued.count()
    assert Enrolment.objects.filter(state="waiting").count() == 1, "one withdrew, so one of two moved up"
    assert Enrolment.objects.filter(state="withdrawn").exists()


def test_what_follows_a_course_is_there_to_be_looked_at(loaded: None, db: None) -> None:
    meeting = Meeting.objects.get(state="planned", held_on__gt=timezone.localdate())
    assert meeting.items.count() >= 2
    assert set(Income.objects.values_list("state", flat=True)) == {"instructed", "closed"}
    for income in Income.objects.all():
        assert sum(share.amount for share in income.shares.all()) == income.received == income.expected
    neglected = UpkeepLetter.objects.get().proposal
    assert upkeep_of(neglected).warned == timezone.localdate()
    assert Review.objects.get().actions.filter(done_on=None).exists()
    assert TeachingLoad.objects.exclude(credits=None).exists()
    standing = standing_of(Goal.objects.get())
    assert {each.origin for each in standing.earned} >= {"own_micro_credentials", "other_micro_credentials"}
    assert standing.report is not None
    assert standing.goal.prescriptions.exists()


def test_forty_claims_wait_for_a_dean_and_all_can_be_confirmed(loaded: None, db: None) -> None:
    waiting = Claim.objects.filter(application__state="decision", application__faculty__code="FSKTM")

    assert waiting.count() == 40
    assert set(waiting.values_list("recommended_outcome", flat=True)) == {"eligible"}


def test_there_is_an_override_with_its_reason_and_something_late(loaded: None, db: None) -> None:
    granted = Decision.objects.filter(overrides=True, outcome="approved", stage="decision")

    assert granted.exclude(reason="").exists()
    assert Application.objects.filter(due_on__lt=timezone.localdate()).count() >= 3
    assert PriorApproval.objects.filter(state="asked").exists()


def test_every_role_has_somebody_in_every_institution_that_decides(loaded: None, db: None) -> None:
    for code in DECIDING:
        held = set(Appointment.objects.filter(institution__code=code).values_list("role", flat=True))
        assert held >= set(Role) - {Role.EXTERNAL_LEARNER}, code


def test_courses_have_outcomes_and_topics_in_both_languages_and_scales_their_equals(
    loaded: None, db: None
) -> None:
    assert Course.objects.count() >= 30
    assert not Course.objects.filter(outcomes__isnull=True).exists()
    assert not Course.objects.filter(topics__isnull=True).exists()
    assert not Course.objects.filter(outcomes__text_en="").exists()
    assert set(GradingScale.objects.values_list("institution__code", flat=True)) == set(
        Institution.objects.values_list("code", flat=True)
    )


def test_windows_are_open_today(loaded: None, db: None) -> None:
    for institution in Institution.objects.all():
        today = timezone.localdate()
        current = institution.semesters.filter(starts_on__lte=today, ends_on__gte=today).get()
        assert current.week_of(today) == 2


def test_the_registers_chains_hold(loaded: None, db: None) -> None:
    for institution in Institution.objects.all():
        assert list(broken_entries(institution)) == []


def test_loading_again_changes_nothing(loaded: None, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = Application.objects.count()
    call_command("demonstration")

    assert is_loaded()
    assert Application.objects.count() == before
    assert PASSWORD in capsys.readouterr().out


# --- The banner --------------------------------------------------------------------------------------


def test_the_banner_stands_on_every_page_of_a_demonstration_only(shown: Client, settings: Any) -> None:
    assert 'class="demonstration"' in shown.get("/").content.decode()
    settings.DEMONSTRATION = False
    assert 'class="demonstration"' not in shown.get("/").content.decode()
    assert shown.get(reverse("demonstration:logins")).status_code == 404
    assert shown.post(reverse("demonstration:log_in"), {"person": "1"}).status_code == 404


def test_logins_are_listed_and_log_in_by_the_password_that_everybody_knows(shown: Client) -> None:
    page = shown.get(reverse("demonstration:logins")).content.decode()
    dean = Person.objects.get(email="dekan@uthm.example")

    assert PASSWORD in page
    assert dean.email in page
    answer = shown.post(reverse("demonstration:log_in"), {"person": dean.pk})
    assert answer.status_code == 302
    assert shown.session["_auth_user_id"] == str(dean.pk)


@pytest.mark.parametrize("number", ["", "x", "9" * 20, "-1"])
def test_nobody_else_can_be_logged_in_as(shown: Client, number: str) -> None:
    assert shown.post(reverse("demonstration:log_in"), {"person": number}).status_code == 404


def test_somebody_who_changed_the_password_is_not_logged_in_as(shown: Client) -> None:
    dean = Person.objects.get(email="dekan@utm.example")
    dean.set_password("kata-laluan-lain-2026")
    dean.save()
    real = Person.objects.create_user("dekan@universiti.test", PASSWORD, name="Dekan")

    shown.post(reverse("demonstration:log_in"), {"person": dean.pk})
    assert shown.post(reverse("demonstration:log_in"), {"person": real.pk}).status_code == 404
    assert "_auth_user_id" not in shown.session


def test_a_wrong_method_is_refused(shown: Client) -> None:
    assert shown.post(reverse("demonstration:logins")).status_code == 405
    assert shown.get(reverse("demonstration:log_in")).status_code == 405
