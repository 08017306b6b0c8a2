"""Credentials as they were issued, what became of them, and how their learners share them."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.applications.models import Application
from portal.credentials.models.achievement import Achievement, Edition
from portal.credentials.models.run import Award, IssuingRun
from portal.credentials.models.status import StatusList
from portal.institutions.models import Institution
from portal.institutions.naming import in_language


class Credential(models.Model):
    """One signed credential; what was signed never changes, its state does.

    ``public_id`` (122 random bits) makes its address; ``values`` are what differs from learner to learner,
    ``edition`` what does not. ``mms`` is the published statement whose digest the credential carries.
    """

    class Kind(models.TextChoices):
        AWARD = "award", _("Award of a course")
        DECISION = "decision", _("Credit transfer decision")

    class State(models.TextChoices):
        ISSUED = "issued", _("In effect")
        SUSPENDED = "suspended", _("Suspended")
        REVOKED = "revoked", _("Revoked")
        SUPERSEDED = "superseded", _("Replaced")

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    short_code = models.CharField(_("short code"), max_length=14, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.AWARD)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="credentials")
    achievement = models.ForeignKey(Achievement, models.PROTECT, null=True, related_name="credentials")
    run = models.ForeignKey(IssuingRun, models.PROTECT, null=True, related_name="credentials")
    award = models.OneToOneField(Award, models.PROTECT, null=True, related_name="credential")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="credentials")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="credentials")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="credentials")
    name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("email"), blank=True)
    title_ms = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    serial = models.CharField(_("serial number"), max_length=80)
    values = models.JSONField(default=dict)
    document = models.JSONField()
    mms = models.TextField(blank=True)
    basis = models.CharField(max_length=64, blank=True)
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="credentials")
    status_index = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.ISSUED)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    shown = models.BooleanField(_("shown to whoever has the address"), default=True)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("credential")
        constraints = [
            models.UniqueConstraint(fields=["institution", "serial"], name="credential_serial_once"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="status_place_once"),
            models.UniqueConstraint(
                fields=["application", "basis"],
                condition=Q(application__isnull=False),
                name="decision_credential_once",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "issued_at"]),
            models.Index(fields=["person"]),
            models.Index(fields=["email"]),
        ]

    def __str__(self) -> str:
        return self.serial

    def get_absolute_url(self) -> str:
        """The page of those who issue."""
        return reverse("credentials:credential", args=[self.pk])

    @property
    def title(self) -> str:
        """What is certified, in the language of the page."""
        return in_language(self.title_ms, self.title_en)

    @property
    def urn(self) -> str:
        """The identifier inside the signed document."""
        return f"urn:uuid:{self.public_id}"


class Change(models.Model):
    """What became of a credential after it was issued; the reason is for its learner and the office."""

    class What(models.TextChoices):
        REVOKED = "revoked", _("Revoked")
        SUSPENDED = "suspended", _("Suspended")
        LIFTED = "lifted", _("Suspension lifted")
        SUPERSEDED = "superseded", _("Replaced by a corrected credential")

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="changes")
    what = models.CharField(_("what was done"), max_length=12, choices=What.choices)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(default=timezone.now)
    acting = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["credential", "pk"]


class ShareLinkSet(models.QuerySet["ShareLink"]):
    """Questions one asks of share links."""

    def open(self) -> "ShareLinkSet":
        """Keep the links that lead somewhere now."""
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class ShareLink(models.Model):
    """An address that shows a credential for a time, also one that is otherwise hidden."""

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="share_links")
    note = models.CharField(_("for whom"), max_length=80, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True)

    objects: Any = ShareLinkSet.as_manager()

    class Meta:
        ordering = ["-made_at"]
