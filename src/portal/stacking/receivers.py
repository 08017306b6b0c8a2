"""What happens to goals when a person is erased."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import Person
from portal.people.signals import person_erased
from portal.records.models import Entry
from portal.stacking.models import Goal, Outside, Profile


@receiver(person_erased, dispatch_uid="stacking.person_erased")
def on_person_erased(sender: type[Person], person: Person, **kwargs: Any) -> None:
    """Let go of the day of birth, the goals and what the person recorded of other institutions.

    Of the register, what the person wrote about these goes too; what the institution did stays there.
    """
    own = Entry.objects.filter(person=person, action__startswith="stacking.")
    own.update(details=None)
    for kept in (Goal, Outside, Profile):
        kept.objects.filter(person=person).delete()
