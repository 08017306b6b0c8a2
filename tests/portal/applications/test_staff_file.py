"""An application's file: who sees it, what each role may do on it, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal.applications.stories import again, recommended, submitted
from tests.portal.cast import client_of

from portal.applications.models import Decision, EvidenceRequest

pytestmark = pytest.mark.django_db


def url(application, route="file", *more):
    return reverse(f"applications:{route}", args=[application.pk, *more])


def text_of(response):
    return response.content.decode()


class TestReading:
    def test_staff_see_student_claims_checks_and_history(self, aminah, bakar):
        application = submitted(aminah)
        page = text_of(client_of(bakar).get(url(application)))
        for words in (
            "Aminah binti Yusof",
            "BIT11003",
            "Politeknik Merlimau",
            "Hantar permohonan",
            "transcript.pdf",
        ):
            assert words in page

    def test_auditors_read_and_are_offered_nothing_to_do(self, aminah, nathan):
        page = text_of(client_of(nathan).get(url(submitted(aminah))))
        assert 'class="card doing"' not in page

    def test_the_student_is_not_shown_it(self, aminah):
        assert client_of(aminah).get(url(submitted(aminah))).status_code == 403

    def test_other_faculties_and_universities_find_nothing(self, aminah, wahid, devi):
        application = submitted(aminah)
        for stranger in (wahid, devi):
            assert client_of(stranger).get(url(application)).status_code == 404

    def test_more_claims_cost_no_more_queries_than_a_few_each(
        self, aminah, bakar, django_assert_max_num_queries
    ):
        application = submitted(aminah, claims=6)
        with django_assert_max_num_queries(70):
            client_of(bakar).get(url(application))


class TestChecking:
    def test_accepting_moves_on(self, aminah, bakar):
        application = submitted(aminah)
        answer = client_of(bakar).post(
            url(application, "checking"), {"version": application.version, "accept": "1"}, follow=True
        )
        assert again(application).state == "mapping"
        assert "Pemetaan kursus" in text_of(answer)

    def test_asking_for_evidence_keeps_what_was_typed_where_the_day_is_wrong(self, aminah, bakar):
        application = submitted(aminah)
        sent = {"version": application.version, "text": "Muat naik silibus.", "due_on": "2020-01-01"}
        answer = client_of(bakar).post(url(application, "asking"), sent)
        assert answer.status_code == 422
        assert "Muat naik silibus." in text_of(answer)
        assert "masa hadapan" in text_of(answer)
        assert not EvidenceRequest.objects.exists()

    def test_asking_for_evidence(self, aminah, bakar):
        application = submitted(aminah)
        due = timezone.localdate() + timedelta(days=7)
        sent = {"version": application.version, "text": "Muat naik silibus.", "due_on": due.isoformat()}
        assert client_of(bakar).post(url(application, "asking"), sent).status_code == 302
        assert again(application).state == "more_evidence"

    def test_readers_may_not(self, aminah, nathan, kumar):
        application = submitted(aminah)
        for reader in (nathan, kumar):
            sent = {"version": application.version, "accept": "1"}
            assert client_of(reader).post(url(application, "checking"), sent).status_code == 403

    def test_it_is_sent_not_asked(self, aminah, bakar):
        application = submitted(aminah)
        for route in ("checking", "asking", "looking"):
            assert client_of(bakar).get(url(application, route)).status_code == 405


class TestDeciding:
    def test_the_form_offers_the_recommendation_and_keeps_it(self, aminah, bakar, halimah):
        application = recommended(aminah, bakar)
        client = client_of(halimah)
        page = text_of(client.get(url(application)))
        assert page.count("Sahkan syor") == 2
        sent = {f"outcome-{claim.pk}": "confirm" for claim in application.claims.all()}
        sent["version"] = application.version
        assert client.post(url(application, "decide", "decision"), sent).status_code == 302
        assert again(application).state == "decided"

    def test_a_departure_without_a_reason_is_shown_at_its_claim(self, aminah, bakar, halimah):
        application = recommended(aminah, bakar)
        first, second = application.claims.all()
        sent = {
            "version": application.version,
            f"outcome-{first.pk}": "refused",
            f"outcome-{second.pk}": "confirm",
            f"reason-{second.pk}": "Baik.",
        }
        answer = client_of(halimah).post(url(application, "decide", "decision"), sent)
        assert answer.status_code == 422
        assert f'href="#claim-{first.pk}"' in text_of(answer)
        assert "Baik." in text_of(answer)
        assert not Decision.objects.filter(stage="decision").exists()

    def test_the_second_of_two_is_told_and_nothing_is_overwritten(self, aminah, bakar, halimah, hassan):
        application = recommended(aminah, bakar)
        first = application.claims.first()
        sent = {"version": application.version, f"outcome-{first.pk}": "confirm"}
        client_of(halimah).post(url(application, "decide", "decision"), sent)
        sent |= {f"outcome-{first.pk}": "refused", f"reason-{first.pk}": "Sebab saya."}
        answer = client_of(hassan).post(url(application, "decide", "decision"), sent)
        assert answer.status_code == 422
        assert "Halimah" in text_of(answer)
        assert "Sebab saya." in text_of(answer)
        assert Decision.objects.filter(stage="decision").count() == 1

    def test_nothing_chosen_is_told(self, aminah, bakar, halimah):
        application = recommended(aminah, bakar)
        answer = client_of(halimah).post(
            url(application, "decide", "decision"), {"version": application.version}
        )
        assert answer.status_code == 422

    def test_another_stage_is_refused(self, aminah, bakar, halimah):
        application = recommended(aminah, bakar)
        for stage in ("senate", "appeal", "elsewhere"):
            answer = client_of(halimah).post(
                url(application, "decide", stage), {"version": application.version}
            )
            assert answer.status_code in {403, 422}

    def test_a_refusal_is_looked_at_again_by_another(self, aminah, bakar, halimah, hassan):
        application = recommended(aminah, bakar)
        sent = {"version": application.version}
        for claim in application.claims.all():
            sent |= {f"outcome-{claim.pk}": "refused", f"reason-{claim.pk}": "Tidak setara."}
        client_of(halimah).post(url(application, "decide", "decision"), sent)
        waiting = again(application)
        assert "Orang lain" in text_of(client_of(halimah).get(url(waiting)))
        client_of(hassan).post(url(waiting, "looking"), {"version": waiting.version, "upheld": "yes"})
        assert again(application).state == "decided"
