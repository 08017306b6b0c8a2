"""Interaction and teaching load, each recorded by whose duty it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.monitoring.access import may_enter_load, may_log
from portal.monitoring.days import already_recorded, must_be_past
from portal.monitoring.models import Interaction, TeachingLoad
from portal.offerings.models import Offering
from portal.packs import packs
from portal.proposals.checking import knows
from portal.records.register import record
from portal.wording import in_language
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase
from tauliah.values.number import as_json


@transaction.atomic
def log(acting: Appointment | None, offering: Offering, on: date, text: str) -> Interaction:
    """Record that a teacher took part in talking with the learners (UTM 5.2.9)."""
    acting = must_teach(acting, offering)
    must_be_past(on)
    if offering.starts_on is None or on < offering.starts_on:
        raise Refused(_("The offering had not begun on that day."), "on")
    if not text.strip():
        raise Refused(_("Say what it was: a forum answer, a live session, a message to all."), "text")
    held = Offering.objects.select_for_update(no_key=True).get(pk=offering.pk)
    made, new = Interaction.objects.get_or_create(
        offering=held, person=acting.person, on=on, text=text.strip()
    )
    if not new:
        raise Refused(already_recorded(), "text")
    record(acting, "monitoring.log", offering, after={"on": on})
    return made


def must_teach(acting: Appointment | None, offering: Offering) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for all but those who teach the offering."""
    if acting is None or not may_log(acting, offering):
        raise NotAllowed
    return acting


@transaction.atomic
def enter_load(
    acting: Appointment | None, offering: Offering, person: Person, figures: Mapping[str, Any]
) -> TeachingLoad:
    """Work out and keep the load of a lecturer for an offering (UTM 5.4.7, Jadual 2).

    ``figures``: category, participants, completions, lecture_credits. Raises ``Refused`` for figures that
    cannot be, and where the person does not teach there.
    """
    acting = must_enter_load(acting, offering)
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


def must_enter_load(acting: Appointment | None, offering: Offering) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for all but the staff of the offering's faculty."""
    if acting is None or not may_enter_load(acting, offering):
        raise NotAllowed
    return acting


def load_of(offering: Offering, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the engine's answer on a teaching load; empty where the policy has no rule for it.

    Raises ``Refused`` with the field for what it cannot be asked.
    """
    if not knows(offering.policy, "teaching_load"):
        return {}
    case = {"kind": "teaching_load", "policy": offering.policy, **figures}
    amount = case.get("lecture_credits")
    if isinstance(amount, Decimal):
        case["lecture_credits"] = as_json(amount)
    try:
        return evaluate({name: value for name, value in case.items() if value is not None}, packs())
    except InvalidCase as wrong:
        raise Refused(in_language(wrong.message), wrong.where) from wrong
