"""Template tags for the core's bilingual words and for figures; every template has them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext

from tauliah.policy.pack import Pack

register = template.Library()

BRACKETED = re.compile(r"\(([^()]+)\)\s*$")


@register.filter
def in_language(words: Any) -> str:
    """Give the person's language of a core ``Text`` or of a result's ``{ms, en}``."""
    language = "en" if (get_language() or "ms").startswith("en") else "ms"
    if not words:
        return ""
    if isinstance(words, Mapping):
        return str(words.get(language) or words.get("ms") or "")
    return str(getattr(words, language, words))


@register.filter
def policy_name(pack: Pack) -> str:
    """Name a policy with the short name of its institution first (UTHM: …)."""
    return f"{_short_name(pack)}: {in_language(pack.title)}"


def _short_name(pack: Pack) -> str:
    bracketed = BRACKETED.search(in_language(pack.institution))
    own = pack.names_of_institution
    return own[0] if own else bracketed[1] if bracketed else pack.name.upper()


@register.filter
def figure(number: Any) -> str:
    """Write a number without needless zeros: 3, 2.5; a missing one as a dash."""
    if number is None or number == "":
        return "–"
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        return str(number)
    exact = Decimal(str(number))
    return f"{exact.normalize():f}" if exact else "0"


@register.filter
def credits_in_words(number: Any) -> str:
    """Write a number of credits: 1 credit, 2.5 credits."""
    return ngettext("%(number)s credit", "%(number)s credits", 1 if number == 1 else 2) % {
        "number": figure(number)
    }


@register.filter
def day(value: Any) -> str:
    """Write a day or an ISO 8601 text of one in words: 15 September 2025."""
    try:
        moment = value if isinstance(value, date | datetime) else date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return date_format(moment, "j F Y")


@register.filter
def age(since: datetime) -> str:
    """Write how long ago a moment was, in its largest unit: ``1 week``."""
    return timesince(since, depth=1).strip()  # Django's Malay units end in a space


@register.filter
def ringgit(amount: Any) -> str:
    """Write an amount of money: RM 1,250.00."""
    return f"RM\N{NO-BREAK SPACE}{Decimal(str(amount)):,.2f}"
