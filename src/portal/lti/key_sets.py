"""The key sets of LMSs and tools: kept for minutes, and looked up at once when a name is unknown."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.lti.models import Lms, Tool
from portal.lti.outgoing import asking, json_from
from portal.lti.tokens import KeySet, key_in

KEPT = timedelta(minutes=10)
"""How long a key is believed that its owner has withdrawn since; a class of a hundred asks once."""
PAUSE = timedelta(seconds=30)
"""How long nobody is asked again: who sends rubbish does not make us knock at the LMS each time."""


def key_set_of(sender: Lms | Tool) -> KeySet:
    """Return how the keys of an LMS or a tool are found; asking raises ``NotReached``."""

    def keys(kid: str) -> Any:
        age = timezone.now() - sender.keys_at if sender.keys_at else None
        if age is not None and (age < PAUSE or (age < KEPT and key_in(sender.keys, kid))):
            return sender.keys
        found = json_from(asking(sender.jwks_url), sender.jwks_url)
        sender.keys, sender.keys_at = found if isinstance(found, dict) else {}, timezone.now()
        type(sender)._default_manager.filter(pk=sender.pk).update(keys=sender.keys, keys_at=sender.keys_at)
        return sender.keys

    return keys
