"""An application for credit transfer, the studies it rests on, its claims and their sources.

The contract's words (policy, basis, outcome, award, grade, level) are kept as text: forms offer them, the
engine checks them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.applications.models.agreement import Agreement
from portal.catalogue.models import Course, Programme, Student
from portal.institutions.models import Faculty, Institution, Semester
from portal.matching.models import Comparison
from portal.payments.models import Order
from portal.processes.models import Walking


class Application(Walking):
    """A student's application; ``state`` is one of the states of its policy's process.

    ``case`` and ``result`` are the evaluation as it stood at submission and at each later judgement.
    """

    reference = models.CharField(_("reference"), max_length=30)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="applications")
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, related_name="applications")
    student = models.ForeignKey(Student, models.PROTECT, related_name="applications")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications")
    semester = models.ForeignKey(Semester, models.PROTECT, null=True, related_name="applications")
    process = models.CharField(_("process"), max_length=40, default="credit_transfer")
    handler = models.ForeignKey(
        Appointment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="handles",
        verbose_name=_("handled by"),
    )
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    declared_first_use = models.BooleanField(
        _("declared to be the first use of these studies"), default=False
    )
    declared_true = models.BooleanField(_("declared to be true"), default=False)
    checklist = models.JSONField(_("applicant's checklist"), default=dict, blank=True)
    faculty_checklist = models.JSONField(_("faculty's checklist"), default=dict, blank=True)
    note = models.TextField(_("note of the applicant"), blank=True)
    case = models.JSONField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    policy_version = models.CharField(max_length=40, blank=True)
    order = models.OneToOneField(Order, models.PROTECT, null=True, blank=True, related_name="application")
    transfer_order = models.OneToOneField(
        Order, models.PROTECT, null=True, blank=True, related_name="granted_application"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("application")
        constraints = [models.UniqueConstraint(fields=["institution", "reference"], name="application_once")]
        indexes = [
            models.Index(fields=["institution", "state", "due_on"]),
            models.Index(fields=["institution", "faculty", "state", "state_since"]),
            models.Index(fields=["handler", "state"]),
            models.Index(
                fields=["institution", "due_on", "state_since", "id"], name="application_by_urgency"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def let_go(self) -> tuple[str, ...]:
        """Forget who handled it in the state before."""
        self.handler = None
        return ("handler",)


class PriorStudy(models.Model):
    """A study that a person left or finished elsewhere, kept once and used in many applications."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="prior_studies")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    institution_name = models.CharField(_("institution"), max_length=200)
    country = models.CharField(_("country"), max_length=2, default="MY")
    programme_name = models.CharField(_("programme"), max_length=200, blank=True)
    field = models.CharField(_("field"), max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=20, blank=True)
    mode = models.CharField(_("mode"), max_length=20, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=20, blank=True)
    withdrawn_with_cause = models.BooleanField(_("left for a reasonable cause"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    accredited = models.BooleanField(_("accredited or recognised"), null=True, blank=True)
    also_holds_diploma = models.BooleanField(_("also holds a diploma"), null=True, blank=True)

    class Meta:
        ordering = ["person", "-ended_on"]
        verbose_name = _("prior study")

    def __str__(self) -> str:
        return f"{self.programme_name or self.level}, {self.institution_name}"


class Claim(models.Model):
    """One target course that an application asks for, on one basis."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="claims")
    position = models.PositiveSmallIntegerField(_("place"))
    target = models.ForeignKey(Course, models.PROTECT, related_name="claims")
    basis = models.CharField(_("basis"), max_length=20)
    graded = models.BooleanField(_("the grade is to be carried over"), default=False)
    partner_agreement = models.BooleanField(_("an agreement between the institutions"), null=True, blank=True)
    approved_beforehand = models.ForeignKey(
        "PriorApproval", models.SET_NULL, null=True, blank=True, related_name="claims"
    )
    replacement = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replacement course")
    )
    replacement_awaits_mqa = models.BooleanField(
        _("the replacement is a new course that MQA has still to evaluate"), default=False
    )
    replacement_elsewhere = models.CharField(_("replacement course of a partner"), max_length=200, blank=True)
    replacement_agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("agreement with the partner"),
    )
    replacement_passed_on = models.DateField(_("replacement passed at the partner on"), null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("agreement")
    )
    comparison = models.ForeignKey(Comparison, models.SET_NULL, null=True, blank=True, related_name="claims")
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    recommended_outcome = models.CharField(_("recommended outcome"), max_length=20, blank=True)
    recommended_award = models.CharField(_("recommended award"), max_length=30, blank=True)

    class Meta:
        ordering = ["application", "position"]
        verbose_name = _("claim")
        constraints = [models.UniqueConstraint(fields=["application", "position"], name="claim_place_once")]


class Source(models.Model):
    """A course that a claim rests on; ``details`` holds what only its basis asks for (platform …)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(_("place"))
    study = models.ForeignKey(PriorStudy, models.PROTECT, null=True, blank=True, related_name="sources")
    code = models.CharField(_("code"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2, null=True, blank=True)
    original_credits = models.CharField(_("credits as on the transcript"), max_length=40, blank=True)
    grade = models.CharField(_("grade on the deciding scale"), max_length=2, blank=True)
    original_grade = models.CharField(_("grade as on the transcript"), max_length=20, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    transferred_before = models.BooleanField(_("used for a transfer before"), null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["claim", "position"]
        constraints = [models.UniqueConstraint(fields=["claim", "position"], name="source_place_once")]
