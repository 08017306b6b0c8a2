"""Telling people something: in the portal, and by email where it matters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.notices.kinds import Kind, kinds
from portal.notices.models import Mail, Muted, Notice
from portal.notices.tasks import send_mail, send_mails

AT_ONCE = 25
"""Emails that one task sends: few enough that other work comes in between."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one of many people is told: the values of the words, where it leads, and its key."""

    person: Person
    context: Mapping[str, Any]
    mail_key: str
    link: str = ""


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


def notify_all(kind: str, messages: Iterable[Told], *, institution: Institution | None = None) -> None:
    """Tell many people things of one kind, each once for its key, under the terms of ``notify``."""
    told = kinds()[kind]
    keyed = {key_of(message): message for message in messages}
    there = set(Notice.objects.filter(key__in=keyed).values_list("key", flat=True))
    made = Notice.objects.bulk_create(
        Notice(key=key, **values_of(m.person, told, m.context, link=m.link, institution=institution))
        for key, m in keyed.items()
        if key not in there
    )
    deaf = set() if told.mandatory else unwilling(kind, [notice.person_id for notice in made])
    send_all(
        mail_of(notice, notice.person, notice.key or "", text_of(notice))
        for notice in made
        if notice.person_id not in deaf
    )


def send_all(mails: Iterable[Mail]) -> None:
    """Have emails sent, each once for its key; must be called in the transaction of what they tell."""
    keyed = {mail.key: mail for mail in mails}
    there = set(Mail.objects.filter(key__in=keyed).values_list("key", flat=True))
    made = Mail.objects.bulk_create(mail for key, mail in keyed.items() if key not in there)
    for start in range(0, len(made), AT_ONCE):
        send_mails.enqueue([mail.pk for mail in made[start : start + AT_ONCE]])


def key_of(message: Told) -> str:
    """Return the key under which somebody is told something once."""
    return f"{message.mail_key}:{message.person.pk}"[:200]


def unwilling(kind: str, people: Collection[int]) -> set[int]:
    """Return those who do not want emails of a kind."""
    return set(Muted.objects.filter(kind=kind, person__in=people).values_list("person_id", flat=True))


def text_of(notice: Notice) -> str:
    """Return the text of a notice in the language of its person."""
    return notice.text_en if notice.person.language == "en" else notice.text_ms


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
    values = values_of(person, kind, context, link=link, institution=institution)
    if key is None:
        return Notice.objects.create(**values), True
    return Notice.objects.get_or_create(key=key, defaults=values)


def values_of(
    person: Person, kind: Kind, context: Mapping[str, Any], *, link: str, institution: Institution | None
) -> dict[str, Any]:
    """Return what a notice keeps, in both languages."""
    return {
        "person": person,
        "institution": institution,
        "kind": kind.name,
        "title_ms": kind.title_in("ms", context),
        "title_en": kind.title_in("en", context),
        "text_ms": kind.text_in("ms", context),
        "text_en": kind.text_in("en", context),
        "link": link,
    }


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
