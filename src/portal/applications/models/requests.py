"""What a student asks for beside an application: approval beforehand, and to attend after all."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.applications.models.decision import TranscriptEntry
from portal.catalogue.models import Course, Student
from portal.institutions.models import Institution


class PriorApproval(models.Model):
    """Approval of a MOOC or micro-credential before it is taken (UTHM 23), with its validity."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the faculty")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="prior_approvals")
    student = models.ForeignKey(Student, models.PROTECT, related_name="prior_approvals")
    basis = models.CharField(_("kind"), max_length=20)
    title = models.CharField(_("course title"), max_length=300)
    provider = models.CharField(_("institution that offers it"), max_length=200)
    platform = models.CharField(_("platform"), max_length=40, blank=True)
    link = models.URLField(_("address of the course"), blank=True)
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2, null=True, blank=True)
    learning_hours = models.DecimalField(
        _("learning time in hours"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    target = models.ForeignKey(Course, models.PROTECT, related_name="prior_approvals")
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_at"]

    def holds_on(self, day: date) -> bool | None:
        """Say whether the approval holds on a day; None while nobody has decided."""
        if self.state == self.State.ASKED:
            return None
        return self.state == self.State.APPROVED and (self.valid_until is None or day <= self.valid_until)


class AttendanceRequest(models.Model):
    """A request to take a course after all although it was exempted (UTHM 8)."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the faculty")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    entry = models.ForeignKey(TranscriptEntry, models.PROTECT, related_name="attendance_requests")
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="asked"), name="one_open_attendance_request"
            )
        ]
