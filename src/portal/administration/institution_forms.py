"""Forms about the institution: its data, faculties, semesters, signatories."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.institutions.models import Faculty, Institution, Semester, Signatory
from portal.packs import packs
from portal.people.forms import DayInput
from portal.wording import policy_name
from tauliah.files.pictures import BadPicture, picture


def checked_picture(upload: Any) -> Any:
    """Return an uploaded picture that can be printed and does nothing; raises what is wrong with it."""
    if not isinstance(upload, UploadedFile):
        return upload
    try:
        picture(upload.read())
    except BadPicture as bad:
        raise forms.ValidationError(bad.text.en if get_language() == "en" else bad.text.ms) from bad
    upload.seek(0)
    return upload


def policy_choices() -> list[tuple[str, str]]:
    """Return the policies of an installation, for an institution to choose its own."""
    found = [(name, policy_name(pack)) for name, pack in sorted(packs().items())]
    return [("", str(_("None: this institution decides nothing here"))), *found]


class KeptForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form about a thing of an institution; ``institution`` is set before the row is checked."""

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        if not isinstance(self.instance, Institution):
            self.instance.institution = institution

    def _get_validation_exclusions(self) -> set[str]:
        return set(super()._get_validation_exclusions()) - {"institution"}  # type: ignore[misc]


class InstitutionForm(KeptForm):
    """What letters and pages say of the institution."""

    crest = forms.FileField(
        label=_("Crest"),
        required=False,
        help_text=_("SVG, PNG or JPEG, at most 1 MB; an SVG without scripts and references."),
        widget=forms.ClearableFileInput(attrs={"accept": ".svg,.png,.jpg,.jpeg"}),
    )
    policy = forms.ChoiceField(label=_("Policy"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Institution
        fields = [
            "name_ms",
            "name_en",
            "policy",
            "address",
            "email",
            "phone",
            "website",
            "registered_as",
            "crest",
            "colour",
        ]
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "address": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy: Any = self.fields["policy"]
        policy.choices = policy_choices()
        self.fields["name_en"].required = True

    def clean_crest(self) -> Any:
        """Return a crest that can be printed on letters."""
        return checked_picture(self.cleaned_data["crest"])


class FacultyForm(KeptForm):
    """A faculty, school or centre."""

    class Meta:
        model = Faculty
        fields = ["code", "name_ms", "name_en", "email", "is_centre", "active"]


class SemesterForm(KeptForm):
    """A semester with its first and last day."""

    class Meta:
        model = Semester
        fields = ["code", "starts_on", "ends_on", "is_short"]
        widgets: dict[str, forms.Widget] = {"starts_on": DayInput(), "ends_on": DayInput()}
        help_texts = {
            "code": _("For example 20262027-1."),
            "starts_on": _("Weeks are counted from this day, in sevens."),
        }

    def clean(self) -> dict[str, Any]:
        """Return days in order, not longer than a year."""
        said = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("The last day must lie after the first."))
        elif first and last and (last - first).days > 366:
            self.add_error("ends_on", _("A semester is shorter than a year; check the days."))
        return said


class SignatoryForm(KeptForm):
    """Who signs, in which office, from when to when."""

    signature = forms.FileField(
        label=_("Signature"),
        required=False,
        help_text=_(
            "SVG, PNG or JPEG, at most 1 MB. Without one, the letter says that it is computer-generated."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".svg,.png,.jpg,.jpeg"}),
    )

    class Meta:
        model = Signatory
        fields = [
            "person_name",
            "name_ms",
            "name_en",
            "faculty",
            "letters",
            "certificates",
            "signature",
            "starts_on",
            "ends_on",
        ]
        labels = {"name_ms": _("Office in Malay"), "name_en": _("Office in English")}
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        faculty: Any = self.fields["faculty"]
        faculty.queryset = self.institution.faculties.filter(active=True)
        faculty.empty_label = _("The whole institution")

    def clean_signature(self) -> Any:
        """Return a signature that can be printed on letters."""
        return checked_picture(self.cleaned_data["signature"])

    def clean(self) -> dict[str, Any]:
        """Return days in order, and at least one kind of paper to sign."""
        said = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        if not said.get("letters") and not said.get("certificates"):
            self.add_error("letters", _("Choose letters, certificates or both."))
        return said


def names_of(form: KeptForm) -> list[str]:
    """Return the fields of a form that its row keeps."""
    return list(form._meta.fields or [])
