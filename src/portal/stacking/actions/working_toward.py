"""What a learner does: choose a goal, say what the rules need to know, record what came from elsewhere."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.models import Programme
from portal.records.register import record
from portal.stacking.models import Goal, Outside, Profile


@transaction.atomic
def choose(
    acting: Appointment,
    programme: Programme,
    *,
    route: str,
    meets_entry: bool | None,
    born_on: date | None = None,
) -> Goal:
    """Choose a programme as a goal, and keep the day of birth; raises ``Refused`` for one chosen before."""
    goal, made = Goal.objects.get_or_create(
        person=acting.person,
        programme=programme,
        defaults={"route": route, "meets_entry": meets_entry},
    )
    if not made:
        raise Refused(_("This programme is among your goals already."), "programme")
    if born_on is not None:
        Profile.objects.update_or_create(person=acting.person, defaults={"born_on": born_on})
    record(acting, "stacking.choose", goal, after={"programme": programme.code})
    return goal


@transaction.atomic
def change(
    acting: Appointment, goal: Goal, *, route: str, meets_entry: bool | None, born_on: date | None
) -> None:
    """Keep what the learner says of the way in and of the own age."""
    must_be_own(acting, goal.person_id)
    before = {"route": goal.route, "meets_entry": goal.meets_entry}
    goal.route, goal.meets_entry = route, meets_entry
    goal.save(update_fields=["route", "meets_entry"])
    Profile.objects.update_or_create(person=acting.person, defaults={"born_on": born_on})
    record(
        acting,
        "stacking.change",
        goal,
        before=before,
        after={"route": route, "meets_entry": meets_entry},
    )


@transaction.atomic
def give_up(acting: Appointment, goal: Goal) -> None:
    """Take a goal off the list; what was earned stays."""
    must_be_own(acting, goal.person_id)
    record(acting, "stacking.give_up", goal, before={"programme": goal.programme.code})
    goal.delete()


@transaction.atomic
def keep_outside(acting: Appointment, outside: Outside) -> Outside:
    """Keep a micro-credential of another institution."""
    if outside.pk:
        must_be_own(acting, outside.person_id)
    outside.person = acting.person
    outside.save()
    record(
        acting,
        "stacking.keep_outside",
        outside,
        after={"title": outside.title, "credits": str(outside.credits)},
    )
    return outside


@transaction.atomic
def remove_outside(acting: Appointment, outside: Outside) -> None:
    """Take a micro-credential of another institution off the record."""
    must_be_own(acting, outside.person_id)
    record(acting, "stacking.remove_outside", outside, before={"title": outside.title})
    outside.delete()


def must_be_own(acting: Appointment, person: int) -> None:
    """Raise ``NotAllowed`` for anybody but the learner."""
    if acting.person_id != person:
        raise NotAllowed
