"""What can be achieved at an institution, how the institution presents itself, and both as once certified."""

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.institutions.models import Faculty, Institution
from portal.institutions.naming import Named, in_language


class IssuerProfile(models.Model):
    """What credentials say of the institution beside its name; its signatories stand with the institution."""

    institution = models.OneToOneField(Institution, models.CASCADE, related_name="issuer_profile")
    status_ms = models.CharField(_("status of the institution in Malay"), max_length=200)
    status_en = models.CharField(_("status of the institution in English"), max_length=200)
    street = models.CharField(_("street"), max_length=200)
    postal_code = models.CharField(_("postcode"), max_length=12)
    locality = models.CharField(_("town"), max_length=100)
    region = models.CharField(_("state"), max_length=100)

    class Meta:
        verbose_name = _("issuing profile")

    def __str__(self) -> str:
        return str(self.institution)


class RecognisedIssuer(Named):
    """An issuer elsewhere that the institution's administrator knows; only its host may be asked for keys."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="recognised_issuers")
    did = models.CharField("DID", max_length=500)
    added_by = models.ForeignKey(Appointment, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name_ms"]
        verbose_name = _("recognised issuer")
        constraints = [models.UniqueConstraint(fields=["institution", "did"], name="recognised_issuer_once")]


class Achievement(Named):
    """A micro-credential, MOOC or course as its award describes it (UNIMAS, Appendix 1)."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="achievements")
    faculty = models.ForeignKey(
        Faculty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="achievements",
        verbose_name=_("faculty"),
    )
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    code = models.CharField(_("code"), max_length=40)
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    description_ms = models.TextField(_("description in Malay"))
    description_en = models.TextField(_("description in English"))
    enrolment_ms = models.TextField(_("enrolment requirements in Malay"))
    enrolment_en = models.TextField(_("enrolment requirements in English"))
    instruction = models.JSONField(_("languages of instruction"), default=list)
    examination = models.JSONField(_("languages of examination"), default=list)
    delivery = models.CharField(_("delivery"), max_length=20)
    study_mode = models.CharField(_("mode of study"), max_length=20)
    mqf_level = models.PositiveSmallIntegerField(
        _("MQF level"), validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2)
    learning_hours = models.DecimalField(_("student learning time in hours"), max_digits=7, decimal_places=2)
    outcomes = models.JSONField(_("learning outcomes"), default=list)
    assessment = models.JSONField(_("assessment"), default=list)
    assurance = models.JSONField(_("quality assurance"), default=list)
    origin_ms = models.CharField(_("programme of origin in Malay"), max_length=200, blank=True)
    origin_en = models.CharField(_("programme of origin in English"), max_length=200, blank=True)
    origin_code = models.CharField(
        _("number in the Malaysian Qualifications Register"), max_length=60, blank=True
    )
    origin_url = models.URLField(_("address in the Malaysian Qualifications Register"), blank=True)
    skills = models.JSONField(_("skills"), default=list)
    field = models.CharField(_("field of study"), max_length=120, blank=True)
    required_grade = models.CharField(_("grade for a pass"), max_length=2, default="C")
    active = models.BooleanField(_("offered"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code", "edition"]
        verbose_name = _("course that is certified")
        constraints = [
            models.UniqueConstraint(fields=["institution", "code", "edition"], name="achievement_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def description(self) -> str:
        """The description in the language of the page."""
        return in_language(self.description_ms, self.description_en)

    @property
    def enrolment(self) -> str:
        """The enrolment requirements in the language of the page."""
        return in_language(self.enrolment_ms, self.enrolment_en)


class Edition(models.Model):
    """A course and its issuer exactly as credentials were issued from them; kept once, never changed."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="editions")
    digest = models.CharField(max_length=64)
    course = models.JSONField()
    issuer = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "digest"], name="edition_once")]
