"""Orders and their lines, payments, receipts, refunds, and who receives what of them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.institutions.models import Faculty, Institution


class Order(models.Model):
    """Something to be paid, computed from the fee schedule of the policy; amounts in ringgit."""

    class Purpose(models.TextChoices):
        CREDIT_TRANSFER = "credit_transfer", _("Credit transfer")
        APPEAL = "appeal", _("Appeal")
        CERTIFICATE = "certificate", _("Certificate")
        COURSE = "course", _("Course")

    class State(models.TextChoices):
        OPEN = "open", _("To be paid")
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

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("order")
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="order_once"),
            models.CheckConstraint(condition=Q(total__gte=Decimal(0)), name="order_not_negative"),
        ]
        indexes = [models.Index(fields=["institution", "state", "created_at"])]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One item of an order with the clauses that set its amount."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    item = models.CharField(_("item"), max_length=40)
    text_ms = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    clauses = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]


class Payment(models.Model):
    """Money received for an order: at the counter with a receipt number, or through a gateway."""

    class State(models.TextChoices):
        STARTED = "started", _("Started")
        RECEIVED = "received", _("Received")
        FAILED = "failed", _("Failed")

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    method = models.CharField(_("method"), max_length=30)
    reference = models.CharField(_("reference"), max_length=120)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    recorded_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["method", "reference"], name="payment_once")]


class Receipt(models.Model):
    """The receipt of a settled order; its PDF is made from these values."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="receipt")
    number = models.CharField(_("receipt number"), max_length=30)
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        ordering = ["-issued_at"]


class Share(models.Model):
    """What one receiver gets of a settled order (UTM Jadual 7), to the sen."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="shares")
    receiver = models.CharField(_("receiver"), max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="shares")
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    paid_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
