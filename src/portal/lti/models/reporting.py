"""What a tool may ask and report: its tokens, the line items of its placements, and the scores."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lti.models.tool import Placement, Tool, ToolUser
from portal.offerings.models import Assessment, Offering


class Assertion(models.Model):
    """A client assertion that was used; the same one is not taken again while it would hold."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="+")
    jti = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tool", "jti"], name="assertion_once")]


class AccessToken(models.Model):
    """What a tool shows to the services; only its digest is kept."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    @classmethod
    def good(cls) -> Q:
        """What opens something now."""
        return Q(expires_at__gt=timezone.now(), tool__ended_at=None, tool__institution__active=True)


class LineItem(models.Model):
    """A column that a tool writes scores into; with an assessment they become its marks.

    One belongs to the placement it was made with, or is the tool's own in that offering.
    """

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="line_items")
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="lti_line_items")
    placement = models.ForeignKey(Placement, models.CASCADE, null=True, related_name="line_items")
    assessment = models.ForeignKey(Assessment, models.SET_NULL, null=True, related_name="lti_line_items")
    label = models.CharField(_("column"), max_length=255)
    maximum = models.DecimalField(_("highest score"), max_digits=9, decimal_places=3)
    resource_id = models.CharField(max_length=255, blank=True)
    tag = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["offering", "pk"]
        verbose_name = _("column of a tool")

    def __str__(self) -> str:
        return self.label


class Score(models.Model):
    """The newest score that a tool reported for somebody; ``refusal`` says why it became no mark."""

    item = models.ForeignKey(LineItem, models.CASCADE, related_name="scores")
    user = models.ForeignKey(ToolUser, models.CASCADE, related_name="scores")
    given = models.DecimalField(_("score"), max_digits=9, decimal_places=3, null=True)
    maximum = models.DecimalField(_("highest score"), max_digits=9, decimal_places=3, null=True)
    at = models.DateTimeField(_("at"))
    is_final = models.BooleanField(_("fully graded"), default=False)
    comment = models.TextField(_("comment"), blank=True)
    refusal = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = _("score of a tool")
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="lti_score_once")]

    def __str__(self) -> str:
        return f"{self.given}/{self.maximum}"
