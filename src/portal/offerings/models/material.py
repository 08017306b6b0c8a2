"""What a course is learnt from: pages, files, links and videos by unit, and who used them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.offerings.models.enrolment import Enrolment
from portal.proposals.models import Proposal


class Material(models.Model):
    """One piece of learning material of a course, in a unit of its plan (counted from 1)."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        FILE = "file", _("File")
        LINK = "link", _("Link")
        VIDEO = "video", _("Video")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="materials")
    unit = models.PositiveSmallIntegerField(_("unit"))
    position = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text in Markdown"), blank=True)
    file = models.FileField(upload_to="materials/%Y/%m/", blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    url = models.URLField(_("address"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    may_download = models.BooleanField(_("may be downloaded"), default=False)
    own_work = models.BooleanField(_("no third party’s copyright is infringed"), default=False)
    visible = models.BooleanField(_("shown to learners"), default=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["proposal", "unit", "position", "pk"]
        verbose_name = _("learning material")

    def __str__(self) -> str:
        return self.title


class Progress(models.Model):
    """That a learner has finished a piece of material."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress")
    material = models.ForeignKey(Material, models.CASCADE, related_name="progress")
    done_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "material"], name="progress_once")]


class Access(models.Model):
    """That somebody opened a piece of material (UNIMAS 5.9-monitoring)."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="accesses")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["material", "at"])]


class SharingReport(models.Model):
    """A report that material is shared without leave, and what came of it (UNIMAS 5.9-reporting)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sharing_reports")
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(_("email"), blank=True)
    text = models.TextField(_("what is shared, and where"))
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        verbose_name = _("report of unauthorised sharing")
