"""Which course of an LMS is which offering, whose account is whose, and what was pulled from there."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.lti.models.lms import Lms
from portal.offerings.models import Assessment, Offering


class CourseLink(models.Model):
    """An offering in a course of an LMS: of the whole course, or of one link in it.

    ``memberships_url``, ``items_url`` and ``scopes`` are what the LMS offered with its last launch.
    """

    lms = models.ForeignKey(Lms, models.CASCADE, related_name="course_links")
    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    deployment_id = models.CharField(max_length=255)
    context_id = models.CharField(max_length=255)
    resource_link_id = models.CharField(max_length=255, blank=True)
    title = models.CharField(_("course in the LMS"), max_length=255, blank=True)
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="lti_links")
    memberships_url = models.CharField(max_length=1000, blank=True)
    items_url = models.CharField(max_length=1000, blank=True)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(Appointment, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["lms", "title", "pk"]
        verbose_name = _("course in an LMS")
        constraints = [
            models.UniqueConstraint(
                fields=["lms", "deployment_id", "context_id", "resource_link_id"],
                name="lms_course_once",
                condition=~models.Q(resource_link_id=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.context_id


class LmsAccount(models.Model):
    """An account in an LMS whose owner logged in here and said that it is theirs."""

    lms = models.ForeignKey(Lms, models.CASCADE, related_name="accounts")
    subject = models.CharField(max_length=255)
    person = models.ForeignKey(Person, models.CASCADE, related_name="lms_accounts")
    name = models.CharField(_("name in the LMS"), max_length=255, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("account in an LMS")
        constraints = [models.UniqueConstraint(fields=["lms", "subject"], name="lms_account_once")]

    def __str__(self) -> str:
        return self.name or self.subject


class Column(models.Model):
    """A column of the LMS's gradebook whose results become marks of an assessment."""

    course = models.ForeignKey(CourseLink, models.CASCADE, related_name="columns")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="lti_columns")
    address = models.CharField(max_length=1000)
    label = models.CharField(_("column"), max_length=255)
    maximum = models.DecimalField(_("highest score"), max_digits=9, decimal_places=3)

    class Meta:
        ordering = ["course", "label"]
        verbose_name = _("column of an LMS")
        constraints = [models.UniqueConstraint(fields=["course", "assessment"], name="lti_column_once")]

    def __str__(self) -> str:
        return self.label


class Pull(models.Model):
    """A roster, or a column's results, as the LMS told them: looked at first, then taken once.

    ``rows`` hold what was said and what it means here, one for each person.
    """

    course = models.ForeignKey(CourseLink, models.CASCADE, related_name="pulls")
    column = models.ForeignKey(Column, models.CASCADE, null=True, related_name="pulls")
    rows = models.JSONField()
    made_by = models.ForeignKey(Appointment, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("read"), auto_now_add=True)
    taken_at = models.DateTimeField(_("taken"), null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("list from an LMS")

    def __str__(self) -> str:
        return f"{self.pk}"
