"""Tokens by which other systems of an institution use the VC-API, and what was signed for them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.credentials.models import Achievement, StatusList
from portal.institutions.models import Institution


class TokenSet(models.QuerySet["ApiToken"]):
    """Questions one asks of tokens."""

    def in_force(self) -> "TokenSet":
        """Keep the tokens that open something now, of institutions in use."""
        now = timezone.now()
        return self.filter(ended_at=None, expires_at__gt=now, institution__active=True)


class ApiToken(models.Model):
    """What another system shows in place of a login; only its digest is kept.

    ``may_issue`` extends to the courses in ``achievements`` and to no others.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("which system"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    may_issue = models.BooleanField(_("has credentials signed"), default=False)
    may_verify = models.BooleanField(_("has credentials verified"), default=True)
    achievements = models.ManyToManyField(
        Achievement, blank=True, related_name="api_tokens", verbose_name=_("courses it may certify")
    )
    made_by = models.ForeignKey(Appointment, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects: Any = TokenSet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("access of another system")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it opens anything now."""
        return self.ended_at is None and self.expires_at > timezone.now()


class SignedCredential(models.Model):
    """A credential that another system had signed; it is revoked by its place in the status list."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="signed_credentials")
    token = models.ForeignKey(ApiToken, models.PROTECT, related_name="signed")
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="+")
    document_id = models.CharField(max_length=500)
    document = models.JSONField()
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    signed_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        verbose_name = _("credential signed for another system")
        constraints = [
            models.UniqueConstraint(fields=["institution", "document_id"], name="signed_document_once"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="signed_place_once"),
        ]

    def __str__(self) -> str:
        return self.document_id


class Question(models.Model):
    """A challenge that a holder's presentation must answer: for one token, once, and soon."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="questions")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    @classmethod
    def unanswered(cls) -> Q:
        """What can still be answered."""
        return Q(used_at=None, expires_at__gt=timezone.now())
