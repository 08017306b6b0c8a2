"""What a person's other software brought by the Open Badges API: badges and a profile."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BroughtCredential(models.Model):
    """A credential of any issuer that a person's software brought; it was verified when it came."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="brought_credentials")
    document_id = models.CharField(max_length=500)
    document = models.JSONField()
    brought_by = models.CharField(_("by which software"), max_length=100)
    brought_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-brought_at", "-pk"]
        verbose_name = _("credential from elsewhere")
        constraints = [models.UniqueConstraint(fields=["person", "document_id"], name="brought_once")]


class BroughtProfile(models.Model):
    """What a person's software says of them beyond what the portal knows; name and email are the portal's."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="brought_profile")
    document = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)
