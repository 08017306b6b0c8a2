"""Institutions with faculties, calendars around today, grading scales and programmes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from portal.catalogue.models import GradingScale, Programme, ScaleGrade
from portal.demonstration.reading import data
from portal.institutions.models import Faculty, Institution, Semester

SEMESTERS_BEFORE = 8
DAYS_BEGUN = 10
"""How long the current semester has run: the windows of its first weeks are open."""
HALF_A_YEAR, WEEKS = timedelta(days=182), timedelta(weeks=18)
SCALES = {"MY": ("malaysia", "Skala gred Malaysia"), "GB": ("united_kingdom", "Honours classification")}


def make_institutions(today: date) -> dict[str, Institution]:
    """Make every institution with what belongs to it, by short name."""
    made = {}
    for code, told in data("institutions").items():
        made[code] = institution = Institution.objects.create(
            code=code,
            name_ms=told["name"]["ms"],
            name_en=told["name"]["en"],
            policy=told.get("policy", ""),
            country=told.get("country", "MY"),
            colour=told["colour"],
            address=told.get("address", ""),
            email=f"akademik@{code.lower()}.example",
        )
        faculties = make_faculties(institution, told.get("faculties", {}))
        make_calendar(institution, today)
        make_scale(institution)
        make_programmes(institution, faculties, told.get("programmes", ()))
    return made


def make_faculties(institution: Institution, told: dict[str, Any]) -> dict[str, Faculty]:
    """Make the faculties and centres of an institution."""
    return {
        code: Faculty.objects.create(
            institution=institution,
            code=code,
            name_ms=names["ms"],
            name_en=names["en"],
            is_centre=bool(names.get("centre")),
            email=f"{code.lower()}@{institution.code.lower()}.example",
        )
        for code, names in told.items()
    }


def make_calendar(institution: Institution, today: date) -> None:
    """Make the semesters of four years before today and the next one; the current one has just begun."""
    began = today - timedelta(days=DAYS_BEGUN)
    year = began.year if began.month >= 7 else began.year - 1
    Semester.objects.bulk_create(
        Semester(
            institution=institution,
            code=semester_code(year, number),
            starts_on=began + number * HALF_A_YEAR,
            ends_on=began + number * HALF_A_YEAR + WEEKS,
        )
        for number in range(-SEMESTERS_BEFORE, 2)
    )


def semester_code(year: int, number: int) -> str:
    """Return the code of the semester so many after the current one: 20262027-1."""
    first = year + number // 2
    return f"{first}{first + 1}-{number % 2 + 1}"


def make_scale(institution: Institution) -> None:
    """Make the grading scale of the institution's country, with its equals."""
    key, name = SCALES[institution.country]
    scale = GradingScale.objects.create(institution=institution, name=name, in_force_on=date(2015, 1, 1))
    ScaleGrade.objects.bulk_create(
        ScaleGrade(
            scale=scale,
            label=label.partition(" ")[0],
            position=position,
            lowest_mark=Decimal(lowest),
            points=None if points is None else Decimal(points),
            equal_to=equal,
        )
        for position, (label, lowest, points, equal) in enumerate(data("scales")[key], start=1)
    )


def make_programmes(institution: Institution, faculties: dict[str, Faculty], told: Any) -> None:
    """Make the programmes of an institution."""
    Programme.objects.bulk_create(
        Programme(
            institution=institution,
            faculty=faculties.get(faculty),
            code=code,
            name_ms=name_ms,
            name_en=name_en,
            level=level,
            mode=mode,
            graduating_credits=Decimal(credits),
            coursework_credits=Decimal(credits) / 2 if mode == "mixed" else None,
            duration_years=Decimal(str(years)),
            mqa_accredited=True,
            mqr_code=f"MQA/FA{abs(sum(map(ord, code))):05}" if institution.country == "MY" else "",
        )
        for code, faculty, name_ms, name_en, level, mode, credits, years in told
    )
