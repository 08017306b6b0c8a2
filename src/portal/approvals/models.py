"""Committees, their meetings, and the items put to them (UNIMAS 2.1, 3.3.2; UTM 3.1.2)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.institutions.models import Institution
from portal.institutions.naming import Named, in_language


class Committee(Named):
    """A committee of an institution; ``code`` is the word by which processes name it (jtsppa, senate)."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="committees")
    code = models.SlugField(_("short name"), max_length=20)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["institution", "code"]
        verbose_name = _("committee")
        constraints = [models.UniqueConstraint(fields=["institution", "code"], name="committee_once")]

    def get_absolute_url(self) -> str:
        """The committee's page."""
        return reverse("approvals:committee", args=[self.pk])


class Member(models.Model):
    """Somebody who sits on a committee: reads the papers, and is told when a meeting is called.

    Where a committee names secretaries, only these plan its meetings and record its decisions.
    """

    class Part(models.TextChoices):
        CHAIR = "chair", _("Chair")
        MEMBER = "member", _("Member")
        SECRETARY = "secretary", _("Secretary")

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=9, choices=Part.choices, default=Part.MEMBER)

    class Meta:
        ordering = ["part", "person__name"]
        verbose_name = _("member of a committee")
        constraints = [models.UniqueConstraint(fields=["committee", "person"], name="committee_member_once")]

    def __str__(self) -> str:
        return self.person.name


class Meeting(models.Model):
    """A meeting of a committee; its decisions stand once it is recorded."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CALLED = "called", _("Papers sent out")
        RECORDED = "recorded", _("Recorded")
        CANCELLED = "cancelled", _("Cancelled")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="meetings")
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee")
    )
    number = models.CharField(_("number of the meeting"), max_length=40)
    held_on = models.DateField(_("held on"))
    begins_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("venue"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    called_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("meeting")
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="meeting_once")]
        indexes = [models.Index(fields=["institution", "state", "held_on"])]

    def __str__(self) -> str:
        return f"{self.committee.name} {self.number}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("approvals:meeting", args=[self.pk])

    @property
    def is_ahead(self) -> bool:
        """Whether its items can still be changed: it is neither recorded nor cancelled."""
        return self.state in (self.State.PLANNED, self.State.CALLED)


class Item(models.Model):
    """Something that a committee is asked to decide.

    ``kind`` and ``subject`` say what it is about (a proposal, a sheet of results); ``purpose`` is the state
    of its process in which it was asked, so that a second asking is another item. ``continues`` is the item
    that a meeting deferred.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned for changes")
        REJECTED = "rejected", _("Not approved")
        DEFERRED = "deferred", _("Deferred to a later meeting")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="items")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="items")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="items")
    position = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=30)
    subject = models.PositiveBigIntegerField()
    purpose = models.CharField(max_length=40, blank=True)
    title_ms = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    reference = models.CharField(_("number in the minutes"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )

    class Meta:
        ordering = ["meeting", "position", "pk"]
        verbose_name = _("item")
        indexes = [
            models.Index(fields=["institution", "committee", "decision"]),
            models.Index(fields=["kind", "subject", "purpose"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "purpose"],
                condition=models.Q(decision="", withdrawn_at__isnull=True),
                name="item_asked_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The item's page."""
        return reverse("approvals:item", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return not self.decision and self.withdrawn_at is None

    @property
    def title(self) -> str:
        """What is asked, in the language of the page."""
        return in_language(self.title_ms, self.title_en)
