"""Asking a committee, and taking the question back."""

from django.db import models, transaction
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.approvals.models import Committee, Item
from portal.institutions.models import Institution
from portal.records.register import record
from tauliah.policy.process import Process


def committee_called(institution: Institution, process: Process, code: str) -> Committee:
    """Return a committee that a process names; one that the institution lacks is made from its words."""
    words = process.committees[code]
    found, _made = Committee.objects.get_or_create(
        institution=institution, code=code, defaults={"name_ms": words.ms, "name_en": words.en}
    )
    return found


@transaction.atomic
def ask(
    acting: Appointment | None,
    committee: Committee,
    subject: models.Model,
    *,
    kind: str,
    purpose: str,
    titles: tuple[str, str],
    link: str,
) -> Item:
    """Put something to a committee, once for each purpose until it is decided; ``titles`` in ms and en."""
    item, made = Item.objects.get_or_create(
        kind=kind,
        subject=subject.pk,
        purpose=purpose,
        decision="",
        withdrawn_at=None,
        defaults={
            "institution": committee.institution,
            "committee": committee,
            "title_ms": titles[0][:300],
            "title_en": titles[1][:300],
            "link": link,
            "asked_by": acting,
        },
    )
    if made:
        record(
            acting,
            "approvals.ask",
            item,
            institution=committee.institution,
            after={"committee": committee.code, "item": item.title_ms},
        )
    return item


@transaction.atomic
def take_back(acting: Appointment | None, kind: str, subject: models.Model) -> None:
    """Withdraw what a committee has not decided yet about something."""
    now = timezone.now()
    for item in Item.objects.select_for_update().filter(
        kind=kind, subject=subject.pk, decision="", withdrawn_at=None
    ):
        item.withdrawn_at = now
        item.save(update_fields=["withdrawn_at"])
        record(acting, "approvals.take_back", item, institution=item.institution)
