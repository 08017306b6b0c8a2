"""Assessments: arranged, held, recorded with the identity check, cancelled; outcomes marked for APEL.C."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal.applications.stories import again, draft, settle_mapping, submitted
from tests.portal.cast import client_of

from portal.applications.actions.evidence import accept_documents
from portal.applications.actions.submission import submit
from portal.applications.models import OnsiteAssessment, OutcomeAssessment

pytestmark = pytest.mark.django_db


def url(route, number):
    return reverse(f"applications:{route}", args=[number])


@pytest.fixture
def application(aminah, bakar):
    """An application that waits for the coordinator's recommendation."""
    application = submitted(aminah, claims=1)
    settle_mapping(application)
    accept_documents(bakar, application, version=application.version)
    return again(application)


@pytest.fixture
def sitting(application, jamilah):
    """What the form of an assessment sends."""
    at = timezone.localtime() + timedelta(days=3)
    return {
        "version": application.version,
        "kind": ["oral", "written"],
        "at": at.strftime("%Y-%m-%dT%H:%M"),
        "place": "Makmal 2",
        "assessor": jamilah.pk,
    }


@pytest.fixture
def held(application, bakar, sitting):
    """An assessment that was arranged."""
    client_of(bakar).post(url("arrange", application.claims.get().pk), sitting)
    return OnsiteAssessment.objects.get()


class TestArranging:
    def test_the_coordinator_arranges_and_the_application_waits_for_it(self, application, bakar, sitting):
        claim = application.claims.get()
        client = client_of(bakar)
        assert "Makmal" not in client.get(url("arrange", claim.pk)).content.decode()
        assert client.post(url("arrange", claim.pk), sitting).status_code == 302
        assert again(application).state == "assessment"
        assert "Makmal 2" in client.get(url("file", application.pk)).content.decode()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"at": "2020-01-01T09:00"}, "masa yang akan datang"),
            ({"at": "semalam"}, "tarikh dan masa"),
            ({"kind": []}, "satu jenis pentaksiran"),
            ({"place": " "}, "tempat"),
            ({"assessor": "0"}, "Pilih penilai"),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_stays(
        self, application, bakar, sitting, changed, words
    ):
        answer = client_of(bakar).post(url("arrange", application.claims.get().pk), sitting | changed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not OnsiteAssessment.objects.exists()

    def test_others_may_not(self, application, sitting, halimah, nathan, devi):
        claim = application.claims.get()
        for other, status in ((halimah, 403), (nathan, 403), (devi, 404)):
            assert client_of(other).post(url("arrange", claim.pk), sitting).status_code == status


class TestRecording:
    def result(self, held, **changes):
        version = held.claim.application.version
        return {
            "version": version,
            "attended": "yes",
            "identity_document": "Kad pelajar",
            "mark": "71,5",
            "grade": "B+",
        } | changes

    def test_the_assessor_records_grade_and_identity(self, held, jamilah):
        held.refresh_from_db()
        answer = client_of(jamilah).post(url("assessment", held.pk), self.result(held))
        assert answer.status_code == 302
        held.refresh_from_db()
        assert (held.grade, held.mark, held.identity_document) == ("B+", Decimal("71.5"), "Kad pelajar")
        assert held.identity_checked_at is not None
        assert again(held.claim.application).state == "recommendation"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"attended": ""}, "pelajar hadir"),
            ({"identity_document": ""}, "dokumen pengenalan"),
            ({"mark": "101"}, "antara 0 dengan 100"),
            ({"mark": "NaN"}, "antara 0 dengan 100"),
            ({"grade": "Z"}, "Pilih gred"),
        ],
    )
    def test_what_is_wrong_is_told(self, held, jamilah, changes, words):
        answer = client_of(jamilah).post(url("assessment", held.pk), self.result(held, **changes))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        held.refresh_from_db()
        assert held.recorded_at is None

    def test_somebody_else_does_not(self, held, fatimah, halimah):
        assert client_of(fatimah).post(url("assessment", held.pk), self.result(held)).status_code == 404
        assert client_of(halimah).post(url("assessment", held.pk), self.result(held)).status_code == 403

    def test_it_can_be_cancelled_until_it_was_held(self, held, bakar, nathan):
        sent = {"version": held.claim.application.version}
        assert client_of(nathan).post(url("cancel_assessment", held.pk), sent).status_code == 403
        assert client_of(bakar).post(url("cancel_assessment", held.pk), sent).status_code == 302
        held.refresh_from_db()
        assert held.cancelled_at is not None


class TestOutcomes:
    def test_each_is_marked_and_the_case_carries_the_marks(self, aminah, bakar):
        application = draft(aminah, basis="apel_c")
        submit(aminah, application, version=1)
        application = again(application)
        accept_documents(bakar, application, version=application.version)
        application = again(application)
        assert application.state == "assessment"
        claim = application.claims.get()
        client = client_of(bakar)
        sent = {"version": application.version}
        sent |= {f"percent-{outcome.pk}": "62" for outcome in claim.target.outcomes.all()}
        assert client.post(url("outcomes", claim.pk), sent).status_code == 302
        assert OutcomeAssessment.objects.count() == 3
        now = again(application)
        assert now.state == "recommendation"
        assert now.case["claims"][0]["sources"][0]["clo_percent"] == {"CLO1": 62, "CLO2": 62, "CLO3": 62}

    def test_nothing_marked_is_told(self, application, bakar):
        claim = application.claims.get()
        answer = client_of(bakar).post(url("outcomes", claim.pk), {"version": application.version})
        assert answer.status_code == 422
