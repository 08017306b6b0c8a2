"""What teachers do while a course runs: weekly interaction, and the load it counts as (UTM 5.2.9, 5.4.7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.institutions.models import Semester
from portal.offerings.models import Offering


class Interaction(models.Model):
    """That a teacher took part in talking with the learners on a day."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="interactions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField(_("on"))
    text = models.CharField(_("what it was"), max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("interaction with learners")
        indexes = [models.Index(fields=["offering", "on"])]


class TeachingLoad(models.Model):
    """The teaching load of a lecturer for an offering, worked out by the policy (UTM Jadual 2)."""

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="loads")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="teaching_loads", verbose_name=_("lecturer")
    )
    semester = models.ForeignKey(
        Semester, models.PROTECT, null=True, related_name="+", verbose_name=_("semester")
    )
    category = models.CharField(_("category"), max_length=20)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    completions = models.PositiveIntegerField(_("completions"), null=True, blank=True)
    lecture_credits = models.DecimalField(
        _("credits of the equivalent lectures"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    credits = models.DecimalField(_("credits of load"), max_digits=5, decimal_places=2, null=True)
    result = models.JSONField(default=dict)
    entered_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["person__name", "offering"]
        verbose_name = _("teaching load")
        constraints = [models.UniqueConstraint(fields=["offering", "person"], name="load_once")]
