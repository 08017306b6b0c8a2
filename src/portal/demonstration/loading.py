"""Loading the demonstration: all of it or none, and only where it is not there yet."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import translation

from portal.accounts.models import Appointment
from portal.accounts.roles import LEARNERS
from portal.catalogue.models import Programme
from portal.demonstration.applying import apply, ask_beforehand
from portal.demonstration.offered import make_offered
from portal.demonstration.people import Makers
from portal.demonstration.places import make_institutions
from portal.demonstration.results import make_results
from portal.demonstration.stories import FIRST, OTHERS
from portal.demonstration.story import Story
from portal.demonstration.syllabi import make_courses
from portal.demonstration.walking import Walk
from portal.institutions.models import Institution

Staff = dict[str, dict[str, list[Appointment]]]
MARK = "WESTMERE"
"""The institution by which a loaded demonstration is known: no other installation has it."""


class Occupied(Exception):
    """There are institutions already that the demonstration did not make."""


def is_loaded() -> bool:
    """Say whether the demonstration is there."""
    return Institution.objects.filter(code=MARK).exists()


@transaction.atomic
def load(today: date) -> int:
    """Load everything; returns the number of applications. Raises ``Occupied`` on an installation in use."""
    if Institution.objects.exists():
        raise Occupied
    with translation.override("ms"):
        made = make_institutions(today)
        makers = Makers(today)
        for institution in made.values():
            makers.staff(institution)
            makers.signatories(institution)
            make_courses(institution)
        staff = staff_of(made.values())
        stories = [*FIRST, *OTHERS]
        for story in stories:
            tell(story, makers, staff)
        make_results(today)
        ask_beforehand()
        make_offered(makers, staff)
        return len(stories)


def staff_of(institutions: Iterable[Institution]) -> Staff:
    """Return the staff of each institution by role; those of the faculty of the stories come first."""
    found: Staff = {institution.code: defaultdict(list) for institution in institutions}
    held = Appointment.objects.exclude(role__in=LEARNERS).select_related("person", "faculty", "institution")
    for appointment in held.order_by("pk"):
        if appointment.institution is not None:
            found[appointment.institution.code][appointment.role].append(appointment)
    return found


def tell(story: Story, makers: Makers, staff: Staff) -> None:
    """Make a story's student, write the application and walk it to its state."""
    programme = Programme.objects.select_related("institution", "faculty").get(
        institution__code=story.institution, code=story.programme
    )
    student = makers.student(story.mailbox, story.name, programme, story.semesters_ago)
    acting: Appointment = student.person.appointments.get()
    application = apply(story, student, acting, makers.today)
    Walk(story, application, staff[story.institution]).go()
