"""Registration: by whom, where, with which code; the certificate described from the proposal."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.proposals.stories import (
    Where,
    accepted,
    again,
    at,
    described,
    mooc,
    registered_course,
    step,
)

from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.models import Achievement
from portal.notices.models import Notice
from portal.proposals.actions.certifying import achievement_of, describe_certificate
from portal.proposals.actions.registering import Entry, places_of, register
from portal.proposals.models import Proposal, Registration
from tauliah.values.case import InvalidCase

pytestmark = pytest.mark.django_db


def recorded(key: str, proposal: Proposal, where: str, **entered: object) -> Registration:
    entry = Entry(where, **({"registered_on": timezone.localdate()} | entered))  # type: ignore[arg-type]
    return register(cast.appear(key), proposal, entry, version=again(proposal).version)


def test_each_kind_is_registered_where_its_guideline_says() -> None:
    assert places_of(at("head_review")) == [Where.MQA, Where.UNIVERSITY]
    assert places_of(at("head_review", "stand_alone")) == [Where.UNIVERSITY, Where.MQA_VERIFICATION]
    assert places_of(mooc("request")) == [
        Where.INSTITUTION_ACCOUNT,
        Where.MOOC_MALAYSIA,
        Where.ACADEMIC_MANAGEMENT,
        Where.MQA_VERIFICATION,
    ]


def test_the_quality_unit_registers_with_mqa_and_the_centre_in_the_university() -> None:
    proposal = at("registration")

    for key in ("salleh", "catherine", "laila", "rosli"):
        with pytest.raises(NotAllowed):
            recorded(key, proposal, Where.MQA, number="MQA/1")
    with pytest.raises(NotAllowed):
        recorded("betty", proposal, Where.UNIVERSITY)
    with pytest.raises(Refused) as refused:
        recorded("betty", proposal, Where.MQA)
    assert refused.value.field == "number"
    with pytest.raises(Refused) as refused:
        step("salleh", proposal, "register")
    for words in ("BJKA", "sistem universiti", "pensijilan"):
        assert words in str(refused.value.message)
    recorded("betty", proposal, Where.MQA, number="MQA/FA 0001")
    recorded("salleh", proposal, Where.UNIVERSITY, number="U-1")
    described(cast.appear("salleh"), proposal)
    assert step("salleh", proposal, "register").state == "registered"
    assert Notice.objects.filter(person=proposal.developer, kind="course_registered").count() == 1


def test_days_that_cannot_be_are_refused_at_their_field() -> None:
    proposal, today = at("registration"), timezone.localdate()

    for entered, field in (
        ({"registered_on": today + timedelta(days=1), "number": "1"}, "registered_on"),
        ({"applied_on": today, "registered_on": today - timedelta(days=1), "number": "1"}, "registered_on"),
        ({"registered_on": None}, "applied_on"),
    ):
        with pytest.raises(Refused) as refused:
            recorded("betty", proposal, Where.MQA, **entered)
        assert refused.value.field == field
    with pytest.raises(Refused):
        recorded("betty", at("development"), Where.MQA, number="1")


def test_a_course_that_mqa_verified_gets_a_code_of_the_mcv_series() -> None:
    first, second = registered_course("stand_alone"), registered_course("industry")
    assert (first.code, second.code) == ("MC001", "MC002")
    with pytest.raises(Refused):
        recorded("salleh", registered_course("accredited"), Where.MQA_VERIFICATION, confirmed=True)

    recorded("salleh", first, Where.MQA_VERIFICATION, applied_on=timezone.localdate(), registered_on=None)
    assert again(first).code == "MC001"
    recorded("salleh", first, Where.MQA_VERIFICATION, number="QVC/7", outcome="Disahkan", confirmed=True)
    recorded("salleh", second, Where.MQA_VERIFICATION, number="QVC/8", confirmed=True)

    now = again(first)
    assert (now.code, again(second).code) == ("MCV001", "MCV002")
    assert now.quality_verified_on == timezone.localdate()
    assert now.achievement is not None
    assert now.achievement.code == "MCV001"
    assert {"quality_verified"} <= {row["kind"] for row in now.achievement.assurance}


def test_a_verification_that_was_not_granted_changes_no_code() -> None:
    proposal = registered_course("stand_alone")
    recorded("salleh", proposal, Where.MQA_VERIFICATION, outcome="Tidak disahkan")

    assert again(proposal).code == "MC001"
    assert again(proposal).quality_verified_on is None


def test_a_request_is_accepted_once_it_is_under_the_institutions_account() -> None:
    proposal = mooc("request")

    with pytest.raises(Refused, match="akaun institusi"):
        step("zarina", proposal, "accept")
    assert accepted(proposal).state == "development"


def test_only_a_mooc_under_the_account_and_of_quality_is_registered_with_mooc_malaysia() -> None:
    proposal = mooc()
    with pytest.raises(Refused) as refused:
        recorded("zarina", proposal, Where.MOOC_MALAYSIA)
    assert refused.value.field == "confirmed"
    recorded("zarina", proposal, Where.MOOC_MALAYSIA, confirmed=True)

    other = mooc(name_ms="Kursus lain", name_en="Another course", content={"skills": ["x"]})
    Registration.objects.filter(proposal=other, where=Where.INSTITUTION_ACCOUNT).delete()
    with pytest.raises(Refused, match="di bawah akaun institusi"):
        recorded("zarina", other, Where.MOOC_MALAYSIA, confirmed=True)


def test_a_mooc_whose_panel_found_it_wanting_is_not_registered_with_mooc_malaysia() -> None:
    proposal = mooc()
    for evaluation in proposal.evaluations.filter(sort="external"):
        evaluation.result = (evaluation.result or {}) | {"ready": False}
        evaluation.save()

    with pytest.raises(Refused, match="memenuhi kriteria kualiti"):
        recorded("zarina", proposal, Where.MOOC_MALAYSIA, confirmed=True)


def test_the_certificate_is_filled_in_from_the_proposal() -> None:
    proposal = at("registration")
    filled = achievement_of(proposal)

    assert (filled.code, filled.kind, filled.credits) == (proposal.code, "micro_credential", Decimal(1))
    assert filled.name_en == "Micro-Credential in IoT Fundamentals"
    assert filled.learning_hours == Decimal(40)
    assert filled.mqf_level == 6
    assert [row["code"] for row in filled.outcomes] == ["CLO1", "CLO2"]
    assert [(row["ms"], row["summative"]) for row in filled.assessment] == [("Kuiz", False), ("Projek", True)]
    assert filled.instruction == ["ms", "en"]


@pytest.mark.parametrize("key", ["laila", "rosli", "betty", "hamidah"])
def test_only_the_centre_that_issues_describes_the_certificate(key: str) -> None:
    proposal = at("registration")

    filled, version = achievement_of(proposal), proposal.version

    with pytest.raises(NotAllowed):
        describe_certificate(cast.appear(key), proposal, filled, version=version)


def test_what_is_wrong_with_a_description_is_told_and_nothing_is_kept() -> None:
    proposal, salleh = at("registration"), cast.appear("salleh")
    wrong = achievement_of(proposal)
    wrong.assessment = [{"ms": "Kuiz", "en": "Quiz", "percent": "40", "summative": False}]

    with pytest.raises(InvalidCase):
        describe_certificate(salleh, proposal, wrong, version=proposal.version)
    assert not Achievement.objects.exists()
    assert again(proposal).achievement is None


def test_a_code_that_another_course_has_is_refused() -> None:
    first = registered_course("stand_alone")
    proposal = at("registration")

    with pytest.raises(Refused) as refused:
        described(cast.appear("salleh"), proposal, code=first.code)
    assert refused.value.field == "code"


def test_an_early_description_is_refused() -> None:
    proposal = at("centre_review")

    with pytest.raises(Refused):
        described(cast.appear("salleh"), proposal)


def test_the_pages_record_and_describe() -> None:
    proposal = at("registration")
    salleh, betty = cast.client_of(cast.appear("salleh")), cast.client_of(cast.appear("betty"))
    where = reverse("proposals:registrations", args=[proposal.pk])
    today = timezone.localdate().isoformat()

    assert "MQA" in betty.get(where).content.decode()
    typed = {"version": again(proposal).version, "where": "mqa", "number": "", "registered_on": today}
    assert betty.post(where, typed).status_code == 422
    assert betty.post(where, typed | {"number": "MQA/FA 7"}).status_code == 302
    assert salleh.post(where, typed | {"number": "x"}).status_code == 403
    certificate = reverse("proposals:certificate", args=[proposal.pk])
    page = salleh.get(certificate).content.decode()
    assert "Micro-Credential in IoT Fundamentals" in page
    assert betty.get(certificate).status_code == 403
    answer = salleh.post(certificate, form_of(proposal))
    assert answer.status_code == 302
    assert again(proposal).achievement is not None
    old = form_of(proposal) | {"version": "0"}
    assert salleh.post(certificate, old).status_code == 422


def test_the_quality_page_explains_its_drawing_and_links_only_to_what_opens() -> None:
    proposal = at("centre_review")
    where = reverse("proposals:quality", args=[proposal.pk])

    seen = {key: cast.client_of(cast.appear(key)).get(where) for key in ("salleh", "abu")}
    assert seen["salleh"].context["legend"]
    assert "Anak panah bernombor" in seen["salleh"].content.decode()
    assert ["/proposals/workshops/" in seen[key].content.decode() for key in seen] == [True, False]


def form_of(proposal: Proposal) -> dict[str, object]:
    """The form of the certificate as the page fills it in."""
    filled = achievement_of(again(proposal))
    names = ("kind", "code", "name_ms", "name_en", "description_ms", "description_en", "enrolment_ms",
             "enrolment_en", "instruction", "examination", "delivery", "study_mode", "mqf_level", "credits",
             "learning_hours", "required_grade", "field")  # fmt: skip
    sent: dict[str, object] = {name: getattr(filled, name) for name in names}
    sent |= {"version": again(proposal).version, "faculty": filled.faculty_id, "active": "on"}
    for part in ("outcomes", "assessment", "assurance"):
        rows = getattr(filled, part)
        total = len(rows) + 2 if rows else 3
        sent |= {f"{part}-TOTAL_FORMS": total, f"{part}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            for name, value in row.items():
                said = ("yes" if value else "no") if name == "summative" else value
                sent[f"{part}-{number}-{name}"] = said
    return sent
