"""What happens here when a person is erased elsewhere."""

from typing import Any

from allauth.idp.oidc.models import Token
from django.dispatch import receiver

from portal.accounts.models import Person
from portal.exchange.models import BroughtCredential, BroughtProfile, Offer
from portal.people.signals import person_erased


@receiver(person_erased, dispatch_uid="exchange.person_erased")
def on_person_erased(sender: type[Person], person: Person, **kwargs: Any) -> None:
    """Let go of what the person's software brought, of its access, and of offers with the wallets' keys.

    What an institution issued stays: it is the institution's record, and holds without this portal too.
    """
    BroughtCredential.objects.filter(person=person).delete()
    BroughtProfile.objects.filter(person=person).delete()
    Token.objects.filter(user=person).delete()
    Offer.objects.filter(credential__person=person).delete()
