"""Telling learners of their credentials, and staff of what is wrong with a list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from portal.credentials.models import Award, Credential
from portal.institutions.models import Institution
from portal.notices.kinds import kinds
from portal.notices.models import Mail
from portal.notices.notify import Told, notify_all, send_all
from portal.wording import in_language
from tauliah.values.case import InvalidCase


def tell_issued(made: Sequence[Credential]) -> None:
    """Tell learners of new credentials, each once."""
    tell("credential_issued", [(each, f"credential-{each.public_id}", {}) for each in made])


def tell_changed(credential: Credential, kind: str, reason: str) -> None:
    """Tell a learner that a credential was revoked, suspended or put in force again, with the reason."""
    key = f"credential-{credential.pk}-{kind}-{credential.changes.count()}"
    tell(kind, [(credential, key, {"reason": reason})])


def tell(kind: str, news: Iterable[tuple[Credential, str, Mapping[str, Any]]]) -> None:
    """Tell learners something of one kind; who has no account is written to at the credential's address."""
    people: dict[Institution, list[Told]] = {}
    letters = []
    for credential, key, more in news:
        context = {**words_of(credential), **more}
        if credential.person is not None:
            link = reverse("credentials:own", args=[credential.pk])
            told = Told(credential.person, context, key, link)
            people.setdefault(credential.institution, []).append(told)
        elif credential.email:
            letters.append(letter_of(credential, kind, key, context))
    for institution, messages in people.items():
        notify_all(kind, messages, institution=institution)
    send_all(letters)


def words_of(credential: Credential) -> dict[str, Any]:
    """Return what the words of a notice name of a credential."""
    return {
        "title": {"ms": credential.title_ms, "en": credential.title_en},
        "serial": credential.serial,
        "institution": credential.institution,
    }


def letter_of(credential: Credential, kind: str, key: str, context: Mapping[str, Any]) -> Mail:
    """Return the email to somebody without an account, whose language nobody knows: in both.

    The language in which the course was taught comes first.
    """
    first, second = ("en", "ms") if taught_in_english(credential) else ("ms", "en")
    words = kinds()[kind]
    return Mail(
        key=key,
        institution=credential.institution,
        to=credential.email,
        subject=" ".join(words.title_in(first, context).split()),
        text=f"{words.text_in(first, context)}\n\n{words.text_in(second, context)}",
        language=first,
        link=reverse("verification:credential", args=[credential.public_id]),
    )


def taught_in_english(credential: Credential) -> bool:
    """Say whether the course of a credential was taught in English and in no other language."""
    return credential.achievement is not None and credential.achievement.instruction == ["en"]


def told(wrong: InvalidCase, award: Award | None = None) -> str:
    """Say what keeps a statement from being certified, with the learner where it is theirs."""
    lines = [f"{problem.where}: {in_language(problem.message)}" for problem in wrong.problems[:5]]
    return " ".join([f"{award.name}:" if award else "", *lines]).strip()
