"""Interaction, checked tasks and teaching load, each recorded by whose duty it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.monitoring.access import may_enter_load, may_log
from portal.monitoring.models import Interaction, TaskCheck, TeachingLoad
from portal.offerings.models import Enrolment, Offering
from portal.packs import packs
from portal.proposals.checking import knows
from portal.records.register import record
from tauliah.evaluate import evaluate
from tauliah.values.number import as_json


@transaction.atomic
def log(acting: Appointment | None, offering: Offering, on: date, text: str) -> Interaction:
    """Record that a teacher took part in talking with the learners (UTM 5.2.9)."""
    if acting is None or not may_log(acting, offering):
        raise NotAllowed
    must_be_past(on)
    if offering.starts_on and on < offering.starts_on:
        raise Refused(_("The offering had not begun on that day."), "on")
    if not text.strip():
        raise Refused(_("Say what it was: a forum answer, a live session, a message to all."), "text")
    made = Interaction.objects.create(offering=offering, person=acting.person, on=on, text=text.strip())
    record(acting, "monitoring.log", offering, after={"on": on})
    return made


@transaction.atomic
def check_tasks(acting: Appointment | None, enrolment: Enrolment, on: date, note: str = "") -> TaskCheck:
    """Record that the tasks and activities of a learner were checked (UTM 5.2.10)."""
    if acting is None or not may_log(acting, enrolment.offering):
        raise NotAllowed
    must_be_past(on)
    made, _new = TaskCheck.objects.update_or_create(
        enrolment=enrolment, on=on, defaults={"by": acting.person, "note": note.strip()[:300]}
    )
    record(acting, "monitoring.check_tasks", enrolment, after={"on": on})
    return made


def must_be_past(on: date) -> None:
    """Raise ``Refused`` for a day that is still to come."""
    if on > timezone.localdate():
        raise Refused(_("The day cannot be still to come."), "on")


@transaction.atomic
def enter_load(
    acting: Appointment | None, offering: Offering, person: Person, figures: Mapping[str, Any]
) -> TeachingLoad:
    """Work out and keep the load of a lecturer for an offering (UTM 5.4.7, Jadual 2).

    ``figures``: category, participants, completions, lecture_credits. Raises ``InvalidCase`` for figures
    that the policy cannot read, ``Refused`` where the person does not teach there.
    """
    if acting is None or not may_enter_load(acting, offering):
        raise NotAllowed
    if not offering.teachers.filter(person=person).exists():
        raise Refused(_("This person does not teach in the offering."), "person")
    result = load_of(offering, figures)
    credits = result.get("credits")
    made, _new = TeachingLoad.objects.update_or_create(
        offering=offering,
        person=person,
        defaults={
            "semester": offering.semester,
            "category": figures["category"],
            "participants": figures.get("participants"),
            "completions": figures.get("completions"),
            "lecture_credits": figures.get("lecture_credits"),
            "credits": None if credits is None else Decimal(str(credits)),
            "result": result,
            "entered_by": acting,
        },
    )
    record(
        acting, "monitoring.enter_load", offering, after={"lecturer": person.name, "credits": made.credits}
    )
    return made


def load_of(offering: Offering, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the engine's answer on a teaching load; empty where the policy has no rule for it."""
    if not knows(offering.policy, "teaching_load"):
        return {}
    case = {"kind": "teaching_load", "policy": offering.policy, **figures}
    amount = case.get("lecture_credits")
    if isinstance(amount, Decimal):
        case["lecture_credits"] = as_json(amount)
    return evaluate({name: value for name, value in case.items() if value is not None}, packs())
