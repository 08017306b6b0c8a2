"""Writing to learners for what they agreed to, and reporting those who may apply for credit transfer."""

from hashlib import sha256
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings import telling_learning as telling
from portal.offerings.access import runs, teaches
from portal.offerings.actions.enrolling import CONTACT
from portal.offerings.models import TAKING_PART, Enrolment, Offering
from portal.records.register import record

COURSE = "course"
"""What concerns the enrolment itself, and goes to every learner; all else needs their agreement."""


def may_write(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody writes to the learners of an offering: who teaches it, and the centre."""
    return teaches(acting, offering) or runs(acting, offering)


def reached(offering: Offering, purpose: str) -> QuerySet[Enrolment]:
    """Return the learners to whom one may write for a purpose (UTM 3.2.1.4)."""
    there = offering.enrolments.filter(state__in=TAKING_PART).select_related("person")
    if purpose == COURSE:
        return there
    agreed = [one.pk for one in there if purpose in one.contact_purposes]
    return there.filter(pk__in=agreed)


@transaction.atomic
def write(acting: Appointment | None, offering: Offering, purpose: str, subject: str, text: str) -> int:
    """Write to the learners who agreed to a purpose; returns how many are told.

    Raises ``Refused`` where a field is empty, or nobody has agreed to be written to for that.
    """
    if not may_write(acting, offering):
        raise NotAllowed
    if purpose not in (COURSE, *CONTACT):
        raise Refused(_("Choose what the message is about."), "purpose")
    for name, given in (("subject", subject), ("text", text)):
        if not given.strip():
            raise Refused(_("This must be filled in."), name)
    learners = list(reached(offering, purpose))
    if not learners:
        raise Refused(_("No learner has agreed to be written to for this."), "purpose")
    after = {"purpose": purpose, "subject": subject.strip(), "learners": len(learners)}
    record(acting, "offerings.write", offering, institution=offering.institution, after=after)
    key = f"message-{uuid4().hex}"
    for enrolment in learners:
        enrolment.offering = offering
        told = {"subject": subject.strip(), "text": text.strip()}
        telling.tell_learner(enrolment, "course_message", key, told)
    return len(learners)


def may_transfer(offering: Offering) -> QuerySet[Enrolment]:
    """Return the learners who may apply for credit transfer (UTM 3.3.1.3)."""
    return offering.enrolments.filter(state__in=TAKING_PART, wants_transfer=True).select_related("person")


def digest(names: list[str]) -> str:
    """Return a short text that tells one list of names from another: the same list is told once."""
    return sha256("|".join(names).encode()).hexdigest()[:16]


@transaction.atomic
def report_transfers(acting: Appointment | None, offering: Offering) -> int:
    """Report the learners who want to apply for credit transfer to faculty and centre (UTM 5.2.12)."""
    if not teaches(acting, offering):
        raise NotAllowed
    names = [enrolment.person.name for enrolment in may_transfer(offering).order_by("person__name")]
    if not names:
        raise Refused(_("No learner has said that they may apply for credit transfer."))
    after = {"learners": len(names)}
    record(acting, "offerings.report_transfers", offering, institution=offering.institution, after=after)
    telling.tell_transfers(offering, names, f"transfers-{offering.pk}-{digest(names)}")
    return len(names)
