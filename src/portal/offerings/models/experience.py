"""What learners say of a course, and which courses follow on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.offerings.models.enrolment import Enrolment
from portal.offerings.models.offering import Offering
from portal.proposals.models import Proposal


class Survey(models.Model):
    """Questions to learners of an offering, rated and open (UNIMAS 3.3.1, 5.6; UMPSA 10.2).

    ``questions`` are rows of ``key``, ``sort`` (rating or text), ``ms``, ``en``.
    """

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="surveys")
    title_ms = models.CharField(_("title in Malay"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    questions = models.JSONField(_("questions"), default=list)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["offering", "opens_on"]
        verbose_name = _("survey")


class SurveyAnswer(models.Model):
    """One learner’s answers, once for each survey; reports never name the learner."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="survey_answers")
    answers = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "enrolment"], name="survey_answered_once")]


class FollowOn(models.Model):
    """A course recommended to those who finished another (UNIMAS 3.3.1-recommend)."""

    class Kind(models.TextChoices):
        ADVANCED = "advanced", _("Advanced course")
        UPGRADE = "upgrade", _("Upgrade course")
        RELATED = "related", _("Related course")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="follow_ons")
    leads_to = models.ForeignKey(Proposal, models.CASCADE, related_name="follows_on")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "leads_to"], name="follow_on_once")]
