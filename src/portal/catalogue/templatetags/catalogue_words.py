"""The contract's words in templates: {{ programme.level|word:"level" }}; and what a filter offers."""

from django import template
from django.utils.translation import gettext as _

from portal.catalogue.choices import Choices, words

register = template.Library()

NARROW = frozenset(
    {
        "code", "credits", "learning_hours", "graduating_credits", "coursework_credits", "duration_years",
        "mode", "level", "minimum_grade_reference", "minimum_grade", "minimum_grade_on", "subject",
        "standard_limit_percent",
        "professional_limit_percent", "cgpa", "status", "standing", "final_semester", "intake",
    }
)  # fmt: skip
HALF = frozenset({"name_ms", "name_en", "mqa_accredited", "mqr_code"})
WIDE = frozenset({"synopsis", "experts", "different"})


@register.filter
def word(value: str, vocabulary: str) -> str:
    """Name a word of the contract in the language of the page; nothing for no word."""
    return words(vocabulary, value) if value else ""


@register.filter
def width_of_field(name: str) -> str:
    """Return how many of twelve columns a field takes."""
    if name in HALF:
        return "w6"
    return "w4" if name in NARROW else "w12" if name in WIDE else "w8"


@register.filter
def with_all(choices: Choices) -> Choices:
    """Put the choice of all before the words of a filter."""
    return [("", _("all")), *choices]


@register.filter
def states_of_offer(_value: object) -> Choices:
    """Return the choices of the filter by state."""
    return [("", _("offered")), ("retired", _("retired")), ("all", _("all"))]


@register.filter
def lacking_parts(_value: object) -> Choices:
    """Return the choices of the filter by what a course still lacks."""
    return [("", "–"), ("outcomes", _("outcomes")), ("topics", _("topics")), ("experts", _("experts"))]
