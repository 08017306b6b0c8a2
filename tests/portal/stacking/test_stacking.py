"""How micro-credentials build up to a qualification: what counts, as what, and what is still missing."""

from datetime import date
from decimal import Decimal

import pytest
from tests.portal import cast
from tests.portal.stacking import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.institutions.models import Institution
from portal.notices.models import Notice
from portal.records.models import Entry
from portal.stacking.actions import guiding, working_toward
from portal.stacking.bridge import case_of
from portal.stacking.earned import earned_of
from portal.stacking.models import AgeException, Goal, Outside, Profile
from portal.stacking.of_course import stacks_of
from portal.stacking.progress import standing_of
from portal.stacking.tasks import advise_learners

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def credits_toward(goal: Goal) -> dict[str, object]:
    return dict(case_of(goal, earned_of(goal), DAY)["credits"])


class TestWhatCounts:
    def test_a_component_of_the_programme_counts_as_its_own(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        made.award(dayang, made.registered(programme).achievement)
        assert credits_toward(made.goal(dayang, programme))["own_micro_credentials"] == 4

    def test_a_part_of_a_divided_course_counts_as_stand_alone(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        made.award(dayang, made.registered(programme, part=1, parts=2).achievement)
        credits = credits_toward(made.goal(dayang, programme))
        assert (credits["own_micro_credentials"], credits["stand_alone"]) == (0, 4)

    def test_a_course_verified_by_mqa_counts_as_verified(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        course = made.registered(programme, kind="stand_alone", quality_verified_on=date(2026, 1, 1))
        made.award(dayang, course.achievement)
        assert credits_toward(made.goal(dayang, programme))["stand_alone_verified"] == 4

    def test_a_revoked_credential_counts_no_more(self, dayang: Appointment, unimas: Institution) -> None:
        programme = made.programme(unimas)
        credential = made.award(dayang, made.registered(programme).achievement)
        credential.state = "revoked"
        credential.save()
        assert set(credits_toward(made.goal(dayang, programme)).values()) == {0}

    def test_what_comes_from_elsewhere_counts_by_its_origin(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        made.elsewhere(dayang, 3)
        made.elsewhere(dayang, 5, origin=Outside.Origin.ACCREDITED)
        credits = credits_toward(made.goal(dayang, programme))
        assert (credits["stand_alone"], credits["other_micro_credentials"]) == (3, 5)

    def test_mpu_is_counted_among_all(self, dayang: Appointment, unimas: Institution) -> None:
        programme = made.programme(unimas)
        course = made.registered(programme)
        course.original.subject = "mpu"
        course.original.save()
        made.award(dayang, course.achievement)
        assert credits_toward(made.goal(dayang, programme))["mpu"] == 4


class TestWhatIsMissing:
    def test_the_limit_of_stand_alone_credits_cuts(self, dayang: Appointment, unimas: Institution) -> None:
        goal = made.goal(dayang, made.programme(unimas))
        made.elsewhere(dayang, 50)
        report = standing_of(goal).report
        assert report is not None
        (bar,) = report.bars
        assert "1.5(b)-stand-alone-limit" in bar.clauses

    def test_apel_m_is_open_from_half_of_the_credits_and_the_age(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        goal = made.goal(dayang, made.programme(unimas), meets_entry=False, route="apel")
        made.elsewhere(dayang, 60, origin=Outside.Origin.ACCREDITED)
        Profile.objects.create(person=dayang.person, born_on=made.BORN)
        report = standing_of(goal).report
        assert report is not None
        assert report.details["apel_m"]["tone"] == "good"
        Outside.objects.update(credits=Decimal("59.5"))
        again = standing_of(goal).report
        assert again is not None
        assert again.details["apel_m"]["tone"] == "bad"

    def test_an_exception_of_the_senate_lets_the_age_pass(
        self, dayang: Appointment, abu: Appointment, unimas: Institution
    ) -> None:
        goal = made.goal(dayang, made.programme(unimas), meets_entry=True)
        Profile.objects.create(person=dayang.person, born_on=date(2010, 1, 1))
        assert ages(goal) == "fail"
        guiding.allow_earlier(abu, goal, "Pencapaian luar biasa.", "Senat 12/2026")
        assert ages(goal) == "pass"
        entry = Entry.objects.get(action="stacking.allow_earlier")
        assert entry.details["reason"] == "Pencapaian luar biasa."

    def test_an_exception_needs_reason_and_reference_and_the_secretary(
        self, dayang: Appointment, abu: Appointment, edwin: Appointment, unimas: Institution
    ) -> None:
        goal = made.goal(dayang, made.programme(unimas))
        with pytest.raises(Refused) as no_reason:
            guiding.allow_earlier(abu, goal, " ", "Senat 12/2026")
        assert no_reason.value.field == "reason"
        with pytest.raises(NotAllowed):
            guiding.allow_earlier(edwin, goal, "Kerana.", "Senat 12/2026")
        assert not AgeException.objects.exists()

    def test_courses_still_to_be_taken_are_shown_without_those_earned(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        had, left = made.registered(programme), made.registered(programme, "TMF2034")
        made.award(dayang, had.achievement)
        standing = standing_of(made.goal(dayang, programme))
        assert [course for course, _offering in standing.next_courses] == [left]

    def test_a_policy_without_such_rules_says_so(self, priya: Appointment, utm: Institution) -> None:
        assert standing_of(made.goal(priya, made.programme(utm))).report is None


def ages(goal: Goal) -> str:
    report = standing_of(Goal.objects.get(pk=goal.pk)).report
    assert report is not None
    return next(c.mark.outcome for c in report.checks if c.label == "Umur semasa bergraduat")


class TestGuidance:
    def test_a_learner_far_on_without_the_requirement_is_advised_once(
        self, dayang: Appointment, edwin: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        goal = made.goal(dayang, programme, meets_entry=False)
        made.award(dayang, made.registered(programme, credits=36).achievement)
        assert advise_learners.func() == 1
        assert advise_learners.func() == 0
        goal.refresh_from_db()
        assert goal.advised_at is not None
        told = Notice.objects.values_list("person", "kind")
        assert (dayang.person_id, "apel_advised") in told
        assert (edwin.person_id, "apel_advised_learner") in told

    def test_nobody_is_advised_below_thirty_percent(self, dayang: Appointment, unimas: Institution) -> None:
        programme = made.programme(unimas)
        made.goal(dayang, programme, meets_entry=False)
        made.award(dayang, made.registered(programme, credits=35).achievement)
        assert advise_learners.func() == 0

    def test_only_courses_of_the_plan_are_prescribed_and_once(
        self, dayang: Appointment, edwin: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        goal = made.goal(dayang, programme)
        course = made.component(programme)
        guiding.prescribe(edwin, goal, course)
        with pytest.raises(Refused):
            guiding.prescribe(edwin, goal, course)
        with pytest.raises(Refused):
            guiding.prescribe(edwin, goal, cast.course(unimas, "LAIN101"))
        assert [each.course for each in goal.prescriptions.all()] == [course]
        told = Notice.objects.get(person=dayang.person, kind="course_prescribed")
        assert course.code in told.title_ms

    def test_a_goal_is_chosen_once_and_is_ones_own(
        self, dayang: Appointment, joseph: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        goal = working_toward.choose(dayang, programme, route="standard", meets_entry=None)
        with pytest.raises(Refused):
            working_toward.choose(dayang, programme, route="standard", meets_entry=None)
        with pytest.raises(NotAllowed):
            working_toward.give_up(joseph, goal)


class TestPageOfACourse:
    def test_it_names_the_programme_the_credits_and_the_rule(self, unimas: Institution) -> None:
        course = made.registered(made.programme(unimas))
        (stack,) = stacks_of(course)
        assert (stack.is_component, stack.credits) == (True, 4)
        assert "Table 2-credit-single" in stack.clauses

    def test_a_stand_alone_course_names_its_limit(self, unimas: Institution) -> None:
        programme = made.programme(unimas)
        programme.faculty = cast.faculty("FCSIT")
        programme.save()
        (stack,) = stacks_of(made.registered(programme, kind="stand_alone"))
        assert not stack.is_component
        assert "36" in stack.limit
        assert "1.5(b)-stand-alone-limit" in stack.clauses


class TestPages:
    def test_a_learner_chooses_a_goal_and_sees_the_way(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        programme = made.programme(unimas)
        made.registered(programme)
        client = cast.client_of(dayang)
        asked = {"programme": programme.pk, "route": "apel", "meets_entry": "no", "born_on": "2000-05-17"}
        response = client.post("/stacking/new/", asked, follow=True)
        page = response.content.decode()
        assert response.status_code == 200
        assert "0 daripada 120 kredit" in page
        assert "1.5(n)-half" in page
        assert Profile.objects.get(person=dayang.person).born_on == made.BORN

    def test_a_birthday_to_come_is_refused_at_its_field(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        goal = made.goal(dayang, made.programme(unimas))
        asked = {"route": "apel", "meets_entry": "no", "born_on": "2999-05-17"}
        response = cast.client_of(dayang).post(f"/stacking/{goal.pk}/", asked)
        assert response.status_code == 422
        assert "Tarikh lahir tidak boleh" in response.content.decode()
        assert not Profile.objects.exists()

    def test_only_what_is_finished_is_recorded_from_elsewhere(self, dayang: Appointment) -> None:
        asked = {
            "title": "Data",
            "institution_name": "Universiti Contoh",
            "country": "MY",
            "origin": "stand_alone",
            "credits": "3",
            "completed_on": "2999-01-01",
        }
        client = cast.client_of(dayang)
        assert client.post("/stacking/elsewhere/new/", asked).status_code == 422
        assert (
            client.post("/stacking/elsewhere/new/", asked | {"completed_on": "2025-01-01"}).status_code == 302
        )
        assert Outside.objects.get().title == "Data"

    def test_the_portfolio_is_a_pdf_in_the_language_of_the_page(
        self, dayang: Appointment, unimas: Institution
    ) -> None:
        goal = made.goal(dayang, made.programme(unimas))
        made.elsewhere(dayang)
        response = cast.client_of(dayang).get(f"/stacking/{goal.pk}/portfolio.pdf")
        assert response.content[:5] == b"%PDF-"

    def test_staff_find_a_learner_by_name_and_take_the_list_away(
        self, edwin: Appointment, dayang: Appointment, unimas: Institution
    ) -> None:
        made.goal(dayang, made.programme(unimas))
        response = cast.client_of(edwin).get("/stacking/learners/", {"q": "dayang"})
        assert "Dayang" in response.content.decode()
        assert cast.client_of(edwin).get("/stacking/learners/", {"form": "csv"}).status_code == 200
