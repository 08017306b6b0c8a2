"""What happens here when a person is erased elsewhere."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import Person
from portal.lti.forgetting import forget_person
from portal.people.signals import person_erased


@receiver(person_erased, dispatch_uid="lti.person_erased")
def on_person_erased(sender: type[Person], person: Person, **kwargs: Any) -> None:
    """Let go of what LMSs and tools said of the person; marks are the university's record and stay."""
    forget_person(person)
