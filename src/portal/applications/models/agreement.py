"""Agreements with partner institutions, on which mobility rests (MQA, mobility.agreement)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.institutions.models import Institution


class Agreement(models.Model):
    """An agreement of two institutions, kept once and tied to the claims that rest on it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="agreements")
    partner = models.CharField(_("partner institution"), max_length=200)
    reference = models.CharField(_("reference of the agreement"), max_length=120)
    starts_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["partner", "-starts_on"]
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(fields=["institution", "reference"], name="agreement_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="agreement_ends_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} ({self.reference})"

    def holds_on(self, day: date) -> bool:
        """Say whether the agreement is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
