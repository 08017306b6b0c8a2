"""People, and what they are appointed as."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import LEARNERS, Role
from portal.accounts.secret_text import SecretTextField
from portal.institutions.models import Faculty, Institution


class People(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Keep a new person; without a password nobody can log in by one."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Keep a person who runs the installation."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone with an account, known by an email address."""

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("full name"), max_length=200)
    identity_number = SecretTextField(_("identity card or passport number"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, default="ms", choices=[("ms", "Bahasa Melayu"), ("en", "English")]
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("runs the installation"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class AppointmentSet(models.QuerySet["Appointment"]):
    """Questions one asks of appointments."""

    def in_force(self, day: date) -> "AppointmentSet":
        """Keep the appointments, and delegations, that hold on a day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)).filter(
            Q(delegated_from__isnull=True)
            | (
                Q(delegated_from__starts_on__lte=day)
                & (Q(delegated_from__ends_on__isnull=True) | Q(delegated_from__ends_on__gte=day))
            )
        )


class Appointment(models.Model):
    """A role that a person holds in an institution, perhaps in one faculty, from one day to another.

    A delegation is an appointment ``delegated_from`` another one; it ends with it at the latest.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, blank=True, related_name="appointments")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("on behalf of"),
    )

    objects: ClassVar[Any] = AppointmentSet.as_manager()

    class Meta:
        ordering = ["person", "institution", "role"]
        verbose_name = _("appointment")
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | Q(role=Role.EXTERNAL_LEARNER),
                name="appointment_has_institution",
            ),
        ]

    def __str__(self) -> str:
        where = self.faculty or self.institution
        return f"{self.get_role_display()}, {where.code}" if where else str(self.get_role_display())

    @property
    def is_learner(self) -> bool:
        """Whether the role is that of somebody who learns, not one of staff."""
        return self.role in LEARNERS

    @property
    def is_over(self) -> bool:
        """Whether the last day lies behind."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()
