"""Files that a person uploaded once, where they are used, and requests for more of them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.applications.models.application import Application, Claim


class Evidence(models.Model):
    """A file that a person uploaded once; claims and applications point to it."""

    class Kind(models.TextChoices):
        TRANSCRIPT = "transcript", _("Academic transcript")
        SYLLABUS = "syllabus", _("Syllabus or course outline")
        CERTIFICATE = "certificate", _("Certificate")
        ACCREDITATION = "accreditation", _("Proof of accreditation")
        PROCTORING = "proctoring", _("Proof of proctoring")
        PORTFOLIO = "portfolio", _("Evidence of learning")
        CREDENTIAL = "credential", _("Verifiable credential")
        OTHER = "other", _("Other document")

    person = models.ForeignKey(Person, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to="evidence/%Y/%m/")
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("evidence")
        indexes = [models.Index(fields=["person", "sha256"])]

    def __str__(self) -> str:
        return self.name


class EvidenceUse(models.Model):
    """Where a file is used: for a whole application or for one claim of it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="evidence")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="uses")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "claim", "evidence"], name="evidence_use_once"),
            models.UniqueConstraint(
                fields=["application", "evidence"], name="evidence_of_all_once", condition=Q(claim=None)
            ),
        ]


class EvidenceRequest(models.Model):
    """A return to the applicant for more evidence, with a deadline (UTM 6.3.13(f))."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="requests")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="requests")
    asked_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    text = models.TextField(_("what is asked for"))
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("due"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
