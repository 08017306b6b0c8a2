"""An application for credit transfer and all that is recorded about it.

``policy``, ``basis``, ``outcome``, ``award``, ``grade`` and ``level`` hold the contract's words; forms
offer them and the engine checks them, the database keeps them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.catalogue.models import Course, LearningOutcome, Programme, Student
from portal.institutions.models import Faculty, Institution, Semester
from portal.matching.models import Comparison
from portal.payments.models import Order


class Application(models.Model):
    """A student's application; ``state`` is one of the states of its policy's process.

    ``case`` and ``result`` are the evaluation as it stood at submission and at each later judgement;
    ``version`` goes up with every change, so that of two people who change it at once the second is told.
    """

    reference = models.CharField(_("reference"), max_length=30)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="applications")
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, related_name="applications")
    student = models.ForeignKey(Student, models.PROTECT, related_name="applications")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications")
    semester = models.ForeignKey(Semester, models.PROTECT, null=True, related_name="applications")
    policy = models.CharField(_("policy"), max_length=40)
    process = models.CharField(_("process"), max_length=40, default="credit_transfer")
    state = models.CharField(_("state"), max_length=40, default="draft")
    state_since = models.DateTimeField(_("since"), auto_now_add=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
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
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("application")
        constraints = [models.UniqueConstraint(fields=["institution", "reference"], name="application_once")]
        indexes = [
            models.Index(fields=["institution", "state", "due_on"]),
            models.Index(fields=["institution", "faculty", "state", "state_since"]),
            models.Index(fields=["handler", "state"]),
        ]

    def __str__(self) -> str:
        return self.reference


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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "claim", "evidence"], name="evidence_use_once", nulls_distinct=False
            )
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


class OnsiteAssessment(models.Model):
    """A face-to-face assessment of a claim, with the check of identity (UTM 6.3.5 to 6.3.12)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="assessments")
    kinds = models.JSONField(_("kinds"), default=list)
    at = models.DateTimeField(_("date and time"))
    place = models.CharField(_("place"), max_length=200)
    assessor = models.ForeignKey(Appointment, models.PROTECT, related_name="assessments")
    identity_document = models.CharField(_("identity document seen"), max_length=60, blank=True)
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(_("attended"), null=True, blank=True)
    mark = models.DecimalField(_("mark in percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=2, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]


class OutcomeAssessment(models.Model):
    """An APEL.C assessment of one learning outcome of the target, in percent."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="outcome_assessments")
    outcome = models.ForeignKey(LearningOutcome, models.PROTECT, related_name="+")
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    instrument = models.CharField(_("how it was assessed"), max_length=120, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    assessor = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["outcome__code"]
        constraints = [models.UniqueConstraint(fields=["claim", "outcome"], name="outcome_assessed_once")]


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
    """A letter to the applicant, kept as it was sent."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=30)
    reference = models.CharField(_("reference"), max_length=60)
    language = models.CharField(max_length=2)
    file = models.FileField(upload_to="letters/%Y/%m/")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["reference"], name="letter_once")]


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
