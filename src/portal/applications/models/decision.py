"""What was decided, the one appeal against it, what the transcript says, and the letters sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.applications.models.application import Application, Claim
from portal.catalogue.models import Course, Student
from portal.institutions.models import Semester
from portal.payments.models import Order


class Decision(models.Model):
    """What somebody decided about a claim at a stage; a later one of the same stage supersedes it."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="decisions")
    stage = models.CharField(_("stage"), max_length=30)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    award = models.CharField(_("award"), max_length=30)
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2)
    grade = models.CharField(_("grade"), max_length=2, blank=True)
    recommended = models.CharField(_("recommended outcome"), max_length=20)
    overrides = models.BooleanField(_("departs from the recommendation"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    checks = models.JSONField(default=list)
    policy_version = models.CharField(max_length=40)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(_("decided"))
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        ordering = ["claim", "pk"]
        indexes = [models.Index(fields=["stage", "decided_at"])]


class Appeal(models.Model):
    """The one appeal against a decision (UTM 6.4(d)); its decision is final."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="appeal")
    grounds = models.TextField(_("grounds"))
    claims = models.ManyToManyField(Claim, related_name="appeals")
    lodged_at = models.DateTimeField(auto_now_add=True)
    order = models.OneToOneField(Order, models.PROTECT, null=True, blank=True, related_name="appeal")
    decided_at = models.DateTimeField(null=True, blank=True)


class TranscriptEntry(models.Model):
    """What the transcript says of a granted claim, original and converted values side by side."""

    student = models.ForeignKey(Student, models.PROTECT, related_name="transcript")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="transcript_entry")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    award = models.CharField(_("award"), max_length=30)
    term = models.CharField(_("as the transcript puts it"), max_length=80)
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2)
    grade = models.CharField(_("grade"), max_length=2, blank=True)
    original = models.JSONField(_("as earned"), default=list)
    limits = models.JSONField(_("limits that it fills"), default=list)
    semester = models.ForeignKey(Semester, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["student", "course__code"]


class Letter(models.Model):
    """A letter or form of an application, kept as made; ``about`` is the request or assessment it is of.

    One that is wrong is not changed: another one replaces it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=30)
    about = models.BigIntegerField(null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=60)
    language = models.CharField(max_length=2)
    file = models.FileField(upload_to="letters/%Y/%m/")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reference"], name="letter_once")]
