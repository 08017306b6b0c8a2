"""Deciding many claims at once: what is offered, what is done, and what is told of each application."""

import pytest
from tests.portal import cast
from tests.portal.applications.stories import again, recommended
from tests.portal.cast import client_of

from portal.applications.models import Application, Claim, Decision, TranscriptEntry
from portal.records.register import broken_entries

pytestmark = pytest.mark.django_db
URL = "/applications/deciding/"


def everything(client):
    """What the page sends with everything ticked."""
    rows = client.get(URL).context["rows"]
    sent = {f"version-{application.pk}": application.version for application, _claims in rows}
    return sent | {"claim": [row["claim"].pk for _application, claims in rows for row in claims]}


def test_it_is_all_done_at_once(aminah, zain, bakar, halimah):
    for student in (aminah, zain):
        recommended(student, bakar, claims=3)
    client = client_of(halimah)
    answer = client.post(URL, everything(client))
    assert "6 kursus diputuskan" in answer.content.decode()
    assert {one.state for one in Application.objects.all()} == {"decided"}
    assert TranscriptEntry.objects.count() == 6


def test_what_is_not_ticked_stays_open(aminah, bakar, halimah):
    application = recommended(aminah, bakar, claims=2)
    client = client_of(halimah)
    sent = everything(client)
    client.post(URL, sent | {"claim": sent["claim"][:1]})
    assert again(application).state == "decision"
    assert Decision.objects.filter(stage="decision").count() == 1


def test_one_that_changed_meanwhile_is_told_and_the_others_are_done(aminah, zain, bakar, halimah):
    first, second = recommended(aminah, bakar), recommended(zain, bakar)
    client = client_of(halimah)
    sent = everything(client) | {f"version-{first.pk}": first.version - 1}
    page = client.post(URL, sent).content.decode()
    assert "telah mengubahnya" in page
    assert (again(first).state, again(second).state) == ("decision", "decided")


def test_what_lacks_evidence_is_not_offered(aminah, bakar, halimah):
    application = recommended(aminah, bakar)
    Claim.objects.filter(application=application).update(recommended_outcome="needs_evidence")
    assert client_of(halimah).get(URL).context["rows"] == []


def test_nothing_ticked_is_told(aminah, bakar, halimah):
    recommended(aminah, bakar)
    assert client_of(halimah).post(URL, {}).status_code == 422


def test_claims_of_another_faculty_or_university_cannot_be_slipped_in(aminah, bakar, rashid, wahid):
    application = recommended(aminah, bakar)
    sent = {f"version-{application.pk}": application.version}
    sent["claim"] = list(application.claims.values_list("pk", flat=True))
    for stranger in (rashid, wahid):
        client_of(stranger).post(URL, sent)
    assert not Decision.objects.filter(stage="decision").exists()


@pytest.mark.parametrize("role", ["nathan", "aminah", "chong", "mariam", "latifah"])
def test_others_may_not(role, request):
    assert client_of(request.getfixturevalue(role)).get(URL).status_code == 403


def test_it_costs_no_query_more_for_more_rows(aminah, zain, bakar, halimah, django_assert_max_num_queries):
    recommended(aminah, bakar, claims=1)
    client = client_of(halimah)
    with django_assert_max_num_queries(20) as few:
        client.get(URL)
    recommended(zain, bakar, claims=5)
    with django_assert_max_num_queries(len(few)):
        client.get(URL)


def test_forty_claims_are_decided_with_few_questions_to_the_database(
    bakar, halimah, django_assert_max_num_queries
):
    for number in range(8):
        person = cast.person(f"pelajar{number}")
        cast.student(person, cast.programme(bakar.institution))
        recommended(cast.appointment(person, "student", bakar.institution), bakar, claims=5)
    client = client_of(halimah)
    sent = everything(client)
    with django_assert_max_num_queries(250):
        client.post(URL, sent)

    assert Decision.objects.filter(stage="decision").count() == TranscriptEntry.objects.count() == 40
    assert list(broken_entries(bakar.institution)) == []
