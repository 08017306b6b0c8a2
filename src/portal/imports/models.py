"""An uploaded file on its way: being checked, looked at, saved or left."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.institutions.models import Institution


class Import(models.Model):
    """One file; ``preview`` is what would happen, ``plan`` its digest: what is saved is what was seen."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        WRONG = "wrong", _("To be corrected")
        READY = "ready", _("Ready to be saved")
        SAVING = "saving", _("Being saved")
        DONE = "done", _("Saved")
        LEFT = "left", _("Left")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="imports")
    acting = models.ForeignKey(Appointment, models.PROTECT, related_name="imports")
    kind = models.CharField(_("kind of list"), max_length=20)
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CHECKING)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    checked = models.PositiveIntegerField(_("rows checked"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    mistake_count = models.PositiveIntegerField(_("mistakes"), default=0)
    preview = models.JSONField(default=dict)
    plan = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.name

    @property
    def under_way(self) -> bool:
        """Whether a worker is at it."""
        return self.state in {self.State.CHECKING, self.State.SAVING}

    @property
    def percent(self) -> int:
        """How much of the file was checked."""
        return 100 * self.checked // self.rows if self.rows else 0

    @property
    def mistakes(self) -> list[dict[str, Any]]:
        """The first mistakes found, as ``mistake.Mistake`` keeps them."""
        found: list[dict[str, Any]] = self.preview.get("mistakes", [])
        return found
