"""Goals of learners, registered courses and what was earned, for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.catalogue.models import Course, Programme, ProgrammeCourse
from portal.credentials.models import Achievement, Credential
from portal.institutions.models import Institution
from portal.proposals.models import Kind, Proposal
from portal.stacking.models import Goal, Outside

BORN = date(2000, 5, 17)


def programme(at: Institution, **fields: Any) -> Programme:
    """An accredited bachelor's programme of 120 credits."""
    found = cast.programme(at)
    found.mqa_accredited = True
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    return found


def component(of: Programme, code: str = "TMF1014", credits: int = 4) -> Course:
    """A course in the plan of a programme."""
    course = cast.course(of.institution, code, credits=credits, name_ms=f"Kursus {code}")
    ProgrammeCourse.objects.get_or_create(programme=of, course=course)
    return course


def registered(of: Programme, code: str = "TMF1014", credits: int = 4, **fields: Any) -> Proposal:
    """A registered micro-credential of a component of the programme."""
    original = component(of, code, credits)
    achievement = made.course(
        of.institution,
        code=f"{code}MC",
        name_ms=f"Pentauliahan Mikro {code}",
        name_en=f"Micro-Credential in {code}",
        credits=Decimal(credits),
    )
    given: dict[str, Any] = {
        "reference": f"P-{code}",
        "kind": Kind.ACCREDITED,
        "original": original,
        "faculty": of.faculty or cast.faculty("FCSIT"),
        "developer": cast.appear("laila").person,
        "policy": of.institution.policy,
        "state": "registered",
        "code": f"{code}MC",
        "name_ms": achievement.name_ms,
        "name_en": achievement.name_en,
    }
    return Proposal.objects.create(institution=of.institution, achievement=achievement, **given | fields)


def award(learner: Appointment, of: Achievement) -> Credential:
    """A credential in effect of a course."""
    issuer = cast.appear("salleh")
    (credential, *_rest) = made.issued(issuer, 1, of)
    credential.person = learner.person
    credential.save()
    return credential


def goal(of: Appointment, in_programme: Programme, **fields: Any) -> Goal:
    """A goal of a learner."""
    return Goal.objects.get_or_create(person=of.person, programme=in_programme, defaults=fields)[0]


def elsewhere(of: Appointment, credits: int = 3, **fields: Any) -> Outside:
    """A micro-credential of another institution."""
    given: dict[str, Any] = {
        "title": "Analitik Data",
        "institution_name": "Universiti Contoh",
        "origin": Outside.Origin.STAND_ALONE,
        "completed_on": date(2025, 6, 1),
    }
    return Outside.objects.create(person=of.person, credits=Decimal(credits), **given | fields)
