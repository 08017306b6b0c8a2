"""Days on which something was done, as people enter them; and what is sent twice."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.wording import day as in_words


def must_be_past(day: date, field: str = "on") -> None:
    """Raise ``Refused`` for a day that is still to come."""
    if day > timezone.localdate():
        raise Refused(_("This day lies in the future."), field)


def must_not_be_before(day: date, first: date | None, field: str = "on") -> None:
    """Raise ``Refused`` for a day before the one on which what it rests on was done."""
    if first is not None and day < first:
        raise Refused(_("The day cannot be before %(first)s.") % {"first": in_words(first)}, field)


def already_recorded() -> str:
    """Say that the same was recorded before: a button pressed twice records nothing twice."""
    return _("This is recorded already, with the same day and words.")
