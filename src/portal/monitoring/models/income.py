"""What paid certificates of a cohort bring in, and who receives what of it (UTM 5.2.3, 5.3, 5.5)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.institutions.models import Institution
from portal.offerings.models import Offering


class Income(models.Model):
    """The income of one cohort: counted, claimed from the platform, received, divided, paid out.

    ``price`` is that of one certificate; ``expected`` what the university claims of all of them, and
    ``received`` what came, in ringgit. ``case`` is the question that the policy answered, as it was asked.
    """

    class State(models.TextChoices):
        COUNTED = "counted", _("Counted")
        PREPARED = "prepared", _("Claim prepared")
        CLAIMED = "claimed", _("Claimed from the platform")
        RECEIVED = "received", _("Payment received")
        INSTRUCTED = "instructed", _("To be paid out")
        CLOSED = "closed", _("Closed")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="incomes")
    offering = models.OneToOneField(Offering, models.PROTECT, related_name="income")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.COUNTED)
    version = models.PositiveIntegerField(default=1)
    agreed_at = models.DateTimeField(_("agreement signed by the centre"), null=True)
    agreed_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    certificates = models.PositiveIntegerField(_("paid certificates"), default=0)
    source = models.CharField(_("where the number comes from"), max_length=200, blank=True)
    counted_on = models.DateField(_("counted on"), null=True)
    price = models.DecimalField(
        _("price of a certificate"), max_digits=8, decimal_places=2, default=Decimal(0)
    )
    case = models.JSONField(default=dict)
    expected = models.DecimalField(_("amount claimed"), max_digits=12, decimal_places=2, default=Decimal(0))
    claim = models.CharField(_("number of the claim"), max_length=40, blank=True)
    prepared_on = models.DateField(_("claim prepared on"), null=True)
    prepared_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    claimed_on = models.DateField(_("claimed on"), null=True)
    claim_reference = models.CharField(_("reference of the claim sent"), max_length=120, blank=True)
    received = models.DecimalField(_("amount received"), max_digits=12, decimal_places=2, null=True)
    received_on = models.DateField(_("received on"), null=True)
    receipt = models.CharField(_("reference of the receipt"), max_length=120, blank=True)
    difference = models.TextField(_("why another amount came"), blank=True)
    instruction = models.CharField(_("number of the instruction"), max_length=40, blank=True)
    instructed_on = models.DateField(_("instructed on"), null=True)
    instructed_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("closed on"), null=True)

    class Meta:
        ordering = ["-offering__ends_on", "-pk"]
        verbose_name = _("income of a cohort")
        indexes = [models.Index(fields=["institution", "state"])]

    def __str__(self) -> str:
        return str(self.offering)

    def get_absolute_url(self) -> str:
        """The cohort's page of income."""
        return reverse("monitoring:income-cohort", args=[self.offering_id])

    @property
    def total(self) -> Decimal:
        """What learners paid for all certificates, in ringgit."""
        return self.price * self.certificates


class IncomeShare(models.Model):
    """What somebody receives of a cohort's income; ``to`` is a recipient of the contract's vocabulary."""

    income = models.ForeignKey(Income, models.PROTECT, related_name="shares")
    position = models.PositiveSmallIntegerField()
    to = models.CharField(_("receiver"), max_length=20)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="income_shares", verbose_name=_("person")
    )
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    amount = models.DecimalField(_("amount in ringgit"), max_digits=12, decimal_places=2)
    clauses = models.JSONField(default=list)
    paid_on = models.DateField(_("paid out on"), null=True)
    reference = models.CharField(_("reference of the payment"), max_length=120, blank=True)
    paid_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["income", "position"]
        verbose_name = _("share of a cohort’s income")
        constraints = [
            models.UniqueConstraint(fields=["income", "position"], name="income_share_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(paid_on__isnull=True) | ~Q(reference="")),
                name="income_share_paid_by_reference",
            ),
        ]
        indexes = [models.Index(F("paid_on"), name="income_share_paid")]
