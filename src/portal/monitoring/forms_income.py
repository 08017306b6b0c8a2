"""What the centre and the bursar enter of a cohort's income."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.catalogue.forms.day import DayInput


class Versioned(forms.Form):
    """A form that says which version of the income it was written for."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CountForm(Versioned):
    """How many certificates were paid for."""

    number = forms.IntegerField(label=_("Paid certificates"), min_value=0, max_value=1_000_000)
    source = forms.CharField(
        label=_("Where the number comes from"),
        max_length=200,
        help_text=_("For example: OpenLearning’s report of 3 November 2026."),
    )


class ClaimForm(Versioned):
    """That the claim went to the platform."""

    on = forms.DateField(label=_("Claimed on"), widget=DayInput, initial=timezone.localdate)
    reference = forms.CharField(label=_("Reference of the claim sent"), max_length=120)


class ReceiptForm(Versioned):
    """What the platform paid."""

    amount = forms.DecimalField(
        label=_("Amount received, in ringgit"), min_value=0, max_digits=12, decimal_places=2
    )
    on = forms.DateField(label=_("Received on"), widget=DayInput, initial=timezone.localdate)
    reference = forms.CharField(label=_("Reference of the receipt"), max_length=120)
    difference = forms.CharField(
        label=_("Why another amount came"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only where it is not the amount that was claimed."),
    )


class PayForm(Versioned):
    """That shares were paid out."""

    on = forms.DateField(label=_("Paid out on"), widget=DayInput, initial=timezone.localdate)
    reference = forms.CharField(label=_("Reference of the payment"), max_length=120)
