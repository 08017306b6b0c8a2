"""Maintenance of a course, and the letters where there was none (UTM 3.3.1.1, 3.3.2.2, 3.3.2.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.proposals.models import Proposal


class Maintenance(models.Model):
    """What was done to keep a course up, and when."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="maintenance")
    on = models.DateField(_("done on"))
    text = models.TextField(_("what was done"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("maintenance")


class UpkeepLetter(models.Model):
    """A written warning, or the order to close that follows it; kept as it was sent."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("Written warning")
        CLOSING = "closing", _("Order to close")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="upkeep_letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    reference = models.CharField(_("reference"), max_length=60, unique=True)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    file = models.FileField(upload_to="upkeep/%Y/")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("letter on upkeep")

    def __str__(self) -> str:
        return self.reference
