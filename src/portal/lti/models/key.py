"""The keys by which an institution signs what it says as a tool or as a platform."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.secret_text import SecretTextField
from portal.institutions.models import Institution


class Side(models.TextChoices):
    """Which part the institution plays; each has keys of its own, so neither speaks for the other."""

    TOOL = "tool", _("Tool of an LMS")
    PLATFORM = "platform", _("Platform of tools")


class SigningKey(models.Model):
    """An RSA key; ``private`` stands encrypted, ``public`` is the JWK that is published.

    One that is ``retired_at`` signs nothing any more and is published a while longer.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="lti_keys")
    side = models.CharField(max_length=10, choices=Side.choices)
    kid = models.CharField(max_length=64, unique=True)
    private = SecretTextField()
    public = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("LTI key")

    def __str__(self) -> str:
        return self.kid
