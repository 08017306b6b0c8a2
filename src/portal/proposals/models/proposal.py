"""A course proposal, the people who develop it, its earlier versions, remarks and files.

The contract's words (origin, delivery, level, course type) are kept as text: forms offer them, the engine
checks them.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.catalogue.models import Course
from portal.credentials.models import Achievement
from portal.institutions.models import Faculty, Institution
from portal.institutions.naming import Named
from portal.processes.models import Walking


class Kind(models.TextChoices):
    """What sort of course is proposed (UNIMAS 2.1; UTM 4; UMPSA 4); it chooses the form and the rules."""

    ACCREDITED = "accredited", _("Micro-credential of an MQA accredited programme")
    STAND_ALONE = "stand_alone", _("Stand-alone micro-credential")
    INDUSTRY = "industry", _("Industry micro-credential")
    MOOC = "mooc", _("MOOC")


class Proposal(Walking, Named):
    """A course from its first draft on; registered, it is the course that is offered.

    ``content`` holds the fields of the form by name (``portal.proposals.fields``). ``number`` is the
    running number of its kind in the institution, from which the course code is made.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="proposals")
    faculty = models.ForeignKey(
        Faculty, models.PROTECT, related_name="proposals", verbose_name=_("faculty or centre")
    )
    reference = models.CharField(_("reference"), max_length=30)
    kind = models.CharField(_("kind of course"), max_length=20, choices=Kind.choices)
    process = models.CharField(_("process"), max_length=40, default="course_development")
    developer = models.ForeignKey(
        Person, models.PROTECT, related_name="proposals", verbose_name=_("developer")
    )
    original = models.ForeignKey(
        Course,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("original course"),
    )
    content: Any = models.JSONField(default=dict)
    code = models.CharField(_("course code"), max_length=40, blank=True)
    part = models.PositiveSmallIntegerField(_("part"), null=True, blank=True)
    parts = models.PositiveSmallIntegerField(_("parts"), null=True, blank=True)
    number = models.PositiveIntegerField(_("running number"), null=True, blank=True)
    quality_verified_on = models.DateField(_("quality verified by MQA on"), null=True, blank=True)
    policies_confirmed_at = models.DateTimeField(_("policies read and confirmed"), null=True, blank=True)
    policies_confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ownership_confirmed_at = models.DateTimeField(_("ownership confirmed"), null=True, blank=True)
    demand_endorsed_at = models.DateTimeField(_("demand endorsed by the head"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved for development"), null=True, blank=True)
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    achievement = models.OneToOneField(
        Achievement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=_("course as it is certified"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("course proposal")
        constraints = [
            models.UniqueConstraint(fields=["institution", "reference"], name="proposal_once"),
            models.UniqueConstraint(
                fields=["institution", "code"], condition=~Q(code=""), name="proposal_code_once"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "due_on"]),
            models.Index(fields=["institution", "faculty", "state"]),
            models.Index(fields=["developer", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.reference} {self.name}".strip()

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return reverse("proposals:proposal", args=[self.pk])


class Member(models.Model):
    """Somebody who develops the course with its developer, and what they do (UTM 5.2.1)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    task = models.CharField(_("task"), max_length=300, blank=True)
    may_edit = models.BooleanField(_("may edit"), default=True)

    class Meta:
        ordering = ["proposal", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="member_once")]


class Version(models.Model):
    """The content of a proposal as it was handed in, returned or approved; never changed."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    titles = models.JSONField()
    step = models.CharField(_("occasion"), max_length=40)
    made_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]


class Remark(models.Model):
    """A comment at a field of a proposal, or at the whole of it; resolved once it is dealt with."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="remarks")
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answers = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["proposal", "at"]
        verbose_name = _("comment")


class Attachment(models.Model):
    """A file that belongs to a proposal, a milestone or an evaluation; ``kind`` says as what."""

    class Kind(models.TextChoices):
        MARKET_SURVEY = "market_survey", _("Market survey and its analysis")
        TABLE_4 = "table_4", _("Table 4")
        CONSULTATION = "consultation", _("Record of a consultation")
        AGREEMENT = "agreement", _("Agreement")
        MEMORANDUM = "memorandum", _("Memorandum of agreement")
        MILESTONE = "milestone", _("Work of a milestone")
        EVIDENCE = "evidence", _("Evidence of an evaluation")
        COMMUNICATION_PLAN = "communication_plan", _("Communication plan")
        LEARNING_TIME = "learning_time", _("Student learning time and credits")
        OTHER = "other", _("Other document")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    about = models.CharField(max_length=60, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to="proposals/%Y/%m/")
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    own_work = models.BooleanField(_("no third party’s copyright is infringed"), default=False)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["proposal", "-uploaded_at"]
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name
