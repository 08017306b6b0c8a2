"""How far a course is developed: milestones, their tasks, and what is asked and answered meanwhile."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.institutions.naming import Named
from portal.proposals.models.proposal import Proposal


class Milestone(models.Model):
    """A milestone of a course’s development; ``name`` is a word of the policy (UNIMAS Table 3)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="milestones")
    name = models.CharField(_("milestone"), max_length=40)
    position = models.PositiveSmallIntegerField(_("place"))
    started_on = models.DateField(_("begun on"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["proposal", "position"]
        verbose_name = _("milestone")
        constraints = [models.UniqueConstraint(fields=["proposal", "name"], name="milestone_once")]


class Task(models.Model):
    """A piece of work of a milestone that somebody of the team does."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="tasks")
    text = models.CharField(_("task"), max_length=300)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["milestone", "due_on", "pk"]
        verbose_name = _("task")


class Enquiry(models.Model):
    """A question about a proposal and its answer: to the centre, MQA, a professional body, the PTG system.

    UNIMAS 1.5(a), 1.5(g), 1.5(j), 2.1; UTM 4.3.4.
    """

    class To(models.TextChoices):
        CENTRE = "centre", _("The e-learning centre")
        MQA = "mqa", _("MQA")
        PROFESSIONAL_BODY = "professional_body", _("A professional body")
        PTG = "ptg", _("The PTG system")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="enquiries")
    to = models.CharField(_("asked of"), max_length=20, choices=To.choices)
    body = models.CharField(_("name of the body"), max_length=200, blank=True)
    reference = models.CharField(_("their number"), max_length=80, blank=True)
    text = models.TextField(_("question"))
    asked_on = models.DateField(_("asked on"))
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["proposal", "asked_on", "pk"]
        verbose_name = _("enquiry")


class Workshop(Named):
    """A workshop on developing courses that the centre runs (UTM 4.2.4, 4.3.3)."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="workshops")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200, blank=True)

    class Meta:
        ordering = ["-held_on", "pk"]
        verbose_name = _("workshop")


class Attendance(models.Model):
    """Somebody who came to a workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "person"], name="attendance_once")]
