"""The yearly review of a course with its actions (UNIMAS 5.5-review; UMPSA 13)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.proposals.models import Proposal


class Review(models.Model):
    """What was found in a year, from figures, learners and teachers; ``figures`` are kept as they stood."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("year"))
    findings = models.TextField(_("findings"))
    staff_feedback = models.TextField(_("what teachers say"), blank=True)
    learner_feedback = models.TextField(_("what learners say"), blank=True)
    figures = models.JSONField(default=dict)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("yearly review")
        constraints = [models.UniqueConstraint(fields=["proposal", "year"], name="review_once")]


class ReviewAction(models.Model):
    """What is done about a finding, by whom and until when (UNIMAS 5.6-use)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="actions")
    text = models.CharField(_("action"), max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["review", "pk"]
        verbose_name = _("action")
