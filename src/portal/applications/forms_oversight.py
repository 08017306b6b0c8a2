"""The forms of answers, reviews of courses, audits and findings."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.applications.actions.answering import Answer
from portal.applications.actions.auditing import MOST, Asked
from portal.applications.actions.reviewing import KINDS, Review
from portal.applications.models import CourseReview, Finding
from portal.institutions.models import Faculty

LONGEST = 5_000


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def text_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for a text of some lines."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=widget, help_text=help_text
    )


class AnswerForm(forms.Form):
    """Yes or no to a request to attend after all, with the reason of a no."""

    approved = forms.ChoiceField(
        label=_("Answer"), choices=[("yes", _("Approve")), ("no", _("Refuse"))], widget=forms.RadioSelect
    )
    reason = text_field(_("Reason"), help_text=_("Needed where you refuse; the student reads it."))

    def answer(self) -> Answer:
        """Return what was answered, once it is valid."""
        given = self.cleaned_data
        return Answer(given["approved"] == "yes", given["reason"], given.get("valid_until"))


class ApprovalAnswerForm(AnswerForm):
    """Yes or no to a course asked for beforehand; a yes holds until a day."""

    valid_until = day_field(
        _("Valid until"), required=False, help_text=_("Needed where you approve: the last day it holds.")
    )
    field_order = ("approved", "valid_until", "reason")


class ReviewForm(forms.Form):
    """The faculty's judgement of a MOOC or micro-credential."""

    quality = forms.ChoiceField(
        label=_("Quality of the course"), choices=CourseReview.Quality.choices, widget=forms.RadioSelect
    )
    quality_comment = text_field(_("What the judgement rests on"), required=True)
    assessment_kinds = forms.MultipleChoiceField(
        label=_("Assessment that the course used"),
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    achievement = forms.ChoiceField(
        label=_("Achievement of the outcomes"),
        choices=CourseReview.Achievement.choices,
        widget=forms.RadioSelect,
    )
    achievement_comment = text_field(_("Comment on the achievement"))
    further_assessment = text_field(
        _("Further assessment needed before a grade is carried over"),
        help_text=_("The student is told of it at once. Leave empty where none is needed."),
    )

    def __init__(self, kept: CourseReview | None, data: Any = None) -> None:
        super().__init__(data, initial=vars(kept) if kept else None)

    def review(self) -> Review:
        """Return the judgement, once it is valid."""
        return Review(**self.cleaned_data)


class AuditForm(forms.Form):
    """What is to be audited: a faculty or all, a period, how many decisions."""

    faculty = forms.ModelChoiceField(
        Faculty.objects.none(), label=_("Faculty"), required=False, empty_label=_("All faculties")
    )
    since = day_field(_("Decisions from"))
    until = day_field(_("Decisions until"))
    size = forms.IntegerField(
        label=_("Number of decisions, drawn at random"), min_value=1, max_value=MOST, initial=10
    )

    def __init__(
        self, faculties: QuerySet[Faculty], data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        field = self.fields["faculty"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = faculties

    def asked(self) -> Asked:
        """Return what was asked, once it is valid."""
        return Asked(**self.cleaned_data)


class FindingForm(forms.Form):
    """What was found of a decision."""

    result = forms.ChoiceField(label=_("Finding"), choices=Finding.Result.choices, widget=forms.RadioSelect)
    text = text_field(
        _("What was found"), help_text=_("Needed unless the decision conforms; the faculty reads it.")
    )


class ConclusionForm(forms.Form):
    """The conclusion with which an audit is closed."""

    conclusion = text_field(_("Conclusion"), required=True)
