"""The desk: for each role what waits, its pages, and the duties that the guideline gives it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.stories import draft, submitted
from tests.portal.cast import ROLES_AT_UTHM, client_of
from tests.portal.offerings import stories

from portal.accounts.roles import Role
from portal.desk.duties import duties_of
from portal.desk.shortcuts import SHORTCUTS
from portal.monitoring.actions.reviewing import add_action, review

pytestmark = pytest.mark.django_db
URL = "/desk/"


def text_of(client):
    return client.get(URL).content.decode()


def count_of(client, link):
    work = {item.link: item for item in client.get(URL).context["work"]}
    return work[link].count


@pytest.mark.parametrize("key", ROLES_AT_UTHM.values())
def test_every_role_has_one(key):
    assert client_of(cast.appear(key)).get(URL).status_code == 200


def test_strangers_are_sent_to_the_login(client):
    assert client.get(URL).status_code == 302


def test_it_comes_after_logging_in(aminah):
    assert client_of(aminah).get(reverse("people:arrival")).url == URL


def test_a_learner_sees_drafts_and_the_way_to_a_new_application(aminah):
    draft(aminah)
    client = client_of(aminah)
    assert count_of(client, reverse("applications:list")) in {0, 1}
    assert reverse("applications:start") in text_of(client)


def test_a_coordinator_sees_what_waits_and_where_everything_stands(aminah, bakar):
    submitted(aminah)
    client = client_of(bakar)
    assert count_of(client, f"{reverse('applications:queue')}?show=mine") == 1
    assert "Semakan dokumen" in text_of(client)


def test_nothing_of_another_university(aminah, devi):
    submitted(aminah)
    assert count_of(client_of(devi), f"{reverse('applications:queue')}?show=mine") == 0


def test_the_duties_of_the_guideline_stand_there_with_their_clauses(devi):
    page = text_of(client_of(devi))
    assert "Jadual 5(3)(i)" in page
    assert "/policies/utm/" in page


def test_without_a_role_it_says_who_can_help(db):
    person = cast.person("baharu", "Orang Baharu")
    assert "pentadbir" in text_of(client_of(person))


def test_every_role_has_shortcuts_and_each_opens_for_it(db):
    assert set(SHORTCUTS) == set(Role)
    for role, key in ROLES_AT_UTHM.items():
        client = client_of(cast.appear(key))
        for _words, route, _icon in SHORTCUTS[role]:
            assert client.get(reverse(route)).status_code in {200, 302}, (role, route)


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        ("laila", "2.1-development"),
        ("salleh", "3.3.2"),
        ("yusuf", "3.3.1.1"),
        ("betty", "2.1-registration-mqa"),
    ],
)
def test_those_who_make_courses_have_their_duties_too(key, clause):
    assert clause in {duty.id for duty in duties_of(cast.appear(key))[1]}


def test_an_action_of_a_review_waits_for_whose_it_is(hamidah, laila):
    words = {"findings": "Baik.", "staff_feedback": "", "learner_feedback": ""}
    kept = review(hamidah, stories.registered("UNIMAS"), timezone.localdate().year, words)
    add_action(hamidah, kept, "Pendekkan bacaan.", laila.person)
    page = f"/monitoring/courses/{kept.proposal_id}/"
    assert count_of(client_of(laila), page) == 1
    assert page not in text_of(client_of(hamidah))


def test_it_costs_no_query_more_for_more_applications(aminah, zain, bakar, django_assert_max_num_queries):
    submitted(aminah)
    client = client_of(bakar)
    with django_assert_max_num_queries(30) as few:
        client.get(URL)
    submitted(zain)
    with django_assert_max_num_queries(len(few)):
        client.get(URL)
