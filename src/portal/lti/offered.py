"""What LTI needs of offerings: who takes part and how, who runs them, enrolling and marking."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings.access import offerings_for, runs, taught_by, teaches
from portal.offerings.actions.enrolling import Choices, taken_in
from portal.offerings.actions.marking import enter_mark, take_back
from portal.offerings.models import TAKING_PART, Assessment, Enrolment, Mark, Offering
from portal.offerings.process import WALK
from portal.offerings.seats import OPEN, belongs_to
from portal.proposals.access import CENTRE

LEARNS, TEACHES = "learns", "teaches"
SOURCE = "lti"
CENT = Decimal("0.01")


def part_of(person: Person, offering: Offering) -> str | None:
    """Return how somebody takes part in an offering; none where they do not.

    Somebody who waits, has not paid, deferred or left does not; nor does staff that merely may see it.
    """
    if offering.teachers.filter(person=person).exists():
        return TEACHES
    learning = offering.enrolments.filter(person=person, state__in=TAKING_PART)
    return LEARNS if learning.exists() else None


def learners_of(offering: Offering) -> list[Person]:
    """Return those who learn in an offering, in the order in which they enrolled."""
    taking_part = offering.enrolments.filter(state__in=TAKING_PART, person__is_active=True)
    return [enrolment.person for enrolment in taking_part.select_related("person")]


def standing_in(offering: Offering) -> dict[int, str]:
    """Return the state of everybody who is or was in an offering, by the person's number."""
    return dict(offering.enrolments.values_list("person_id", "state"))


def teachers_of(offering: Offering) -> Iterable[Person]:
    """Return those who teach an offering, each once."""
    return Person.objects.filter(teaches__offering=offering, is_active=True).distinct()


def context_id(offering: Offering) -> str:
    """Return the name under which tools know an offering; it never changes."""
    return f"offering-{offering.pk}"


def label_of(offering: Offering) -> str:
    """Return the short name of an offering."""
    return " ".join(filter(None, (offering.proposal.code, offering.cohort)))


def title_of(offering: Offering) -> str:
    """Return the name of an offering in the person's language."""
    return f"{offering.proposal.name} ({offering.cohort})"


def may_connect(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody connects an offering with an LMS: who teaches it, and the centre that runs it."""
    return runs(acting, offering) or teaches(acting, offering)


def must_connect(acting: Appointment | None, offering: Offering) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for who does not connect this offering."""
    if acting is None or not may_connect(acting, offering):
        raise NotAllowed(_("Only those who teach the offering, and the e-learning centre, can do this."))
    return acting


def connected_by(acting: Appointment | None) -> QuerySet[Offering]:
    """Return the offerings that somebody may connect, newest first."""
    seen = offerings_for(acting).select_related("proposal").exclude(state="cancelled")
    if acting is None or acting.role in CENTRE:
        return seen
    taught = Offering.objects.filter(taught_by(acting), institution=acting.institution)
    return seen.filter(pk__in=taught.values("pk"))


def page_of(offering: Offering) -> str:
    """Return the offering's page for staff; empty where this installation lacks it."""
    try:
        return offering.get_absolute_url()
    except NoReverseMatch:
        return ""


def public_page(offering: Offering) -> str:
    """Return the offering's page for everybody; empty where it is not announced."""
    try:
        return reverse("learn:offering", args=[offering.pk]) if offering.is_public else ""
    except NoReverseMatch:
        return ""


def tools_page(offering: Offering) -> str:
    """Return the page on which the tools of an offering stand."""
    return reverse("lti:learning-platforms", args=[offering.pk])


def learning_page(person: Person, offering: Offering) -> str:
    """Return where somebody goes on in an offering: to what they learn from, otherwise to its tools."""
    enrolment = offering.enrolments.filter(person=person, state__in=TAKING_PART).first()
    try:
        return reverse("offerings:learn", args=[enrolment.pk]) if enrolment else tools_page(offering)
    except NoReverseMatch:
        return tools_page(offering)


@transaction.atomic
def enrol(acting: Appointment, offering: Offering, person: Person) -> Enrolment:
    """Enrol somebody from a roster: seated, asked to pay, or on the waiting list; raises ``Refused``."""
    held = WALK.locked(offering, None)
    if held.state not in OPEN:
        raise Refused(_("This course is not open for enrolment."))
    if held.teachers.filter(person=person).exists():
        raise Refused(_("%(name)s teaches this course.") % {"name": person.name})
    student = belongs_to(person, held.institution)
    group = Enrolment.Group.STUDENT.value if student else ""
    try:
        return taken_in(acting, person, held, Choices(group=group))
    except Refused as refused:
        raise Refused(f"{person.name}: {refused.message}") from refused


@transaction.atomic
def mark(assessment: Assessment, person: Person, share: Decimal, comment: str = "") -> Mark:
    """Keep a share of the highest score as the mark of an assessment, with what is said; raises ``Refused``.

    The attempt that an LMS or a tool reported before is changed; marks that people entered stay, and the
    score is a further attempt where the assessment allows one.
    """
    learner = _learner(assessment, person)
    marks = Mark.objects.filter(assessment=assessment, enrolment=learner).order_by("attempt")
    own = marks.filter(source=SOURCE).last()
    last = marks.last()
    attempt = own.attempt if own else last.attempt + 1 if last else 1
    value = (share * 100).quantize(CENT, ROUND_HALF_UP)
    feedback = comment or (own.feedback if own else "")
    try:
        return enter_mark(None, assessment, learner, value, feedback, attempt, source=SOURCE)
    except Refused as refused:
        raise Refused(f"{person.name}: {refused.message}") from refused


@transaction.atomic
def unmark(assessment: Assessment, person: Person) -> None:
    """Take the mark back that an LMS or a tool reported last; raises ``Refused``."""
    learner = _learner(assessment, person)
    own = (
        Mark.objects.filter(assessment=assessment, enrolment=learner, source=SOURCE)
        .order_by("attempt")
        .last()
    )
    if own is not None:
        take_back(own)


def _learner(assessment: Assessment, person: Person) -> Enrolment:
    there = Enrolment.objects.filter(offering_id=assessment.offering_id, person=person)
    learner = there.filter(state__in=TAKING_PART).first()
    if learner is None:
        raise Refused(_("%(name)s does not learn in this offering.") % {"name": person.name})
    return learner
