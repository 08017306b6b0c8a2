"""Every page of an applicant: it works, it refuses the wrong method, and only the right people find it."""

from typing import Any

import pytest
from django.urls import reverse
from tests.portal import cast
from tests.portal.applications.applicant import claimed, diploma, draft, planned

from portal.accounts.models import Appointment
from portal.applications.models import Application, Claim, TranscriptEntry

pytestmark = pytest.mark.django_db

OF_PERSON = ["list", "start", "files", "transcript", "approvals", "approval_new"]
OF_DRAFT = [
    "detail",
    "studies",
    "study_new",
    "claim_new",
    "table",
    "documents",
    "checklist",
    "review",
    "discard",
]
OF_APPLICATION = ["detail", "studies", "documents", "answer", "withdraw", "appeal"]
ACTIONS_ALONE = ["upload", "from_check"]


def prepared(acting: Appointment, state: str = "draft") -> tuple[Application, Claim]:
    """An application with one claim, in a state."""
    (course,) = planned(acting, "BIT10303")
    claim = claimed(draft(acting), course, diploma(acting))
    Application.objects.filter(pk=claim.application_id).update(state=state)
    claim.application.refresh_from_db()
    return claim.application, claim


def granted(acting: Appointment) -> TranscriptEntry:
    """What the transcript says of a granted claim."""
    application, claim = prepared(acting, "decided")
    return TranscriptEntry.objects.create(
        student=application.student,
        claim=claim,
        course=claim.target,
        award="credit_without_grade",
        term="Pengecualian Kredit",
        credits=3,
        original=[
            {
                "institution": "PMM",
                "code": "DIT",
                "title": "",
                "credits": "3",
                "grade": "B",
                "converted": "B+",
            }
        ],
        limits=["vertical_limit"],
    )


@pytest.mark.parametrize("language", ["ms", "en"])
@pytest.mark.parametrize("name", OF_PERSON)
def test_the_pages_of_a_person_work(aminah: Appointment, name: str, language: str) -> None:
    planned(aminah, "BIT10303")
    answer = cast.client_of(aminah, language).get(reverse(f"applications:{name}"))

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("language", ["ms", "en"])
@pytest.mark.parametrize("name", OF_DRAFT)
def test_the_pages_of_a_draft_work(aminah: Appointment, name: str, language: str) -> None:
    application, _claim = prepared(aminah)
    answer = cast.client_of(aminah, language).get(reverse(f"applications:{name}", args=[application.pk]))

    assert answer.status_code == 200


@pytest.mark.parametrize("state", ["document_check", "more_evidence", "mapping", "decided", "withdrawn"])
@pytest.mark.parametrize("name", OF_APPLICATION)
def test_the_pages_of_a_submitted_application_work(aminah: Appointment, name: str, state: str) -> None:
    application, _claim = prepared(aminah, state)
    answer = cast.client_of(aminah).get(reverse(f"applications:{name}", args=[application.pk]))

    assert answer.status_code == 200


@pytest.mark.parametrize("name", [n for n in OF_DRAFT if n not in OF_APPLICATION and n != "study_new"])
def test_a_closed_draft_leads_to_the_application(aminah: Appointment, name: str) -> None:
    application, _claim = prepared(aminah, "mapping")
    answer = cast.client_of(aminah).get(reverse(f"applications:{name}", args=[application.pk]))

    assert answer.headers["Location"] == f"/applications/{application.pk}/"


@pytest.mark.parametrize("name", [*OF_PERSON, *ACTIONS_ALONE])
def test_the_pages_of_a_person_refuse_other_methods(aminah: Appointment, name: str) -> None:
    client = cast.client_of(aminah)

    assert client.put(reverse(f"applications:{name}")).status_code == 405


@pytest.mark.parametrize("name", [*OF_DRAFT, *OF_APPLICATION])
def test_the_pages_of_an_application_refuse_other_methods(aminah: Appointment, name: str) -> None:
    application, _claim = prepared(aminah)
    client = cast.client_of(aminah)

    assert client.put(reverse(f"applications:{name}", args=[application.pk])).status_code == 405


@pytest.mark.parametrize("name", ["upload", "from_check"])
def test_what_only_acts_cannot_be_opened(aminah: Appointment, name: str) -> None:
    assert cast.client_of(aminah).get(reverse(f"applications:{name}")).status_code == 405


@pytest.mark.parametrize("name", sorted({*OF_DRAFT, *OF_APPLICATION}))
def test_strangers_find_nothing(
    aminah: Appointment, zain: Appointment, priya: Appointment, devi: Appointment, name: str
) -> None:
    application, _claim = prepared(aminah)
    address = reverse(f"applications:{name}", args=[application.pk])
    answers = {who.person.name: cast.client_of(who).get(address).status_code for who in (zain, priya)}
    answers |= {"devi": cast.client_of(devi).get(address).status_code}

    assert answers == {
        zain.person.name: 404,
        priya.person.name: 404,
        "devi": 404 if name == "detail" else 403,
    }


@pytest.mark.parametrize("name", sorted({*OF_DRAFT, *OF_APPLICATION} - {"detail"}))
def test_staff_may_not_act_as_the_applicant(aminah: Appointment, bakar: Appointment, name: str) -> None:
    application, _claim = prepared(aminah, "document_check")
    client = cast.client_of(bakar)
    address = reverse(f"applications:{name}", args=[application.pk])

    assert client.get(address).status_code == 403
    assert client.post(address, {"version": application.version}).status_code in {403, 405}


@pytest.mark.parametrize("name", OF_PERSON)
def test_nobody_logged_in_is_asked_to(client: Any, name: str) -> None:
    answer = client.get(reverse(f"applications:{name}"))

    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_staff_are_led_to_their_queue(bakar: Appointment) -> None:
    answer = cast.client_of(bakar).get(reverse("applications:list"))

    assert answer.headers["Location"] == "/applications/queue/"


def test_the_list_costs_the_same_however_long(
    aminah: Appointment, django_assert_max_num_queries: Any
) -> None:
    client, address = cast.client_of(aminah), reverse("applications:list")
    draft(aminah)
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for _ in range(24):
        draft(aminah)
    with django_assert_max_num_queries(len(few)):
        page = client.get(address).content.decode()

    assert page.count("case-row") == 25


# --- The transcript ---------------------------------------------------------------------------------


def test_the_transcript_shows_both_values_and_the_running_total(aminah: Appointment) -> None:
    granted(aminah)
    page = cast.client_of(aminah, "en").get("/applications/transcript/").content.decode()

    assert "Pengecualian Kredit" in page
    assert "3, B = B+" in page
    assert "3 of 120 graduating credits by transfer (2.5 %)" in page


def test_a_course_may_be_attended_after_all_once_it_is_asked(aminah: Appointment) -> None:
    entry = granted(aminah)
    client = cast.client_of(aminah, "en")
    assert client.get(f"/applications/transcript/{entry.pk}/attend/").status_code == 200
    assert client.post(f"/applications/transcript/{entry.pk}/attend/").status_code == 422

    client.post(f"/applications/transcript/{entry.pk}/attend/", {"reason": "Asas yang kukuh"})
    again = client.post(f"/applications/transcript/{entry.pk}/attend/", {"reason": "Sekali lagi"})

    assert again.status_code == 422
    assert [asked.reason for asked in entry.attendance_requests.all()] == ["Asas yang kukuh"]


def test_anothers_transcript_is_not_found(aminah: Appointment, zain: Appointment) -> None:
    entry = granted(aminah)

    assert cast.client_of(zain).get(f"/applications/transcript/{entry.pk}/attend/").status_code == 404


# --- Approval beforehand ----------------------------------------------------------------------------


def asked_for(acting: Appointment, **changes: str) -> dict[str, str]:
    (course,) = planned(acting, "BIT10303")
    form = {
        "student": str(cast.student_of(acting).pk),
        "basis": "mooc",
        "title": "Python for Everybody",
        "provider": "University of Michigan",
        "platform": "coursera",
        "link": "https://mooc.example/python",
        "credits": "3",
        "target": str(course.pk),
    }
    return form | changes


def test_approval_is_asked_taken_back_and_used(aminah: Appointment) -> None:
    client = cast.client_of(aminah, "en")
    assert client.post("/applications/approvals/new/", asked_for(aminah)).status_code == 302
    approval = cast.student_of(aminah).prior_approvals.get()
    assert approval.state == "asked"

    twice = client.post("/applications/approvals/new/", asked_for(aminah))
    assert "asked for this course already" in twice.content.decode()
    client.post(f"/applications/approvals/{approval.pk}/withdraw/", {"version": approval.version})
    approval.refresh_from_db()
    assert approval.state == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("target", ""),
        ("target", "0"),
        ("basis", "prior_study"),
        ("credits", "x"),
        ("link", "javascript:1"),
    ],
)
def test_a_question_that_cannot_be_answered_is_named(aminah: Appointment, field: str, value: str) -> None:
    answer = cast.client_of(aminah).post("/applications/approvals/new/", asked_for(aminah, **{field: value}))

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_a_withdrawn_question_of_another_is_not_found(aminah: Appointment, zain: Appointment) -> None:
    cast.client_of(aminah).post("/applications/approvals/new/", asked_for(aminah))
    approval = cast.student_of(aminah).prior_approvals.get()
    answer = cast.client_of(zain).post(f"/applications/approvals/{approval.pk}/withdraw/", {"version": "1"})

    assert answer.status_code == 404


# --- Studies ----------------------------------------------------------------------------------------


def test_a_study_is_kept_once_and_found_again(aminah: Appointment) -> None:
    application = draft(aminah)
    client = cast.client_of(aminah)
    form = {
        "institution": "Politeknik Merlimau",
        "level": "diploma",
        "outcome": "completed",
        "ended_on": "30/6/2026",
    }
    assert client.post(f"/applications/{application.pk}/studies/new/", form).status_code == 302

    other = draft(aminah)
    assert "Politeknik Merlimau" in client.get(f"/applications/{other.pk}/studies/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("institution", ""),
        ("ended_on", "31/2/2026"),
        ("level", "wizard"),
        ("country", "Malaysia"),
        ("institution", "x" * 201),
    ],
)
def test_a_study_that_cannot_be_is_named_at_its_field(aminah: Appointment, field: str, value: str) -> None:
    form = {"institution": "Politeknik Merlimau", "country": "MY"} | {field: value}
    answer = cast.client_of(aminah).post(f"/applications/{draft(aminah).pk}/studies/new/", form)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()


def test_a_study_of_a_submitted_application_stays(aminah: Appointment) -> None:
    application, claim = prepared(aminah, "mapping")
    study = claim.sources.get().study
    assert study is not None
    form = {"institution": "Lain", "country": "MY"}
    answer = cast.client_of(aminah, "en").post(f"/applications/{application.pk}/studies/{study.pk}/", form)

    assert answer.status_code == 422
    assert "can no longer be changed here" in answer.content.decode()
    study.refresh_from_db()
    assert study.institution_name == "Politeknik Merlimau"


def test_anothers_study_is_not_found(aminah: Appointment, zain: Appointment) -> None:
    study = diploma(aminah)
    address = f"/applications/{draft(zain).pk}/studies/{study.pk}/"

    assert cast.client_of(zain).get(address).status_code == 404
