"""Where credits come from, and how old they are, in the language of the page."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.translation import ngettext

from portal.pathways.qualification import QUESTIONS

register = template.Library()
MONTHS = 12


@register.filter
def origin_words(origin: str) -> str:
    """Name where credits come from, as the tool on qualifications asks for them."""
    return str(QUESTIONS[f"credits.{origin}"].label)


@register.filter
def years_ago(day: date) -> str:
    """Say how many whole years ago a day was; reviewers judge by it (UNIMAS 1.5(b)-currency)."""
    today = timezone.localdate()
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return ngettext("%(n)s year ago", "%(n)s years ago", years) % {"n": years} if years > 0 else ""
