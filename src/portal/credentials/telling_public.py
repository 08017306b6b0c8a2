"""What visitors are told of a credential's state and history, in plain words and without reasons."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.credentials.models import Change, Credential

STATES: dict[str, tuple[str, str | Promise]] = {
    "issued": ("good", _("In force")),
    "suspended": (
        "wait",
        _("Suspended: the institution is looking into it. Ask it before you rely on this."),
    ),
    "revoked": ("bad", _("Revoked: the institution no longer stands by it.")),
    "superseded": ("bad", _("Replaced by a corrected credential. Ask the holder for the new one.")),
}


def state_words(credential: Credential) -> tuple[str, str | Promise]:
    """Return tone and words of the credential's state."""
    return STATES[credential.state]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a credential."""

    at: datetime
    words: str | Promise


def history_of(credential: Credential) -> list[Event]:
    """Return what happened, oldest first."""
    happened = [Event(credential.issued_at, _("Issued"))]
    changes = Change.objects.filter(credential=credential)
    return happened + [Event(change.at, Change.What(change.what).label) for change in changes]
