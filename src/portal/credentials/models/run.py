"""Issuing runs: who gets a credential of which course, and how far the issuing has come."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.credentials.models.achievement import Achievement, Edition
from portal.institutions.models import Institution


class IssuingRun(models.Model):
    """One cohort of a course whose learners get their credentials together."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        ISSUING = "issuing", _("Being issued")
        DONE = "done", _("Issued")
        FAILED = "failed", _("Interrupted")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="issuing_runs")
    achievement = models.ForeignKey(
        Achievement, models.PROTECT, related_name="runs", verbose_name=_("course that is certified")
    )
    certificate = models.CharField(_("certificate"), max_length=20)
    cohort = models.CharField(_("cohort"), max_length=80)
    term = models.CharField(_("semester"), max_length=40, blank=True)
    started_on = models.DateField(_("first day of the course"))
    ended_on = models.DateField(_("last day of the course"))
    awarded_on = models.DateField(_("approved by the Senate on"))
    stamped_on = models.DateField(_("date of the official stamp"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    mistakes = models.JSONField(default=list)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="runs")
    made_by = models.ForeignKey(Appointment, models.PROTECT, related_name="issuing_runs")
    total = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("issuing run")
        indexes = [models.Index(fields=["institution", "state", "made_at"])]

    def __str__(self) -> str:
        return f"{self.achievement.code} {self.cohort}"

    def get_absolute_url(self) -> str:
        """The run's page."""
        return reverse("credentials:run", args=[self.pk])

    @property
    def percent(self) -> int:
        """How much of it is issued, in whole percent."""
        return 100 * self.issued // self.total if self.total else 0


class Award(models.Model):
    """One learner of a run with the result; marks are out of 100 of their part."""

    run = models.ForeignKey(IssuingRun, models.CASCADE, related_name="awards")
    position = models.PositiveIntegerField(_("place"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("email"))
    identity = models.CharField(_("identity number, masked"), max_length=40, blank=True)
    grade = models.CharField(_("grade"), max_length=2, blank=True)
    formative_mark = models.DecimalField(_("formative mark"), max_digits=5, decimal_places=2, null=True)
    summative_mark = models.DecimalField(_("summative mark"), max_digits=5, decimal_places=2, null=True)
    payment = models.CharField(_("receipt number"), max_length=60, blank=True)
    completed = models.BooleanField(_("completed all activities"), null=True)

    class Meta:
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="award_place_once"),
            models.UniqueConstraint(fields=["run", "email"], name="award_email_once"),
        ]
