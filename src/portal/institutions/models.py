"""Institutions, faculties, semesters: what everything else belongs to."""

import re
from datetime import date, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.institutions.naming import Named

WRITTEN = re.compile(r"(?P<begun>\d{4})/?(?P<ended>\d{4})[-/](?P<number>\d)")
"""How universities write the code of a semester: both years of its session, and its number."""

colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Give the colour as # and six digits, for example #7a0019."))


class Institution(Named):
    """A university, college or polytechnic; one with a policy decides, others only appear in claims."""

    code = models.SlugField(_("short name"), max_length=20, unique=True)
    policy = models.CharField(_("policy"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, default="MY")
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    crest = models.FileField(_("crest"), upload_to="crests/", blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#1d3557", validators=[colour])
    registered_as = models.CharField(
        _("registration number with the ministry or MQA"), max_length=60, blank=True
    )
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("institution")


class Faculty(Named):
    """A faculty, school or centre that offers courses and decides on its own (UTHM, glosari.fakulti)."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="faculties")
    code = models.SlugField(_("short name"), max_length=20)
    email = models.EmailField(_("email"), blank=True)
    is_centre = models.BooleanField(_("is a centre"), default=False)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["institution", "code"]
        verbose_name = _("faculty")
        constraints = [models.UniqueConstraint(fields=["institution", "code"], name="faculty_once")]


class Semester(models.Model):
    """A semester of an institution's calendar; weeks are counted from its first day, in sevens."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="semesters")
    code = models.CharField(_("code"), max_length=20)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    is_short = models.BooleanField(_("short semester"), default=False)

    class Meta:
        ordering = ["institution", "-starts_on"]
        verbose_name = _("semester")
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="semester_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="semester_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How a person reads it, in Malay and English alike: Semester 1, 2026/2027; else its code."""
        written = WRITTEN.fullmatch(self.code)
        return "Semester {number}, {begun}/{ended}".format(**written.groupdict()) if written else self.code

    def week_of(self, day: date) -> int:
        """Return the week of the semester that ``day`` falls in, counted from 1."""
        return (day - self.starts_on).days // 7 + 1

    def first_day_of_week(self, week: int) -> date:
        """Return the first day of a week, counted from 1."""
        return self.starts_on + timedelta(weeks=week - 1)


class Signatory(Named):
    """Who signs letters and certificates of an institution, or of one faculty, and from when to when.

    ``name_ms`` and ``name_en`` are the office (Dekan, Pendaftar); ``person_name`` is who holds it.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="signatories")
    faculty = models.ForeignKey(
        Faculty, models.CASCADE, null=True, blank=True, related_name="signatories", verbose_name=_("faculty")
    )
    person_name = models.CharField(_("name of the person"), max_length=200)
    letters = models.BooleanField(_("signs letters"), default=True)
    certificates = models.BooleanField(_("signs certificates"), default=True)
    signature = models.FileField(_("signature"), upload_to="signatures/", blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["institution", "faculty__code", "starts_on"]
        verbose_name = _("signatory")

    def __str__(self) -> str:
        return f"{self.person_name}, {self.name}"

    @property
    def is_over(self) -> bool:
        """Whether the last day lies behind."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()


class Counter(models.Model):
    """The last number given in one series of an institution in one year: receipts, letters, applications."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="counters")
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "series", "year"], name="counter_once")]
