"""What people do with notices: read them, choose what comes by email, have a failed email sent again."""

from collections.abc import Collection
from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.notices.access import mail_for, notices_of
from portal.notices.kinds import Kind
from portal.notices.models import Mail, Muted, Notice
from portal.notices.tasks import send_mail
from portal.records.register import record
from portal.work.delivery import begin_again


def mark_read(notice: Notice) -> None:
    """Note that a notice was read; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(person: Person) -> int:
    """Note that a person has read everything; returns how many notices that were."""
    return notices_of(person).filter(read_at=None).update(read_at=timezone.now())


@transaction.atomic
def choose_emails(person: Person, offered: Collection[Kind], wanted: Collection[str]) -> None:
    """Keep which of the offered kinds a person wants emails of; mandatory kinds come whatever is chosen."""
    optional = {kind.name for kind in offered if not kind.mandatory}
    Muted.objects.filter(person=person, kind__in=optional).delete()
    Muted.objects.bulk_create(Muted(person=person, kind=name) for name in sorted(optional - set(wanted)))


@transaction.atomic
def send_again(acting: Appointment | None, pk: int) -> Mail:
    """Have an email sent that was given up; raises ``Refused`` where it was sent or still waits."""
    held = Mail.objects.select_for_update(of=("self",), no_key=True).get(pk=mail_for(acting, pk).pk)
    mail = cast("Mail", held)
    if mail.state not in ("failed", "unconfirmed"):
        raise Refused(_("This email was sent already or still waits to be sent; nothing was changed."))
    before = mail.state
    begin_again(mail)
    send_mail.enqueue(mail.pk)
    record(acting, "notices.send_again", mail, before={"state": before, "key": mail.key})
    return mail
