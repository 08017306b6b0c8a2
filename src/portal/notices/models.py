"""Notices in the portal and the letters and emails that go out, each once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.institutions.naming import in_language


class Notice(models.Model):
    """A message to one person, kept in both languages and shown in theirs."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
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


class Mail(models.Model):
    """An email to be sent exactly once; ``key`` names what it tells, so that asking twice sends one."""

    key = models.CharField(max_length=200, unique=True)
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, related_name="mails")
    to = models.EmailField()
    copy_to = models.JSONField(default=list)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    attachment = models.CharField(max_length=300, blank=True)
    attachment_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["sent_at", "claimed_at"])]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
