"""A tool that offerings use, where it stands in them, and a person's way to it."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.offerings.models import Offering


def fresh_id() -> str:
    """Return an id that says nothing."""
    return uuid4().hex


class ToolSet(models.QuerySet["Tool"]):
    """Questions one asks of tools."""

    def in_use(self) -> "ToolSet":
        """Keep those that can be opened now."""
        return self.filter(ended_at=None, institution__active=True)


class Tool(models.Model):
    """Software in which learning happens: a Moodle that publishes its courses, or another LTI tool.

    ``launch_urls`` are the only places where a launch may go.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="lti_tools")
    name = models.CharField(_("name"), max_length=80)
    client_id = models.CharField(max_length=32, unique=True, default=fresh_id, editable=False)
    deployment_id = models.CharField(max_length=32, default="1", editable=False)
    login_url = models.CharField(_("initiate login URL"), max_length=500)
    launch_urls = models.JSONField(_("redirection URIs"), default=list)
    jwks_url = models.CharField(_("public keyset URL"), max_length=500)
    shares_names = models.BooleanField(_("is told names"), default=True)
    shares_emails = models.BooleanField(_("is told email addresses"), default=True)
    keys = models.JSONField(default=dict)
    keys_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects: Any = ToolSet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("external tool")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it can be opened."""
        return self.ended_at is None


class ToolUser(models.Model):
    """The name under which a tool knows a person: one of its own, the same each time."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="users")
    person = models.ForeignKey(Person, models.CASCADE, related_name="lti_names")
    subject = models.CharField(max_length=32, unique=True, default=fresh_id)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tool", "person"], name="tool_user_once")]

    def __str__(self) -> str:
        return self.subject


class Placement(models.Model):
    """A tool in an offering: what a learner opens there."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="placements", verbose_name=_("external tool"))
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="lti_placements")
    code = models.CharField(max_length=32, unique=True, default=fresh_id, editable=False)
    title = models.CharField(_("title"), max_length=120)
    target = models.CharField(_("address in the tool"), max_length=1000)
    custom = models.JSONField(_("custom parameters"), default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["offering", "pk"]
        verbose_name = _("tool in an offering")

    def __str__(self) -> str:
        return self.title


class Ticket(models.Model):
    """A person's way to a tool, from the click to the signed message: for that person, once, and soon."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    teaches = models.BooleanField(default=False)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    @classmethod
    def good(cls) -> Q:
        """What can still be used."""
        return Q(used_at=None, expires_at__gt=timezone.now())
