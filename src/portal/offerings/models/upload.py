"""A spreadsheet of learners or marks on its way: looked at, then kept as it was seen, or left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.accounts.secret_text import SecretTextField
from portal.offerings.models.offering import Offering


class ListUpload(models.Model):
    """A list that was read; ``rows`` holds its rows as JSON, encrypted, until they are kept or left."""

    class Kind(models.TextChoices):
        LEARNERS = "learners", _("Class list")
        MARKS = "marks", _("Marks")

    class State(models.TextChoices):
        WRONG = "wrong", _("To be corrected")
        READY = "ready", _("Ready to be saved")
        DONE = "done", _("Saved")
        LEFT = "left", _("Left")

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="uploads")
    acting = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of list"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=6, choices=State.choices)
    rows = SecretTextField(blank=True)
    mistakes = models.JSONField(default=list)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("uploaded list")

    def __str__(self) -> str:
        return self.name
