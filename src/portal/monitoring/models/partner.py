"""What is seen of partners that give a course: visits, and the results of their cohorts (UNIMAS 1.5(k))."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.proposals.models import Partner


class Visit(models.Model):
    """A look at a partner that gives the course, and what was found (UMPSA 13-monitor; UNIMAS 1.5(k))."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="visits")
    on = models.DateField(_("on"))
    findings = models.TextField(_("findings"))
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("monitoring visit")


class PartnerCohort(models.Model):
    """What came of a cohort at a partner, to be compared with the university's own (UNIMAS 1.5(k)-oversight).

    ``experience`` is the mean rating of the partner's survey, of 5.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="cohorts")
    cohort = models.CharField(_("cohort"), max_length=80)
    ended_on = models.DateField(_("ended on"))
    enrolled = models.PositiveIntegerField(_("took part"), validators=[MinValueValidator(1)])
    withdrawn = models.PositiveIntegerField(_("withdrew"))
    completed = models.PositiveIntegerField(_("completed"))
    experience = models.DecimalField(
        _("mean rating of learners, of 5"),
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-ended_on", "-pk"]
        verbose_name = _("results of a partner")
        constraints = [
            models.UniqueConstraint(fields=["partner", "cohort"], name="partner_cohort_once"),
            models.CheckConstraint(
                condition=Q(enrolled__gte=F("withdrawn") + F("completed")), name="partner_cohort_adds_up"
            ),
        ]
