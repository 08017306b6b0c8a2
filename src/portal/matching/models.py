"""Comparisons of a source syllabus with a target course, the experts' judgements, and precedents."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.catalogue.models import Course, LearningOutcome
from portal.institutions.models import Institution

percent = [MinValueValidator(0), MaxValueValidator(100)]


class SourceSyllabus(models.Model):
    """One or more courses taken elsewhere, as one syllabus to be compared (a combination is one)."""

    institution_name = models.CharField(_("institution"), max_length=200)
    codes = models.CharField(_("course codes"), max_length=200)
    title = models.CharField(_("course title"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=20, blank=True)
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2, null=True, blank=True)
    learning_hours = models.DecimalField(
        _("learning time in hours"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    outcomes = models.JSONField(_("learning outcomes"), default=list)
    topics = models.JSONField(_("topics"), default=list)

    class Meta:
        indexes = [models.Index(fields=["institution_name", "codes"])]

    def __str__(self) -> str:
        return f"{self.institution_name} {self.codes}"


class Comparison(models.Model):
    """A source syllabus beside a target course: the record from which the 80 % is computed (UTHM 5(b))."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="comparisons")
    source = models.ForeignKey(SourceSyllabus, models.PROTECT, related_name="comparisons")
    target = models.ForeignKey(Course, models.PROTECT, related_name="comparisons")
    overlap = models.DecimalField(
        _("share of the target covered, in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=percent,
    )
    reconciled_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    reconciled_reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target.code}"


class Judgement(models.Model):
    """One expert's opinion of a comparison; two may differ and are then reconciled."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="judgements")
    expert = models.ForeignKey(Appointment, models.PROTECT, related_name="judgements")
    overlap = models.DecimalField(
        _("share covered, in percent"), max_digits=5, decimal_places=2, null=True, validators=percent
    )
    comment = models.TextField(_("comment"), blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["comparison", "expert"], name="one_judgement_each")]


class OutcomeJudgement(models.Model):
    """How much of one outcome (or topic) of the target the source covers."""

    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="parts")
    outcome = models.ForeignKey(LearningOutcome, models.PROTECT, related_name="+")
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, default=1)
    covered = models.DecimalField(
        _("covered, in percent"), max_digits=5, decimal_places=2, validators=percent
    )
    matched = models.JSONField(_("outcomes and topics of the source"), default=list)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        ordering = ["outcome__code"]
        constraints = [models.UniqueConstraint(fields=["judgement", "outcome"], name="outcome_judged_once")]


class Precedent(models.Model):
    """A settled comparison that later applications may rest on, until it expires."""

    comparison = models.OneToOneField(Comparison, models.PROTECT, related_name="precedent")
    accepted = models.BooleanField(_("accepted"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="precedent_ends_after",
            )
        ]
