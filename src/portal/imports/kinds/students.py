"""The list of students; a person who has an account already is found by email."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.catalogue.models import Student
from portal.imports.kinds import cells
from portal.imports.kinds.known import Known
from portal.imports.kinds.sheet import Field, Key, RowPlan, SheetKind, Values, changed_values, keep_rows
from portal.imports.mistake import Wrong

FIELDS = (
    Field("matric", _("matric number"), cells.matric, required=True, example="AI250001"),
    Field("name", _("full name"), cells.text(200), required=True, example="Aisyah binti Ahmad"),
    Field("email", _("email"), cells.email, required=True, example="ai250001@pelajar.example"),
    Field("programme", _("programme"), cells.programme, required=True, example="BIT"),
    Field("intake", _("first semester"), cells.semester, required=True, example="20262027-1"),
    Field("status", _("status"), cells.word_of("status"), empty="active", vocabulary="status"),
    Field("standing", _("academic standing"), cells.word_of("standing"), vocabulary="standing"),
    Field("cgpa", _("CGPA"), cells.number(Decimal(0), Decimal(4)), empty=None, example="3.25"),
    Field("final_semester", _("in the final semester"), cells.yes_no, empty=None, example="tidak"),
    Field(
        "identity_number",
        _("identity card or passport number"),
        cells.text(40),
        note=_("Kept encrypted; leave the column out where it is not needed."),
    ),
    Field(
        "language", _("language"), cells.language, empty="ms", note=_("ms or en: the language of letters.")
    ),
)
OF_THE_PERSON = frozenset({"name", "email", "identity_number", "language"})


def _key(values: Values, known: Known) -> Key:
    return values["programme"], values["matric"]


def _same(known: Known) -> Mapping[Key, models.Model]:
    listed = [student for students in known.students.values() for student in students]
    return {(student.programme.code, student.matric): student for student in listed}


def _make(values: Values, known: Known) -> Student:
    own = {name: values[name] for name in values if name not in OF_THE_PERSON | {"programme"}}
    return Student(**own)


def _check(values: Values, kept: models.Model | None, known: Known) -> Iterable[tuple[str, Wrong]]:
    person = known.people.get(values["email"])
    if isinstance(kept, Student) and kept.person.email != values["email"]:
        yield (
            "email",
            Wrong(
                gettext_noop(
                    "The account of this student has the email %(email)s. An email is changed there."
                ),
                email=kept.person.email,
            ),
        )
    elif person is not None and not isinstance(kept, Student) and not _same_name(person.name, values["name"]):
        yield (
            "email",
            Wrong(gettext_noop("An account with this email has another name. Check the email and the name.")),
        )
    elif person is not None and person.pk in known.elsewhere and person.name != values["name"]:
        yield (
            "name",
            Wrong(gettext_noop("This person belongs to another institution too and changes the name there.")),
        )


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def compare(instance: models.Model, values: Values) -> dict[str, tuple[Any, Any]]:
    """Return what a row changes of a student and of the person; an empty identity number changes nothing."""
    assert isinstance(instance, Student)
    own = {name: value for name, value in values.items() if name not in OF_THE_PERSON}
    theirs = {
        name: value
        for name, value in values.items()
        if name in OF_THE_PERSON - {"email"} and (value or name != "identity_number")
    }
    changes = changed_values(instance.person, theirs)
    if "identity_number" in changes:
        changes["identity_number"] = ("•••", "•••")
    return changed_values(instance, own) | changes


def _keep(rows: Sequence[RowPlan], known: Known) -> None:
    _keep_people(rows, known)
    for row in rows:
        if row.state == "new" and isinstance(row.instance, Student):
            row.instance.person = known.people[row.values["email"]]
            row.instance.programme = known.programmes[row.values["programme"]]
    own = [row for row in rows if row.state == "new" or set(row.changes) - OF_THE_PERSON]
    for row in own:
        row.changes = {name: change for name, change in row.changes.items() if name not in OF_THE_PERSON}
    keep_rows(own)
    _appoint([row.instance for row in rows if row.state == "new"], known)


def _keep_people(rows: Sequence[RowPlan], known: Known) -> None:
    """Make accounts for new people, without a password, and write what changed of those there are."""
    new: dict[str, Person] = {}
    for row in rows:
        if row.state == "new" and row.values["email"] not in known.people:
            own = {name: row.values[name] for name in OF_THE_PERSON if name in row.values}
            new.setdefault(row.values["email"], Person(password=make_password(None), **own))
    Person.objects.bulk_create(new.values(), batch_size=1000)
    known.people.update(new)
    changed = []
    for row in rows:
        names = set(row.changes) & OF_THE_PERSON
        if row.state == "changed" and names and isinstance(row.instance, Student):
            for name in names:
                setattr(row.instance.person, name, row.values[name])
            changed.append(row.instance.person)
    Person.objects.bulk_update(changed, ["name", "identity_number", "language"], batch_size=500)


def _appoint(students: Sequence[models.Model], known: Known) -> None:
    """Let new students act as students of the institution."""
    held = set(
        Appointment.objects.filter(institution=known.institution_id, role=Role.STUDENT).values_list(
            "person", flat=True
        )
    )
    people = {student.person_id for student in students if isinstance(student, Student)} - held
    Appointment.objects.bulk_create(
        [
            Appointment(
                person_id=person,
                institution_id=known.institution_id,
                role=Role.STUDENT,
                starts_on=timezone.localdate(),
            )
            for person in sorted(people)
        ],
        batch_size=1000,
    )


STUDENTS = SheetKind("students", _("Students"), FIELDS, _key, _same, _make, _check, _keep, compare=compare)
