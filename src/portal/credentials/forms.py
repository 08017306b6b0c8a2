"""What those who issue, and learners, fill in."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.credentials import roster
from portal.credentials.actions.sharing import DAYS
from portal.credentials.models import Credential, IssuerProfile, IssuingRun, RecognisedIssuer
from portal.imports.mistake import Wrong, in_words
from portal.payments.forms import DayInput, RefusableForm
from portal.wording import in_language
from tauliah.credentials.did import did_web_url
from tauliah.credentials.refusal import Refused as NoDid
from tauliah.credentials.statement import CERTIFICATES
from tauliah.values.text import Text
from tauliah.values.vocabulary import GRADES

Choices = list[tuple[str, str]]


def choices_of(words: Mapping[Any, Text]) -> Choices:
    """Return the choices of a closed list, in the language of the page."""
    return [(str(name), in_language(text)) for name, text in words.items()]


class RunForm(forms.ModelForm[IssuingRun]):
    """Which course, which cohort, which days."""

    certificate = forms.ChoiceField(label=_("Certificate"), choices=lambda: choices_of(CERTIFICATES))

    class Meta:
        model = IssuingRun
        fields = (
            "achievement", "certificate", "cohort", "term", "started_on", "ended_on", "awarded_on",
            "stamped_on", "expires_on",
        )  # fmt: skip
        widgets = {name: DayInput() for name in fields if name.endswith("_on")}
        help_texts = {
            "cohort": _(
                "As your office calls it, for example “March 2026”. It does not stand on the credential."
            ),
            "expires_on": _("Empty: it does not expire."),
        }

    def __init__(self, courses: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["achievement"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = courses.filter(active=True)

    def clean(self) -> dict[str, Any]:
        """Ask that the days stand in their order."""
        given = super().clean() or self.cleaned_data
        order = ("started_on", "ended_on", "awarded_on", "stamped_on")
        for first, last in pairwise(order):
            if given.get(first) and given.get(last) and given[last] < given[first]:
                words = _("This day must not be before “%(first)s”.") % {"first": self.fields[first].label}
                self.add_error(last, ValidationError(words))
        if given.get("stamped_on") and given["stamped_on"] > timezone.localdate():
            self.add_error("stamped_on", ValidationError(_("This day lies in the future.")))
        if given.get("expires_on") and given["expires_on"] <= timezone.localdate():
            self.add_error("expires_on", ValidationError(_("This day must lie in the future.")))
        return given


class ListForm(RefusableForm):
    """The file with the learners."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Excel (.xlsx) or CSV. It takes the place of the list so far."),
        error_messages={"required": _("Choose a file: XLSX or CSV.")},
    )


def _read(name: str, cell: str) -> Any:
    """Read a typed value as the list's cell would be."""
    heading = next(heading for heading in roster.HEADINGS if heading.name == name)
    try:
        return heading.read(cell) if cell else None
    except Wrong as wrong:
        raise ValidationError(in_words({"message": wrong.message, "values": wrong.values})) from wrong


class LearnerForm(RefusableForm):
    """One learner with the result."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.CharField(label=_("Email"), max_length=254)
    identity = forms.CharField(
        label=_("Identity card or passport number"),
        max_length=40,
        required=False,
        help_text=_("Only the last four characters are kept, for the learner's own paper."),
    )
    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=lambda: [("", "–"), *((g, g) for g in GRADES)]
    )
    formative_mark = forms.CharField(label=_("Formative mark"), required=False, help_text=_("Out of 100."))
    summative_mark = forms.CharField(label=_("Summative mark"), required=False, help_text=_("Out of 100."))
    payment = forms.CharField(label=_("Receipt number"), max_length=60, required=False)
    completed = forms.BooleanField(label=_("All activities completed"), required=False)

    def __init__(self, run: IssuingRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = {"payment", "completed"}
        if run.certificate == "participation":
            left_out = {"grade", "formative_mark", "summative_mark", "payment"}
        elif run.certificate == "accomplishment":
            left_out = {"completed"}
        for name in left_out:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Read every value as the list's cells are read."""
        for name in set(self.cleaned_data) - {"completed"}:
            try:
                value = _read(name, str(self.cleaned_data[name]).strip())
            except ValidationError as wrong:
                self.add_error(name, wrong)
                continue
            if value is None and not name.endswith("_mark"):
                value = ""
            self.cleaned_data[name] = value
        return self.cleaned_data


class ReasonForm(RefusableForm):
    """Why something is done to credentials."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The learner reads it. Visitors of the verification page do not."),
    )


class CorrectionForm(RefusableForm):
    """The corrected values of a credential; the course is taken as it is described today."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=lambda: [("", "–"), *((g, g) for g in GRADES)]
    )
    formative_mark = forms.CharField(label=_("Formative mark"), required=False)
    summative_mark = forms.CharField(label=_("Summative mark"), required=False)
    term = forms.CharField(label=_("Semester"), max_length=40, required=False)
    started_on = forms.DateField(label=capfirst(_("first day of the course")), widget=DayInput)
    ended_on = forms.DateField(label=capfirst(_("last day of the course")), widget=DayInput)
    awarded_on = forms.DateField(label=capfirst(_("approved by the Senate on")), widget=DayInput)
    stamped_on = forms.DateField(label=capfirst(_("date of the official stamp")), widget=DayInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was wrong; the learner reads it."),
    )

    def __init__(self, credential: Credential, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", credential.values)
        super().__init__(*args, **kwargs)
        if credential.values.get("certificate") == "participation":
            for name in ("grade", "formative_mark", "summative_mark"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Read names and marks as a list's cells are read."""
        for name in {"name", "formative_mark", "summative_mark"} & set(self.cleaned_data):
            try:
                _read(name, str(self.cleaned_data[name]).strip())
            except ValidationError as wrong:
                self.add_error(name, wrong)
        return self.cleaned_data

    def corrected(self) -> dict[str, str]:
        """Return the values as they are kept with a credential."""
        return {name: _kept(value) for name, value in self.cleaned_data.items() if name != "reason"}


def _kept(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    text = " ".join(str(value).split())
    try:
        return f"{Decimal(text).normalize():f}"
    except ArithmeticError:
        return text


class ProfileForm(forms.ModelForm[IssuerProfile]):
    """What credentials say of the institution."""

    class Meta:
        model = IssuerProfile
        fields = ("status_ms", "status_en", "street", "postal_code", "locality", "region")
        help_texts = {
            "status_ms": _("For example “Universiti awam berstatus swaakreditasi”."),
            "status_en": _("For example “Self-accrediting public university”."),
        }


class RecognisedForm(forms.ModelForm[RecognisedIssuer]):
    """An issuer elsewhere."""

    class Meta:
        model = RecognisedIssuer
        fields = ("did", "name_ms", "name_en")
        help_texts = {
            "did": _("For example did:web:credentials.university.edu.my. Ask the institution itself.")
        }

    def clean_did(self) -> str:
        """Ask for a DID whose host can be asked."""
        did = str(self.cleaned_data["did"]).strip()
        try:
            did_web_url(did)
        except NoDid as wrong:
            raise ValidationError(in_language(wrong.message)) from wrong
        return did


class LinkForm(RefusableForm):
    """For how long, and for whom."""

    days = forms.TypedChoiceField(
        label=_("Leads here for"),
        coerce=int,
        initial=30,
        choices=lambda: [(d, _("%(days)s days") % {"days": d} if d > 1 else _("1 day")) for d in DAYS],
    )
    note = forms.CharField(
        label=_("For whom"), max_length=80, required=False, help_text=_("Only you see this.")
    )


class CodeForm(forms.Form):
    """The short code on a certificate."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CredentialFileForm(forms.Form):
    """A credential as a file."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,.png,.svg,.pdf"}),
        error_messages={"required": _("Choose a file: JSON, PNG, SVG or PDF.")},
    )
