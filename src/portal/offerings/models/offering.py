"""One offering of a course, who teaches it, and what they have to do."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.institutions.models import Faculty, Institution, Semester
from portal.processes.models import Walking
from portal.proposals.models import Proposal


class Offering(Walking):
    """A course offered to learners for a time (UNIMAS 3; UTM 5.2).

    ``fee`` is what taking part costs, ``certificate_fee`` what a paid certificate does, in ringgit.
    ``requirements`` are those of the offering’s own (UNIMAS 1.5(l)-minimum): rows of ``ms``, ``en``.
    """

    class Mode(models.TextChoices):
        SEMESTER = "semester", _("By semester")
        SELF_PACED = "self_paced", _("Self-paced")
        FIXED = "fixed", _("Fixed duration")

    class Certificate(models.TextChoices):
        FREE = "free", _("Free certificate")
        PAID = "paid", _("Paid certificate")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="offerings")
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="offerings", verbose_name=_("faculty"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="offerings", verbose_name=_("course"))
    process = models.CharField(_("process"), max_length=40, default="offering")
    cohort = models.CharField(_("cohort"), max_length=80)
    mode = models.CharField(_("mode of the offering"), max_length=12, choices=Mode.choices)
    semester = models.ForeignKey(
        Semester,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offerings",
        verbose_name=_("semester"),
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    final_due_on = models.DateField(_("final assessment due on"), null=True, blank=True)
    enrols_from = models.DateField(_("enrolment opens"), null=True, blank=True)
    enrols_until = models.DateField(_("enrolment closes"), null=True, blank=True)
    least_learners = models.PositiveIntegerField(_("least number of learners"), null=True, blank=True)
    most_learners = models.PositiveIntegerField(_("most learners"), null=True, blank=True)
    fee = models.DecimalField(
        _("fee in ringgit"),
        max_digits=8,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    certificate = models.CharField(
        _("certificate"), max_length=4, choices=Certificate.choices, default=Certificate.FREE
    )
    certificate_confirmed = models.BooleanField(_("status of the certificate confirmed"), default=False)
    certificate_fee = models.DecimalField(
        _("price of the certificate in ringgit"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    platform = models.CharField(_("platform"), max_length=80, blank=True)
    platform_url = models.URLField(_("address of the course"), blank=True)
    platform_agreement = models.CharField(
        _("the Senate’s agreement to the platform"), max_length=200, blank=True
    )
    place = models.CharField(_("place of what is face to face"), max_length=200, blank=True)
    streamed_only = models.BooleanField(_("videos are streamed only"), default=True)
    plan_declared_on = models.DateField(_("declared in the learning plan on"), null=True, blank=True)
    requirements = models.JSONField(_("requirements of the offering"), default=list, blank=True)
    equivalent_code = models.CharField(_("code of the equivalent course"), max_length=40, blank=True)
    faculty_ticks = models.JSONField(default=dict, blank=True)
    sme_ticks = models.JSONField(default=dict, blank=True)
    payment_agreed_at = models.DateTimeField(_("payment agreement signed"), null=True, blank=True)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    centre_told_on = models.DateField(_("centre told of the closing on"), null=True, blank=True)
    closing_reason = models.TextField(_("why it closes early"), blank=True)
    open_to_all = models.BooleanField(_("open to outside learners"), default=True)
    made_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("offering")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "cohort"], name="offering_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="offering_ends_after",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "starts_on"]),
            models.Index(fields=["state", "ends_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} ({self.cohort})"

    def get_absolute_url(self) -> str:
        """The offering's page for those who run it."""
        return reverse("offerings:offering", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Whether it stands in the public catalogue."""
        return self.state in ("announced", "running", "ended")


class Teacher(models.Model):
    """Somebody who teaches in an offering: instructor, facilitator or assessor (UTM 5.2, 5.2/2)."""

    class Part(models.TextChoices):
        INSTRUCTOR = "instructor", _("Instructor")
        FACILITATOR = "facilitator", _("Facilitator")
        ASSESSOR = "assessor", _("Assessor")

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="teachers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="teaches", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    offered_at = models.DateTimeField(_("agreement handed over"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreement signed"), null=True, blank=True)

    class Meta:
        ordering = ["offering", "part", "pk"]
        verbose_name = _("teacher")
        constraints = [models.UniqueConstraint(fields=["offering", "person", "part"], name="teacher_once")]


class Duty(models.Model):
    """What a teacher of an offering has to do (UTM 5.2.8, 3.3.1.2)."""

    teacher = models.ForeignKey(Teacher, models.CASCADE, related_name="duties")
    text = models.CharField(_("duty"), max_length=300)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["teacher", "due_on", "pk"]
        verbose_name = _("duty")
