"""Programmes, courses, scales, students: shown, added, changed, retired, by whom it may be, and all registered."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.portal import cast

from portal.catalogue.models import Course, CourseResult, GradingScale, Programme, ScaleGrade
from portal.records.models import Entry
from portal.records.register import broken_entries

pytestmark = pytest.mark.django_db

PROGRAMME = {
    "code": "BIS", "name_ms": "Sarjana Muda Keselamatan Maklumat", "name_en": "Bachelor of Information Security",
    "level": "bachelor", "mode": "coursework", "graduating_credits": "125", "mqa_accredited": "true",
}  # fmt: skip
COURSE = {
    "code": "bit 20303", "name_ms": "Struktur Data", "name_en": "Data Structures", "credits": "3",
    "outcomes-TOTAL_FORMS": "2", "outcomes-INITIAL_FORMS": "0", "topics-TOTAL_FORMS": "2",
    "topics-INITIAL_FORMS": "0", "outcomes-0-code": "clo 1", "outcomes-0-text_ms": "Menerangkan senarai berpaut",
    "topics-0-position": "1", "topics-0-title_ms": "Senarai", "topics-0-hours": "6",
}  # fmt: skip
SCALE = {
    "name": "Skala UTHM", "in_force_on": "2020-01-01", "grades-TOTAL_FORMS": "3", "grades-INITIAL_FORMS": "0",
    "grades-0-label": "A", "grades-0-lowest_mark": "80", "grades-0-points": "4", "grades-0-equal_to": "A",
    "grades-1-label": "B", "grades-1-lowest_mark": "65", "grades-1-points": "3", "grades-1-equal_to": "B",
}  # fmt: skip


def place(name: str, *args: int) -> str:
    return reverse(f"catalogue:{name}", args=args)


def sent(acting, name, /, *args, language="en", **fields):
    return cast.client_of(acting, language).post(place(name, *args), fields)


def errors(answer) -> str:
    assert answer.status_code == 422
    return answer.content.decode()


@pytest.fixture
def own(chong):
    return {"faculty": chong.faculty_id}


# --- Programmes -------------------------------------------------------------------------------------


def test_a_programme_is_added_and_registered(chong, own):
    answer = sent(chong, "programme_new", **PROGRAMME, **own)

    added = Programme.objects.get(code="BIS")
    assert answer["Location"] == place("programme", added.pk)
    assert (added.institution, added.faculty, added.mqa_accredited) == (
        chong.institution,
        chong.faculty,
        True,
    )
    entry = Entry.objects.get()
    assert (entry.action, entry.subject_id, entry.person) == (
        "catalogue.add_programme",
        added.pk,
        chong.person,
    )
    assert entry.details["after"]["name_ms"] == PROGRAMME["name_ms"]


def test_a_change_registers_what_it_was_and_is_and_no_change_registers_nothing(chong, uthm, own):
    found = cast.programme(uthm)
    page = cast.client_of(chong).get(place("programme_edit", found.pk))
    fields = {
        "code": "BIT", "name_ms": found.name_ms, "level": "bachelor", "mode": "coursework",
        "graduating_credits": "120", "mqa_accredited": "true", "seen": page.context["seen"],
    }  # fmt: skip

    sent(chong, "programme_edit", found.pk, **fields, **own)
    assert Entry.objects.count() == 0
    sent(chong, "programme_edit", found.pk, **fields | {"graduating_credits": "124"}, **own)

    assert Entry.objects.get().details["before"] == {"graduating_credits": "120.00"}
    assert Entry.objects.get().details["after"] == {"graduating_credits": "124.00"}
    assert list(broken_entries(uthm)) == []


def test_of_two_who_change_a_programme_the_second_is_told_who_did(chong, osman, uthm, own):
    found = cast.programme(uthm)
    seen = cast.client_of(osman).get(place("programme_edit", found.pk)).context["seen"]
    fields = PROGRAMME | {"code": "BIT", "seen": seen} | own
    sent(chong, "programme_edit", found.pk, **fields | {"name_en": "First"})

    told = errors(sent(osman, "programme_edit", found.pk, **fields | {"name_en": "Second"}))

    assert "Chong Mei Ling changed it on" in told
    assert Programme.objects.get(pk=found.pk).name_en == "First"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "B!T"}, "is no code"),
        ({"graduating_credits": "0"}, "Must be more than 0"),
        ({"coursework_credits": "126"}, "cannot have more credits than the whole"),
        ({"level": "professor"}, "professor"),
        ({"minimum_grade": "B"}, "Senate&#x27;s reference and its day (UTHM 10)"),
        ({"minimum_grade_reference": "Senat 12/2025"}, "Choose the grade that the Senate agreed to"),
        ({"standard_limit_percent": "101", "standard": "Komputeran"}, "between 0 and 100"),
        ({"professional_limit_percent": "30"}, "Say who sets this limit"),
    ],
)
def test_what_is_wrong_with_a_programme_is_said_at_its_field(chong, own, wrong, words):
    assert words in errors(sent(chong, "programme_new", **PROGRAMME | own | wrong))
    assert Programme.objects.count() == 0


def test_a_stricter_grade_is_kept_with_the_senates_reference_and_day(chong, own):
    stricter = {
        "minimum_grade": "B",
        "minimum_grade_reference": "Senat 12/2025",
        "minimum_grade_on": "2025-12-01",
    }
    sent(chong, "programme_new", **PROGRAMME | own | stricter)

    added = Programme.objects.get()
    assert (added.minimum_grade, added.minimum_grade_on) == ("B", date(2025, 12, 1))
    assert "Senat 12/2025" in cast.client_of(chong).get(place("programme", added.pk)).content.decode()


def test_a_code_exists_once_however_it_is_spaced(chong, uthm, own):
    cast.programme(uthm, "BIT-1")

    assert "BIT-1 exists already" in errors(
        sent(chong, "programme_new", **PROGRAMME | own | {"code": "bit 1"})
    )


def test_the_same_name_is_asked_about_once(chong, uthm, own):
    cast.programme(uthm, "LAMA", name_ms=PROGRAMME["name_ms"].upper())

    assert "There is one of this name already: LAMA" in errors(
        sent(chong, "programme_new", **PROGRAMME | own)
    )
    assert sent(chong, "programme_new", **PROGRAMME | own, different="on").status_code == 302


def test_a_programme_is_retired_and_offered_again_after_asking(chong, uthm):
    found = cast.programme(uthm)

    assert (
        "Tamatkan tawaran BIT?"
        in cast.client_of(chong).get(place("programme_retire", found.pk)).content.decode()
    )
    sent(chong, "programme_retire", found.pk, offered="no")
    assert not Programme.objects.get(pk=found.pk).active
    sent(chong, "programme_retire", found.pk, offered="yes")
    sent(chong, "programme_retire", found.pk, offered="yes")

    assert Programme.objects.get(pk=found.pk).active
    actions = list(Entry.objects.values_list("action", flat=True))
    assert actions == ["catalogue.retire_programme", "catalogue.offer_programme"]


def test_a_plan_takes_a_course_once_and_lets_it_go(chong, uthm):
    found, course = cast.programme(uthm), cast.course(uthm, "BIT10303")

    assert sent(chong, "plan_add", found.pk, course_code="bit 10303", semester="2").status_code == 302
    assert "stands in the plan already" in errors(sent(chong, "plan_add", found.pk, course_code="BIT10303"))
    assert "No course has the code" in errors(sent(chong, "plan_add", found.pk, course_code="TIADA"))
    entry = found.plan.get()
    assert (entry.course, entry.semester) == (course, 2)
    assert "BIT10303" in cast.client_of(chong).get(place("programme", found.pk)).content.decode()
    sent(chong, "plan_remove", found.pk, entry.pk)
    assert not found.plan.exists()


# --- Courses ----------------------------------------------------------------------------------------


def test_a_course_is_added_with_outcomes_topics_and_experts(chong, own, fatimah):
    sent(chong, "course_new", **COURSE | own, experts=[fatimah.person_id])

    added = Course.objects.get(code="BIT 20303")
    assert list(added.outcomes.values_list("code", "text_ms")) == [("CLO1", "Menerangkan senarai berpaut")]
    assert list(added.topics.values_list("title_ms", "hours")) == [("Senarai", Decimal(6))]
    assert list(added.experts.all()) == [fatimah.person]
    assert Entry.objects.get().details["after"]["outcomes"] == [["CLO1", "Menerangkan senarai berpaut", ""]]


def test_outcomes_are_changed_removed_and_exchanged_in_one_go(chong, uthm, own):
    course = cast.course(uthm, "BIT20303", faculty=chong.faculty)
    one, two, three = course.outcomes.all()
    fields = COURSE | own | {
        "code": "BIT20303", "outcomes-TOTAL_FORMS": "4", "outcomes-INITIAL_FORMS": "3",
        "outcomes-0-id": one.pk, "outcomes-0-code": "CLO1", "outcomes-0-text_ms": "Satu", "outcomes-0-DELETE": "on",
        "outcomes-1-id": two.pk, "outcomes-1-code": "CLO2", "outcomes-1-text_ms": "Dua",
        "outcomes-2-id": three.pk, "outcomes-2-code": "CLO3", "outcomes-2-text_ms": three.text_ms,
        "outcomes-3-code": "CLO1", "outcomes-3-text_ms": "Satu baharu", "topics-0-position": "7",
    }  # fmt: skip

    answer = sent(chong, "course_edit", course.pk, **fields)

    assert answer.status_code == 302
    assert list(course.outcomes.values_list("code", "text_ms")) == [
        ("CLO1", "Satu baharu"), ("CLO2", "Dua"), ("CLO3", "Hasil pembelajaran 3 bagi BIT20303"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"credits": "-1"}, "Must be more than 0"),
        ({"credits": "tiga"}, "Enter a number"),
        ({"outcomes-0-code": "hasil"}, "for example CLO1"),
        ({"outcomes-0-text_ms": ""}, "This field is required"),
        (
            {"outcomes-1-code": "CLO1", "outcomes-1-text_ms": "x"},
            "Please correct the duplicate data for code",
        ),
        ({"topics-0-hours": "-2"}, "Must not be below 0"),
        ({"code": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_with_a_course_is_said_at_its_field(chong, own, wrong, words):
    assert words in errors(sent(chong, "course_new", **COURSE | own | wrong))
    assert Course.objects.count() == 0


def test_a_course_can_be_saved_to_add_more_rows(chong, own):
    answer = sent(chong, "course_new", **COURSE | own, more="1")

    assert answer["Location"] == place("course_edit", Course.objects.get().pk)


def test_an_outcome_that_was_judged_cannot_be_removed(chong, uthm, own, fatimah):
    from portal.matching.models import Comparison, Judgement, OutcomeJudgement, SourceSyllabus

    course = cast.course(uthm, "BIT20303", faculty=chong.faculty)
    one = course.outcomes.first()
    source = SourceSyllabus.objects.create(institution_name="PMM", codes="DFC1")
    comparison = Comparison.objects.create(institution=uthm, source=source, target=course)
    judgement = Judgement.objects.create(comparison=comparison, expert=fatimah)
    OutcomeJudgement.objects.create(judgement=judgement, outcome=one, covered=80)
    fields = COURSE | own | {
        "code": "BIT20303", "outcomes-TOTAL_FORMS": "1", "outcomes-INITIAL_FORMS": "1", "outcomes-0-id": one.pk,
        "outcomes-0-code": "CLO1", "outcomes-0-text_ms": "x", "outcomes-0-DELETE": "on", "name_ms": "Nama baharu",
        "topics-TOTAL_FORMS": "0",
    }  # fmt: skip

    assert "cannot be removed, because it is used" in errors(sent(chong, "course_edit", course.pk, **fields))
    assert Course.objects.get(pk=course.pk).name_ms != "Nama baharu"


def test_a_course_shows_its_syllabus(aminah, uthm):
    course = cast.course(uthm, "BIT20303")

    shown = cast.client_of(aminah).get(place("course", course.pk)).content.decode()

    assert "CLO2" in shown
    assert "Topik 1 bagi BIT20303" in shown
    assert ">12<" in shown  # hours of the topics in all


# --- Scales -----------------------------------------------------------------------------------------


def test_a_scale_is_added_by_the_administrator(osman):
    sent(osman, "scale_new", **SCALE)

    scale = GradingScale.objects.get()
    assert list(scale.grades.values_list("label", "position", "equal_to")) == [("A", 1, "A"), ("B", 2, "B")]
    assert Entry.objects.get().details["after"]["grades"][0][0] == "A"
    assert "Skala UTHM" in cast.client_of(osman).get(place("scale", scale.pk)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"grades-1-lowest_mark": "81"}, "The best grade stands first"),
        ({"grades-1-points": "4.1"}, "The best grade stands first"),
        ({"grades-1-equal_to": "A+"}, "cannot equal a better one"),
        ({"grades-1-equal_to": ""}, "This field is required"),
        (
            {
                "grades-1-label": "",
                "grades-1-lowest_mark": "",
                "grades-1-points": "",
                "grades-1-equal_to": "",
            },
            "two grades",
        ),
    ],
)
def test_what_is_wrong_with_a_scale_is_said(osman, wrong, words):
    assert words in errors(sent(osman, "scale_new", **SCALE | wrong))
    assert GradingScale.objects.count() == 0


def test_a_scale_is_in_force_once_from_a_day(osman):
    sent(osman, "scale_new", **SCALE)

    assert "in force from this day already" in errors(sent(osman, "scale_new", **SCALE))


def test_a_grade_that_results_have_cannot_be_removed(osman, aminah, uthm):
    sent(osman, "scale_new", **SCALE)
    scale = GradingScale.objects.get()
    ScaleGrade.objects.create(scale=scale, label="C", position=3, equal_to="C")
    student = cast.student_of(aminah)
    CourseResult.objects.create(
        student=student,
        course=cast.course(uthm),
        semester=student.intake,
        grade="C",
        completed_on=date(2026, 2, 1),
    )
    ids = {f"grades-{n}-id": grade.pk for n, grade in enumerate(scale.grades.all())}
    row = {
        "grades-2-label": "C",
        "grades-2-equal_to": "C",
        "grades-2-DELETE": "on",
        "grades-INITIAL_FORMS": "3",
    }

    assert "Results have the grade C" in errors(sent(osman, "scale_edit", scale.pk, **SCALE | ids | row))
    assert scale.grades.count() == 3


# --- Students ---------------------------------------------------------------------------------------


def test_a_students_record_is_changed(chong, aminah):
    student = cast.student_of(aminah)
    fields = {
        "matric": " ai 260001 ", "programme": student.programme_id, "intake": student.intake_id, "status": "deferred",
        "standing": "good", "cgpa": "3.25", "final_semester": "false",
    }  # fmt: skip

    sent(chong, "student_edit", student.pk, **fields)

    student.refresh_from_db()
    assert (student.matric, student.status, student.cgpa) == ("AI260001", "deferred", Decimal("3.25"))
    assert student.final_semester is False


@pytest.mark.parametrize(
    ("wrong", "words"), [({"cgpa": "4.5"}, "4"), ({"matric": "X1"}, "X1 is the number of Zain")]
)
def test_what_is_wrong_with_a_record_is_said(chong, aminah, zain, wrong, words):
    student, other = cast.student_of(aminah), cast.student_of(zain)
    other.matric = "X1"
    other.save()
    fields = {
        "matric": "A1",
        "programme": student.programme_id,
        "intake": student.intake_id,
        "status": "active",
    }

    assert words in errors(sent(chong, "student_edit", student.pk, **fields | wrong))


def test_results_are_added_changed_and_removed(chong, aminah, osman, uthm):
    sent(osman, "scale_new", **SCALE)
    student, course = cast.student_of(aminah), cast.course(uthm, "BIT10303")
    fields = {
        "course_code": "bit 10303",
        "semester": student.intake_id,
        "grade": "a",
        "completed_on": "2027-02-01",
    }

    assert sent(chong, "result_new", student.pk, **fields).status_code == 302
    assert "recorded for this semester already" in errors(sent(chong, "result_new", student.pk, **fields))
    result = student.results.get()
    assert (result.course, result.grade) == (course, "A")
    told = errors(sent(chong, "result_edit", student.pk, result.pk, **fields | {"grade": "Z"}))
    assert "Z is not on the grading scale: A, B." in told
    assert sent(chong, "result_edit", student.pk, result.pk, **fields | {"grade": "B"}).status_code == 302
    assert "B" in cast.client_of(aminah).get(place("student", student.pk)).content.decode()
    sent(chong, "result_remove", student.pk, result.pk)
    assert not student.results.exists()
    assert Entry.objects.last().details["before"]["grade"] == "B"


# --- Choosing a course ------------------------------------------------------------------------------


def test_courses_are_offered_while_one_types_and_on_a_page_of_their_own(aminah, uthm):
    cast.course(uthm, "BIT10303")
    cast.course(uthm, "BIT99999", active=False)
    client, where = cast.client_of(aminah), place("course_options")

    part = client.get(
        where, {"q": "bit", "field": "id_target"}, headers={"HX-Request": "true"}
    ).content.decode()
    page = client.get(where, {"q": "bit"}).content.decode()

    assert 'role="option"' in part
    assert 'data-code="BIT10303"' in part
    assert "<html" not in part
    assert "BIT99999" not in part
    assert "<html" in page
    assert "BIT10303" in page


def test_courses_of_a_plan_are_offered_where_a_programme_is_named(aminah, uthm):
    programme, inside = cast.programme(uthm), cast.course(uthm, "BIT10303")
    cast.course(uthm, "BIT20303")
    programme.plan.create(course=inside)

    offered = cast.client_of(aminah).get(place("course_options"), {"q": "BIT", "programme": programme.pk})

    assert "BIT10303" in offered.content.decode()
    assert "BIT20303" not in offered.content.decode()


# --- Access -----------------------------------------------------------------------------------------


@pytest.fixture
def things(uthm, chong, aminah):
    """One of each of UTHM's, with the routes that show and change it."""
    programme, course = cast.programme(uthm), cast.course(uthm, "BIT10303", faculty=chong.faculty)
    scale = GradingScale.objects.create(institution=uthm, name="Skala", in_force_on=date(2020, 1, 1))
    student = cast.student_of(aminah)
    entry = programme.plan.create(course=course)
    result = CourseResult.objects.create(
        student=student, course=course, semester=student.intake, grade="A", completed_on=date(2026, 2, 1)
    )
    return {
        "programme": (programme.pk,), "programme_edit": (programme.pk,), "programme_retire": (programme.pk,),
        "plan_add": (programme.pk,), "plan_remove": (programme.pk, entry.pk), "course": (course.pk,),
        "course_edit": (course.pk,), "course_retire": (course.pk,), "scale": (scale.pk,), "scale_edit": (scale.pk,),
        "student": (student.pk,), "student_edit": (student.pk,), "result_new": (student.pk,),
        "result_edit": (student.pk, result.pk), "result_remove": (student.pk, result.pk),
    }  # fmt: skip


SHOWN_TO_ALL = {"programme", "course", "scale"}
NEW = ("programme_new", "course_new", "scale_new")


def statuses(acting, things) -> dict[str, int]:
    client = cast.client_of(acting)
    return {name: client.get(place(name, *args)).status_code for name, args in things.items()}


def test_things_of_another_institution_are_not_found(things, yap):
    assert set(statuses(yap, things).values()) == {404}
    client = cast.client_of(yap)
    assert {client.post(place(name, *args)).status_code for name, args in things.items()} <= {404, 405}


def test_the_administrator_may_all_and_the_faculty_office_all_but_scales(things, osman, chong):
    assert set(statuses(osman, things).values()) == {200}
    assert statuses(chong, things) == dict.fromkeys(things, 200) | {"scale_edit": 403}


@pytest.mark.parametrize("key", ["bakar", "halimah", "hassan", "nathan"])
def test_who_reads_students_changes_nothing(things, key):
    found = statuses(cast.appear(key), things)

    assert {name for name, status in found.items() if status == 200} == {*SHOWN_TO_ALL, "student"}
    assert {status for status in found.values() if status != 200} == {403}


@pytest.mark.parametrize("key", ["fatimah", "jamilah", "kumar", "latifah", "mariam", "zain", "ismail"])
def test_others_read_the_catalogue_and_no_student_but_themselves(things, key):
    found = statuses(cast.appear(key), things)

    assert {name for name, status in found.items() if status == 200} == SHOWN_TO_ALL
    assert {status for name, status in found.items() if "student" in name or "result" in name} == {404}


def test_another_facultys_office_reads_and_changes_nothing(things, uthm):
    other = cast.appointment(cast.person("siti"), "faculty_office", uthm, cast.faculty("FKAAB"))
    found = statuses(other, things)

    assert {name for name, status in found.items() if status == 200} == SHOWN_TO_ALL
    pk = things["programme"][0]
    fields = PROGRAMME | {"faculty": other.faculty_id}
    assert sent(other, "programme_edit", pk, **fields).status_code == 403


def test_an_office_cannot_give_a_course_to_another_faculty(chong):
    elsewhere = cast.faculty("FKAAB").pk

    assert "Select a valid choice" in errors(sent(chong, "course_new", **COURSE, faculty=elsewhere))


@pytest.mark.parametrize("name", NEW)
def test_adding_is_refused_to_those_who_only_read(aminah, bakar, name):
    assert cast.client_of(aminah).get(place(name)).status_code == 403
    assert cast.client_of(bakar).post(place(name), {}).status_code == 403


def test_a_wrong_method_is_refused(osman, things):
    client = cast.client_of(osman)

    assert {client.delete(place(name, *args)).status_code for name, args in things.items()} == {405}
