"""The queue: what waits for whom, narrowed down, handed over, taken along, and at no cost per row."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.cast import client_of

from portal.applications.models import Application

pytestmark = pytest.mark.django_db
URL = "/applications/queue/"


def waiting(acting, state="document_check", **fields):
    """An application of a new student of the institution, in a state."""
    number = Application.objects.count() + 1
    learner = cast.person(f"pelajar{number}", f"Pelajar {number}", acting.institution.code)
    programme = cast.programme(acting.institution)
    student = cast.student(learner, programme)
    standard = {
        "reference": f"PK/{number:04}",
        "institution": acting.institution,
        "faculty": programme.faculty,
        "student": student,
        "programme": programme,
        "policy": acting.institution.policy,
        "state": state,
        "submitted_at": timezone.now(),
        "due_on": timezone.localdate() + timedelta(days=number),
    }
    return Application.objects.create(**(standard | fields))


def references(response):
    return [application.reference for application, _state in response.context["rows"]]


class TestWhatItShows:
    def test_each_role_what_waits_for_it(self, bakar, halimah):
        waiting(bakar), waiting(bakar, "decision")
        assert references(client_of(bakar).get(URL)) == ["PK/0001"]
        assert references(client_of(halimah).get(URL)) == ["PK/0002"]

    def test_the_most_urgent_first_and_what_is_late(self, bakar):
        waiting(bakar)
        waiting(bakar, due_on=timezone.localdate() - timedelta(days=1))
        response = client_of(bakar).get(URL)
        assert references(response) == ["PK/0002", "PK/0001"]
        assert response.context["late"] == 1
        assert "lewat" in response.content.decode().lower()

    def test_no_drafts_nothing_of_other_faculties_or_universities(self, bakar, wahid, devi):
        waiting(bakar)
        waiting(bakar, submitted_at=None)
        for other in (wahid, devi):
            assert references(client_of(other).get(URL, {"show": "all"})) == []
        assert references(client_of(bakar).get(URL, {"show": "all"})) == ["PK/0001"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"words": "PK/0002"}, ["PK/0002"]),
            ({"words": "pelajar 1"}, ["PK/0001"]),
            ({"state": "mapping"}, ["PK/0002"]),
            ({"due": "soon"}, ["PK/0001", "PK/0002"]),
            ({"due": "over"}, []),
            ({"basis": "mooc"}, []),
            ({"faculty": "x"}, ["PK/0001", "PK/0002"]),
        ],
    )
    def test_the_filters(self, bakar, query, found):
        waiting(bakar), waiting(bakar, "mapping")
        assert references(client_of(bakar).get(URL, {"show": "all"} | query)) == found

    def test_an_empty_queue_says_so(self, bakar):
        assert "Tiada" in client_of(bakar).get(URL).content.decode()

    def test_it_costs_no_query_more_for_more_rows(self, bakar, django_assert_max_num_queries):
        client = client_of(bakar)
        waiting(bakar)
        with django_assert_max_num_queries(16) as few:
            client.get(URL)
        for _ in range(20):
            waiting(bakar)
        with django_assert_max_num_queries(len(few)):
            client.get(URL)


class TestWhoMayOpenIt:
    def test_learners_may_not(self, aminah):
        assert client_of(aminah).get(URL).status_code == 403

    def test_strangers_are_sent_to_the_login(self, client):
        assert client.get(URL).status_code == 302

    def test_reading_roles_see_everything(self, nathan, bakar):
        waiting(bakar)
        assert references(client_of(nathan).get(URL)) == ["PK/0001"]


class TestHandingOver:
    def test_many_at_once(self, bakar, chong):
        both = [waiting(bakar), waiting(bakar)]
        answer = client_of(bakar).post(
            reverse("applications:hand"),
            {"application": [one.pk for one in both], "handler": chong.pk, "query": "show=all"},
        )
        assert answer.url == f"{URL}?show=all"
        assert {one.handler for one in Application.objects.all()} == {chong}

    def test_nothing_ticked_is_told(self, bakar, chong):
        answer = client_of(bakar).post(reverse("applications:hand"), {"handler": chong.pk}, follow=True)
        assert "Tandakan" in answer.content.decode()

    def test_an_auditor_may_not(self, nathan, bakar, chong):
        one = waiting(bakar)
        client_of(nathan).post(reverse("applications:hand"), {"application": [one.pk], "handler": chong.pk})
        assert Application.objects.get().handler is None

    def test_it_is_sent_not_asked(self, bakar):
        assert client_of(bakar).get(reverse("applications:hand")).status_code == 405


class TestTakingAlong:
    def test_as_csv(self, bakar):
        waiting(bakar)
        text = b"".join(client_of(bakar).get(URL, {"form": "csv"}).streaming_content).decode("utf-8-sig")
        assert "PK/0001" in text

    def test_as_nothing_else(self, bakar):
        assert client_of(bakar).get(URL, {"form": "pdf"}).status_code == 404
