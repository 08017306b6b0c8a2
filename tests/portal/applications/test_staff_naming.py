"""Replacement courses, agreements, and the conditions of what was granted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.stories import again, draft, recommended, submitted
from tests.portal.cast import client_of

from portal.applications.actions.deciding import confirmed, decide
from portal.applications.bridge import case_of
from portal.applications.conditions import conditions_of
from portal.applications.models import Agreement, Claim, Decision, TranscriptEntry
from portal.catalogue.models import CourseResult
from tauliah.values.day import months_after

pytestmark = pytest.mark.django_db


def url(route, *numbers):
    return reverse(f"applications:{route}", args=numbers)


@pytest.fixture
def decided(aminah, bakar, halimah):
    application = recommended(aminah, bakar, claims=1)
    verdicts = {claim.pk: confirmed(claim) for claim in application.claims.all()}
    decide(halimah, application, "decision", verdicts, version=application.version)
    return again(application)


class TestReplacement:
    @pytest.fixture
    def exempted(self, decided):
        """As an exemption in MQA's sense: no credit, another course in its place."""
        TranscriptEntry.objects.update(award="exemption", credits=Decimal(0))
        Decision.objects.filter(stage="decision").update(award="exemption", credits=Decimal(0))
        return decided

    def test_it_is_open_until_named_accepted_and_passed(self, exempted, bakar):
        claim, course = exempted.claims.get(), cast.course(bakar.institution, "UHB10103")
        client = client_of(bakar)

        def met():
            return [c.met for c in conditions_of(again(exempted)) if c.label == "replacement_course"]

        assert met() == [False]
        sent = {"version": again(exempted).version, "course": "UHB10103", "awaits_mqa": "on"}
        client.post(url("replace", claim.pk), sent)
        assert met() == [False]
        client.post(url("replace", claim.pk), {"version": again(exempted).version, "course": "UHB10103"})
        assert met() == [False]
        CourseResult.objects.create(
            student=exempted.student,
            course=course,
            semester=exempted.student.intake,
            grade="B",
            completed_on=date(2026, 11, 1),
        )
        assert met() == [True]

    @pytest.fixture
    def agreement(self, exempted):
        return Agreement.objects.create(
            institution=exempted.institution,
            partner="Universitas Contoh",
            reference="MoA/1",
            starts_on=date(2026, 1, 1),
        )

    def test_a_partners_course_replaces_under_an_agreement_and_is_met_once_passed(
        self, exempted, bakar, agreement
    ):
        claim, client = exempted.claims.get(), client_of(bakar, "en")

        def keep(**more):
            sent = {"version": again(exempted).version, "elsewhere": "MAT201 Statistik"} | more
            return client.post(url("replace", claim.pk), sent)

        def condition():
            found = conditions_of(again(exempted))
            return next(c for c in found if c.label == "replacement_course")

        assert keep().status_code == 422
        keep(agreement=agreement.pk)
        assert not condition().met
        assert "MAT201 Statistik" in client.get(url("file", exempted.pk)).content.decode()
        assert "Universitas Contoh" in condition().asks
        keep(agreement=agreement.pk, passed_on="2026-11-01")
        assert condition().met
        keep(elsewhere="")
        assert not condition().met

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"agreement": ""}, "Choose the agreement"),
            ({"passed_on": "2025-11-01"}, "not in force on that day"),
            ({"passed_on": "2099-11-01"}, "still to come"),
            ({"course": "UHB10103"}, "not both"),
        ],
    )
    def test_a_partners_course_that_cannot_replace_is_told(self, exempted, bakar, agreement, sent, words):
        cast.course(bakar.institution, "UHB10103")
        standard = {"version": exempted.version, "elsewhere": "MAT201", "agreement": agreement.pk}
        answer = client_of(bakar, "en").post(url("replace", exempted.claims.get().pk), standard | sent)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert 'value="MAT201"' in answer.content.decode()
        assert exempted.claims.get().replacement_elsewhere == ""

    def test_what_is_no_course_here_is_told(self, exempted, bakar):
        claim = exempted.claims.get()
        sent = {"version": exempted.version, "course": "TIADA101"}
        answer = client_of(bakar).post(url("replace", claim.pk), sent)
        assert answer.status_code == 422
        assert "TIADA101" in answer.content.decode()

    def test_readers_and_strangers_may_not(self, exempted, nathan, devi):
        claim = exempted.claims.get()
        for other, status in ((nathan, 403), (devi, 404)):
            assert client_of(other).post(url("replace", claim.pk), {"version": "1"}).status_code == status


class TestAgreements:
    def kept(self, acting, **terms):
        standard = {"partner": "Universitas Contoh", "reference": "MoA-1", "starts_on": date(2020, 1, 1)}
        return Agreement.objects.create(institution=acting.institution, **(standard | terms))

    def test_one_is_kept_and_found(self, bakar):
        client = client_of(bakar)
        sent = {"partner": "Universitas Contoh", "reference": "MoA-7", "starts_on": "2024-01-01"}
        assert client.post(url("agreements"), sent).status_code == 302
        assert "MoA-7" in client.get(url("agreements"), {"words": "contoh"}).content.decode()
        assert "MoA-7" not in client.get(url("agreements"), {"words": "lain"}).content.decode()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"partner": " "}, "institusi rakan"),
            ({"reference": ""}, "rujukan"),
            ({"starts_on": "x"}, "mula berkuat kuasa"),
            ({"ends_on": "2023-01-01"}, "sebelum tarikh mula"),
            ({"reference": "MoA-1"}, "telah disimpan"),
        ],
    )
    def test_what_is_wrong_is_told(self, bakar, changed, words):
        self.kept(bakar)
        sent = {"partner": "Rakan", "reference": "MoA-2", "starts_on": "2024-01-01"} | changed
        answer = client_of(bakar).post(url("agreements"), sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert Agreement.objects.count() == 1

    def test_another_university_sees_its_own(self, bakar, devi, nathan):
        self.kept(bakar)
        assert "MoA-1" not in client_of(devi).get(url("agreements")).content.decode()
        assert client_of(nathan).get(url("agreements")).status_code == 403

    def test_a_claim_of_mobility_rests_on_it_while_it_holds(self, aminah, bakar):
        application = submitted(aminah, claims=1)
        Claim.objects.update(basis="mobility")
        claim = application.claims.get()
        agreement = self.kept(bakar)
        client_of(bakar).post(
            url("tie", claim.pk), {"version": application.version, "agreement": agreement.pk}
        )
        today = timezone.localdate()
        assert case_of(again(application), today)["claims"][0]["partner_agreement"] is True
        Agreement.objects.update(ends_on=today - timedelta(days=1))
        assert case_of(again(application), today)["claims"][0]["partner_agreement"] is False


class TestConditions:
    @pytest.fixture
    def decided(self, decided):
        """As a transfer from another university of the same level: granted under residency."""
        codes = [claim.target.code for claim in decided.claims.all()]
        decided.result["conditions"] = [{"rule": "residency", "months": 6, "claims": codes}]
        decided.save()
        return decided

    def test_residency_is_followed_from_the_first_semester(self, decided):
        [residency] = conditions_of(decided)
        assert residency.label == "residency"
        assert residency.due_on == months_after(decided.student.intake.starts_on, 6)
        assert not residency.met
        decided.student.intake.starts_on = date(2020, 1, 1)
        assert conditions_of(decided)[0].met

    def test_the_list_shows_what_is_open_and_can_be_taken_along(self, decided, bakar, devi):
        assert decided.reference in client_of(bakar).get(url("conditions")).content.decode()
        lines = b"".join(client_of(bakar).get(url("conditions"), {"form": "csv"}).streaming_content)
        assert decided.reference in lines.decode("utf-8-sig")
        assert decided.reference not in client_of(devi).get(url("conditions")).content.decode()

    def test_a_draft_has_none(self, aminah):
        assert conditions_of(draft(aminah)) == []
