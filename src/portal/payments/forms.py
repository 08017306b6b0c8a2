"""What cashiers and payers fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.accounts.roles import LEARNERS
from portal.institutions.models import Faculty
from portal.payments.actions.closing import Return
from portal.payments.actions.settling import COUNTER_METHODS, Money
from portal.payments.models import Order, Share
from portal.payments.words import METHODS
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY


class DayInput(forms.DateInput):
    """A day as browsers ask for one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RefusableForm(forms.Form):
    """A form that shows why an action refused, at the field where it says."""

    def refuse(self, refused: Refused) -> None:
        """Keep the reason of a refusal as the form's error."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, ValidationError(str(refused.message)))


class PaymentForm(RefusableForm):
    """Money taken at the counter."""

    method = forms.ChoiceField(label=_("How it was paid"))
    reference = forms.CharField(
        label=_("Reference"),
        max_length=120,
        help_text=_("The number on the slip, the transfer or the draft; it can be entered only once."),
    )
    amount = forms.DecimalField(label=_("Amount in ringgit"), max_digits=10, decimal_places=2, min_value=0)
    received_on = forms.DateField(label=_("Received on"), widget=DayInput)

    def __init__(self, order: Order, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"received_on": timezone.localdate(), "amount": order.outstanding})
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(name, METHODS[name]) for name in COUNTER_METHODS]

    def money(self) -> Money:
        """What was entered."""
        return Money(**self.cleaned_data)


class RefundForm(RefusableForm):
    """Money that goes back."""

    amount = forms.DecimalField(label=_("Amount in ringgit"), max_digits=10, decimal_places=2, min_value=0)
    reference = forms.CharField(label=_("Reference of the refund"), max_length=120)
    refunded_on = forms.DateField(label=_("Refunded on"), widget=DayInput)
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The payer reads this.")
    )

    def __init__(self, order: Order, *args: Any, **kwargs: Any) -> None:
        owed = order.to_return or order.received - order.refunded
        kwargs.setdefault("initial", {"refunded_on": timezone.localdate(), "amount": owed})
        super().__init__(*args, **kwargs)

    def back(self) -> Return:
        """What was entered."""
        return Return(**self.cleaned_data)


class CancelForm(RefusableForm):
    """Why an order need not be paid."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The payer reads this.")
    )


class ReceiverForm(RefusableForm):
    """Who set the questions or assessed: somebody of the institution's staff."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"), required=False)

    def __init__(self, share: Share, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = staff_of(share.order)


def staff_of(order: Order) -> Any:
    """Return the people who are or were appointed at the order's institution, learners left out."""
    held = Appointment.objects.filter(institution=order.institution).exclude(role__in=LEARNERS)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


class PayOutForm(RefusableForm):
    """That parts were paid out."""

    paid_on = forms.DateField(label=_("Paid out on"), widget=DayInput)
    reference = forms.CharField(label=_("Reference of the payment"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"paid_on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class Filters(forms.Form):
    """What narrows the queue of orders; nothing is asked for."""

    q = forms.CharField(label=_("Number, payer, reference"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    faculty = forms.ModelChoiceField(
        Faculty.objects.none(), label=_("Faculty"), required=False, empty_label=_("All")
    )
    since = forms.DateField(label=_("Placed from"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Placed until"), required=False, widget=DayInput)

    RETURN = "to_return"

    def __init__(self, acting: Appointment | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            every,
            *Order.State.choices,
            (self.RETURN, _("Money to give back")),
        ]
        self.fields["purpose"].choices = [every, *Order.Purpose.choices]  # type: ignore[attr-defined]
        if acting and acting.institution:
            self.fields["faculty"].queryset = acting.institution.faculties.all()  # type: ignore[attr-defined]


class Period(forms.Form):
    """What a statement is of: receivers, and the days on which the orders were settled."""

    receiver = forms.ChoiceField(label=_("Receiver"), required=False)
    person = forms.CharField(label=_("Person"), required=False, max_length=100)
    since = forms.DateField(label=_("Settled from"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Settled until"), required=False, widget=DayInput)
    paid = forms.ChoiceField(
        label=_("Paid out"),
        required=False,
        choices=[("", _("All")), ("no", _("Not yet")), ("yes", _("Paid out"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = VOCABULARY["recipient"]
        named = ("question_setter", "assessor", "faculty", "university")
        choices = [("", _("All")), *((name, in_language(words[name])) for name in named)]
        self.fields["receiver"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return given
