"""Offerings for tests: announced, running with learners and assessments, and graded with its sheet.

``running_offering`` and ``graded_offering`` are at UNIMAS unless another institution is named; who teaches,
runs and learns is of the cast.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.catalogue.models import GradingScale, ScaleGrade
from portal.institutions.models import Institution
from portal.offerings.actions.marking import enter_mark
from portal.offerings.models import Assessment, Enrolment, Material, Offering, ResultSheet, Teacher
from portal.proposals.models import Proposal

PEOPLE = {
    "UNIMAS": ("laila", "salleh", "FCSIT", "unimas"),
    "UTM": ("yusuf", "zarina", "FC", "utm"),
    "UTHM": ("azlina", "kumar", "FSKTM", "uthm"),
}
"""Who teaches and who is the centre, the faculty, and the policy."""
STEPS = (
    ("A+", 90), ("A", 80), ("A-", 75), ("B+", 70), ("B", 65), ("B-", 60), ("C+", 55), ("C", 50), ("D", 40),
    ("F", 0),
)  # fmt: skip
OUTCOMES = [
    {"code": "CLO1", "ms": "Menerangkan seni bina IoT.", "en": "Explain the architecture of IoT."},
    {"code": "CLO2", "ms": "Membina prototaip.", "en": "Build a prototype."},
]
UNITS = [
    {
        "title_ms": "Peranti dan sensor",
        "title_en": "Devices and sensors",
        "outcomes": ["CLO1"],
        "assessed": True,
    },
    {"title_ms": "Rangkaian", "title_en": "Networks", "outcomes": ["CLO2"], "assessed": True},
]


def scale_of(institution: Institution) -> GradingScale:
    """The institution’s grading scale with its lowest marks."""
    scale, new = GradingScale.objects.get_or_create(
        institution=institution, name="Skala gred", in_force_on=date(2020, 1, 1)
    )
    if new:
        ScaleGrade.objects.bulk_create(
            ScaleGrade(scale=scale, label=label, position=place, lowest_mark=lowest, equal_to=label)
            for place, (label, lowest) in enumerate(STEPS, start=1)
        )
    return scale


def registered(at: str = "UNIMAS", *, kind: str = "stand_alone", code: str = "", **fields: Any) -> Proposal:
    """A registered course with units, outcomes and the description of its certificate."""
    lecturer, _centre, where, policy = PEOPLE[at]
    institution, number = cast.institution(at), Proposal.objects.count() + 1
    code = code or f"MC{number:03}"
    given: dict[str, Any] = {
        "faculty": cast.faculty(where),
        "policy": policy,
        "state": "registered",
        "reference": f"{at}/KP/2026/{number:06}",
        "kind": kind,
        "name_ms": "Asas Internet Benda",
        "name_en": "Fundamentals of the Internet of Things",
        "developer": cast.appear(lecturer).person,
        "submitted_at": timezone.now(),
        "registered_at": timezone.now(),
        "achievement": made.course(
            institution, code=code, kind="mooc" if kind == "mooc" else "micro_credential"
        ),
        "content": {"outcomes": OUTCOMES, "units": UNITS, "synopsis_ms": "Peranti, sensor dan rangkaian."},
    }
    return Proposal.objects.create(institution=institution, code=code, **given | fields)


def offering(at: str = "UNIMAS", proposal: Proposal | None = None, **fields: Any) -> Offering:
    """An announced offering that begins in two weeks, with instructor and assessments."""
    lecturer, centre, _where, policy = PEOPLE[at]
    course = proposal or registered(at)
    today = timezone.localdate()
    scale_of(course.institution)
    given: dict[str, Any] = {
        "policy": policy,
        "state": "announced",
        "cohort": f"2026/{Offering.objects.count() + 1}",
        "mode": Offering.Mode.FIXED,
        "starts_on": today + timedelta(days=14),
        "ends_on": today + timedelta(days=74),
        "final_due_on": today + timedelta(days=70),
        "announced_on": today,
        "made_by": cast.appear(centre),
    }
    there = Offering.objects.create(
        institution=course.institution, faculty=course.faculty, proposal=course, **given | fields
    )
    Teacher.objects.create(offering=there, person=cast.appear(lecturer).person, part=Teacher.Part.INSTRUCTOR)
    Assessment.objects.bulk_create(
        [
            Assessment(
                offering=there, position=1, name="Kuiz", type="continuous", form="quiz", percent=Decimal(40),
                outcomes=["CLO1"], attempts=3, due_on=(there.starts_on or today) + timedelta(days=20),
            ),
            Assessment(
                offering=there, position=2, name="Projek", type="final", form="project", percent=Decimal(60),
                outcomes=["CLO1", "CLO2"], due_on=there.final_due_on,
            ),
        ]
    )  # fmt: skip
    return there


def learner(number: int, at: str = "UNIMAS") -> Person:
    """A learner from outside, with an account."""
    person = cast.person(f"pelajar{number}", f"Pelajar Contoh {number}", at)
    cast.appointment(person, Role.EXTERNAL_LEARNER, None)
    return person


def running_offering(
    at: str = "UNIMAS", *, learners: int = 2, proposal: Proposal | None = None, **fields: Any
) -> Offering:
    """A running offering with learners who take part, and materials in both units."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "state": "running",
        "starts_on": today - timedelta(days=60),
        "ends_on": today + timedelta(days=7),
        "final_due_on": today - timedelta(days=3),
        "announced_on": today - timedelta(days=80),
    }
    there = offering(at, proposal, **given | fields)
    for number in range(1, learners + 1):
        joined(there, learner(number, at))
    for unit in (1, 2):
        Material.objects.get_or_create(
            proposal=there.proposal, unit=unit, position=1, kind="page", title=f"Halaman {unit}",
            defaults={"text": "**Selamat datang**", "own_work": True, "added_by": there.made_by.person},
        )  # fmt: skip
    return there


def joined(there: Offering, person: Person, **fields: Any) -> Enrolment:
    """Somebody who takes part."""
    given: dict[str, Any] = {"state": Enrolment.State.ACTIVE, "active_at": timezone.now()}
    made_now, _new = Enrolment.objects.get_or_create(offering=there, person=person, defaults=given | fields)
    return made_now


def marked(there: Offering, marks: tuple[str, ...] = ("85", "45")) -> None:
    """Give each learner, in the order of joining, the same mark in every assessment."""
    instructor = cast.appear(PEOPLE[there.institution.code][0])
    learners = there.enrolments.filter(state=Enrolment.State.ACTIVE).order_by("pk")
    for place, enrolment in enumerate(learners):
        for assessment in there.assessments.all():
            enter_mark(instructor, assessment, enrolment, marks[place % len(marks)])


def graded_offering(
    at: str = "UNIMAS", *, marks: tuple[str, ...] = ("85", "45"), **fields: Any
) -> tuple[Offering, ResultSheet]:
    """A running offering whose learners have every mark, and its sheet ready to be handed on."""
    from portal.offerings.actions.results import open_sheet

    there = running_offering(at, learners=fields.pop("learners", len(marks)), **fields)
    marked(there, marks)
    instructor: Appointment = cast.appear(PEOPLE[at][0])
    return there, open_sheet(instructor, there)


def confirmed_sheet(at: str = "UNIMAS", **fields: Any) -> ResultSheet:
    """Results that were confirmed: by the committee and the Senate, or by the SME."""
    from portal.offerings.actions.results import submit

    _there, sheet = graded_offering(at, **fields)
    return confirm(submit(cast.appear(PEOPLE[at][0]), sheet, version=sheet.version), at)


def confirm(sheet: ResultSheet, at: str = "UNIMAS") -> ResultSheet:
    """Have those confirm a sheet who do so after the instructor."""
    from portal.offerings.process import RESULTS

    if sheet.state == "centre_check":
        held = RESULTS.locked(sheet, None)
        sheet = RESULTS.take(cast.appear(PEOPLE[at][1]), held, "put_forward")
        for _committee in ("jppeu", "senate"):
            decide(sheet, "approved")
            sheet = ResultSheet.objects.get(pk=sheet.pk)
    elif sheet.state == "report_check":
        sheet = RESULTS.take(cast.appear(PEOPLE[at][1]), RESULTS.locked(sheet, None), "confirm")
    return sheet


def decide(sheet: ResultSheet, decision: str) -> None:
    """Record what the committee whose turn it is decided."""
    from portal.approvals.models import Item
    from portal.approvals.signals import decided

    item = Item.objects.get(kind="results", subject=sheet.pk, decision="", withdrawn_at=None)
    item.decision, item.decided_on = decision, timezone.localdate()
    with transaction.atomic():
        item.save()
        decided.send(Item, item=item, acting=None)
