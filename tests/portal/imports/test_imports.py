"""Imports: every bad cell is named, nothing is saved before it was seen, and twice the same changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.portal import cast
from tests.portal.imports.lists import (
    COURSES,
    OUTCOMES,
    PROGRAMMES,
    RESULTS,
    STUDENTS,
    TOPICS,
    csv_file,
    xlsx_file,
)

from portal.accounts.models import Appointment, Person
from portal.catalogue.models import Course, CourseResult, GradingScale, Programme, ScaleGrade, Student
from portal.imports import actions
from portal.imports.models import Import
from portal.imports.tasks import check_file, forget_files
from portal.records.models import Entry
from tauliah.files.spreadsheets import OLD_EXCEL, Page, read

pytestmark = pytest.mark.django_db
PROGRAMME = ("BIS", "FSKTM", "Sarjana Muda Keselamatan Maklumat", "Sarjana Muda", 120)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    return tmp_path


def upload(acting, kind, file, language="en"):
    return cast.client_of(acting, language).post(reverse("imports:list"), {"kind": kind, "file": file})


def uploaded(acting, kind, file) -> Import:
    assert upload(acting, kind, file).status_code == 302
    return Import.objects.latest("pk")


def page(acting, made, language="en") -> str:
    return cast.client_of(acting, language).get(reverse("imports:import", args=[made.pk])).content.decode()


def save(acting, made):
    return cast.client_of(acting, "en").post(reverse("imports:save", args=[made.pk]))


def imported(acting, kind, file) -> Import:
    made = uploaded(acting, kind, file)
    assert made.state == Import.State.READY, made.preview
    assert save(acting, made).status_code == 302
    made.refresh_from_db()
    assert made.state == Import.State.DONE
    return made


def mistakes(acting, kind, file) -> list[tuple[str, str]]:
    made = uploaded(acting, kind, file)
    assert made.state == Import.State.WRONG
    return [(mistake["cell"], mistake["message"]) for mistake in made.mistakes]


# --- The way of a file ------------------------------------------------------------------------------


def test_nothing_is_saved_before_it_was_looked_at_and_confirmed(chong):
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))

    shown = page(chong, made)
    assert "BIS" in shown
    assert "Save 1 rows" in shown
    assert Programme.objects.count() == 0

    save(chong, made)
    added = Programme.objects.get()
    assert (added.code, added.level, added.faculty, added.graduating_credits) == (
        "BIS",
        "bachelor",
        chong.faculty,
        120,
    )


def test_the_same_file_twice_changes_nothing(chong):
    imported(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    again = uploaded(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))

    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    assert "there is nothing to save" in page(chong, again)
    assert "There is nothing to save" in save(chong, again).content.decode()
    assert Entry.objects.filter(action="imports.save").count() == 1


def test_a_change_is_shown_as_it_was_and_would_be_and_registered_so(chong):
    imported(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, (*PROGRAMME[:4], 124)))

    shown = page(chong, made)
    assert "<del>120.00</del> <ins>124.00</ins>" in shown
    save(chong, made)

    entry = Entry.objects.latest("pk")
    assert entry.details["after"]["changed"] == {
        "programmes: BIS": {"graduating_credits": ["120.00", "124.00"]}
    }
    assert Programme.objects.get().graduating_credits == 124


def test_columns_left_out_stay_and_empty_cells_empty(chong):
    headings = (*PROGRAMMES, "name in English")
    imported(chong, "programmes", csv_file(headings, (*PROGRAMME, "Information Security")))
    imported(chong, "programmes", csv_file(PROGRAMMES, (*PROGRAMME[:4], 121)))
    assert Programme.objects.get().name_en == "Information Security"

    imported(chong, "programmes", csv_file(headings, (*PROGRAMME, "")))
    assert Programme.objects.get().name_en == ""


def test_one_bad_row_keeps_the_whole_file_from_being_saved(chong):
    made = uploaded(
        chong, "programmes", csv_file(PROGRAMMES, PROGRAMME, ("BIX", "FSKTM", "X", "professor", 120))
    )

    assert "is not ready to be saved" in save(chong, made).content.decode()
    assert Programme.objects.count() == 0
    assert "Nothing can be saved yet" in page(chong, made)


def test_what_changed_since_it_was_looked_at_is_looked_at_again(chong, uthm):
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    cast.programme(uthm, "BIS", name_ms="Lain")

    save(chong, made)

    made.refresh_from_db()
    assert (made.state, made.changed) == (Import.State.READY, 1)
    assert "has changed since you looked" in page(chong, made)
    assert Programme.objects.get().name_ms == "Lain"


def test_a_file_that_was_saved_or_left_is_deleted(chong, media):
    imported(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, ("BIT", *PROGRAMME[1:])))
    where = reverse("imports:leave", args=[made.pk])
    assert "Leave senarai.csv?" in cast.client_of(chong, "en").get(where).content.decode()
    cast.client_of(chong).post(where)

    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert Import.objects.get(pk=made.pk).state == Import.State.LEFT
    assert cast.client_of(chong).post(where).status_code == 302
    assert save(chong, made).status_code == 422


def test_files_nobody_came_back_to_are_left_after_a_while(chong):
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    assert forget_files.func() == 0
    Import.objects.update(uploaded_at=made.uploaded_at.replace(year=2020))

    assert forget_files.func() == 1
    assert Import.objects.get().state == Import.State.LEFT


def test_a_large_file_is_checked_and_saved_by_a_worker_with_progress_shown(
    chong, uthm, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(actions, "FEW_ROWS", 0)
    made = actions.upload(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    Import.objects.filter(pk=made.pk).update(rows=2000, checked=500)
    made.refresh_from_db()

    assert made.percent == 25
    assert "500 of 2000 rows" in page(chong, made)
    check_file.func(made.pk)
    made.refresh_from_db()
    assert made.state == Import.State.READY
    with django_capture_on_commit_callbacks():
        save(chong, made)
    made.refresh_from_db()
    assert made.state == Import.State.SAVING
    assert "The rows are being saved" in page(chong, made)
    actions.save(made)
    assert Programme.objects.count() == 1


def test_checking_again_after_a_worker_died_gives_the_same(chong):
    made = actions.upload(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    check_file.func(made.pk)
    first = Import.objects.get(pk=made.pk).plan
    check_file.func(made.pk)

    assert Import.objects.get(pk=made.pk).plan == first != ""


def test_ten_thousand_rows_ask_as_few_questions_as_ten(osman, uthm):
    def questions(rows: int) -> int:
        listed = [(f"BIT{n:05}", "", f"Kursus {n}", 3) for n in range(rows)]
        made = actions.upload(osman, "courses", csv_file(COURSES, *listed))
        with CaptureQueriesContext(connection) as asked:
            actions.check(made)
        assert made.new == rows
        return len(asked)

    few = questions(10)
    assert questions(10_000) == few < 12


def test_a_thousand_rows_are_saved_in_few_statements(osman, uthm):
    listed = [(f"BIT{n:05}", "", f"Kursus {n}", 3) for n in range(1_000)]
    made = actions.check(actions.upload(osman, "courses", csv_file(COURSES, *listed)))
    actions.confirm(osman, made)
    with CaptureQueriesContext(connection) as asked:
        actions.save(made)

    assert Course.objects.count() == 1_000
    assert len(asked) < 30


# --- Headings and files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings", [PROGRAMMES, ("Code", "FACULTY *", "Name in Malay", "level", "Graduating  credits")]
)
def test_headings_may_be_malay_or_english(chong, headings):
    assert uploaded(chong, "programmes", csv_file(headings, PROGRAMME)).state == Import.State.READY


def test_a_missing_heading_is_named(chong):
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES[:4], PROGRAMME[:4]))

    assert "The column “graduating credits” is missing" in page(chong, made)


def test_a_heading_twice_is_named(chong):
    found = mistakes(chong, "programmes", csv_file((*PROGRAMMES, "kod"), (*PROGRAMME, "BIX")))

    assert found == [("F1", "The column “%(heading)s” stands twice: remove one of them.")]


def test_an_unknown_column_is_left_out_and_said(chong):
    made = uploaded(chong, "programmes", csv_file((*PROGRAMMES, "warna"), (*PROGRAMME, "biru")))

    assert made.state == Import.State.READY
    assert "The column “warna” is not known and is left out." in page(chong, made)


def test_a_file_without_such_a_list_says_what_it_expects(chong):
    made = uploaded(chong, "programmes", csv_file(("nama", "umur"), ("Ali", 20)))

    assert "No sheet of this file is such a list" in page(chong, made)
    assert "nama dalam bahasa Melayu" in page(chong, made, "ms") or "name in Malay" in page(chong, made, "ms")


def test_merged_cells_are_named(chong):
    import io

    import xlsxwriter
    from django.core.files.uploadedfile import SimpleUploadedFile

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("Program")
    sheet.write_row(0, 0, PROGRAMMES)
    sheet.write_row(1, 0, PROGRAMME)
    sheet.merge_range("B2:B4", "FSKTM")
    book.close()

    made = uploaded(chong, "programmes", SimpleUploadedFile("a.xlsx", target.getvalue()))
    assert "The cells B2:B4 are merged" in page(chong, made)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7", "not an XLSX or CSV file"),
        (OLD_EXCEL + b"\x00" * 100, "without a password"),
        (b"PK\x03\x04" + b"\x00" * 50, "not an XLSX or CSV file"),
    ],
)
def test_what_is_no_list_is_said_in_both_languages(chong, content, words):
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = uploaded(chong, "courses", SimpleUploadedFile("apa.xlsx", content))

    assert made.state == Import.State.WRONG
    assert words in page(chong, made)
    assert "Fail ini tidak dapat dibaca" in page(chong, made, "ms")


def test_no_file_and_no_such_list_are_said_at_their_fields(chong):
    client = cast.client_of(chong, "en")

    assert (
        "Choose a file: XLSX or CSV"
        in client.post(reverse("imports:list"), {"kind": "courses"}).content.decode()
    )
    answer = client.post(reverse("imports:list"), {"kind": "x", "file": csv_file(COURSES)})
    assert answer.status_code == 422


def test_a_template_filled_in_is_accepted(chong, media):
    template = cast.client_of(chong, "ms").get(reverse("imports:template", args=["courses"]))
    sheets = read(b"".join(template.streaming_content))

    assert [sheet.name for sheet in sheets] == ["Kursus", "Hasil pembelajaran", "Topik", "Panduan"]
    headings = sheets[0].rows[0]
    row = ["BIT10303", "FSKTM", "Pengaturcaraan", "Programming", "3", "Sarjana Muda", "", "120", "", "ya"]
    guide = Page("Panduan", sheets[3].rows[0], sheets[3].rows[1:])
    made = uploaded(chong, "courses", xlsx_file(Page("Kursus", headings, [row]), guide))
    assert (made.state, made.new, made.preview["notes"]) == (Import.State.READY, 1, [])


def test_an_exported_list_is_imported_again_without_a_change(chong, uthm):
    cast.course(uthm, "BIT10303", faculty=chong.faculty, subject="mpu", synopsis="=1+1", learning_hours=120)
    cast.course(uthm, "BIT20303", faculty=chong.faculty, level="bachelor")
    exported = cast.client_of(chong, "en").get(reverse("catalogue:courses"), {"form": "xlsx"})
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("kursus.xlsx", b"".join(exported.streaming_content))
    made = uploaded(chong, "courses", file)

    assert (made.state, made.unchanged, made.new, made.changed) == (Import.State.READY, 2, 0, 0)


# --- Cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "value", "cell", "words"),
    [
        (0, "", "A2", "This must be filled in"),
        (0, "B!T", "A2", "Not a code"),
        (1, "FKAAB", "B2", "No faculty of yours has this short name. Yours: FSKTM"),
        (2, "x" * 201, "C2", "201 characters; at most 200 are kept"),
        (3, "professor", "D2", "Not known. Choose one of: Foundation"),
        (4, "seratus", "E2", "Not a number: write it like 3 or 2.5"),
        (4, "1,200", "E2", "Not a number"),
        (4, "0", "E2", "Must be more than 0 and at most 999"),
    ],
)
def test_a_bad_cell_is_named_with_what_is_wrong_and_what_to_do(chong, place, value, cell, words):
    row = list(PROGRAMME)
    row[place] = value

    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, row))

    shown = page(chong, made)
    assert f"senarai, {cell}" in shown
    assert words in shown


@pytest.mark.parametrize("level", ["bachelor", "Bachelor", "SARJANA MUDA", "sarjana muda "])
def test_words_of_the_contract_are_taken_in_either_language(chong, level):
    assert uploaded(chong, "programmes", csv_file(PROGRAMMES, (*PROGRAMME[:3], level, 120))).state == "ready"


def test_a_row_twice_is_named(chong):
    again = ("b is", *PROGRAMME[1:])

    assert mistakes(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME, again)) == [
        ("A3", "This is in row %(row)s already: remove one of the two rows.")
    ]


def test_a_stricter_grade_and_limits_are_checked_together(chong):
    headings = (
        *PROGRAMMES,
        "stricter minimum grade",
        "limit of vertical transfer by the standard, in percent",
    )
    made = uploaded(chong, "programmes", csv_file(headings, (*PROGRAMME, "B", 30)))

    shown = page(chong, made)
    assert "needs the Senate" in shown
    assert "Say who sets this limit" in shown


def test_another_facultys_programme_is_not_changed_by_an_office(chong, uthm, osman):
    cast.programme(uthm, "BIS", faculty=cast.faculty("FKAAB"))

    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    assert "belongs to another faculty" in page(chong, made)
    assert uploaded(osman, "programmes", csv_file(PROGRAMMES, PROGRAMME)).state == Import.State.READY


def test_mistakes_can_be_taken_along_as_a_list(chong):
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, ("B!T", *PROGRAMME[1:])))

    for form in ("csv", "xlsx"):
        answer = cast.client_of(chong, "en").get(reverse("imports:mistakes", args=[made.pk, form]))
        [sheet] = read(b"".join(answer.streaming_content))
        assert list(sheet.rows[1][:5]) == ["senarai", "2", "A2", "code", "B!T"]


def test_many_alike_mistakes_are_counted_first(chong):
    rows = [(f"P{n}", "FSKTM", "X", "professor", 1) for n in range(150)]
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, *rows))

    shown = page(chong, made)
    assert "150 ×" in shown
    assert "50 more mistakes are in the list" in shown


# --- Each kind --------------------------------------------------------------------------------------


def test_courses_come_with_outcomes_and_topics_of_the_same_file(chong):
    file = xlsx_file(
        Page("Topics", TOPICS, [("BIT 10303", 1, "Algoritma", 6)]),
        Page("Courses", COURSES, [("BIT10303", "FSKTM", "Pengaturcaraan", 3)]),
        Page(
            "Learning outcomes",
            OUTCOMES,
            [("bit10303", "clo 1", "Menulis atur cara"), ("BIT10303", "CLO2", "Menguji")],
        ),
    )

    imported(chong, "courses", file)
    course = Course.objects.get()
    assert list(course.outcomes.values_list("code", flat=True)) == ["CLO1", "CLO2"]
    assert course.topics.get().hours == Decimal(6)
    file.seek(0)
    assert uploaded(chong, "courses", file).unchanged == 4


def test_outcomes_of_a_course_that_does_not_exist_are_named(chong):
    made = uploaded(chong, "courses", csv_file(OUTCOMES, ("TIADA", "CLO1", "x")))

    assert "No course has this code" in page(chong, made)


def test_a_plan_is_imported_with_its_programmes(chong, uthm):
    cast.course(uthm, "BIT10303")
    file = xlsx_file(
        Page("Program", PROGRAMMES, [PROGRAMME]),
        Page(
            "Pelan program",
            ("programme", "course", "semester of the plan", "elective"),
            [("BIS", "BIT10303", 2, "ya")],
        ),
    )

    imported(chong, "programmes", file)
    entry = Programme.objects.get().plan.get()
    assert (entry.course.code, entry.semester, entry.is_elective) == ("BIT10303", 2, True)


def test_students_get_an_account_an_appointment_and_a_record(chong, uthm):
    programme = cast.programme(uthm, faculty=chong.faculty)
    semester = cast.semester(uthm)
    row = ("ai 260001", "Aisyah binti Ahmad", "Aisyah@Pelajar.example", programme.code, semester.code, "3.5")

    imported(chong, "students", csv_file(STUDENTS, row))

    student = Student.objects.get()
    assert (student.matric, student.cgpa, student.intake) == ("AI260001", Decimal("3.50"), semester)
    assert (student.person.email, student.person.has_usable_password()) == ("aisyah@pelajar.example", False)
    assert Appointment.objects.get(person=student.person).role == "student"
    assert uploaded(chong, "students", csv_file(STUDENTS, row)).unchanged == 1


def test_a_person_of_the_same_email_and_name_is_one_and_of_another_name_is_asked_about(chong, uthm, aminah):
    programme, semester = cast.programme(uthm, "BIS", faculty=chong.faculty), cast.semester(uthm)
    rest = ("aminah@uthm.example", programme.code, semester.code, "")

    made = uploaded(chong, "students", csv_file(STUDENTS, ("A9", "Orang Lain", *rest)))
    assert "An account with this email has another name" in page(chong, made)
    imported(chong, "students", csv_file(STUDENTS, ("A9", "aminah  BINTI yusof", *rest)))
    assert aminah.person.enrolments.count() == 2
    assert Appointment.objects.filter(person=aminah.person).count() == 1


def test_a_name_is_changed_unless_the_person_belongs_elsewhere_too(chong, uthm, utm, aminah):
    student = cast.student_of(aminah)
    Programme.objects.filter(pk=student.programme_id).update(faculty=chong.faculty)
    row = (student.matric, "Aminah Yusof", "aminah@uthm.example", "BIT", student.intake.code, "3.1")

    imported(chong, "students", csv_file(STUDENTS, row))
    assert Person.objects.get(pk=aminah.person_id).name == "Aminah Yusof"
    cast.appointment(aminah.person, "student", utm)
    made = uploaded(chong, "students", csv_file(STUDENTS, (row[0], "Lain Lagi", *row[2:])))
    assert "belongs to another institution too" in page(chong, made)
    made = uploaded(chong, "students", csv_file(STUDENTS, (*row[:2], "baharu@uthm.example", *row[3:])))
    assert "has the email aminah@uthm.example" in page(chong, made)


def test_an_identity_number_is_kept_and_never_shown(chong, uthm, aminah):
    student = cast.student_of(aminah)
    headings = (*STUDENTS, "identity card or passport number")
    row = (student.matric, aminah.person.name, aminah.person.email, "BIT", student.intake.code, "")
    made = uploaded(chong, "students", csv_file(headings, (*row, "990101-01-1234")))

    assert "990101" not in page(chong, made)
    save(chong, made)
    assert Person.objects.get(pk=aminah.person_id).identity_number == "990101-01-1234"
    assert "990101" not in str(Entry.objects.latest("pk").details)
    imported_again = uploaded(chong, "students", csv_file(headings, (*row, "")))
    assert imported_again.changed == 0


def test_results_are_imported_for_the_facultys_students(chong, uthm, aminah):
    student, course = cast.student_of(aminah), cast.course(uthm, "BIT10303")
    scale = GradingScale.objects.create(institution=uthm, name="S", in_force_on=date(2020, 1, 1))
    ScaleGrade.objects.create(scale=scale, label="B+", position=1, equal_to="B+")
    row = (student.matric, "BIT10303", student.intake.code, "b+", "")

    imported(chong, "results", csv_file(RESULTS, row))

    result = CourseResult.objects.get()
    assert (result.course, result.grade, result.completed_on) == (course, "B+", student.intake.ends_on)
    assert uploaded(chong, "results", csv_file(RESULTS, row)).unchanged == 1
    for column, value, words in (
        (0, "TIADA", "No student of yours has this matric number"),
        (2, "1999-1", "No semester has this code"),
        (3, "Z", "Not on the grading scale: B+"),
        (4, "31/02/2026", "Not a day"),
        (4, "01/01/2020", "before the semester begins"),
    ):
        wrong = [*row[:column], value, *row[column + 1 :]]
        assert words in page(chong, uploaded(chong, "results", csv_file(RESULTS, wrong)))


def test_a_matric_number_in_two_programmes_needs_the_programme(osman, uthm, aminah):
    student = cast.student_of(aminah)
    cast.student(aminah.person, cast.programme(uthm, "BIS"), matric=student.matric)
    cast.course(uthm, "BIT10303")
    row = (student.matric, "BIT10303", student.intake.code, "A", "")

    made = uploaded(osman, "results", csv_file(RESULTS, row))
    assert "is in several programmes: name one of BIS, BIT" in page(osman, made)
    imported(osman, "results", csv_file((*RESULTS, "programme"), (*row, "BIS")))
    assert CourseResult.objects.get().student.programme.code == "BIS"


# --- Access -----------------------------------------------------------------------------------------


def test_only_those_who_keep_the_catalogue_import(chong, osman, bakar, aminah, nathan):
    where = reverse("imports:list")

    assert [cast.client_of(who).get(where).status_code for who in (chong, osman)] == [200, 200]
    assert [cast.client_of(who).get(where).status_code for who in (bakar, aminah, nathan)] == [403, 403, 403]
    assert upload(bakar, "courses", csv_file(COURSES)).status_code == 403
    assert cast.client_of(aminah).get(reverse("imports:template", args=["courses"])).status_code == 403


def test_an_import_is_seen_by_its_uploader_and_the_administrator_and_by_nobody_else(
    chong, osman, yap, bakar, tan
):
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    places = [
        reverse("imports:import", args=[made.pk]),
        reverse("imports:mistakes", args=[made.pk, "csv"]),
        reverse("imports:leave", args=[made.pk]),
    ]

    assert [cast.client_of(osman).get(place).status_code for place in places] == [200] * 3
    for who in (yap, tan, bakar):
        assert [cast.client_of(who).get(place).status_code for place in places] == [404] * 3
        assert save(who, made).status_code == 404
    other = cast.appointment(cast.person("siti"), "faculty_office", made.institution, cast.faculty("FKAAB"))
    assert cast.client_of(other).get(places[0]).status_code == 404


def test_wrong_methods_and_unknown_things_are_refused(chong):
    made = uploaded(chong, "programmes", csv_file(PROGRAMMES, PROGRAMME))
    client = cast.client_of(chong)

    assert client.get(reverse("imports:save", args=[made.pk])).status_code == 405
    assert client.post(reverse("imports:import", args=[made.pk])).status_code == 405
    assert client.get(reverse("imports:mistakes", args=[made.pk, "pdf"])).status_code == 404
    assert client.get(reverse("imports:template", args=["tiada"])).status_code == 404


def test_the_list_of_imports_asks_no_more_for_more(osman):
    client, where = cast.client_of(osman), reverse("imports:list")
    counts = []
    for rows in (1, 8):
        for n in range(rows):
            uploaded(osman, "programmes", csv_file(PROGRAMMES, (f"P{rows}{n}", *PROGRAMME[1:])))
        with CaptureQueriesContext(connection) as asked:
            client.get(where)
        counts.append(len(asked))

    assert counts[0] == counts[1]
