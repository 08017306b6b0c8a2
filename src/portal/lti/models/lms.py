"""An LMS in which Tauliah is a tool, and a launch from it on its way through the browser."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.institutions.models import Institution


class LmsSet(models.QuerySet["Lms"]):
    """Questions one asks of registered LMSs."""

    def in_use(self) -> "LmsSet":
        """Keep those from which launches are taken now."""
        return self.filter(ended_at=None, institution__active=True)


class Lms(models.Model):
    """A Moodle, Open edX or other platform that an institution registered.

    ``deployments`` are the ids by which the LMS names where it put us; ``keys`` is its key set as it was
    last looked up.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="lms")
    name = models.CharField(_("name"), max_length=80)
    issuer = models.CharField(_("issuer (platform ID)"), max_length=255)
    client_id = models.CharField(_("client ID"), max_length=255)
    deployments = models.JSONField(_("deployment IDs"), default=list)
    auth_url = models.CharField(_("authentication request URL"), max_length=500)
    token_url = models.CharField(_("access token URL"), max_length=500)
    jwks_url = models.CharField(_("public keyset URL"), max_length=500)
    token_audience = models.CharField(_("audience for access tokens"), max_length=500, blank=True)
    keys = models.JSONField(default=dict)
    keys_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects: Any = LmsSet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("LMS")
        constraints = [
            models.UniqueConstraint(fields=["institution", "issuer", "client_id"], name="lms_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether launches from it are taken."""
        return self.ended_at is None


class Passing(models.Model):
    """Something that is good once and soon, for one browser; only digests of its secrets are kept."""

    digest = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def good(cls) -> Q:
        """What can still be used."""
        return Q(used_at=None, expires_at__gt=timezone.now())


class LoginState(Passing):
    """The state and nonce of a login that an LMS began; a launch uses it up."""

    lms = models.ForeignKey(Lms, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=64)


class Message(Passing):
    """A launch that was believed, until its person has arrived; ``claims`` are what the LMS said."""

    lms = models.ForeignKey(Lms, models.CASCADE, related_name="+")
    claims = models.JSONField()
