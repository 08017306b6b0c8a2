"""Grading scales, programmes, courses, students: what applications refer to."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.institutions.models import Faculty, Institution, Semester
from portal.institutions.naming import Named, in_language


class GradingScale(models.Model):
    """The grades of an institution from one day on, each with its equal where one decides (UTHM 5(a).2)."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="grading_scales")
    name = models.CharField(_("name"), max_length=120)
    in_force_on = models.DateField(_("in force from"))

    class Meta:
        ordering = ["institution", "-in_force_on"]
        verbose_name = _("grading scale")
        constraints = [
            models.UniqueConstraint(fields=["institution", "name", "in_force_on"], name="scale_once")
        ]

    def __str__(self) -> str:
        return f"{self.institution.code}: {self.name}"


class ScaleGrade(models.Model):
    """One grade of a scale, best first; ``equal_to`` is a grade of the contract (A+ to F, P)."""

    scale = models.ForeignKey(GradingScale, models.CASCADE, related_name="grades")
    label = models.CharField(_("grade"), max_length=12)
    position = models.PositiveSmallIntegerField(_("place, best first"))
    lowest_mark = models.DecimalField(_("lowest mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    points = models.DecimalField(_("grade points"), max_digits=4, decimal_places=2, null=True, blank=True)
    equal_to = models.CharField(_("equal to"), max_length=2)

    class Meta:
        ordering = ["scale", "position"]
        constraints = [models.UniqueConstraint(fields=["scale", "label"], name="grade_once")]

    def __str__(self) -> str:
        return self.label


class Programme(Named):
    """A programme of study; its limits may be set by its standard or a professional body (UTHM 12(b))."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="programmes")
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, blank=True, related_name="programmes")
    code = models.CharField(_("code"), max_length=20)
    level = models.CharField(_("level"), max_length=20)
    mode = models.CharField(_("mode"), max_length=20, default="coursework")
    field = models.CharField(_("field"), max_length=120, blank=True)
    graduating_credits = models.DecimalField(_("graduating credits"), max_digits=6, decimal_places=2)
    coursework_credits = models.DecimalField(
        _("credits of the coursework part"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    duration_years = models.DecimalField(
        _("duration in years"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    mqa_accredited = models.BooleanField(_("accredited by MQA, provisionally too"), null=True, blank=True)
    mqr_code = models.CharField(_("code in the Malaysian Qualifications Register"), max_length=40, blank=True)
    minimum_grade = models.CharField(_("stricter minimum grade"), max_length=2, blank=True)
    minimum_grade_reference = models.CharField(_("Senate's reference"), max_length=120, blank=True)
    minimum_grade_on = models.DateField(_("in force from"), null=True, blank=True)
    standard = models.CharField(_("programme standard"), max_length=200, blank=True)
    standard_limit_percent = models.DecimalField(
        _("limit of vertical transfer by the standard, in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    professional_body = models.CharField(_("professional body"), max_length=200, blank=True)
    professional_limit_percent = models.DecimalField(
        _("overall limit by the professional body, in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["institution", "code"]
        verbose_name = _("programme")
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="programme_once"),
            models.CheckConstraint(condition=Q(graduating_credits__gt=0), name="programme_has_credits"),
        ]


class Course(Named):
    """A course of an institution; its syllabus is its outcomes and topics."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="courses")
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, blank=True, related_name="courses")
    code = models.CharField(_("code"), max_length=20)
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2)
    level = models.CharField(_("level"), max_length=20, blank=True)
    subject = models.CharField(_("kind of subject"), max_length=30, blank=True)
    synopsis = models.TextField(_("synopsis"), blank=True)
    learning_hours = models.DecimalField(
        _("student learning time in hours"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    experts = models.ManyToManyField(
        Person, blank=True, related_name="expert_in", verbose_name=_("subject experts")
    )
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["institution", "code"]
        verbose_name = _("course")
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="course_once"),
            models.CheckConstraint(condition=Q(credits__gt=0), name="course_has_credits"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProgrammeCourse(models.Model):
    """A course in the plan of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan")
    course = models.ForeignKey(Course, models.PROTECT, related_name="in_plans")
    semester = models.PositiveSmallIntegerField(_("semester of the plan"), null=True, blank=True)
    is_elective = models.BooleanField(_("elective"), default=False)

    class Meta:
        ordering = ["programme", "semester", "course__code"]
        constraints = [models.UniqueConstraint(fields=["programme", "course"], name="course_once_in_plan")]


class LearningOutcome(models.Model):
    """What a student can do after a course; its code is CLO1, CLO2 and so on."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="outcomes")
    code = models.CharField(_("code"), max_length=10)
    text_ms = models.TextField(_("outcome in Malay"))
    text_en = models.TextField(_("outcome in English"), blank=True)

    class Meta:
        ordering = ["course", "code"]
        constraints = [models.UniqueConstraint(fields=["course", "code"], name="outcome_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"

    @property
    def text(self) -> str:
        """The outcome in the language of the page."""
        return in_language(self.text_ms, self.text_en)


class Topic(models.Model):
    """A topic of a course with its hours of learning."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField(_("place"))
    title_ms = models.CharField(_("topic in Malay"), max_length=300)
    title_en = models.CharField(_("topic in English"), max_length=300, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["course", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "position"], name="topic_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The topic in the language of the page."""
        return in_language(self.title_ms, self.title_en)


class Student(models.Model):
    """A person enrolled in a programme."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="students")
    matric = models.CharField(_("matric number"), max_length=30)
    intake = models.ForeignKey(
        Semester, models.PROTECT, related_name="intake", verbose_name=_("first semester")
    )
    status = models.CharField(_("status"), max_length=20, default="active")
    standing = models.CharField(_("academic standing"), max_length=20, blank=True)
    final_semester = models.BooleanField(_("in the final semester"), null=True, blank=True)
    cgpa = models.DecimalField(
        _("CGPA"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(4)],
    )

    class Meta:
        ordering = ["matric"]
        verbose_name = _("student")
        constraints = [models.UniqueConstraint(fields=["programme", "matric"], name="student_once")]

    def __str__(self) -> str:
        return f"{self.matric} {self.person.name}"


class CourseResult(models.Model):
    """A course that a student took in the present programme, with its grade."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="results")
    course = models.ForeignKey(Course, models.PROTECT, related_name="results")
    semester = models.ForeignKey(Semester, models.PROTECT, related_name="results")
    grade = models.CharField(_("grade"), max_length=12)
    completed_on = models.DateField(_("completed on"))

    class Meta:
        ordering = ["student", "semester", "course__code"]
        constraints = [models.UniqueConstraint(fields=["student", "course", "semester"], name="result_once")]
