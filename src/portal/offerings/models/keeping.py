"""What an institution keeps for all of its offerings: platforms, guidance; and the papers of one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.institutions.models import Institution
from portal.institutions.naming import in_language
from portal.offerings.models.offering import Offering


class Platform(models.Model):
    """A learning platform that the institution uses besides those its policy names.

    ``agreement`` is the Senate’s (UNIMAS 3.1); ``assessed_on`` and ``assessment`` say that the centre found
    it suitable, and why (UTM 4.3.2).
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="platforms")
    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address"), blank=True)
    agreement = models.CharField(_("the Senate’s agreement"), max_length=200, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    assessed_on = models.DateField(_("suitability judged on"), null=True, blank=True)
    assessment = models.TextField(_("what was found"), blank=True)
    streams_only = models.BooleanField(_("streams videos without offering a download"), default=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("learning platform")
        constraints = [models.UniqueConstraint(fields=["institution", "name"], name="platform_once")]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A letter about an offering as it was written and sent; never changed (UTM 5.3.3)."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("Letter of approval")

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    reference = models.CharField(_("reference"), max_length=40)
    file = models.FileField(upload_to="offerings/%Y/%m/")
    made_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("paper of an offering")


class Guide(models.Model):
    """A page of guidance for learners and staff, as of one version; the newest is shown (UNIMAS 5.4)."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="guides")
    topic = models.CharField(_("topic"), max_length=30)
    number = models.PositiveSmallIntegerField(_("version"))
    text_ms = models.TextField(_("text in Malay"))
    text_en = models.TextField(_("text in English"), blank=True)
    by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["institution", "topic", "-number"]
        verbose_name = _("page of guidance")
        constraints = [models.UniqueConstraint(fields=["institution", "topic", "number"], name="guide_once")]

    @property
    def text(self) -> str:
        """The text in the language of the page."""
        return in_language(self.text_ms, self.text_en)
