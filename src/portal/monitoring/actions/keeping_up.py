"""Maintenance recorded by the developer; the warning and the order to close by the centre."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.institutions.numbering import next_number
from portal.monitoring.access import may_maintain, may_write_letters
from portal.monitoring.days import already_recorded, must_be_past, must_not_be_before
from portal.monitoring.letters import upkeep_letter
from portal.monitoring.models import Maintenance, UpkeepLetter
from portal.monitoring.upkeep import registered_on, upkeep_of
from portal.notices.notify import notify
from portal.proposals.models import Proposal
from portal.records.register import record


@transaction.atomic
def maintain(acting: Appointment | None, course: Proposal, on: date, text: str) -> Maintenance:
    """Record what was done to keep a course up since it was registered (UTM 3.3.1.1)."""
    acting = must_maintain(acting, course)
    must_be_past(on)
    must_not_be_before(on, registered_on(course))
    if not text.strip():
        raise Refused(_("Say what was done."), "text")
    held = held_course(course)
    made, new = Maintenance.objects.get_or_create(
        proposal=held, on=on, text=text.strip(), defaults={"by": acting.person}
    )
    if not new:
        raise Refused(already_recorded(), "text")
    record(acting, "monitoring.maintain", course, after={"on": on, "what": made.text})
    return made


def must_maintain(acting: Appointment | None, course: Proposal) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for all but those who develop the course."""
    if acting is None or not may_maintain(acting, course):
        raise NotAllowed
    return acting


def held_course(course: Proposal) -> Proposal:
    """Return the course as it stands now, held until the transaction ends."""
    return Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)


@transaction.atomic
def write_letter(acting: Appointment | None, course: Proposal, kind: str) -> UpkeepLetter:
    """Issue the letter that is due, once; raises ``Refused`` where another or none is due.

    ``kind`` is the one that the person saw: somebody else may have written it meanwhile.
    """
    if acting is None or not may_write_letters(acting, course):
        raise NotAllowed
    course = held_course(course)
    upkeep = upkeep_of(course)
    if upkeep.letter != kind:
        raise Refused(_("This letter is not due now: the course was kept up, or it was written already."))
    today = timezone.localdate()
    number = next_number(course.institution, "upkeep", today.year)
    reference = f"{course.institution.code.upper()}/P/{today.year}/{number:06}"
    letter = UpkeepLetter(proposal=course, kind=kind, reference=reference, issued_on=today, issued_by=acting)
    pdf = upkeep_letter(upkeep, reference, today, acting)
    letter.file.save(f"{reference.replace('/', '-')}.pdf", ContentFile(pdf), save=False)
    letter.save()
    record(acting, f"monitoring.{kind}", course, after={"reference": reference})
    notify(
        course.developer,
        f"upkeep_{kind}",
        {"course": str(course), "reference": reference},
        reverse("monitoring:course", args=[course.pk]),
        institution=course.institution,
        mail_key=f"upkeep-{letter.pk}",
        attachment=letter.file.name or "",
        attachment_name=f"{reference.replace('/', '-')}.pdf",
    )
    return letter
