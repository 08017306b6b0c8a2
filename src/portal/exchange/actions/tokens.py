"""Giving another system a token, ending it, and revoking what was signed for it."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.models import Achievement
from portal.credentials.status import set_bits
from portal.exchange.access import must_administer
from portal.exchange.models import ApiToken, SignedCredential
from portal.exchange.secret import digest, fresh
from portal.records.register import record

PREFIX = "tauliah_"
"""By which scanners of source code find a token that somebody published by mistake."""
LONGEST_DAYS = 730


@transaction.atomic
def give_token(
    acting: Appointment | None,
    *,
    name: str,
    may_issue: bool,
    may_verify: bool,
    achievements: Iterable[Achievement],
    last_day: date,
) -> tuple[ApiToken, str]:
    """Return a new token and its secret, which is not to be had again; raises ``Refused``."""
    acting = must_administer(acting)
    assert acting.institution
    chosen = list(achievements)
    if any(course.institution_id != acting.institution_id for course in chosen):
        raise NotAllowed
    if not (may_issue or may_verify):
        raise Refused(_("Choose what the system may do."), "may_verify")
    if may_issue and not chosen:
        raise Refused(_("Choose the courses that it may certify."), "achievements")
    days = (last_day - timezone.localdate()).days
    if not 0 <= days <= LONGEST_DAYS:
        raise Refused(
            _("Choose a day from today on, at most %(days)d days away.") % {"days": LONGEST_DAYS}, "last_day"
        )
    secret = fresh(PREFIX)
    made = ApiToken.objects.create(
        institution=acting.institution,
        name=name,
        digest=digest(secret),
        may_issue=may_issue,
        may_verify=may_verify,
        made_by=acting,
        expires_at=timezone.make_aware(datetime.combine(last_day, time.max)),
    )
    made.achievements.set(chosen if may_issue else [])
    after = {
        "name": name,
        "may_issue": may_issue,
        "may_verify": may_verify,
        "courses": [course.code for course in chosen],
        "last_day": last_day,
    }
    record(acting, "exchange.give_token", made, after=after)
    return made, secret


@transaction.atomic
def end_token(acting: Appointment | None, token: ApiToken) -> None:
    """End a token at once; raises ``Refused`` where it has ended."""
    acting = must_administer(acting)
    held = ApiToken.objects.select_for_update(no_key=True).get(pk=token.pk)
    if held.institution_id != acting.institution_id:
        raise NotAllowed
    if held.ended_at is not None:
        raise Refused(_("This access has ended already."))
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    record(acting, "exchange.end_token", held, before={"name": held.name})


@transaction.atomic
def revoke_signed(acting: Appointment | None, signed: SignedCredential, reason: str) -> None:
    """Revoke a credential that was signed for another system; the status list says so at once."""
    acting = must_administer(acting)
    held = SignedCredential.objects.select_for_update(of=("self",), no_key=True).get(pk=signed.pk)
    if held.institution_id != acting.institution_id:
        raise NotAllowed
    if held.revoked_at is not None:
        raise Refused(_("This credential is revoked already."))
    held.revoked_at, held.revoked_because = timezone.now(), reason
    held.save(update_fields=["revoked_at", "revoked_because"])
    set_bits(held.status_list, [held.status_index], set_to=True)
    record(acting, "exchange.revoke_signed", held, before={"id": held.document_id}, reason=reason)
