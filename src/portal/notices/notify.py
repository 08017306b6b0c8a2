"""Telling people something: in the portal, and by email where it matters."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.notices.kinds import Kind, kinds
from portal.notices.models import Mail, Muted, Notice
from portal.notices.tasks import send_mail


def notify(
    person: Person,
    kind: str,
    context: Mapping[str, Any],
    link: str = "",
    *,
    institution: Institution | None = None,
    mail_key: str = "",
    attachment: str = "",
    attachment_name: str = "",
    copy_to: Sequence[str] = (),
) -> Notice:
    """Tell a person something, once for each ``mail_key``; with one, an email goes out too.

    ``kind`` is one of ``kinds.yaml``, ``context`` holds the values of its words. Must be called in the
    transaction of what it tells: where that is undone, nobody is told. ``attachment`` is the path of a file
    in the default storage. Raises ``KeyError`` for an unknown kind or a value of its title that is missing.
    """
    told = kinds()[kind]
    key = f"{mail_key}:{person.pk}"[:200] if mail_key else None
    with transaction.atomic(savepoint=False):
        notice, new = kept(person, told, context, link=link, institution=institution, key=key)
        if new and key and wanted(person, told):
            mail = mail_of(notice, person, key, told.text_in(person.language, context))
            mail.attachment, mail.attachment_name, mail.copy_to = attachment, attachment_name, list(copy_to)
            mail.save()
            send_mail.enqueue(mail.pk)
    return notice


def kept(
    person: Person,
    kind: Kind,
    context: Mapping[str, Any],
    *,
    link: str,
    institution: Institution | None,
    key: str | None,
) -> tuple[Notice, bool]:
    """Return the notice, and whether it is new; one with the same key stays as it is."""
    values = {
        "person": person,
        "institution": institution,
        "kind": kind.name,
        "title_ms": kind.title_in("ms", context),
        "title_en": kind.title_in("en", context),
        "text_ms": kind.text_in("ms", context),
        "text_en": kind.text_in("en", context),
        "link": link,
    }
    if key is None:
        return Notice.objects.create(**values), True
    return Notice.objects.get_or_create(key=key, defaults=values)


def wanted(person: Person, kind: Kind) -> bool:
    """Say whether an email of this kind goes to the person."""
    return kind.mandatory or not Muted.objects.filter(person=person, kind=kind.name).exists()


def mail_of(notice: Notice, person: Person, key: str, text: str) -> Mail:
    """Return the email of a notice in the person's language, not kept yet."""
    title = notice.title_en if person.language == "en" else notice.title_ms
    return Mail(
        key=key,
        person=person,
        institution=notice.institution,
        to=person.email,
        subject=" ".join(title.split()),
        text=text,
        language=person.language,
        link=notice.link,
    )
