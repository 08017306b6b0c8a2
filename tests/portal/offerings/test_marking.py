"""Marks: each cell on its own, attempts, feedback, and lists from spreadsheets."""

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.imports.mistake import in_words
from portal.offerings.actions.class_list import import_class_list, read_class_list
from portal.offerings.actions.mark_list import import_marks, read_marks
from portal.offerings.actions.marking import Entry, enter_mark, enter_marks, mark_of
from portal.offerings.actions.results import open_sheet, submit
from portal.offerings.graded import standings
from portal.offerings.models import Enrolment, ListUpload, Mark, Offering
from portal.records.models import Entry as Written
from tauliah.files.spreadsheets import Page, write_workbook

pytestmark = pytest.mark.django_db


def workbook(headings: list[str], *rows: list[Any]) -> SimpleUploadedFile:
    target = io.BytesIO()
    write_workbook([Page("Senarai", headings, rows)], target)
    return SimpleUploadedFile("senarai.xlsx", target.getvalue())


def parts(offering: Offering) -> tuple[Any, Any]:
    quiz, project = offering.assessments.order_by("position")
    return quiz, project


def learners(offering: Offering) -> list[Enrolment]:
    return list(offering.enrolments.order_by("pk"))


# --- The table -----------------------------------------------------------------------------------


def test_a_mark_of_101_is_named_at_its_cell_and_nothing_else_is_lost(laila: Appointment) -> None:
    offering = stories.running_offering()
    quiz, project = parts(offering)
    first, second = learners(offering)

    kept = enter_marks(
        laila,
        offering,
        [
            Entry(first.pk, quiz.pk, "101"),
            Entry(first.pk, project.pk, "87,5"),
            Entry(second.pk, quiz.pk, "tujuh"),
            Entry(second.pk, project.pk, "66.125"),
            Entry(second.pk + 99, quiz.pk, "50"),
        ],
    )

    assert kept.number == 1
    assert kept.wrong[first.pk, quiz.pk] == "101 tidak mungkin: markah adalah daripada 0 hingga 100."
    assert set(kept.wrong) == {
        (first.pk, quiz.pk), (second.pk, quiz.pk), (second.pk, project.pk), (second.pk + 99, quiz.pk),
    }  # fmt: skip
    assert list(Mark.objects.values_list("mark", flat=True)) == [Decimal("87.50")]


def test_the_page_keeps_what_was_typed_wrong_and_saves_the_rest(laila: Appointment) -> None:
    offering, client = stories.running_offering(), cast.client_of(laila)
    quiz, project = parts(offering)
    first, _second = learners(offering)
    name, other = f"m{first.pk}-{quiz.pk}", f"m{first.pk}-{project.pk}"

    answer = client.post(f"/offerings/{offering.pk}/marks/", {name: "101", f"{name}-seen": "", other: "90"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{name}" name="{name}" value="101"' in page
    assert 'aria-invalid="true"' in page
    assert f'name="{other}" value="90"' in page
    assert Mark.objects.get().mark == 90


@pytest.mark.parametrize(
    ("text", "mark"), [("85", "85"), (" 85,5 ", "85.5"), ("100.00", "100"), ("+7", "7"), ("-0", "0")]
)
def test_a_mark_is_read_as_people_write_it(text: str, mark: str) -> None:
    assert f"{mark_of(text)}" == f"{Decimal(mark):.2f}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,000",
        "1.000",
        "1e1",
        "1_0",
        "１０",
        "NaN",
        "Infinity",
        "-1",
        "100.01",
        "85.123",
        "8 5",
        "9" * 5000,
    ],
)
def test_what_is_no_mark_is_refused_in_few_words(text: str) -> None:
    with pytest.raises(Refused) as refused:
        mark_of(text)

    assert len(str(refused.value.message)) < 120


def test_a_cell_that_was_emptied_is_named(laila: Appointment) -> None:
    offering = stories.running_offering()
    quiz, _project = parts(offering)
    first, _second = learners(offering)
    enter_mark(laila, quiz, first, "70")
    name = f"m{first.pk}-{quiz.pk}"

    answer = cast.client_of(laila).post(f"/offerings/{offering.pk}/marks/", {name: "", f"{name}-seen": "70"})

    assert answer.status_code == 422
    assert "Markah tidak dikosongkan" in answer.content.decode()
    assert Mark.objects.get().mark == 70


@pytest.mark.parametrize("name", ["assessment", "attempt"])
def test_a_number_longer_than_any_key_is_refused_on_the_page(laila: Appointment, name: str) -> None:
    offering = stories.running_offering()
    quiz, _project = parts(offering)
    sent = {"assessment": quiz.pk, "attempt": "1", "mark": "70", "feedback": ""} | {name: "9" * 5000}

    answer = cast.client_of(laila).post(f"/offerings/learners/{learners(offering)[0].pk}/marks/", sent)

    assert answer.status_code == 422
    assert not Mark.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole database, not rows")
def test_a_mark_waits_for_results_that_are_being_handed_on(laila: Appointment) -> None:
    offering, sheet = stories.graded_offering()
    quiz, first = parts(offering)[0], learners(offering)[0]

    with CaptureQueriesContext(connection) as marking:
        enter_mark(laila, quiz, first, "71")
    with CaptureQueriesContext(connection) as submitting:
        submit(laila, sheet, version=sheet.version)

    held = re.compile(r'FROM "offerings_offering".* FOR NO KEY UPDATE', re.DOTALL)
    assert any(held.search(query["sql"]) for query in marking)
    assert any(held.search(query["sql"]) for query in submitting)


def test_of_a_self_paced_course_those_go_on_who_were_not_handed_on(laila: Appointment) -> None:
    offering = stories.running_offering(mode=Offering.Mode.SELF_PACED)
    quiz, project = parts(offering)
    first, second = learners(offering)
    for part in (quiz, project):
        enter_mark(laila, part, first, "80")
    sheet = open_sheet(laila, offering)
    submit(laila, sheet, version=sheet.version)

    with pytest.raises(Refused, match="telah dihantar"):
        enter_mark(laila, quiz, first, "20")
    enter_mark(laila, quiz, second, "60")

    assert sheet.results.get().total == Decimal(80)


def test_two_at_one_cell_lose_nothing(laila: Appointment) -> None:
    offering = stories.running_offering()
    quiz, _project = parts(offering)
    first, _second = learners(offering)
    enter_mark(laila, quiz, first, "70")

    kept = enter_marks(laila, offering, [Entry(first.pk, quiz.pk, "55", looked=True, seen=None)])

    assert "70" in kept.wrong[first.pk, quiz.pk]
    assert Mark.objects.get().mark == 70


def test_only_who_teaches_marks(edwin: Appointment, salleh: Appointment, joseph: Appointment) -> None:
    offering = stories.running_offering()
    quiz, _project = parts(offering)

    for who in (edwin, salleh, joseph):
        with pytest.raises(NotAllowed):
            enter_mark(who, quiz, learners(offering)[0], "70")
    with pytest.raises(NotAllowed):
        enter_mark(None, quiz, learners(offering)[0], "70")


def test_the_best_attempt_counts_and_attempts_end(laila: Appointment) -> None:
    offering = stories.running_offering()
    quiz, project = parts(offering)
    first, _second = learners(offering)

    enter_mark(laila, quiz, first, "50", attempt=1)
    with pytest.raises(Refused, match="percubaan 2 dahulu"):
        enter_mark(laila, quiz, first, "50", attempt=3)
    enter_mark(laila, quiz, first, "80", attempt=2)
    enter_mark(laila, quiz, first, "60", attempt=3)
    with pytest.raises(Refused, match="membenarkan 3 percubaan"):
        enter_mark(laila, quiz, first, "99", attempt=4)
    enter_mark(laila, project, first, "70")
    with pytest.raises(Refused):
        enter_mark(laila, project, first, "75", attempt=2)

    now = standings(offering, [first.pk])[first.pk]
    assert now.marks[quiz.pk] == 80
    assert now.total == Decimal("74.00")


def test_the_register_keeps_what_a_mark_was(laila: Appointment) -> None:
    offering = stories.running_offering()
    quiz, _project = parts(offering)
    first, _second = learners(offering)
    enter_mark(laila, quiz, first, "70")
    enter_mark(laila, quiz, first, "75")

    last = Written.objects.filter(action="offerings.mark").last()
    assert last
    assert last.details
    place = f"{first.pk}/{quiz.pk}/1"
    assert last.details["before"] == {place: "70.00"}
    assert last.details["after"] == {place: "75.00"}


def test_the_learner_reads_the_feedback_beside_the_mark(laila: Appointment) -> None:
    offering = stories.running_offering(learners=0)
    joseph = cast.appear("joseph")
    enrolment = stories.joined(offering, joseph.person)
    quiz, _project = parts(offering)
    address = f"/offerings/learners/{enrolment.pk}/marks/"

    cast.client_of(laila).post(
        address, {"assessment": quiz.pk, "attempt": "1", "mark": "72", "feedback": "Ulang kaji unit 2."}
    )

    page = cast.client_of(joseph).get(f"/offerings/learn/{enrolment.pk}/").content.decode()
    assert "Ulang kaji unit 2." in page
    assert "<strong>72</strong>" in page


def test_a_wrong_mark_keeps_the_feedback_that_was_typed(laila: Appointment) -> None:
    offering = stories.running_offering()
    quiz, _project = parts(offering)
    first, _second = learners(offering)

    answer = cast.client_of(laila).post(
        f"/offerings/learners/{first.pk}/marks/",
        {"assessment": quiz.pk, "attempt": "1", "mark": "101", "feedback": "Sangat baik."},
    )

    assert answer.status_code == 422
    assert "Sangat baik." in answer.content.decode()
    assert not Mark.objects.exists()


# --- Lists ---------------------------------------------------------------------------------------

HEADINGS = ["Nama penuh", "E-mel", "Nombor kad pengenalan atau pasport"]


def class_headings() -> list[str]:
    from portal.offerings.actions.class_list import HEADINGS as COLUMNS

    return [str(column.words) for column in COLUMNS[:3]]


def test_a_class_list_is_looked_at_and_then_kept(salleh: Appointment) -> None:
    offering = stories.offering()
    known = stories.learner(1)
    upload = read_class_list(
        salleh,
        offering,
        workbook(
            class_headings(),
            [known.name, known.email, "900101-13-5678"],
            ["Siti Contoh", "siti@contoh.example", "910202-13-5679"],
        ),
    )
    assert (upload.state, upload.new) == ("ready", 2)
    assert not offering.enrolments.exists()

    import_class_list(salleh, upload)

    assert sorted(offering.enrolments.values_list("person__name", flat=True)) == [known.name, "Siti Contoh"]
    siti = offering.enrolments.get(person__email="siti@contoh.example").person
    assert not siti.has_usable_password()
    assert siti.notices.get(kind="course_invited").link.startswith("/people/invitation/")
    again = ListUpload.objects.get(pk=upload.pk)
    assert (again.state, again.rows) == ("done", "")
    with pytest.raises(Refused):
        import_class_list(salleh, upload)


def test_identity_numbers_that_stand_twice_are_named_by_row_and_nobody_is_enrolled(
    salleh: Appointment,
) -> None:
    offering = stories.offering()
    upload = read_class_list(
        salleh,
        offering,
        workbook(
            class_headings(),
            ["Ali Contoh", "ali@contoh.example", "900101-13-5678"],
            ["Abu Contoh", "abu@contoh.example", "900101135678"],
            ["Cik Contoh", "bukan-emel", ""],
            ["Ali Dua", "ALI@contoh.example", ""],
        ),
    )

    assert upload.state == "wrong"
    assert [(m["row"], m["values"].get("row")) for m in upload.mistakes] == [(4, None), (5, "2"), (3, "2")]
    assert "900101" not in str(upload.mistakes)
    with pytest.raises(Refused):
        import_class_list(salleh, upload)
    assert not offering.enrolments.exists()


def test_somebody_of_the_class_under_another_address_is_named(salleh: Appointment) -> None:
    offering = stories.running_offering()
    person = learners(offering)[0].person
    person.identity_number = "900101-13-5678"
    person.save()

    upload = read_class_list(
        salleh, offering, workbook(class_headings(), ["Orang Lain", "lain@contoh.example", "900101135678"])
    )

    assert upload.mistakes[0]["values"] == {"name": person.name}


def test_a_closed_account_is_named_and_not_enrolled(salleh: Appointment) -> None:
    person = stories.learner(7)
    person.is_active = False
    person.save()

    upload = read_class_list(
        salleh, stories.offering(), workbook(class_headings(), [person.name, person.email, ""])
    )

    assert upload.state == "wrong"
    assert "ditutup" in in_words(upload.mistakes[0])


def test_an_account_that_another_list_made_meanwhile_is_taken(
    salleh: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    offering, person = stories.offering(), stories.learner(7)
    monkeypatch.setattr("portal.offerings.actions.class_list.people_at", lambda _addresses: {})

    upload = read_class_list(salleh, offering, workbook(class_headings(), [person.name, person.email, ""]))
    import_class_list(salleh, upload)

    assert offering.enrolments.get().person == person


def test_a_class_list_beyond_the_seats_goes_on_on_the_waiting_list(salleh: Appointment) -> None:
    offering = stories.offering(most_learners=1)
    rows = [[f"Pelajar {n}", f"p{n}@contoh.example", ""] for n in range(3)]

    import_class_list(salleh, read_class_list(salleh, offering, workbook(class_headings(), *rows)))

    assert sorted(offering.enrolments.values_list("state", flat=True)) == ["active", "waiting", "waiting"]


def test_a_file_that_is_no_list_says_so(salleh: Appointment) -> None:
    offering = stories.offering()

    wrong = read_class_list(salleh, offering, workbook(["Alamat", "Bandar"], ["Jalan 1", "Kuching"]))
    with pytest.raises(Refused):
        read_class_list(salleh, offering, SimpleUploadedFile("kosong.xlsx", b""))

    assert wrong.state == "wrong"
    assert len(wrong.mistakes) == 1


def test_marks_come_from_a_spreadsheet_all_or_none(laila: Appointment) -> None:
    offering = stories.running_offering()
    first, second = learners(offering)
    emails = [first.person.email, second.person.email]

    bad = read_marks(
        laila, offering, workbook(["E-mel", "Kuiz", "Projek"], [emails[0], 101, 70], ["x@y.example", 50, 50])
    )
    assert bad.state == "wrong"
    assert [(m["row"], m["cell"]) for m in bad.mistakes] == [(2, "B2"), (3, "A3")]
    good = read_marks(
        laila, offering, workbook(["E-mel", "Kuiz", "Projek"], [emails[0], 90, 70], [emails[1], 45.5, ""])
    )
    assert (good.state, good.new) == ("ready", 3)
    import_marks(laila, good)

    now = standings(offering, [first.pk, second.pk])
    assert now[first.pk].total == Decimal("78.00")
    assert now[second.pk].total is None
    assert set(Mark.objects.values_list("source", flat=True)) == {"imported"}


def test_the_pages_of_a_list_go_from_file_to_class(salleh: Appointment) -> None:
    offering, client = stories.offering(), cast.client_of(salleh)
    file = workbook(class_headings(), ["Siti Contoh", "siti@contoh.example", ""])

    looked = client.post(f"/offerings/{offering.pk}/learners/new/learners/", {"file": file}, follow=True)
    assert "Siti Contoh" in looked.content.decode()
    upload = ListUpload.objects.get()
    kept = client.post(f"/offerings/uploads/{upload.pk}/save/", {"save": "1"}, follow=True)

    assert "Siti Contoh" in kept.content.decode()
    for address in ("learners/?form=xlsx", "learners/learners.xlsx"):
        answer = client.get(f"/offerings/{offering.pk}/{address}")
        assert answer.status_code == 200
        assert answer.getvalue().startswith(b"PK")
