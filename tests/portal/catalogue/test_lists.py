"""The catalogue's lists: what they find, whom they show what, and that they ask the database no more for more."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.portal import cast

from portal.accounts.roles import Role
from portal.catalogue.models import GradingScale, ScaleGrade
from tauliah.files.spreadsheets import read

pytestmark = pytest.mark.django_db
LISTS = ("programmes", "courses", "scales", "students")


@pytest.fixture
def courses(uthm):
    fsktm, fkaab = cast.faculty("FSKTM"), cast.faculty("FKAAB")
    return [
        cast.course(
            uthm, "BIT10303", name_ms="Pengaturcaraan Komputer", name_en="Computer Programming", faculty=fsktm
        ),
        cast.course(uthm, "BFC10103", name_ms="Statik", name_en="Statics", faculty=fkaab),
        cast.course(uthm, "UHB10100", name_ms="Bahasa Inggeris", subject="mpu", active=False),
    ]


def body(acting, name, **query) -> str:
    answer = cast.client_of(acting).get(reverse(f"catalogue:{name}"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_list_shows_what_is_offered_and_retired_things_when_asked(chong, courses):
    assert "BIT10303" in body(chong, "courses")
    assert "UHB10100" not in body(chong, "courses")
    assert "UHB10100" in body(chong, "courses", state="retired")
    assert "BIT10303" not in body(chong, "courses", state="retired")


@pytest.mark.parametrize("words", ["bit103", "pengaturcaraan", "computer prog", "PROG komputer"])
def test_a_search_finds_codes_and_names_in_both_languages(chong, courses, words):
    found = body(chong, "courses", q=words)

    assert "BIT10303" in found
    assert "BFC10103" not in found


def test_filters_narrow_the_list_together(chong, courses, uthm):
    faculty = cast.faculty("FKAAB").pk

    assert "BFC10103" in body(chong, "courses", faculty=faculty)
    assert "BIT10303" not in body(chong, "courses", faculty=faculty)
    assert "UHB10100" in body(chong, "courses", subject="mpu", state="all")


def test_an_office_finds_what_courses_still_lack(chong, courses):
    courses[0].outcomes.all().delete()

    assert "BIT10303" in body(chong, "courses", lacking="outcomes")
    assert "BFC10103" not in body(chong, "courses", lacking="outcomes")


@pytest.mark.parametrize(
    "query", [{"faculty": "x"}, {"faculty": "9" * 30}, {"page": "-4"}, {"q": "\x00" * 300}]
)
def test_a_strange_question_is_answered_with_a_list(chong, courses, query):
    assert "<h1" in body(chong, "courses", **query)


def test_nothing_found_says_what_to_do(chong, courses):
    assert "Tiada apa-apa yang ditemui" in body(chong, "courses", q="tidak wujud")
    assert "Belum ada program" in body(chong, "programmes")


def test_a_search_while_typing_is_answered_with_the_rows_alone(chong, courses):
    answer = cast.client_of(chong).get(
        reverse("catalogue:courses"), {"q": "BIT"}, headers={"HX-Request": "true", "HX-Target": "found"}
    )

    assert "<html" not in answer.content.decode()
    assert "BIT10303" in answer.content.decode()


def test_pages_hold_25_rows_and_keep_the_search(chong, uthm):
    for number in range(30):
        cast.course(uthm, f"BIT1{number:03}")

    first = body(chong, "courses", q="BIT")
    assert first.count("BIT1")
    assert "BIT1024" in first
    assert "BIT1025" not in first
    assert "BIT1029" in body(chong, "courses", q="BIT", page="2")
    assert "?q=BIT&amp;page=2" in first


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_can_be_taken_along_with_its_search(chong, aminah, courses, name, form):
    answer = cast.client_of(chong).get(reverse(f"catalogue:{name}"), {"form": form, "q": "BIT1"})

    [sheet] = read(b"".join(answer.streaming_content))
    assert sheet.rows[0][0]
    if name == "courses":
        assert [row[0] for row in sheet.rows[1:]] == ["BIT10303"]


def test_another_form_of_a_list_is_not_found(chong):
    assert cast.client_of(chong).get(reverse("catalogue:courses"), {"form": "pdf"}).status_code == 404


# --- Access -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_a_list_refuses_the_wrong_method(chong, name):
    assert cast.client_of(chong).post(reverse(f"catalogue:{name}")).status_code == 405


@pytest.mark.parametrize("name", [*LISTS, "course_options"])
def test_a_list_asks_for_a_login(db, name):
    answer = Client().get(reverse(f"catalogue:{name}"))

    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("name", LISTS)
def test_somebody_without_an_appointment_is_refused(db, name):
    assert cast.client_of(cast.person("tetamu")).get(reverse(f"catalogue:{name}")).status_code == 403


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_programmes_courses_and_scales_and_only_some_see_students(role, uthm):
    acting = cast.appear(cast.ROLES_AT_UTHM[role])
    statuses = {name: cast.client_of(acting).get(reverse(f"catalogue:{name}")).status_code for name in LISTS}
    sees = {
        "administrator",
        "auditor",
        "faculty_office",
        "programme_coordinator",
        "deputy_dean",
        "dean",
        "student",
    }

    assert statuses == {
        "programmes": 200,
        "courses": 200,
        "scales": 200,
        "students": 200 if role in sees else 403,
    }


def test_another_institution_sees_nothing_of_it(devi, courses, aminah):
    assert "BIT10303" not in body(devi, "courses", state="all")
    assert "BIT" not in body(devi, "programmes")
    assert cast.student_of(aminah).matric not in body(devi, "students")


def test_a_faculty_sees_its_own_students_and_a_student_only_oneself(aminah, zain, wahid, bakar):
    own, other = cast.student_of(aminah).matric, cast.student_of(zain).matric

    assert own in body(bakar, "students")
    assert other in body(bakar, "students")
    assert own not in body(wahid, "students")
    assert own in body(aminah, "students")
    assert other not in body(aminah, "students")


def test_a_learner_is_not_offered_what_is_retired(aminah, courses):
    assert "UHB10100" not in body(aminah, "courses", state="all")


# --- Questions to the database ----------------------------------------------------------------------


def fill(name: str, uthm, rows: range) -> None:
    for n in rows:
        if name == "courses":
            cast.course(uthm, f"BIT2{n:04}", faculty=cast.faculty("FSKTM")).experts.add(
                cast.person(f"pakar{n}")
            )
        elif name == "programmes":
            cast.programme(uthm, f"P{n}")
        elif name == "students":
            cast.student(cast.person(f"pelajar{n}"), cast.programme(uthm))
        else:
            scale = GradingScale.objects.create(institution=uthm, name=f"S{n}", in_force_on=date(2020, 1, 1))
            ScaleGrade.objects.create(scale=scale, label="A", position=1, equal_to="A", points=Decimal(4))


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_asks_no_more_questions(name, osman, uthm):
    client, where = cast.client_of(osman), reverse(f"catalogue:{name}")
    fill(name, uthm, range(2))
    with CaptureQueriesContext(connection) as short:
        client.get(where)
    fill(name, uthm, range(2, 20))
    with CaptureQueriesContext(connection) as long:
        client.get(where)

    assert len(long) == len(short) <= 14
