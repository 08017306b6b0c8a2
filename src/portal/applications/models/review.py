"""What the faculty judges of a MOOC or micro-credential before it grants anything (UTM 6.3.3; UTHM 24)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.applications.models.application import Claim


class CourseReview(models.Model):
    """The panel's judgement of the course behind a claim; a later one takes its place, both are kept."""

    class Quality(models.TextChoices):
        SOUND = "sound", _("Sound")
        DOUBTFUL = "doubtful", _("Doubtful")
        POOR = "poor", _("Poor")

    class Achievement(models.TextChoices):
        ALL = "all", _("All outcomes achieved")
        SOME = "some", _("Some outcomes achieved")
        NONE = "none", _("No outcome achieved")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="reviews")
    quality = models.CharField(_("quality of the course"), max_length=10, choices=Quality.choices)
    quality_comment = models.TextField(_("what the judgement rests on"))
    assessment_kinds = models.JSONField(_("assessment that the course used"), default=list)
    achievement = models.CharField(
        _("achievement of the outcomes"), max_length=10, choices=Achievement.choices
    )
    achievement_comment = models.TextField(_("comment"), blank=True)
    further_assessment = models.TextField(
        _("further assessment needed before a grade is carried over"), blank=True
    )
    given_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
