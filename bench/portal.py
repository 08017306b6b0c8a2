"""The portal's busiest pages at 100,000 applications, beside a page of the same framework that does nothing.

    python bench/portal.py [--applications 100000] [--requests 200]

A PostgreSQL of its own is started, filled and thrown away. Requests go through the whole stack, middleware
and templates, in this process; what is compared is their time beside that of ``/healthz`` in the same run.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # this folder would hide the package of the same name
BATCH = 5_000
FACULTIES, COURSES, CLAIMS = 10, 60, 3
TAKEN = {"institution": "UTHM"}
STATES = (
    "document_check",
    "mapping",
    "recommendation",
    "decision",
    "decided",
    "decided",
    "decided",
    "withdrawn",
)


def main() -> None:
    """Fill a database, measure each page, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--applications", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=200)
    asked = parser.parse_args()
    from tests.postgresql import serving

    with serving() as server:
        os.environ |= {
            "TAULIAH_DATABASE": server.address(),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "TAULIAH_HOSTS": "testserver",
        }
        os.environ.setdefault("TAULIAH_LOG_LEVEL", "ERROR")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        began = time.perf_counter()
        place = fill(asked.applications)
        print(
            f"{asked.applications:,} applications, {CLAIMS} claims each, filled in {time.perf_counter() - began:.0f} s"
        )
        report(measure(place, asked.requests))


def fill(number: int) -> Any:
    """Keep an institution with so many applications; return one application in the middle."""
    from django.db import connection
    from django.utils import timezone
    from tests.portal import cast

    from portal.accounts.models import Person
    from portal.accounts.roles import Role
    from portal.applications.models import Application, Claim, Source
    from portal.catalogue.models import Student

    where = cast.institution("UTHM")
    programmes = [
        cast.programme(where, f"P{n:02}", faculty=cast.faculty(f"F{n:02}", where)) for n in range(FACULTIES)
    ]
    courses = [cast.course(where, f"BIT{n:03}03") for n in range(COURSES)]
    now, today = timezone.now(), timezone.localdate()
    intake = cast.semester(where)
    for start in range(0, number, BATCH):
        rows = range(start, min(start + BATCH, number))
        people = Person.objects.bulk_create(
            Person(email=f"s{n}@uthm.example", name=f"Pelajar Nombor {n}", password="!") for n in rows
        )
        students = Student.objects.bulk_create(
            Student(person=p, programme=programmes[n % FACULTIES], matric=f"AI{n:06}", intake=intake)
            for n, p in zip(rows, people, strict=True)
        )
        applications = Application.objects.bulk_create(
            Application(
                reference=f"PK/UTHM/{n:07}",
                institution=where,
                faculty=programmes[n % FACULTIES].faculty,
                student=s,
                programme=programmes[n % FACULTIES],
                policy="uthm",
                state=STATES[n % len(STATES)],
                submitted_at=now,
                applied_on=today,
                due_on=today + timedelta(days=n % 30 - 10),
            )
            for n, s in zip(rows, students, strict=True)
        )
        claims = Claim.objects.bulk_create(
            Claim(application=a, position=p, target=courses[(a.pk + p) % COURSES], basis="same_institution")
            for a in applications
            for p in range(CLAIMS)
        )
        Source.objects.bulk_create(
            Source(claim=c, position=0, code="DIT2013", credits=Decimal(3), grade="B", details=TAKEN)
            for c in claims
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cast.appointment(cast.person("bakar"), Role.PROGRAMME_COORDINATOR, where, programmes[0].faculty)
    cast.appointment(cast.person("nathan"), Role.AUDITOR, where)
    return judged(where, number)


def judged(where: Any, number: int) -> Any:
    """Return an application in the middle, evaluated as the engine does at submission."""
    from portal.applications.actions.judging import judge
    from portal.applications.models import Application

    found = Application.objects.filter(institution=where, faculty__code="F00", state="document_check")
    middle = found.order_by("pk")[found.count() // 2]
    judge(middle)
    return middle


def measure(application: Any, requests: int) -> dict[str, list[float]]:
    """Return the seconds of each request to each page."""
    from tests.portal.cast import client_of
    from tests.portal.conftest import fields_of

    from portal.accounts.models import Appointment
    from portal.transfer.example import example_entry

    coordinator = client_of(Appointment.objects.get(person__email__startswith="bakar"))
    auditor = client_of(Appointment.objects.get(person__email__startswith="nathan"))
    form = fields_of(example_entry())
    pages: dict[str, Callable[[], Any]] = {
        "nothing (/healthz)": lambda: coordinator.get("/healthz"),
        "queue, one faculty": lambda: coordinator.get("/applications/queue/"),
        "queue, whole institution": lambda: auditor.get("/applications/queue/", {"show": "all"}),
        "queue, search by name": lambda: auditor.get(
            "/applications/queue/", {"show": "all", "words": "Nombor 777"}
        ),
        "application": lambda: coordinator.get(f"/applications/{application.pk}/file/"),
        "live evaluation": lambda: coordinator.post("/transfer/check/", form),
    }
    return {name: timed(page, requests) for name, page in pages.items()}


def timed(page: Callable[[], Any], requests: int) -> list[float]:
    """Return the seconds of so many requests, after one that warms up; a page that fails is no result."""
    assert page().status_code == 200
    seconds = []
    for _ in range(requests):
        began = time.perf_counter()
        page()
        seconds.append(time.perf_counter() - began)
    return seconds


def report(measured: dict[str, list[float]]) -> None:
    """Print requests a second, median and 95th percentile, and how many times nothing each page takes."""
    nothing = statistics.median(measured["nothing (/healthz)"])
    print(f"{'page':28}{'requests/s':>12}{'median ms':>12}{'p95 ms':>10}{'times nothing':>15}")
    for name, seconds in measured.items():
        median, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        print(
            f"{name:28}{len(seconds) / sum(seconds):>12.0f}{median * 1000:>12.1f}{p95 * 1000:>10.1f}"
            f"{median / nothing:>15.1f}"
        )


if __name__ == "__main__":
    main()
