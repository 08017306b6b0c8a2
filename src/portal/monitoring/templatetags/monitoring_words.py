"""The states of an offering in the language of the page."""

from django import template

from portal.processes.declared import NATIONAL, process_called
from portal.wording import in_language

register = template.Library()


@register.filter
def offering_state(state: str) -> str:
    """Name a state of an offering; those of one policy alone keep their word."""
    found = process_called(NATIONAL, "offering").states.get(state)
    return in_language(found.label) if found else state
