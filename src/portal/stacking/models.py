"""What a learner works toward, what was gathered elsewhere, and what the university says to it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.catalogue.models import Course, Programme


class Profile(models.Model):
    """What only the age rules need to know of a learner (UNIMAS 1.5(o)-age)."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="stacking_profile")
    born_on = models.DateField(_("date of birth"), null=True, blank=True)


class Goal(models.Model):
    """A qualification that a learner works toward, named with its institution (UNIMAS 1.6(a)-2-award)."""

    class Route(models.TextChoices):
        STANDARD = "standard", _("Usual entry requirement")
        APEL = "apel", _("APEL.A or APEL.M")

    person = models.ForeignKey(Person, models.CASCADE, related_name="goals")
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="goals", verbose_name=_("programme")
    )
    route = models.CharField(
        _("route of entry"), max_length=10, choices=Route.choices, default=Route.STANDARD
    )
    meets_entry = models.BooleanField(_("meets the minimum entry requirement"), null=True, blank=True)
    chosen_at = models.DateTimeField(auto_now_add=True)
    advised_at = models.DateTimeField(_("advised to take APEL"), null=True, blank=True)

    class Meta:
        ordering = ["chosen_at", "pk"]
        verbose_name = _("goal")
        constraints = [models.UniqueConstraint(fields=["person", "programme"], name="goal_once")]

    def __str__(self) -> str:
        return f"{self.programme.code} {self.programme.name}"


class Outside(models.Model):
    """A micro-credential of another institution that the learner records (UNIMAS 1.6(a)-2-independent).

    A provider outside higher education has to state objectives and outcomes (UNIMAS 5.1-non-he).
    """

    class Origin(models.TextChoices):
        ACCREDITED = "other_micro_credentials", _("Of an accredited programme")
        STAND_ALONE = "stand_alone", _("Stand-alone")
        VERIFIED = "stand_alone_verified", _("Stand-alone, quality verified")

    person = models.ForeignKey(Person, models.CASCADE, related_name="outside_credentials")
    title = models.CharField(_("title"), max_length=200)
    institution_name = models.CharField(_("institution"), max_length=200)
    country = models.CharField(_("country"), max_length=2, default="MY")
    origin = models.CharField(_("origin"), max_length=30, choices=Origin.choices)
    credits = models.DecimalField(
        _("credits"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )
    completed_on = models.DateField(_("completed on"))
    is_mpu = models.BooleanField(_("MPU subject"), default=False)
    address = models.URLField(_("address where it can be verified"), blank=True)
    by_other_provider = models.BooleanField(_("not a higher education provider"), default=False)
    objectives = models.TextField(_("objectives of the course"), blank=True, max_length=2000)
    outcomes = models.TextField(_("learning outcomes of the course"), blank=True, max_length=4000)

    class Meta:
        ordering = ["-completed_on", "pk"]
        verbose_name = _("micro-credential from elsewhere")

    def __str__(self) -> str:
        return self.title


class Prescription(models.Model):
    """A course of the programme that the learner still has to take (UNIMAS 1.6(a)-2-balance)."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="prescriptions")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["goal", "course__code"]
        constraints = [models.UniqueConstraint(fields=["goal", "course"], name="prescribed_once")]


class AgeException(models.Model):
    """That a learner below the normal age may graduate, and why (UNIMAS 1.5(o)-exception)."""

    goal = models.OneToOneField(Goal, models.CASCADE, related_name="age_exception")
    reason = models.TextField(_("reason"))
    reference = models.CharField(_("the Senate’s reference"), max_length=120)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
