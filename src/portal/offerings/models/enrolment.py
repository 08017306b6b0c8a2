"""Learners of an offering, and what they ask for on the way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.credentials.models import IssuingRun
from portal.offerings.models.offering import Offering
from portal.payments.models import Order


class Enrolment(models.Model):
    """A learner in an offering, from joining to the end; nationality never refuses one (UNIMAS 1.5(c))."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On the waiting list")
        UNPAID = "unpaid", _("Waiting for payment")
        ACTIVE = "active", _("Enrolled")
        DEFERRED = "deferred", _("Deferred")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        COMPLETED = "completed", _("Completed")
        FAILED = "failed", _("Not passed")

    class Group(models.TextChoices):
        STUDENT = "student", _("Student of the university")
        WORKING = "working", _("Working person")
        INDUSTRY = "industry", _("Sent by industry")
        AGENCY = "agency", _("Sent by an agency")
        COMMUNITY = "community", _("Member of the community")

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="course_enrolments")
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    group = models.CharField(_("learner group"), max_length=12, choices=Group.choices, blank=True)
    is_international = models.BooleanField(_("international learner"), default=False)
    international_told_at = models.DateTimeField(_("told of the rules of the own country"), null=True)
    requirements_met = models.JSONField(_("requirements confirmed"), default=list, blank=True)
    contact_purposes = models.JSONField(_("may be contacted for"), default=list, blank=True)
    wants_transfer = models.BooleanField(_("may apply for credit transfer"), default=False)
    order = models.OneToOneField(
        Order, models.PROTECT, null=True, blank=True, related_name="course_enrolment"
    )
    certificate_order = models.OneToOneField(
        Order, models.PROTECT, null=True, blank=True, related_name="course_certificate"
    )
    certificate_run = models.ForeignKey(
        IssuingRun, models.PROTECT, null=True, blank=True, related_name="course_certificates"
    )
    enrolled_at = models.DateTimeField(_("asked to enrol"), auto_now_add=True)
    active_at = models.DateTimeField(_("enrolled"), null=True, blank=True)
    left_at = models.DateTimeField(_("left or ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["offering", "enrolled_at", "pk"]
        verbose_name = _("enrolment")
        constraints = [models.UniqueConstraint(fields=["offering", "person"], name="enrolment_once")]
        indexes = [
            models.Index(fields=["person", "state"]),
            models.Index(fields=["offering", "state", "enrolled_at"]),
        ]


TAKING_PART = (Enrolment.State.ACTIVE, Enrolment.State.COMPLETED, Enrolment.State.FAILED)
"""States in which a learner may see the materials."""


class LeaveRequest(models.Model):
    """A wish to withdraw or to defer, and its answer (UNIMAS 5.4-withdraw)."""

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw", _("Withdrawal")
        DEFER = "defer", _("Deferment")

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="leave_requests")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(auto_now_add=True)
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["enrolment", "asked_at"]
        verbose_name = _("request to leave")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(granted__isnull=True), name="leave_asked_once"
            )
        ]
