"""Every basis of every policy has its form, and what it costs is told while it is typed."""

import pytest
from tests.portal import cast
from tests.portal.applications.applicant import diploma, draft, planned

from portal.accounts.models import Appointment
from portal.applications.bridge import evaluated
from portal.applications.models import Claim
from portal.packs import packs

pytestmark = pytest.mark.django_db

STUDENTS = {"uthm": "aminah", "utm": "priya", "unimas": "dayang"}
BASES = [(policy, basis) for policy in STUDENTS for basis in packs()[policy].bases]


@pytest.mark.parametrize(("policy", "basis"), BASES)
def test_a_claim_of_every_basis_is_kept_judged_and_opened_again(policy: str, basis: str) -> None:
    who = cast.appear(STUDENTS[policy])
    (course,) = planned(who, "KURSUS10303")
    study, application = diploma(who), draft(who)
    form = {
        "version": "1",
        "target": course.code,
        "basis": basis,
        "graded": "no",
        "partner_agreement": "yes",
        "sources[0].study": str(study.pk),
        "sources[0].institution": "Universiti Malaya",
        "sources[0].code": "X101",
        "sources[0].credits": "3",
        "sources[0].grade": "B+",
        "sources[0].platform": "coursera",
        "sources[0].origin": "stand_alone",
        "sources[0].clo_percent": "CLO1 90",
        "sources[0].onsite_grade": "A",
    }
    client = cast.client_of(who)
    answer = client.post(f"/applications/{application.pk}/claims/new/", form)
    claim = Claim.objects.get(application=application)

    assert answer.status_code == 302
    assert [c["target"] for c in evaluated(application)["claims"]] == [course.code]
    assert claim.sources.get().details.keys().isdisjoint({"clo_percent", "onsite_grade"})
    assert client.get(f"/applications/{application.pk}/claims/{claim.pk}/").status_code == 200
    assert client.get(f"/applications/{application.pk}/review/").status_code == 200


def test_what_a_mooc_costs_at_utm_is_told_while_it_is_typed(priya: Appointment) -> None:
    (course,) = planned(priya, "SPPM1702")
    application = draft(priya)
    form = {
        "action": "live",
        "version": "1",
        "target": course.code,
        "basis": "mooc",
        "graded": "no",
        "sources[0].platform": "coursera",
        "sources[0].malaysian": "no",
        "sources[0].institution": "University of Michigan",
        "sources[0].certificate": "verified",
        "sources[0].credits": "3",
        "sources[0].completed_on": "2026-08-20",
    }
    page = cast.client_of(priya, "en").post(
        f"/applications/{application.pk}/claims/new/", form, headers={"HX-Request": "true"}
    )
    words = " ".join(page.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())

    assert "RM 10.00" in words
    assert "RM 240.00" in words
    assert "Once granted" in words
    assert "/policies/utm/clauses/6.5.1/" in words
