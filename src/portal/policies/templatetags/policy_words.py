"""Filters that put a clause's codes into words."""

from django import template
from django.utils.translation import get_language

from portal.policies.words import ACTORS, DOCUMENT_LANGUAGES, FORCES, REALISATIONS, REALISING, SORTS, Words
from tauliah.values.vocabulary import VOCABULARY

register = template.Library()

VOCABULARIES = ("rule", "limit", "condition", "basis", "award")


@register.filter
def force(code: str) -> str:
    """Say how binding a clause is."""
    return _word(FORCES, code)


@register.filter
def actor(code: str) -> str:
    """Say who acts in a clause."""
    return _word(ACTORS, code)


@register.filter
def realisation(code: str) -> str:
    """Say what became of a clause in the system."""
    return _word(REALISATIONS, code)


@register.filter
def sort(code: str) -> str:
    """Say what sort of thing cites a clause."""
    return _word(SORTS, code)


@register.filter
def realising(code: str) -> str:
    """Say what sort of thing carries a clause out."""
    return _word(REALISING, code)


@register.filter
def document_language(code: str) -> str:
    """Name the language of a document."""
    return _word(DOCUMENT_LANGUAGES, code)


@register.filter
def contract_name(name: str) -> str:
    """Give the label of a rule, limit, condition, basis or award; any other name as it stands."""
    for vocabulary in VOCABULARIES:
        if name in VOCABULARY[vocabulary]:
            return VOCABULARY[vocabulary][name].in_language(get_language() or "ms")
    return name


@register.filter
def anchor(clause: str) -> str:
    """Make a clause's identifier into one that a page can hold."""
    return f"clause-{'-'.join(clause.split())}"


def _word(words: Words, code: str) -> str:
    return str(words.get(code, code))
