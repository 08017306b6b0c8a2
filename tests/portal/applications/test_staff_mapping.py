"""Mapping on an application's file: asking experts, using precedents, judging a MOOC."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal.applications.stories import again, draft, submitted
from tests.portal.cast import client_of

from portal.applications.actions.submission import submit
from portal.applications.models import CourseReview
from portal.matching.models import Comparison, Precedent, SourceSyllabus
from portal.notices.models import Notice

pytestmark = pytest.mark.django_db


def url(application, route="file", *more):
    return reverse(f"applications:{route}", args=[application.pk, *more])


def text_of(response):
    return response.content.decode()


class TestAskingExperts:
    def sent(self, application, *experts, **more):
        claims = [claim.pk for claim in application.claims.all()]
        due = (timezone.localdate() + timedelta(days=10)).isoformat()
        return {
            "version": application.version,
            "claim": claims,
            "expert": [expert.pk for expert in experts],
            "due_on": due,
        } | more

    def test_the_same_experts_for_several_courses_at_once(self, aminah, bakar, fatimah, gopal):
        application = submitted(aminah)
        client = client_of(bakar)
        assert "Fatimah binti Razak" in text_of(client.get(url(application)))
        answer = client.post(url(application, "ask_experts"), self.sent(application, fatimah, gopal))
        assert answer.status_code == 302
        assert [c.judgements.count() for c in Comparison.objects.all()] == [2, 2]
        shown = text_of(client.get(url(application)))
        assert reverse("matching:comparison", args=[Comparison.objects.first().pk]) in shown

    def test_nobody_ticked_is_told_and_ticks_stay(self, aminah, bakar, fatimah):
        application = submitted(aminah)
        answer = client_of(bakar).post(url(application, "ask_experts"), self.sent(application))
        assert answer.status_code == 422
        assert "pakar bidang" in text_of(answer)
        assert not Comparison.objects.exists()

    @pytest.mark.parametrize("wrong", [{"due_on": ""}, {"due_on": "2026-02-31"}, {"claim": []}])
    def test_what_is_missing_is_told(self, aminah, bakar, fatimah, wrong):
        application = submitted(aminah)
        sent = self.sent(application, fatimah, **wrong)
        assert client_of(bakar).post(url(application, "ask_experts"), sent).status_code == 422

    def test_another_universitys_expert_is_not_asked(self, aminah, bakar, salmah):
        application = submitted(aminah)
        answer = client_of(bakar).post(url(application, "ask_experts"), self.sent(application, salmah))
        assert answer.status_code == 422
        assert not Comparison.objects.exists()

    def test_the_second_of_two_is_told(self, aminah, bakar, fatimah):
        application = submitted(aminah)
        client = client_of(bakar)
        client.post(url(application, "ask_experts"), self.sent(application, fatimah))
        answer = client.post(url(application, "ask_experts"), self.sent(application, fatimah))
        assert answer.status_code == 422
        assert Comparison.objects.count() == 2

    def test_others_may_not(self, aminah, bakar, nathan, chong, fatimah):
        application = submitted(aminah)
        for other in (nathan, chong):
            assert client_of(other).post(url(application, "ask_experts"), {}).status_code == 403


class TestPrecedents:
    @pytest.fixture
    def application(self, aminah):
        return submitted(aminah, claims=1)

    @pytest.fixture
    def precedent(self, application):
        claim = application.claims.get()
        source = SourceSyllabus.objects.create(
            institution_name="Politeknik Merlimau", codes=claim.sources.get().code
        )
        comparison = Comparison.objects.create(
            institution=application.institution,
            source=source,
            target=claim.target,
            overlap=Decimal(88),
            settled_at=timezone.now(),
        )
        return Precedent.objects.create(comparison=comparison, accepted=True, valid_from=timezone.localdate())

    def test_one_is_offered_and_used(self, application, precedent, bakar):
        client = client_of(bakar)
        assert "88 %" in text_of(client.get(url(application)))
        sent = {
            "version": application.version,
            "claim": application.claims.get().pk,
            "comparison": precedent.comparison_id,
        }
        assert client.post(url(application, "use_precedent"), sent).status_code == 302
        assert again(application).claims.get().comparison == precedent.comparison

    def test_one_that_was_retired_is_neither_offered_nor_used(self, application, precedent, bakar):
        precedent.active = False
        precedent.save()
        client = client_of(bakar)
        assert "88 %" not in text_of(client.get(url(application)))
        sent = {
            "version": application.version,
            "claim": application.claims.get().pk,
            "comparison": precedent.comparison_id,
        }
        assert client.post(url(application, "use_precedent"), sent).status_code == 422


class TestJudgingAMooc:
    @pytest.fixture
    def claim(self, aminah):
        application = draft(aminah, basis="mooc", platform="coursera", institution="Universiti Contoh")
        submit(aminah, application, version=1)
        return again(application).claims.get()

    def sent(self, claim, **more):
        return {
            "version": again(claim.application).version,
            "quality": "sound",
            "quality_comment": "Disemak oleh panel; kandungan setara.",
            "assessment_kinds": ["quiz", "project"],
            "achievement": "all",
        } | more

    def test_it_is_kept_and_shown_on_the_file(self, claim, bakar):
        client = client_of(bakar)
        page = reverse("applications:review_course", args=[claim.pk])
        assert client.get(page).status_code == 200
        assert client.post(page, self.sent(claim)).status_code == 302
        kept = CourseReview.objects.get()
        assert (kept.quality, kept.assessment_kinds) == ("sound", ["quiz", "project"])
        assert "Semua hasil dicapai" in text_of(client.get(url(claim.application)))

    def test_the_student_is_told_of_further_assessment_once(self, claim, bakar, aminah):
        client = client_of(bakar)
        page = reverse("applications:review_course", args=[claim.pk])
        for _ in range(2):
            client.post(page, self.sent(claim, further_assessment="Ujian lisan."))
        told = Notice.objects.get(person=aminah.person, kind="further_assessment")
        assert "Ujian lisan." in told.text_ms
        assert CourseReview.objects.count() == 2

    def test_what_is_missing_is_told_and_the_rest_stays(self, claim, bakar):
        page = reverse("applications:review_course", args=[claim.pk])
        answer = client_of(bakar).post(page, self.sent(claim, quality="", assessment_kinds=[]))
        assert answer.status_code == 422
        assert "Disemak oleh panel" in text_of(answer)
        assert not CourseReview.objects.exists()

    def test_others_may_not(self, claim, nathan, devi, aminah):
        page = reverse("applications:review_course", args=[claim.pk])
        assert client_of(nathan).post(page, self.sent(claim)).status_code == 403
        assert client_of(aminah).get(page).status_code == 403
        assert client_of(devi).get(page).status_code == 404
