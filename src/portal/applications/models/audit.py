"""Audits of decisions: the sample that was drawn, and what was found (UTM Jadual 5(6))."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.applications.models.decision import Decision
from portal.institutions.models import Faculty, Institution


class Audit(models.Model):
    """An audit of a faculty, or of all: a period, and decisions drawn from it at random.

    ``seed`` orders the decisions before the first are taken, so that anybody can draw the sample again.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="audits")
    faculty = models.ForeignKey(
        Faculty, models.PROTECT, null=True, blank=True, related_name="audits", verbose_name=_("faculty")
    )
    since = models.DateField(_("decisions from"))
    until = models.DateField(_("decisions until"))
    size = models.PositiveSmallIntegerField(_("number of decisions"))
    seed = models.CharField(_("seed"), max_length=32)
    decisions = models.ManyToManyField(Decision, related_name="audits")
    opened_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("audit")


class Finding(models.Model):
    """What an auditor found of a decision; findings are added, never changed."""

    class Result(models.TextChoices):
        CONFORMS = "conforms", _("Conforms")
        OBSERVATION = "observation", _("Observation")
        BREACH = "breach", _("Breach")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="findings")
    audit = models.ForeignKey(Audit, models.PROTECT, null=True, blank=True, related_name="findings")
    result = models.CharField(_("finding"), max_length=12, choices=Result.choices)
    text = models.TextField(_("what was found"), blank=True)
    found_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        verbose_name = _("finding")
