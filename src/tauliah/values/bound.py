"""Which required values are bounds, and how a bound reads: a bare value would read as the exact one."""

from collections.abc import Mapping
from types import MappingProxyType

from tauliah.values.text import Text

AT_LEAST = Text("sekurang-kurangnya {}", "at least {}")
NOT_EARLIER = Text("tidak lebih awal daripada {}", "not earlier than {}")

BOUNDS: Mapping[str, Text] = MappingProxyType(
    {
        "currency": NOT_EARLIER,
        "minimum_grade": AT_LEAST,
        "content_overlap": AT_LEAST,
        "credit_value": AT_LEAST,
        "learning_outcomes": AT_LEAST,
        "verified_completion": AT_LEAST,
    }
)
"""The rules whose required value is a bound, by the contract's names."""


def as_required(rule: str, words: str, language: str) -> str:
    """Write the required value of a rule, already in words, as the bound that it is."""
    bound = BOUNDS.get(rule)
    return bound.in_language(language).format(words) if bound else words
