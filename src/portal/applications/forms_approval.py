"""The form of a question for approval beforehand (UTHM 23)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.applications.models import PriorApproval
from portal.catalogue.models import Course, Student
from portal.packs import packs
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

BASES = ("mooc", "micro_credential")


def approvable(policy: str) -> tuple[str, ...]:
    """Return the kinds of course that a policy wants approved beforehand."""
    pack = packs().get(policy)
    rules = pack.rules if pack else {}
    return (
        tuple(basis for basis in BASES if pack and basis in pack.bases)
        if "approved_beforehand" in rules
        else ()
    )


class ApprovalForm(forms.ModelForm[PriorApproval]):
    """What the student tells of a course that is still to be taken."""

    link = forms.URLField(label=_("Address of the course"), required=False, assume_scheme="https")

    class Meta:
        model = PriorApproval
        fields = [
            "basis",
            "title",
            "provider",
            "platform",
            "link",
            "credits",
            "learning_hours",
            "starts_on",
            "target",
        ]

    def __init__(self, student: Student, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        policy = student.programme.institution.policy
        kinds = [(basis, in_language(VOCABULARY["basis"][basis])) for basis in approvable(policy)]
        self.fields["basis"] = forms.ChoiceField(label=_("Kind"), choices=kinds)
        platforms = [(name, in_language(words)) for name, words in VOCABULARY["platform"].items()]
        self.fields["platform"] = forms.ChoiceField(
            label=_("Platform"), choices=[("", _("None or another")), *platforms], required=False
        )
        offered = Course.objects.filter(institution=student.programme.institution, active=True)
        planned = offered.filter(in_plans__programme=student.programme)
        self.fields["target"] = forms.ModelChoiceField(
            (planned if planned.exists() else offered).order_by("code").distinct(),
            label=_("Course of your programme that it should stand in for"),
            empty_label=_("Choose a course of the plan"),
        )
        self.fields["starts_on"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        for name in ("credits", "learning_hours"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal"})
            self.fields[name].localize = True
        for name, field in self.fields.items():
            if self.data and self.errors.get(name):
                field.widget.attrs |= {"aria-invalid": "true"}
