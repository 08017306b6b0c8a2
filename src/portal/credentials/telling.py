"""Telling learners of their credentials, and staff of what is wrong with a list."""

from django.urls import reverse

from portal.credentials.models import Award, Credential
from portal.notices.kinds import kinds
from portal.notices.models import Mail
from portal.notices.notify import notify
from portal.notices.tasks import send_mail
from portal.wording import in_language
from tauliah.values.case import InvalidCase


def tell_issued(credential: Credential) -> None:
    """Tell a learner of a new credential, once; who has no account yet is written to at the address given."""
    context: dict[str, object] = {
        "title": {"ms": credential.title_ms, "en": credential.title_en},
        "serial": credential.serial,
        "institution": credential.institution,
    }
    key = f"credential-{credential.public_id}"
    if credential.person is not None:
        link = reverse("credentials:own", args=[credential.pk])
        notify(
            credential.person,
            "credential_issued",
            context,
            link,
            institution=credential.institution,
            mail_key=key,
        )
    elif credential.email:
        _write_to(credential, context, key)


def _write_to(credential: Credential, context: dict[str, object], key: str) -> None:
    kind = kinds()["credential_issued"]
    mail, new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "institution": credential.institution,
            "to": credential.email,
            "subject": kind.title_in("ms", context),
            "text": f"{kind.text_in('ms', context)}\n\n{kind.text_in('en', context)}",
            "language": "ms",
            "link": reverse("verification:credential", args=[credential.public_id]),
        },
    )
    if new:
        send_mail.enqueue(mail.pk)


def tell_changed(credential: Credential, kind: str, reason: str) -> None:
    """Tell a learner that a credential was revoked, suspended or put in force again, with the reason."""
    if credential.person is None:
        return
    context = {
        "title": {"ms": credential.title_ms, "en": credential.title_en},
        "serial": credential.serial,
        "reason": reason,
        "institution": credential.institution,
    }
    key = f"credential-{credential.pk}-{kind}-{credential.changes.count()}"
    notify(
        credential.person,
        kind,
        context,
        reverse("credentials:own", args=[credential.pk]),
        institution=credential.institution,
        mail_key=key,
    )


def told(wrong: InvalidCase, award: Award | None = None) -> str:
    """Say what keeps a statement from being certified, with the learner where it is theirs."""
    lines = [f"{problem.where}: {in_language(problem.message)}" for problem in wrong.problems[:5]]
    return " ".join([f"{award.name}:" if award else "", *lines]).strip()
