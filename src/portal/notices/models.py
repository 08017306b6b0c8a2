"""Notices in the portal, the emails that go out, each once, and what a person does not want by email."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.institutions.naming import in_language
from portal.work.delivery import Delivery


class Notice(models.Model):
    """A message to one person, kept in both languages and shown in theirs.

    ``key`` says what it tells, where that must be told once.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    title_ms = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    text_ms = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_ms, self.title_en)

    @property
    def text(self) -> str:
        """The text in the language of the page."""
        return in_language(self.text_ms, self.text_en)


class Mail(Delivery):
    """An email to be sent once; ``key`` names what it tells, so that asking twice sends one."""

    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="mails")
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, related_name="mails")
    to = models.EmailField(_("to"))
    copy_to = models.JSONField(_("copy to"), default=list)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    language = models.CharField(max_length=2, default="ms")
    link = models.CharField(max_length=300, blank=True)
    attachment = models.CharField(max_length=300, blank=True)
    attachment_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["institution", "sent_at", "given_up_at"])]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    @property
    def state(self) -> str:
        """How far it has come: waiting, sent, unconfirmed (perhaps sent) or failed."""
        if self.sent_at:
            return "sent"
        if self.given_up_at:
            return "unconfirmed" if self.handed_over_at else "failed"
        return "waiting"


class Muted(models.Model):
    """A kind of notice that a person does not want by email; it still stands in the portal."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="muted")
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="muted_once")]
