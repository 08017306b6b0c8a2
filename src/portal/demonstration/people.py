"""People of every role in every institution that decides, and the students of the stories."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.catalogue.models import Programme, Student
from portal.demonstration.reading import data
from portal.institutions.models import Institution, Semester, Signatory

PASSWORD = "tauliah-demonstrasi"  # noqa: S105 - everybody's, shown in the banner, of no use elsewhere
SINCE = timedelta(days=900)


class Makers:
    """Makes people; the password is hashed once for all of them."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.password = make_password(PASSWORD)

    def person(self, mailbox: str, institution: str, name: str, language: str = "ms") -> Person:
        """Make somebody whose email is verified."""
        email = f"{mailbox}@{institution.lower()}.example"
        made = Person.objects.create(email=email, name=name, language=language, password=self.password)
        EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
        return made

    def staff(self, institution: Institution) -> None:
        """Make the staff of an institution."""
        faculties = {faculty.code: faculty for faculty in institution.faculties.all()}
        for role, faculty, mailbox, name in data("people").get(institution.code, ()):
            Appointment.objects.create(
                person=self.person(mailbox, institution.code, name),
                institution=institution,
                faculty=faculties.get(faculty),
                role=Role(role),
                starts_on=self.today - SINCE,
            )

    def signatories(self, institution: Institution) -> None:
        """Let each dean sign the letters of the faculty."""
        deans = Appointment.objects.filter(institution=institution, role=Role.DEAN).select_related("person")
        Signatory.objects.bulk_create(
            Signatory(
                institution=institution,
                faculty=dean.faculty,
                name_ms="Dekan",
                name_en="Dean",
                person_name=dean.person.name,
                starts_on=dean.starts_on,
            )
            for dean in deans.select_related("faculty")
        )

    def student(self, mailbox: str, name: str, programme: Programme, semesters_ago: int) -> Student:
        """Make a student who began so many semesters ago."""
        institution = programme.institution
        person = self.person(mailbox, institution.code, name)
        begun = Semester.objects.filter(institution=institution, starts_on__lte=self.today)
        intake = begun.order_by("-starts_on")[semesters_ago]
        Appointment.objects.create(
            person=person, institution=institution, role=Role.STUDENT, starts_on=intake.starts_on
        )
        year = intake.starts_on.year % 100
        return Student.objects.create(
            person=person,
            programme=programme,
            matric=f"{programme.code[:2]}{year:02}{person.pk:04}",
            intake=intake,
            status="active",
            standing="good",
            final_semester=False,
            cgpa="3.21",
        )
