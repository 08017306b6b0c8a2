"""What an administrator sees: the people and things of their own institution, and of no other."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from portal.accounts.gates import must_be
from portal.accounts.models import Appointment, AppointmentSet, Person
from portal.accounts.roles import Role
from portal.institutions.models import Faculty, Institution, Semester, Signatory
from portal.numbers import whole_number
from portal.people.models import SingleSignOn
from portal.records.models import Entry

M = TypeVar("M", bound=Model)


def institution_of(acting: Appointment | None) -> Institution:
    """Return the institution that an administrator keeps."""
    must_be(acting, Role.ADMINISTRATOR)
    if acting is None or acting.institution is None:
        raise Http404
    return acting.institution


def appointments_for(acting: Appointment | None) -> AppointmentSet:
    """Return all appointments in the institution, those that are over too."""
    found: AppointmentSet = Appointment.objects.filter(institution=institution_of(acting)).select_related(
        "faculty", "institution", "person", "delegated_from__person"
    )
    return found


def appointment_for(acting: Appointment | None, pk: int) -> Appointment:
    """Return one appointment of the institution."""
    return _one(appointments_for(acting), pk)


def people_for(
    acting: Appointment | None, *, words: str = "", role: str = "", faculty: str = "", only: str = "current"
) -> QuerySet[Person]:
    """Return the people of the institution whose name or email holds the words, by name."""
    held = Appointment.objects.filter(institution=institution_of(acting), person=OuterRef("pk"))
    if role:
        held = held.filter(role=role)
    if (number := whole_number(faculty)) is not None:
        held = held.filter(faculty=number)
    if only == "current":
        held = held.in_force(timezone.localdate())
    people = Person.objects.filter(Exists(held))
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return people.order_by("name", "pk")


def person_for(acting: Appointment | None, pk: int) -> Person:
    """Return one of the institution's people, also of former times."""
    return _one(people_for(acting, only="all"), pk)


def history_of(acting: Appointment | None, person: Person) -> QuerySet[Entry]:
    """Return what the institution's register tells of a person and of their appointments, newest first."""
    held = appointments_for(acting).filter(person=person).values("pk")
    about = Q(subject_kind="accounts.person", subject_id=person.pk) | Q(
        subject_kind="accounts.appointment", subject_id__in=held
    )
    return Entry.objects.filter(about, institution=institution_of(acting)).order_by("-number")


def faculties_for(acting: Appointment | None) -> QuerySet[Faculty]:
    """Return the institution's faculties."""
    return Faculty.objects.filter(institution=institution_of(acting))


def faculty_for(acting: Appointment | None, pk: int) -> Faculty:
    """Return one of the institution's faculties."""
    return _one(faculties_for(acting), pk)


def semester_for(acting: Appointment | None, pk: int) -> Semester:
    """Return one semester of the institution's calendar."""
    return _one(Semester.objects.filter(institution=institution_of(acting)), pk)


def signatories_for(acting: Appointment | None) -> QuerySet[Signatory]:
    """Return who signs for the institution, now and before."""
    return Signatory.objects.filter(institution=institution_of(acting)).select_related("faculty")


def signatory_for(acting: Appointment | None, pk: int) -> Signatory:
    """Return one of the institution's signatories."""
    return _one(signatories_for(acting), pk)


def sign_ons_for(acting: Appointment | None) -> QuerySet[SingleSignOn]:
    """Return the institution's logins."""
    return SingleSignOn.objects.filter(institution=institution_of(acting)).select_related("app")


def sign_on_for(acting: Appointment | None, pk: int) -> SingleSignOn:
    """Return one of the institution's logins."""
    return _one(sign_ons_for(acting), pk)


def _one(things: QuerySet[M], pk: int) -> M:
    found = things.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
