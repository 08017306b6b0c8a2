"""The contract's words as choices of a form and as words on a page."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import get_language

from tauliah.values.vocabulary import VOCABULARY

Choices = list[tuple[str, str]]


def words(vocabulary: str, value: str) -> str:
    """Return the name of a word in the language of the page; a word that is not known stays as it is."""
    text = VOCABULARY[vocabulary].get(value)
    return text.in_language(get_language() or "ms") if text else value


def choices(vocabulary: str, empty: str | None = None, without: frozenset[str] = frozenset()) -> Choices:
    """Return the words of a vocabulary with their names, in order; ``empty`` names no choice."""
    listed = [(value, words(vocabulary, value)) for value in VOCABULARY[vocabulary] if value not in without]
    return listed if empty is None else [("", empty), *listed]


def choices_of(
    vocabulary: str, empty: str | Promise | None = None, without: frozenset[str] = frozenset()
) -> Callable[[], Choices]:
    """Return a function that a form's field asks each time, so that names are in the language of the page."""
    return lambda: choices(vocabulary, None if empty is None else str(empty), without)
