"""A transcript at once: read, suggested, corrected row by row, and only then kept."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.applicant import claimed, diploma, draft, planned, scale

from portal.accounts.models import Appointment
from portal.applications.models import Application, PriorStudy
from portal.catalogue.models import Course
from portal.matching.models import Comparison, Precedent, SourceSyllabus
from tauliah.files.spreadsheets import Page, write_workbook

pytestmark = pytest.mark.django_db


def precedent(target: Course, codes: str, **fields: Any) -> Precedent:
    """A comparison that was settled before."""
    source = SourceSyllabus.objects.create(institution_name="Politeknik Merlimau", codes=codes)
    comparison = Comparison.objects.create(
        institution=target.institution,
        source=source,
        target=target,
        overlap=Decimal(86),
        settled_at=timezone.now(),
    )
    standard = {"accepted": True, "valid_from": date(2025, 5, 3)}
    return Precedent.objects.create(comparison=comparison, **(standard | fields))


def read(who: Appointment, application: Application, study: PriorStudy, text: str = "", **more: Any) -> Any:
    form = {"action": "read", "study": study.pk, "text": text, "version": application.version} | more
    return cast.client_of(who, "en").post(f"/applications/{application.pk}/table/", form)


def rows_of(study: PriorStudy, *rows: tuple[str, ...]) -> dict[str, str]:
    names = ("code", "title", "credits", "original_grade", "completed_on", "target")
    form = {"action": "keep", "study": str(study.pk), "version": "1"}
    for number, row in enumerate(rows):
        form |= {f"rows[{number}].{name}": value for name, value in zip(names, row, strict=True)}
    return form


PASTED = "Kod Kursus\tNama Kursus\tKredit\tGred\tTarikh Tamat\nDIT10103\tPengaturcaraan\t3\tB\t30/5/2025\n"


def test_pasted_cells_are_read_by_their_headings(aminah: Appointment) -> None:
    planned(aminah, "BIT10303")
    page = read(aminah, draft(aminah), diploma(aminah), PASTED).content.decode()

    for value in ("DIT10103", "Pengaturcaraan", "30/5/2025"):
        assert f'value="{value}"' in page


def test_a_workbook_is_read_too(aminah: Appointment) -> None:
    planned(aminah, "BIT10303")
    out = io.BytesIO()
    write_workbook([Page("Transkrip", ["code", "credits", "grade"], [["DIT10103", 3, "B"]])], out)
    file = SimpleUploadedFile("transkrip.xlsx", out.getvalue())
    page = read(aminah, draft(aminah), diploma(aminah), table=file).content.decode()

    assert 'value="DIT10103"' in page
    assert 'value="3"' in page


def test_what_was_accepted_before_is_suggested(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    precedent(course, "dit10103")
    page = read(aminah, draft(aminah), diploma(aminah), PASTED).content.decode()

    assert 'value="BIT10303"' in page


@pytest.mark.parametrize(
    "fields", [{"active": False}, {"accepted": False}, {"valid_until": date(2025, 12, 31)}]
)
def test_what_no_longer_counts_is_not_suggested(aminah: Appointment, fields: dict[str, Any]) -> None:
    (course,) = planned(aminah, "BIT10303")
    precedent(course, "DIT10103", **fields)
    page = read(aminah, draft(aminah), diploma(aminah), PASTED).content.decode()

    assert 'value="BIT10303" id' not in page
    assert 'name="rows[0].target" id="rows-0-target" value=""' in page


def test_rows_become_claims_on_their_precedents_and_combinations(aminah: Appointment) -> None:
    first, second = planned(aminah, "BIT10303", "BIT20303")
    scale()
    settled = precedent(first, "DIT10103")
    application, study = draft(aminah), diploma(aminah)
    form = rows_of(
        study,
        ("DIT10103", "Satu", "3", "B", "2025-05-30", "bit10303"),
        ("DIT20203", "Dua", "2", "A", "2025-05-30", "BIT20303"),
        ("DIT20303", "Tiga", "2", "A", "2025-05-30", "BIT20303"),
        ("DIT90000", "Kokurikulum", "1", "A", "2025-05-30", ""),
    )
    answer = cast.client_of(aminah).post(f"/applications/{application.pk}/table/", form)

    assert answer.status_code == 302
    one, two = application.claims.order_by("position")
    assert (one.target, one.comparison) == (first, settled.comparison)
    assert [(s.code, s.grade, s.original_grade) for s in one.sources.all()] == [("DIT10103", "B+", "B")]
    assert [s.code for s in two.sources.all()] == ["DIT20203", "DIT20303"]
    assert two.target == second


def test_one_bad_row_keeps_all_back_and_is_shown_at_its_cell(aminah: Appointment) -> None:
    planned(aminah, "BIT10303", "BIT20303")
    application, study = draft(aminah), diploma(aminah)
    form = rows_of(
        study,
        ("DIT10103", "Satu", "3", "B", "2025-05-30", "BIT10303"),
        ("DIT20203", "Dua", "tiga", "B", "2025-13-01", "BIT20303"),
        ("DIT30203", "Tiga", "3", "B", "2025-05-30", "BIT99999"),
    )
    answer = cast.client_of(aminah, "en").post(f"/applications/{application.pk}/table/", form)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "2 rows need correcting" in page
    for place in ("rows-1-credits-error", "rows-1-completed_on-error", "rows-2-target-error"):
        assert f'id="{place}"' in page
    assert "rows-0-credits-error" not in page
    assert 'value="tiga"' in page
    assert not application.claims.exists()


def test_a_transcript_of_three_hundred_courses(
    aminah: Appointment, django_assert_max_num_queries: Any
) -> None:
    codes = [f"BIT{n:05}" for n in range(60)]
    planned(aminah, *codes)
    application, study = draft(aminah), diploma(aminah)
    text = "\n".join(
        f"DIT{n:05}\tKursus {n}\t3\tB\t2025-05-30\t{codes[n] if n < 60 else ''}" for n in range(300)
    )
    shown = read(aminah, application, study, text)
    assert shown.status_code == 200
    assert shown.content.decode().count("<tr>") == 301

    form = rows_of(
        study,
        *(
            (f"DIT{n:05}", f"Kursus {n}", "3", "B", "2025-05-30", codes[n] if n < 60 else "")
            for n in range(300)
        ),
    )
    with django_assert_max_num_queries(600):
        answer = cast.client_of(aminah).post(f"/applications/{application.pk}/table/", form)

    assert answer.status_code == 302
    assert application.claims.count() == 60


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("\n\n", "empty"), ("a\tb\n" * 401, "401 rows; 400 at most")],
)
def test_what_is_no_table_is_said_to_be_none(aminah: Appointment, text: str, words: str) -> None:
    answer = read(aminah, draft(aminah), diploma(aminah), text)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_study_is_needed_first(aminah: Appointment) -> None:
    application = draft(aminah)
    diploma(aminah)
    form = {"action": "read", "study": "", "text": PASTED}
    answer = cast.client_of(aminah, "en").post(f"/applications/{application.pk}/table/", form)

    assert answer.status_code == 422
    assert "Choose the study" in answer.content.decode()
    assert "DIT10103" in answer.content.decode()


def test_a_course_claimed_already_is_refused(aminah: Appointment) -> None:
    (course,) = planned(aminah, "BIT10303")
    application, study = draft(aminah), diploma(aminah)
    claimed(application, course, study)
    form = rows_of(study, ("DIT10103", "Satu", "3", "B", "2025-05-30", "BIT10303"))
    answer = cast.client_of(aminah, "en").post(f"/applications/{application.pk}/table/", form)

    assert answer.status_code == 422
    assert "claimed in this application already" in answer.content.decode()
    assert application.claims.count() == 1
