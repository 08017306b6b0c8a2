"""Holding a meeting while it is changed, and telling the second of two people what the first did."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.approvals.access import must_record
from portal.approvals.models import Meeting
from portal.records.register import entries_about
from portal.records.words import in_words


class ChangedMeanwhile(Refused):
    """Somebody else changed the meeting since it was shown; nothing was saved."""


def held(acting: Appointment | None, meeting: Meeting, version: int | None) -> Meeting:
    """Return a meeting that lies ahead, locked until the transaction ends.

    ``version`` is the one that the person saw; None where nothing that was seen is overwritten. Raises
    ``NotAllowed``, ``ChangedMeanwhile``, or ``Refused`` where the meeting is recorded or cancelled.
    """
    must_record(acting, meeting.committee)
    now = locked(meeting, version)
    if not now.is_ahead:
        raise Refused(
            _("The meeting %(meeting)s is closed: “%(state)s”.")
            % {"meeting": now, "state": now.get_state_display()}
        )
    return now


def locked(meeting: Meeting, version: int | None) -> Meeting:
    """Return a meeting, locked; raises ``ChangedMeanwhile``."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related(
        "institution", "committee"
    )
    now = rows.get(pk=meeting.pk)
    if version is not None and version != now.version:
        raise ChangedMeanwhile(who_changed(now))
    return now


def who_changed(meeting: Meeting) -> str:
    """Say who changed a meeting last, what they did, and when."""
    last = entries_about(meeting).select_related("person").last()
    if last is None:
        return _("Somebody changed this meeting after you opened it. Look at it as it is now.")
    return _(
        "%(who)s changed this meeting on %(when)s, after you opened it (%(what)s). Nothing of yours was "
        "saved yet; what you entered is still here. Look at it as it is now and send it again."
    ) % {
        "who": last.person.name if last.person else _("Somebody"),
        "when": date_format(timezone.localtime(last.at), "j F Y, H:i"),
        "what": in_words(last.action),
    }


def touch(meeting: Meeting, *columns: str) -> None:
    """Save the named columns and give the meeting its next version."""
    meeting.version += 1
    meeting.save(update_fields=[*columns, "version"])
