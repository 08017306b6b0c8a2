"""Assessments of an offering, marks, and the sheets by which results are confirmed."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.credentials.models import IssuingRun
from portal.institutions.models import Institution
from portal.offerings.models.enrolment import Enrolment
from portal.offerings.models.offering import Offering
from portal.processes.models import Walking


class Assessment(models.Model):
    """A part of the mark: ``percent`` of the total, marked out of 100; weights add up to 100 %."""

    class Type(models.TextChoices):
        CONTINUOUS = "continuous", _("Continuous assessment")
        FINAL = "final", _("Final assessment")

    class Purpose(models.TextChoices):
        FORMATIVE = "formative", _("Formative")
        DIAGNOSTIC = "diagnostic", _("Diagnostic")
        SUMMATIVE = "summative", _("Summative")

    class Form(models.TextChoices):
        QUIZ = "quiz", _("Online quiz")
        TEST = "test", _("Test or examination")
        ASSIGNMENT = "assignment", _("Assignment")
        PROJECT = "project", _("Project")
        PRESENTATION = "presentation", _("Presentation")
        OTHER = "other", _("Other")

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="assessments")
    position = models.PositiveSmallIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=120)
    type = models.CharField(_("type"), max_length=10, choices=Type.choices)
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=Purpose.choices, default=Purpose.SUMMATIVE
    )
    form = models.CharField(_("form"), max_length=12, choices=Form.choices, default=Form.OTHER)
    percent = models.DecimalField(
        _("weight in percent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    outcomes = models.JSONField(_("learning outcomes"), default=list, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts allowed; 0 for any number"), default=1)

    class Meta:
        ordering = ["offering", "position", "pk"]
        verbose_name = _("assessment")
        constraints = [models.UniqueConstraint(fields=["offering", "name"], name="assessment_once")]

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """One attempt of a learner at an assessment; the best attempt counts (UNIMAS 2.3-retake)."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="marks")
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    mark = models.DecimalField(
        _("mark of 100"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    feedback = models.TextField(_("feedback"), blank=True)
    source = models.CharField(_("where it came from"), max_length=20, default="entered")
    marked_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["assessment", "enrolment", "attempt"]
        verbose_name = _("mark")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "enrolment", "attempt"], name="mark_once"),
            models.CheckConstraint(condition=Q(mark__gte=0) & Q(mark__lte=100), name="mark_of_100"),
        ]


class ResultSheet(Walking):
    """The results of some learners of an offering on their way to the Senate and the certificates."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="result_sheets")
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="sheets")
    process = models.CharField(_("process"), max_length=40, default="course_results")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    submitted_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    run = models.OneToOneField(IssuingRun, models.PROTECT, null=True, blank=True, related_name="result_sheet")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("sheet of results")
        constraints = [models.UniqueConstraint(fields=["offering", "number"], name="sheet_once")]

    def __str__(self) -> str:
        return f"{self.offering} #{self.number}"

    def get_absolute_url(self) -> str:
        """The sheet's page."""
        return reverse("offerings:sheet", args=[self.pk])


class Result(models.Model):
    """What a learner reached in an offering: total of 100, grade by the scale, and attainment by outcome."""

    sheet = models.ForeignKey(ResultSheet, models.CASCADE, related_name="results")
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="result")
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2, null=True)
    continuous = models.DecimalField(_("continuous mark"), max_digits=5, decimal_places=2, null=True)
    final = models.DecimalField(_("final mark"), max_digits=5, decimal_places=2, null=True)
    grade = models.CharField(_("grade"), max_length=12, blank=True)
    passed = models.BooleanField(_("passed"), null=True)
    attainment = models.JSONField(_("attainment by outcome"), default=dict)
    told_at = models.DateTimeField(_("learner told"), null=True)

    class Meta:
        ordering = ["sheet", "enrolment"]
        verbose_name = _("result")
