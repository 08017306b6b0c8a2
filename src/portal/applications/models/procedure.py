"""A faculty's procedure of applying, as its applicants read it (UTM 3.3.2.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.institutions.models import Faculty
from portal.institutions.naming import in_language


class Procedure(models.Model):
    """One version of a faculty's procedure, in Markdown; the newest is shown, earlier ones are kept."""

    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="procedures")
    number = models.PositiveIntegerField(_("version"))
    text_ms = models.TextField(_("text in Malay"))
    text_en = models.TextField(_("text in English"), blank=True)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["faculty", "-number"]
        verbose_name = _("procedure of a faculty")
        constraints = [models.UniqueConstraint(fields=["faculty", "number"], name="procedure_once")]

    def __str__(self) -> str:
        return f"{self.faculty.code} {self.number}"

    @property
    def text(self) -> str:
        """The Markdown in the language of the page."""
        return in_language(self.text_ms, self.text_en)
