"""A class list from a spreadsheet: checked row by row, then every learner enrolled or none."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.models import Student
from portal.imports.mistake import Wrong
from portal.offerings.access import runs, teaches
from portal.offerings.actions.enrolling import Choices, taken_in
from portal.offerings.actions.listing import Counts, content_of, done, keep_reading, ready, sheets_in
from portal.offerings.lists import Heading, Reading, reading_of, unpacked
from portal.offerings.models import Enrolment, ListUpload, Offering
from portal.offerings.process import WALK
from portal.offerings.seats import ASKED_AGAIN, OPEN
from portal.offerings.telling_learning import tell_invited
from portal.people.joining import welcome
from tauliah.credentials.identity_card import masked, nric_in

BAD_EMAIL = gettext_noop("“%(value)s” is not an email address.")
SAME_IDENTITY = gettext_noop(
    "The identity number %(masked)s stands in row %(row)s too: two learners cannot share it."
)
SAME_EMAIL = gettext_noop("This email address stands in row %(row)s too: remove one of the two rows.")
IN_CLASS = gettext_noop("%(name)s is in the class with this identity number, under another email address.")
NO_STUDENT = gettext_noop("No student of the university has this matric number.")
OTHER_STUDENT = gettext_noop("The matric number belongs to a student with another email address.")
BAD_GROUP = gettext_noop("Not known. Choose one of: %(names)s.")
NRIC = gettext_noop("An identity-card number stands here. Put it into its own column.")
TEACHER = gettext_noop("This person teaches the course.")
CLOSED = gettext_noop(
    "The account with this email address is closed. Ask the administrator to open it again."
)
TOO_LONG = gettext_noop("At most %(most)s characters.")


def name(cell: str) -> str:
    """Read a full name."""
    text = " ".join(cell.split())
    if nric_in(text):
        raise Wrong(NRIC)
    if len(text) > 200:
        raise Wrong(TOO_LONG, most=200)
    return text


def email(cell: str) -> str:
    """Read an email address."""
    try:
        validate_email(cell.strip())
    except ValidationError as bad:
        raise Wrong(BAD_EMAIL, value=cell[:100]) from bad
    return cell.strip().lower()


def identity(cell: str) -> str:
    """Read an identity-card or passport number, as it is compared: without signs."""
    text = "".join(sign for sign in cell.upper() if sign.isalnum())
    if len(text) > 30:
        raise Wrong(TOO_LONG, most=30)
    return text


def matric(cell: str) -> str:
    """Read a matric number."""
    return "".join(cell.upper().split())


def group(cell: str) -> str:
    """Read a learner group in either language, or by its own word."""
    listed = {value: str(label) for value, label in Enrolment.Group.choices}
    for value, label in listed.items():
        if cell.strip().casefold() in (value, label.casefold()):
            return value
    raise Wrong(BAD_GROUP, names=", ".join(listed.values()))


HEADINGS = (
    Heading("name", _("Full name"), name, required=True),
    Heading("email", _("Email"), email, required=True),
    Heading("identity", _("Identity card or passport number"), identity, hidden=True),
    Heading("matric", _("Matric number"), matric),
    Heading("group", _("Learner group"), group),
)
"""The columns in the order of the template."""


def may_list(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody may enrol a whole class: the centre, and who teaches the course."""
    return runs(acting, offering) or teaches(acting, offering)


@transaction.atomic
def read_class_list(acting: Appointment, offering: Offering, file: "UploadedFile[Any]") -> ListUpload:
    """Read a class list and keep what it would do; nobody is enrolled yet."""
    if not may_list(acting, offering):
        raise NotAllowed
    source = content_of(file)
    found = reading_of(sheets_in(*source), HEADINGS)
    counts = checked(offering, found)
    upload = ListUpload(offering=offering, acting=acting, kind=ListUpload.Kind.LEARNERS)
    return keep_reading(upload, source, found, counts)


def checked(offering: Offering, found: Reading) -> Counts:
    """Look for what stands twice or cannot be, and count who would be new."""
    once(found, "email", lambda _row, first: Wrong(SAME_EMAIL, row=first))
    once(
        found, "identity", lambda row, first: Wrong(SAME_IDENTITY, masked=masked(row["identity"]), row=first)
    )
    known = people_of(found)
    there = {e.person_id: e for e in offering.enrolments.select_related("person")}
    theirs = by_identity(one.person for one in there.values())
    students = students_of(offering, found)
    new = unchanged = 0
    for number, row in list(found.rows.items()):
        person = known.get(row["email"])
        if wrong := at_odds(offering, row, person, theirs, students):
            found.say(number, *wrong)
        elif person and person.pk in there and there[person.pk].state not in ASKED_AGAIN:
            unchanged += 1
        else:
            new += 1
    return Counts(new=new, unchanged=unchanged)


def by_identity(people: Iterable[Person]) -> dict[str, Person]:
    """Return people by their identity number, as far as it is known."""
    return {identity(one.identity_number): one for one in people if one.identity_number}


def once(found: Reading, column: str, words: Any) -> None:
    """Name every row whose value in a column stands in an earlier row already."""
    seen: dict[str, int] = {}
    for number, row in list(found.rows.items()):
        value = row.get(column)
        if value and value in seen:
            found.say(number, column, str(value), words(row, seen[value]))
        elif value:
            seen[value] = number


def people_of(found: Reading) -> dict[str, Person]:
    """Return the people with an account, by the addresses of the list."""
    addresses = [row["email"] for row in found.rows.values()]
    return people_at(addresses)


def people_at(addresses: list[str]) -> dict[str, Person]:
    """Return the people with these addresses, in small letters."""
    people = Person.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    return {person.email.lower(): person for person in people}


def students_of(offering: Offering, found: Reading) -> dict[str, Student]:
    """Return the institution’s students by the matric numbers of the list."""
    numbers = [row["matric"] for row in found.rows.values() if row.get("matric")]
    there = Student.objects.filter(programme__institution=offering.institution, matric__in=numbers)
    return {student.matric: student for student in there.select_related("person")}


def at_odds(
    offering: Offering,
    row: Mapping[str, Any],
    person: Person | None,
    theirs: Mapping[str, Person],
    students: Mapping[str, Student],
) -> tuple[str, str, Wrong] | None:
    """Return the column, cell and reason for which a row cannot be taken; None where it can."""
    other = theirs.get(row.get("identity") or "")
    if other is not None and other.email.lower() != row["email"]:
        return "identity", "", Wrong(IN_CLASS, name=other.name)
    if row.get("matric"):
        student = students.get(row["matric"])
        if student is None:
            return "matric", row["matric"], Wrong(NO_STUDENT)
        if student.person.email.lower() != row["email"]:
            return "matric", row["matric"], Wrong(OTHER_STUDENT)
    if person and not person.is_active:
        return "email", row["email"], Wrong(CLOSED)
    if person and offering.teachers.filter(person=person).exists():
        return "email", row["email"], Wrong(TEACHER)
    return None


@transaction.atomic
def import_class_list(acting: Appointment, upload: ListUpload) -> ListUpload:
    """Enrol everybody of a list that was looked at; with one that cannot be, nobody is.

    Who has no account gets one, and is told by email how to come in; a full class goes on as a waiting list.
    """
    upload = ready(acting, upload)
    offering = WALK.locked(upload.offering, None)
    if not may_list(acting, offering):
        raise NotAllowed
    if offering.state not in OPEN:
        raise Refused(_("This course is not open for enrolment."))
    rows = [row for _number, row in unpacked(upload.rows)]
    known = people_at([row["email"] for row in rows])
    held = set(offering.enrolments.exclude(state__in=ASKED_AGAIN).values_list("person", flat=True))
    enrolled = []
    for row in rows:
        new = row["email"] not in known
        person = new_person(row) if new else known[row["email"]]
        if person.pk in held:
            continue
        group_of = row.get("group") or (Enrolment.Group.STUDENT if row.get("matric") else "")
        enrolled.append(taken_in(acting, person, offering, Choices(group=group_of)))
        if new:
            tell_invited(enrolled[-1])
    return done(acting, upload, {"enrolled": [one.pk for one in enrolled]})


def new_person(row: Mapping[str, Any]) -> Person:
    """Make an account without a password for somebody of the list, or take one that was made meanwhile."""
    try:
        with transaction.atomic():
            person = Person.objects.create(
                email=row["email"],
                name=row["name"],
                identity_number=row.get("identity") or "",
                password=make_password(None),
            )
    except IntegrityError:
        return Person.objects.get(email__iexact=row["email"])
    welcome(person, by="class list")
    return person
