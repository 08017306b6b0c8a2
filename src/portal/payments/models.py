"""Orders and their lines, payments, receipts, refunds, and who receives what of them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.institutions.models import Faculty, Institution
from portal.institutions.naming import in_language


class Order(models.Model):
    """Something to be paid, computed from the fee schedule of the policy; amounts in ringgit."""

    class Purpose(models.TextChoices):
        CREDIT_TRANSFER = "credit_transfer", _("Credit transfer")
        APPEAL = "appeal", _("Appeal")
        CERTIFICATE = "certificate", _("Certificate")
        COURSE = "course", _("Course")

    class State(models.TextChoices):
        OPEN = "open", _("Unpaid")
        PAID = "paid", _("Paid")
        CANCELLED = "cancelled", _("Cancelled")
        REFUNDED = "refunded", _("Refunded")

    number = models.CharField(_("order number"), max_length=30)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="orders")
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, blank=True, related_name="orders")
    payer = models.ForeignKey(Person, models.PROTECT, related_name="orders")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    about = models.CharField(_("about"), max_length=300)
    link = models.CharField(max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    total = models.DecimalField(_("total in ringgit"), max_digits=10, decimal_places=2)
    policy = models.CharField(max_length=40, blank=True)
    policy_version = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    closed_reason = models.TextField(_("why it was cancelled or refunded"), blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("order")
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="order_once"),
            models.CheckConstraint(condition=Q(total__gte=Decimal(0)), name="order_not_negative"),
        ]
        indexes = [models.Index(fields=["institution", "state", "created_at"])]

    def __str__(self) -> str:
        return self.number

    @property
    def received(self) -> Decimal:
        """The money that came in for it; asks no more where the payments were fetched before."""
        came = (p.amount for p in self.payments.all() if p.state == Payment.State.RECEIVED)
        return sum(came, Decimal(0))

    @property
    def refunded(self) -> Decimal:
        """The money that went back to the payer."""
        return sum((refund.amount for refund in self.refunds.all()), Decimal(0))

    @property
    def outstanding(self) -> Decimal:
        """What is still to be paid; nothing for an order that is closed."""
        return max(self.total - self.received, Decimal(0)) if self.state == self.State.OPEN else Decimal(0)

    @property
    def to_return(self) -> Decimal:
        """What came in beyond what is owed, and has not gone back yet."""
        owed = self.total if self.state in (self.State.OPEN, self.State.PAID) else Decimal(0)
        return max(self.received - self.refunded - owed, Decimal(0))


class OrderLine(models.Model):
    """One item of an order with the clauses that set its amount; ``about`` is the claim it is paid for."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    item = models.CharField(_("item"), max_length=40)
    about = models.CharField(_("for"), max_length=60, blank=True)
    text_ms = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    clauses = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    @property
    def text(self) -> str:
        """What is paid for, in the language of the page."""
        return in_language(self.text_ms, self.text_en)


class Payment(models.Model):
    """Money received for an order: at the counter with a reference of its own, or through a gateway."""

    class State(models.TextChoices):
        STARTED = "started", _("Started")
        RECEIVED = "received", _("Received")
        FAILED = "failed", _("Failed")

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="payments")
    method = models.CharField(_("method"), max_length=30)
    reference = models.CharField(_("reference"), max_length=120)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    address = models.CharField(_("where it is paid"), max_length=500, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    recorded_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "method", "reference"], name="payment_once"),
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="payment_of_something"),
        ]


class Refund(models.Model):
    """Money that went back to the payer, and why."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds")
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    reference = models.CharField(_("reference"), max_length=120)
    refunded_on = models.DateField(_("refunded on"))
    reason = models.TextField(_("reason"))
    recorded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "reference"], name="refund_once"),
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="refund_of_something"),
        ]


class Receipt(models.Model):
    """The receipt of a settled order; its PDF is made from these values."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="receipt")
    number = models.CharField(_("receipt number"), max_length=30)
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return self.number


class Share(models.Model):
    """What one receiver gets of a line of a settled order (UTM Jadual 7), to the sen."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="shares")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="shares")
    receiver = models.CharField(_("receiver"), max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="shares")
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    paid_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    paid_reference = models.CharField(_("reference of the payment"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["line", "receiver"], name="share_once")]
        indexes = [models.Index(fields=["receiver", "paid_on"])]


class SandboxTransaction(models.Model):
    """What the sandbox gateway remembers of a payment: it stands for a bank's own books."""

    reference = models.CharField(max_length=60, unique=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    about = models.CharField(max_length=300)
    outcome = models.CharField(max_length=10, default="pending")
    paid = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    return_to = models.CharField(max_length=300)
