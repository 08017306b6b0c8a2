"""What is assessed for a claim: face to face, or outcome by outcome."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.applications.models.application import Claim
from portal.catalogue.models import LearningOutcome


class OnsiteAssessment(models.Model):
    """A face-to-face assessment of a claim, with the check of identity (UTM 6.3.5 to 6.3.12)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="assessments")
    kinds = models.JSONField(_("kinds"), default=list)
    at = models.DateTimeField(_("date and time"))
    place = models.CharField(_("place"), max_length=200)
    assessor = models.ForeignKey(Appointment, models.PROTECT, related_name="assessments")
    identity_document = models.CharField(_("identity document seen"), max_length=60, blank=True)
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(_("attended"), null=True, blank=True)
    mark = models.DecimalField(_("mark in percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=2, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]


class OutcomeAssessment(models.Model):
    """An APEL.C assessment of one learning outcome of the target, in percent."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="outcome_assessments")
    outcome = models.ForeignKey(LearningOutcome, models.PROTECT, related_name="+")
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    instrument = models.CharField(_("how it was assessed"), max_length=120, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    assessor = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["outcome__code"]
        constraints = [models.UniqueConstraint(fields=["claim", "outcome"], name="outcome_assessed_once")]
