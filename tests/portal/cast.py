"""The people of the portal's tests and what they work with: made when a test names them, and not before.

Aminah applies, Bakar coordinates, Chong is the faculty's office, Devi is from another university; ``CAST``
has everybody. Each name is also a fixture that gives the person's appointment; a student's record is
``student_of(aminah)``. The makers below find what is there already, so asking twice gives the same row.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.test import Client

from portal.accounts.acting import SESSION_KEY
from portal.accounts.models import Appointment, Person
from portal.accounts.roles import LEARNERS, Role
from portal.catalogue.models import Course, LearningOutcome, Programme, Student, Topic
from portal.institutions.models import Faculty, Institution, Semester

PASSWORD = "kata-laluan-yang-panjang-2026"
"""Everybody's password."""
LONG_AGO = date(2020, 1, 1)

INSTITUTIONS = {
    "UTHM": ("Universiti Tun Hussein Onn Malaysia", "uthm"),
    "UTM": ("Universiti Teknologi Malaysia", "utm"),
    "UNIMAS": ("Universiti Malaysia Sarawak", "unimas"),
    "PMM": ("Politeknik Merlimau", ""),
}
"""Name and policy; one without a policy only appears in claims."""
FACULTIES = {
    "FSKTM": ("UTHM", "Fakulti Sains Komputer dan Teknologi Maklumat"),
    "FKAAB": ("UTHM", "Fakulti Kejuruteraan Awam dan Alam Bina"),
    "FC": ("UTM", "Fakulti Komputeran"),
    "FCSIT": ("UNIMAS", "Fakulti Sains Komputer dan Teknologi Maklumat"),
}
PROGRAMMES = {
    "UTHM": ("BIT", "FSKTM", "Sarjana Muda Teknologi Maklumat", "bachelor", 120),
    "UTM": ("SCSR", "FC", "Sarjana Muda Sains Komputer", "bachelor", 130),
    "UNIMAS": ("WS05", "FCSIT", "Sarjana Muda Sains Komputer", "bachelor", 120),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Who somebody is: name, role, where."""

    name: str
    role: Role
    institution: str
    faculty: str = ""


CAST = {
    "aminah": Part("Aminah binti Yusof", Role.STUDENT, "UTHM"),
    "zain": Part("Zain bin Hashim", Role.STUDENT, "UTHM"),
    "ismail": Part("Ismail bin Daud", Role.EXTERNAL_LEARNER, "UTHM"),
    "azlina": Part("Azlina binti Jaafar", Role.LECTURER, "UTHM", "FSKTM"),
    "fatimah": Part("Fatimah binti Razak", Role.SUBJECT_EXPERT, "UTHM", "FSKTM"),
    "gopal": Part("Gopal a/l Raman", Role.SUBJECT_EXPERT, "UTHM", "FSKTM"),
    "bakar": Part("Bakar bin Salleh", Role.PROGRAMME_COORDINATOR, "UTHM", "FSKTM"),
    "wahid": Part("Wahid bin Omar", Role.PROGRAMME_COORDINATOR, "UTHM", "FKAAB"),
    "hassan": Part("Hassan bin Idris", Role.DEPUTY_DEAN, "UTHM", "FSKTM"),
    "idris": Part("Idris bin Kassim", Role.DEPUTY_DEAN_INDUSTRY, "UTHM", "FSKTM"),
    "halimah": Part("Halimah binti Abdullah", Role.DEAN, "UTHM", "FSKTM"),
    "chong": Part("Chong Mei Ling", Role.FACULTY_OFFICE, "UTHM", "FSKTM"),
    "jamilah": Part("Jamilah binti Noor", Role.ASSESSOR, "UTHM", "FSKTM"),
    "kumar": Part("Kumar a/l Muthu", Role.ELEARNING_CENTRE, "UTHM"),
    "kamala": Part("Kamala a/p Nair", Role.CENTRE_DIRECTOR, "UTHM"),
    "lim": Part("Lim Ah Kow", Role.QUALITY_UNIT, "UTHM"),
    "latifah": Part("Latifah binti Musa", Role.COMMITTEE_SECRETARY, "UTHM"),
    "mariam": Part("Mariam binti Sulaiman", Role.BURSAR, "UTHM"),
    "nathan": Part("Nathan a/l Joseph", Role.AUDITOR, "UTHM"),
    "osman": Part("Osman bin Taib", Role.ADMINISTRATOR, "UTHM"),
    "priya": Part("Priya a/p Suresh", Role.STUDENT, "UTM"),
    "devi": Part("Devi a/p Krishnan", Role.PROGRAMME_COORDINATOR, "UTM", "FC"),
    "rashid": Part("Rashid bin Karim", Role.DEAN, "UTM", "FC"),
    "salmah": Part("Salmah binti Ghani", Role.SUBJECT_EXPERT, "UTM", "FC"),
    "tan": Part("Tan Wei Jie", Role.FACULTY_OFFICE, "UTM", "FC"),
    "umar": Part("Umar bin Faisal", Role.BURSAR, "UTM"),
    "vimala": Part("Vimala a/p Arumugam", Role.AUDITOR, "UTM"),
    "yap": Part("Yap Siew Lan", Role.ADMINISTRATOR, "UTM"),
    "dayang": Part("Dayang Nurul binti Awang", Role.STUDENT, "UNIMAS"),
    "edwin": Part("Edwin anak Jugah", Role.PROGRAMME_COORDINATOR, "UNIMAS", "FCSIT"),
    "laila": Part("Laila binti Bujang", Role.LECTURER, "UNIMAS", "FCSIT"),
    "unggat": Part("Unggat anak Lasu", Role.SUBJECT_EXPERT, "UNIMAS", "FCSIT"),
    "rosli": Part("Rosli bin Putit", Role.DEAN, "UNIMAS", "FCSIT"),
    "winnie": Part("Winnie Voon", Role.DEPUTY_DEAN_INDUSTRY, "UNIMAS", "FCSIT"),
    "salleh": Part("Salleh bin Bolhassan", Role.ELEARNING_CENTRE, "UNIMAS"),
    "catherine": Part("Catherine anak Jimbun", Role.CENTRE_DIRECTOR, "UNIMAS"),
    "abu": Part("Abu bin Sahari", Role.COMMITTEE_SECRETARY, "UNIMAS"),
    "betty": Part("Betty anak Nyambong", Role.QUALITY_UNIT, "UNIMAS"),
    "ganesh": Part("Ganesh a/l Pillai", Role.BURSAR, "UNIMAS"),
    "hamidah": Part("Hamidah binti Zen", Role.AUDITOR, "UNIMAS"),
    "joseph": Part("Joseph anak Tambi", Role.EXTERNAL_LEARNER, "UNIMAS"),
    "yusuf": Part("Yusuf bin Hamzah", Role.LECTURER, "UTM", "FC"),
    "zarina": Part("Zarina binti Mokhtar", Role.ELEARNING_CENTRE, "UTM"),
    "chandran": Part("Chandran a/l Velu", Role.CENTRE_DIRECTOR, "UTM"),
}
"""All who appear, by fixture. At UTHM every role has somebody."""

ROLES_AT_UTHM = {
    role: next(key for key, part in CAST.items() if part.role == role and part.institution == "UTHM")
    for role in Role
}
"""For tests of every role: who has it."""


def institution(code: str = "UTHM", **fields: Any) -> Institution:
    """Find or make an institution."""
    name, policy = INSTITUTIONS.get(code, (code, ""))
    made, _ = Institution.objects.get_or_create(
        code=code, defaults={"name_ms": name, "name_en": name, "policy": policy} | fields
    )
    return made


def faculty(code: str = "FSKTM", at: Institution | None = None, **fields: Any) -> Faculty:
    """Find or make a faculty; one that ``FACULTIES`` does not name belongs to UTHM or to ``at``."""
    where, name = FACULTIES.get(code, ("UTHM", code))
    made, _ = Faculty.objects.get_or_create(
        institution=at or institution(where), code=code, defaults={"name_ms": name} | fields
    )
    return made


def semester(
    at: Institution,
    code: str = "20262027-1",
    starts_on: date = date(2026, 10, 5),
    ends_on: date = date(2027, 2, 28),
    **fields: Any,
) -> Semester:
    """Find or make a semester; the first one of 2026/2027 unless said otherwise."""
    made, _ = Semester.objects.get_or_create(
        institution=at, code=code, defaults={"starts_on": starts_on, "ends_on": ends_on} | fields
    )
    return made


def programme(at: Institution, code: str = "", **fields: Any) -> Programme:
    """Find or make a programme; the institution's one of ``PROGRAMMES`` unless said otherwise."""
    own, where, name, level, credits = PROGRAMMES.get(at.code, ("PRG", "", "Program", "bachelor", 120))
    standard = {
        "name_ms": name,
        "level": level,
        "graduating_credits": Decimal(credits),
        "faculty": faculty(where) if where else None,
        "mqa_accredited": True,
    }
    made, _ = Programme.objects.get_or_create(institution=at, code=code or own, defaults=standard | fields)
    return made


def course(at: Institution, code: str = "BIT10303", **fields: Any) -> Course:
    """Find or make a course of 3 credits with three outcomes and two topics."""
    standard = {"name_ms": f"Kursus {code}", "name_en": f"Course {code}", "credits": Decimal(3)}
    made, new = Course.objects.get_or_create(institution=at, code=code, defaults=standard | fields)
    if new:
        LearningOutcome.objects.bulk_create(
            LearningOutcome(course=made, code=f"CLO{n}", text_ms=f"Hasil pembelajaran {n} bagi {code}")
            for n in (1, 2, 3)
        )
        Topic.objects.bulk_create(
            Topic(course=made, position=n, title_ms=f"Topik {n} bagi {code}", hours=Decimal(6))
            for n in (1, 2)
        )
    return made


def person(key: str, name: str = "", at: str = "UTHM", **fields: Any) -> Person:
    """Find or make a person whose email is verified; ``key`` stands before the @."""
    email = f"{key}@{at.lower()}.example"
    found = Person.objects.filter(email=email).first()
    if found is None:
        found = Person.objects.create_user(email, PASSWORD, name=name or key.title(), **fields)
        if apps.is_installed("allauth.account"):
            apps.get_model("account", "EmailAddress").objects.create(
                user=found, email=email, verified=True, primary=True
            )
    return found


def appointment(
    who: Person,
    role: Role,
    at: Institution | None,
    in_faculty: Faculty | None = None,
    starts_on: date = LONG_AGO,
    **fields: Any,
) -> Appointment:
    """Appoint somebody, from long ago unless said otherwise."""
    made, _ = Appointment.objects.get_or_create(
        person=who, role=role, institution=at, faculty=in_faculty, defaults={"starts_on": starts_on} | fields
    )
    return made


def student(who: Person, in_programme: Programme, matric: str = "", **fields: Any) -> Student:
    """Find or make the record of a student who began in the semester of ``semester``."""
    standard = {"matric": matric or f"AI26{who.pk:04}", "intake": semester(in_programme.institution)}
    made, _ = Student.objects.get_or_create(person=who, programme=in_programme, defaults=standard | fields)
    return made


def appear(key: str) -> Appointment:
    """Make one of the cast, with the institution, faculty and, for a student, the programme."""
    part = CAST[key]
    where = institution(part.institution)
    who = person(key, part.name, part.institution)
    if part.role is Role.STUDENT:
        student(who, programme(where))
    return appointment(who, part.role, where, faculty(part.faculty) if part.faculty else None)


def student_of(acting: Appointment) -> Student:
    """The student's record of one of the cast."""
    return acting.person.enrolments.get(programme__institution=acting.institution)


def client_of(who: Appointment | Person, language: str = "") -> Client:
    """A browser in which somebody is logged in and, given an appointment, acts in it."""
    person = who.person if isinstance(who, Appointment) else who
    client = Client()
    client.force_login(person)
    if isinstance(who, Appointment):
        session = client.session
        session[SESSION_KEY] = who.pk
        session.save()
    client.cookies["language"] = language or person.language
    return client


STAFF_AT_UTHM = {role: key for role, key in ROLES_AT_UTHM.items() if role not in LEARNERS}
