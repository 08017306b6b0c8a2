"""What experts, coordinators and panels say of a course, and where it is registered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.proposals.models.proposal import Proposal


class Vetting(models.Model):
    """An appointed expert’s look at content and promotional video (UNIMAS 2.1, development-vetting)."""

    class Decision(models.TextChoices):
        PASSED = "passed", _("Passed")
        CHANGES = "changes", _("Changes needed")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="vettings")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="vettings", verbose_name=_("expert"))
    appointed_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    appointed_on = models.DateField(_("appointed on"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    ticks = models.JSONField(default=dict)
    remarks = models.TextField(_("remarks"), blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["proposal", "pk"]
        verbose_name = _("vetting")


class Evaluation(models.Model):
    """One filled-in form of quality: Lampiran A ratings, ticks, remarks and evidence by indicator.

    ``sort`` self repeats in rounds; coordinator, external and panel are appointed (UTM 3.2.1.1, 4.3.5);
    internal_audit and external_audit are those of UTM 3.1.2 and 3.1.3; centre is the e-learning centre’s
    evaluation of a proposal (UNIMAS 2.1); checklist and course belong to UMPSA 10; content_check is the
    centre’s look at a MOOC in development (UTM 3.2.2.3).
    """

    class Sort(models.TextChoices):
        SELF = "self", _("Self-evaluation")
        COORDINATOR = "coordinator", _("Programme coordinator")
        EXTERNAL = "external", _("External evaluator")
        PANEL = "panel", _("Panel")
        INTERNAL_AUDIT = "internal_audit", _("Internal audit")
        EXTERNAL_AUDIT = "external_audit", _("External audit")
        CENTRE = "centre", _("E-learning centre")
        CHECKLIST = "checklist", _("Development checklist")
        COURSE = "course", _("Course evaluation")
        CONTENT_CHECK = "content_check", _("Check of content")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="evaluations")
    sort = models.CharField(_("sort"), max_length=20, choices=Sort.choices)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    evaluator = models.ForeignKey(
        Person, models.PROTECT, related_name="evaluations", verbose_name=_("evaluator")
    )
    appointed_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    appointed_on = models.DateField(_("appointed on"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    url = models.URLField(_("address of the course"), blank=True)
    ratings = models.JSONField(default=dict)
    ticks = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    conclusion = models.TextField(_("conclusion"), blank=True)
    result = models.JSONField(null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)

    class Meta:
        ordering = ["proposal", "sort", "round", "pk"]
        verbose_name = _("evaluation")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "sort", "round", "evaluator"], name="evaluation_once")
        ]


class Registration(models.Model):
    """Where a course is registered or recognised, with its number and day.

    UNIMAS 2.1 registration, 1.5(b)-voluntary, 5.8; UTM 4.1.1/2, 4.1.2, 5.4.3.
    """

    class Where(models.TextChoices):
        MQA = "mqa", _("MQA")
        UNIVERSITY = "university", _("The university’s system")
        INSTITUTION_ACCOUNT = "institution_account", _("The institution’s MOOC account")
        MOOC_MALAYSIA = "mooc_malaysia", _("MOOC Malaysia")
        ACADEMIC_MANAGEMENT = "academic_management", _("Academic management (AMD, UTMSPACE)")
        MQA_VERIFICATION = "mqa_verification", _("MQA’s verification of quality")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="registrations")
    where = models.CharField(_("where"), max_length=30, choices=Where.choices)
    number = models.CharField(_("number"), max_length=80, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["proposal", "where"]
        verbose_name = _("registration")
        constraints = [models.UniqueConstraint(fields=["proposal", "where"], name="registration_once")]


class Partner(models.Model):
    """A partner that gives the course too (UNIMAS 1.5(k); UMPSA 13): active only with all its papers."""

    class Form(models.TextChoices):
        DUAL_DEGREE = "dual_degree", _("Dual degree")
        DOUBLE_DEGREE = "double_degree", _("Double degree")
        JOINT_DEGREE = "joint_degree", _("Joint degree")
        FRANCHISE = "franchise", _("Franchise")
        OTHER = "other", _("Another form of cooperation")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="partners")
    name = models.CharField(_("partner"), max_length=200)
    form = models.CharField(_("form of cooperation"), max_length=20, choices=Form.choices, blank=True)
    country = models.CharField(_("country"), max_length=2, default="MY")
    accredited_by = models.CharField(_("accredited by"), max_length=200, blank=True)
    accreditation = models.CharField(_("reference of the accreditation"), max_length=120, blank=True)
    accredited_on = models.DateField(_("accredited on"), null=True, blank=True)
    memorandum_on = models.DateField(_("memorandum signed on"), null=True, blank=True)
    memorandum_until = models.DateField(_("memorandum ends on"), null=True, blank=True)
    mqa_told_on = models.DateField(_("MQA told on"), null=True, blank=True)
    active_since = models.DateField(_("active since"), null=True, blank=True)

    class Meta:
        ordering = ["proposal", "name"]
        verbose_name = _("partner")
