"""What LTI needs of offerings: who takes part and how, who runs them, enrolling and marking."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings.access import offerings_for, runs, teaches
from portal.offerings.models import TAKING_PART, Assessment, Enrolment, Mark, Offering, Result
from portal.records.register import record

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
    allowed = [offering.pk for offering in seen if may_connect(acting, offering)]
    return seen.filter(pk__in=allowed)


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


def learner_page(offering: Offering) -> str:
    """Return where a learner goes on in an offering."""
    return reverse("lti:offering", args=[offering.pk])


def enrol(acting: Appointment, offering: Offering, person: Person) -> Enrolment:
    """Enrol somebody from a roster; raises ``Refused``. In the transaction of the caller."""
    held = Enrolment.objects.select_for_update().filter(offering=offering, person=person).first()
    if held is not None:
        raise Refused(
            _("%(name)s is in the offering already: %(state)s.")
            % {"name": person.name, "state": held.get_state_display()}
        )
    made: Enrolment = Enrolment.objects.create(offering=offering, person=person, state=Enrolment.State.ACTIVE)
    record(acting, "lti.enrol", made, after={"offering": offering.pk})
    return made


def mark(
    assessment: Assessment, person: Person, share: Decimal, *, by: str, acting: Appointment | None = None
) -> Mark:
    """Keep a share of the highest score as the mark of an assessment; raises ``Refused``.

    The one that an LMS or a tool reported before is replaced; marks that people entered stay.
    """
    enrolment = Enrolment.objects.select_for_update().filter(
        offering_id=assessment.offering_id, person=person, state__in=TAKING_PART
    )
    learner = enrolment.first()
    if learner is None:
        raise Refused(_("%(name)s does not learn in this offering.") % {"name": person.name})
    if Result.objects.filter(enrolment=learner).exclude(sheet__state="draft").exists():
        raise Refused(_("The results of %(name)s have been submitted; marks stay.") % {"name": person.name})
    value = (share * 100).quantize(CENT, ROUND_HALF_UP)
    marks = list(Mark.objects.filter(assessment=assessment, enrolment=learner).order_by("attempt"))
    own = next((each for each in marks if each.source == SOURCE), None)
    before = {"mark": own.mark} if own else {}
    if own is None:
        attempt = marks[-1].attempt + 1 if marks else 1
        if assessment.attempts and attempt > assessment.attempts:
            raise Refused(_("%(name)s has a mark that was entered here already.") % {"name": person.name})
        own = Mark(assessment=assessment, enrolment=learner, attempt=attempt, source=SOURCE)
    if before.get("mark") == value:
        return own
    own.mark, own.marked_by = value, acting
    own.save()
    offering = assessment.offering
    after = {"assessment": assessment.name, "mark": value, "from": by}
    record(acting, "lti.mark", own, institution=offering.institution, before=before, after=after)
    return own
