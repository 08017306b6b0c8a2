"""A person's credentials and profile as the API gives them, and taking in what software brings."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.api.problems import FieldError, Problem
from portal.credentials.access import own_credentials
from portal.credentials.models import Credential
from portal.credentials.verifying import verified
from portal.exchange.models import BroughtCredential, BroughtProfile
from portal.exchange.problems import REFUSED
from portal.wording import in_language
from tauliah.credentials.answer import Outcome
from tauliah.credentials.badge_schema import is_open_badge
from tauliah.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from tauliah.credentials.strict_json import Json

MOST_BROUGHT = 500
OWN_WORDS = ("url", "description", "official", "familyName", "givenName", "additionalName")
LONGEST = 2_000


def issued_to(person: Person, since: datetime | None) -> QuerySet[Credential]:
    """Return a person's credentials in force, the newest first."""
    found = own_credentials(person).filter(state=Credential.State.ISSUED)
    return found if since is None else found.filter(issued_at__gt=since)


def brought_by(person: Person, since: datetime | None) -> QuerySet[BroughtCredential]:
    """Return what a person's software brought, the newest first."""
    found = BroughtCredential.objects.filter(person=person)
    return found if since is None else found.filter(brought_at__gt=since)


def page_of_documents(
    person: Person, limit: int, offset: int, since: datetime | None
) -> tuple[list[Json], int]:
    """Return some of a person's documents, ours before others', and how many there are."""
    ours, others = issued_to(person, since), brought_by(person, since)
    here = ours.count()
    found = [each.document for each in ours[offset : offset + limit]]
    start, left = max(offset - here, 0), limit - len(found)
    found += [each.document for each in others[start : start + left]]
    return found, here + others.count()


@transaction.atomic
def bring(person: Person, document: Json, software: str) -> tuple[Json, bool]:
    """Keep a badge that holds; says whether it is new. Raises ``Problem`` for one that does not hold."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    name = document.get("id")
    if not is_open_badge(document) or not isinstance(name, str) or len(name) > 500:
        raise _refused("type", _("Send an Open Badge 3.0 (AchievementCredential) with an id."))
    for question in ("schema", "signature", "issuer"):
        answer = getattr(verified(document).verification, question)
        bad = answer.outcome is Outcome.NO or (question == "signature" and answer.outcome is not Outcome.YES)
        if bad:
            raise _refused(answer.where or question, in_language(answer.reason))
    if Credential.objects.filter(person=person, public_id__in=_own_ids(name)).exists():
        return document, False
    if BroughtCredential.objects.filter(person=person).exclude(document_id=name).count() >= MOST_BROUGHT:
        raise _refused("id", _("At most %(most)d credentials can be brought.") % {"most": MOST_BROUGHT})
    _kept, new = BroughtCredential.objects.update_or_create(
        person=person, document_id=name, defaults={"document": document, "brought_by": software[:100]}
    )
    return document, new


def _own_ids(name: str) -> list[str]:
    ours = name.removeprefix("urn:uuid:")
    return [ours] if ours != name and len(ours) == 36 else []


def profile_of(person: Person, address: str) -> Json:
    """Return a person's profile: name and email from here, the rest as their software set it."""
    brought = BroughtProfile.objects.filter(person=person).first()
    more: dict[str, Any] = dict(brought.document) if brought else {}
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": address,
        "type": ["Profile"],
        **more,
        "name": person.name,
        "email": person.email,
    }


@transaction.atomic
def set_profile(person: Person, document: Json) -> None:
    """Keep what software says of a person; name and email are changed in the portal. Raises ``Problem``."""
    kept = {name: document[name] for name in OWN_WORDS if name in document}
    for name, value in kept.items():
        if not isinstance(value, str) or len(value) > LONGEST:
            raise _refused(name, _("Must be text of at most %(most)d characters.") % {"most": LONGEST})
    if "url" in kept:
        try:
            URLValidator(["https", "http"])(kept["url"])
        except ValidationError as error:
            raise _refused("url", _("Must be a whole address (https://…).")) from error
    BroughtProfile.objects.update_or_create(person=person, defaults={"document": kept})


def _refused(where: str, words: str) -> Problem:
    return Problem(REFUSED, words, (FieldError(where, words),))
