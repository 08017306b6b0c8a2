"""The steps of an offering that people take: readiness, approval, announcing, closing, cancelling."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings.models import Offering
from portal.offerings.process import WALK
from portal.offerings.rights import is_expert
from portal.offerings.schedule import is_late
from portal.offerings.telling_offering import tell_centre_of_closing
from portal.offerings.terms import weeks
from portal.records.register import record

REASONED = frozenset({"close_early", "cancel", "return_offering"})
"""Steps that are never taken without saying why; those whom they concern read it."""


@transaction.atomic
def announce(acting: Appointment, offering: Offering, *, version: int | None, reason: str = "") -> Offering:
    """Announce an offering: from now on it stands in the public catalogue.

    Raises ``NotAllowed``, ``Refused`` for what is missing, and where it is announced later than the policy
    asks (UTM 5.3.4) without a reason.
    """
    offering = WALK.opened(acting, offering, "announce", version)
    if is_late(offering, timezone.localdate()) and not reason.strip():
        raise Refused(late_words(offering), "reason")
    offering.announced_on = timezone.localdate()
    offering.save(update_fields=["announced_on"])
    return WALK.take(acting, offering, "announce", reason=reason.strip())


def late_words(offering: Offering) -> str:
    """Say that an announcement is late, and what to do."""
    return _(
        "An offering is announced at least %(weeks)s weeks before its first day. Say why this one is later,"
        " or choose a later first day."
    ) % {"weeks": weeks(offering.policy, "announcement_weeks")}


@transaction.atomic
def take_step(
    acting: Appointment, offering: Offering, name: str, *, version: int | None, reason: str = ""
) -> Offering:
    """Take any other step that the policy's process has; raises ``NotAllowed`` or ``Refused``."""
    if name == "announce":
        return announce(acting, offering, version=version, reason=reason)
    offering = WALK.opened(acting, offering, name, version)
    if name in REASONED and not reason.strip():
        raise Refused(_("Say why; those whom it concerns read it."), "reason")
    if name == "close_early":
        must_have_told(acting, offering)
        offering.closing_reason = reason.strip()
        offering.ends_on = max(timezone.localdate(), offering.starts_on or timezone.localdate())
        offering.save(update_fields=["closing_reason", "ends_on"])
    return WALK.take(acting, offering, name, reason=reason.strip())


def must_have_told(acting: Appointment, offering: Offering) -> None:
    """Refuse to close a course during its offering before the centre was told (UTM 3.3.1.5)."""
    needs = WALK.missing(acting, offering, offering.declared().steps["close_early"])
    told = offering.centre_told_on
    if needs and told == timezone.localdate():
        raise Refused(
            _("The e-learning centre was told today; the course can be closed from tomorrow on."), "reason"
        )


@transaction.atomic
def tell_of_closing(
    acting: Appointment,
    offering: Offering,
    reason: str,
    *,
    version: int | None,
    closes_on: date | None = None,
) -> Offering:
    """Give the centre prior notice that a course will close during its offering (UTM 3.3.1.5).

    Raises ``NotAllowed`` for who does not teach it, ``Refused`` without a reason or where it does not run.
    """
    if not is_expert(acting, offering):
        raise NotAllowed
    offering = WALK.locked(offering, version)
    if offering.state != "running":
        raise Refused(_("The course is not being offered now; there is nothing to close."))
    if not reason.strip():
        raise Refused(_("Say why the course has to close."), "reason")
    if closes_on is not None and closes_on <= timezone.localdate():
        raise Refused(_("The centre is told before the closing; choose a day after today."), "closes_on")
    offering.centre_told_on = offering.centre_told_on or timezone.localdate()
    offering.closing_reason = reason.strip()
    offering.touch("centre_told_on", "closing_reason")
    record(
        acting,
        "offerings.tell_of_closing",
        offering,
        institution=offering.institution,
        after={"closes_on": closes_on},
        reason=reason.strip(),
    )
    tell_centre_of_closing(offering, acting)
    return offering
