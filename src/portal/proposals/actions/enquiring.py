"""Questions about a course: to the centre, to MQA, to a professional body, in the PTG system."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.proposals.access import CENTRE, develops, works_for
from portal.proposals.models import Enquiry, Proposal
from portal.proposals.process import WALK
from portal.proposals.signals import asked
from portal.records.register import record

To, State = Enquiry.To, Enquiry.State


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom; ``body`` names a professional body, ``reference`` is the number they gave."""

    to: str
    text: str
    asked_on: date
    body: str = ""
    reference: str = ""


def may_ask(acting: Appointment | None, proposal: Proposal) -> bool:
    """Whether somebody may ask: the developers, and the centre."""
    if acting is None:
        return False
    return develops(acting, proposal) or (acting.role in CENTRE and works_for(acting, proposal))


def may_answer(acting: Appointment | None, enquiry: Enquiry) -> bool:
    """Whether somebody may record an answer: the centre its own, whoever may ask those from outside."""
    if acting is None or enquiry.state != State.OPEN:
        return False
    if enquiry.to == To.CENTRE:
        return acting.role in CENTRE and works_for(acting, enquiry.proposal)
    return may_ask(acting, enquiry.proposal)


@transaction.atomic
def ask_question(acting: Appointment, proposal: Proposal, question: Question) -> Enquiry:
    """Keep a question; one to the centre is told to it (UNIMAS 2.1-development-consult; UTM 4.3.4)."""
    if not may_ask(acting, proposal):
        raise NotAllowed
    if question.to not in To.values:
        raise Refused(_("Choose who is asked."), "to")
    if not question.text.strip():
        raise Refused(_("Write the question."), "text")
    if question.to == To.PROFESSIONAL_BODY and not question.body.strip():
        raise Refused(_("Name the professional body."), "body")
    if question.asked_on > timezone.localdate():
        raise Refused(_("This day lies in the future."), "asked_on")
    proposal = WALK.locked(proposal, None)
    same = proposal.enquiries.filter(to=question.to, text=question.text.strip(), state=State.OPEN)
    if same.exists():
        raise Refused(_("This question is on the list already and waits for its answer."), "text")
    made = Enquiry.objects.create(
        proposal=proposal,
        to=question.to,
        body=question.body.strip(),
        reference=question.reference.strip(),
        text=question.text.strip(),
        asked_on=question.asked_on,
        asked_by=acting.person,
    )
    said(acting, made, "proposals.ask_question")
    asked.send(Enquiry, thing=made, acting=acting)
    return made


@transaction.atomic
def answer_question(
    acting: Appointment, enquiry: Enquiry, answer: str, answered_on: date, reference: str = ""
) -> Enquiry:
    """Keep the answer to a question."""
    WALK.locked(enquiry.proposal, None)
    now = Enquiry.objects.select_related("proposal__institution", "asked_by").get(pk=enquiry.pk)
    if not may_answer(acting, enquiry):
        raise NotAllowed
    if now.state != State.OPEN:
        raise Refused(_("This question is answered or closed already."))
    if not answer.strip():
        raise Refused(_("Write the answer."), "answer")
    if answered_on < now.asked_on or answered_on > timezone.localdate():
        raise Refused(_("The day of the answer lies between the question and today."), "answered_on")
    now.answer, now.answered_on, now.answered_by = answer.strip(), answered_on, acting.person
    now.reference, now.state = reference.strip() or now.reference, State.ANSWERED
    now.save()
    said(acting, now, "proposals.answer_question")
    asked.send(Enquiry, thing=now, acting=acting)
    return now


@transaction.atomic
def close_question(acting: Appointment, enquiry: Enquiry) -> Enquiry:
    """Close a question, answered or no longer needed."""
    if not may_ask(acting, enquiry.proposal):
        raise NotAllowed
    WALK.locked(enquiry.proposal, None)
    now = Enquiry.objects.get(pk=enquiry.pk)
    if now.state == State.CLOSED:
        raise Refused(_("This question is closed already."))
    now.state = State.CLOSED
    now.save(update_fields=["state"])
    said(acting, now, "proposals.close_question")
    return now


def said(acting: Appointment, enquiry: Enquiry, action: str) -> None:
    """Enter what was done about a question."""
    proposal = enquiry.proposal
    after = {"to": enquiry.to, "body": enquiry.body, "reference": enquiry.reference, "state": enquiry.state}
    record(acting, action, proposal, institution=proposal.institution, after=after)
