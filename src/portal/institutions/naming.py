"""Things with a name in Malay and in English."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_language(ms: str, en: str) -> str:
    """Return the text in the language of the page, or the other one where it has none."""
    return (en or ms) if get_language() == "en" else (ms or en)


class Named(models.Model):
    """A thing with a Malay and an English name; either may stand for both."""

    name_ms = models.CharField(_("name in Malay"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name_ms, self.name_en)
