"""What a person let software do: one line for each, from the tokens that still open something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from allauth.idp.oidc.models import Client, Token
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise

from portal.accounts.models import Person
from portal.exchange.badges.scopes import SCOPES


@dataclass(frozen=True, slots=True)
class Granted:
    """Software with access: what it may do, since when, and until when if it does nothing."""

    software: Client
    scopes: list[str | Promise]
    since: datetime
    until: datetime | None


def tokens_of(person: Person) -> QuerySet[Token]:
    """Return a person's tokens that software still holds."""
    found: QuerySet[Token] = Token.objects.valid().filter(user=person, client__isnull=False)
    return found


def granted_by(person: Person) -> list[Granted]:
    """Return the software that has access to a person's badges, by name."""
    found = tokens_of(person).select_related("client").order_by("client__name", "client")
    return [granted(client, each) for client, each in groupby(found, lambda token: token.client)]


def granted(software: Client, tokens: Iterable[Token]) -> Granted:
    """Return one piece of software with everything that its tokens open."""
    held = list(tokens)
    opened = {scope for token in held for scope in token.get_scopes()}
    ends = [token.expires_at for token in held]
    return Granted(
        software,
        [words for scope, words in SCOPES.items() if scope in opened],
        min(token.created_at for token in held),
        None if None in ends else max(end for end in ends if end),
    )


def granted_to(person: Person, software: str) -> Granted:
    """Return what a person let one piece of software do; raises ``Http404`` where that is nothing."""
    for each in granted_by(person):
        if each.software.pk == software:
            return each
    raise Http404
