"""Who is told what as an application goes on: letters to the student, notices to those whose turn it is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Appointment, Person
from portal.applications.letters import make_letter
from portal.applications.models import Application, OnsiteAssessment
from portal.applications.process import state_of
from portal.applications.signals import moved, recorded
from portal.notices.notify import notify

Teller = Callable[[Application, Appointment | None], object]

DECIDING = frozenset({"decide", "uphold", "record_senate"})
"""Steps after which a decision may stand."""
TURN = {
    "document_check": "application_arrived",
    "decision": "decision_waiting",
    "senate": "decision_waiting",
    "second_look": "second_look_waiting",
    "appeal": "appeal_lodged",
}
"""What those are told whose turn a state is."""


@receiver(moved, dispatch_uid="applications.telling.moved")
def on_moved(thing: Application, step: str, acting: Appointment | None, **kwargs: Any) -> None:
    """Write the letter that a step asks for, and tell those whose turn it is."""
    if step == "submit":
        make_letter(thing, "acknowledgement", acting)
    elif step == "ask_evidence":
        make_letter(thing, "evidence_request", acting, thing.requests.latest("pk"))
    elif step in DECIDING and thing.state == "decided":
        make_letter(thing, "decision", acting)
    elif step == "decide_appeal":
        make_letter(thing, "appeal_decision", acting)
    elif step == "appeal":
        tell(thing.student.person, "appeal_received", thing)
    elif step == "withdraw":
        tell_withdrawn(thing, kwargs.get("before", ""))
    if kind := TURN.get(thing.state):
        tell_holders(thing, "evidence_arrived" if step == "answer" else kind, acting)


@receiver(recorded, dispatch_uid="applications.telling.recorded")
def on_recorded(application: Application, what: str, acting: Appointment | None, **kwargs: Any) -> None:
    """Tell of assessments that were arranged or cancelled."""
    held = OnsiteAssessment.objects.filter(claim__application=application)
    if what == "applications.arrange_assessment":
        tell_arranged(application, held.latest("pk"), acting)
    elif what == "applications.cancel_assessment":
        cancelled = held.exclude(cancelled_at=None).latest("cancelled_at")
        told = {"course": cancelled.claim.target.code}
        key = f"onsite-{cancelled.pk}-cancelled"
        tell(application.student.person, "onsite_cancelled", application, told, key=key)


def tell_arranged(application: Application, assessment: OnsiteAssessment, acting: Appointment | None) -> None:
    """Invite the student by letter, and tell the assessor."""
    make_letter(application, "onsite_invitation", acting, assessment)
    told = {"course": assessment.claim.target.code, "at": assessment.at, "place": assessment.place}
    tell(assessment.assessor.person, "onsite_assigned", application, told, key=f"onsite-{assessment.pk}")


def tell_withdrawn(application: Application, before: str) -> None:
    """Tell those who worked on a submitted application that nothing more is to be done."""
    if application.submitted_at and before != "draft":
        for person in holders(application, ("programme_coordinator",)):
            tell(person, "application_withdrawn", application)


def tell_holders(application: Application, kind: str, acting: Appointment | None) -> None:
    """Tell those whose turn it is, except who has just acted."""
    role = state_of(application).holder
    for person in holders(application, (role,) if role else ()):
        if acting is None or person.pk != acting.person_id:
            tell(person, kind, application)


def holders(application: Application, roles: Iterable[str]) -> list[Person]:
    """Return who holds one of these roles for the application's faculty today, each once."""
    held = (
        Appointment.objects.filter(institution=application.institution, role__in=list(roles))
        .in_force(timezone.localdate())
        .select_related("person")
    )
    mine = [a for a in held if a.faculty_id in (None, application.faculty_id)]
    return list({a.person_id: a.person for a in mine if a.person.is_active}.values())


def tell(
    person: Person,
    kind: str,
    application: Application,
    told: Mapping[str, Any] | None = None,
    *,
    key: str = "",
) -> None:
    """Tell one person of an application; what happens again after another change is told again."""
    context = {
        "reference": application.reference,
        "applicant": application.student.person.name,
        "programme": application.programme,
    }
    notify(
        person,
        kind,
        context | dict(told or {}),
        reverse("applications:detail", args=[application.pk]),
        institution=application.institution,
        mail_key=key or f"application-{application.pk}-{kind}-{application.version}",
    )
