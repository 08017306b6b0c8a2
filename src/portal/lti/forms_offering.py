"""Forms about an offering: which offering a course is, which tool stands in it, which column is what."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lti.claims import Claims
from portal.lti.models import CourseLink, LineItem, Placement
from portal.lti.outgoing import host_of, may_be_asked
from portal.offerings.models import Assessment, Offering

MOST_CUSTOM = 40


def asked_offerings(field: forms.Field, offerings: QuerySet[Offering]) -> None:
    """Let a field choose among some offerings."""
    cast("Any", field).queryset = offerings


class BindForm(forms.Form):
    """Which offering a course of an LMS is."""

    offering = forms.ModelChoiceField(
        label=gettext_lazy("Offering"),
        queryset=Offering.objects.none(),
        empty_label=gettext_lazy("Choose an offering"),
    )

    def __init__(self, offerings: QuerySet[Offering], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked_offerings(self.fields["offering"], offerings)


class PlacementForm(forms.ModelForm[Placement]):
    """Which tool, what it opens, and which assessment its scores are."""

    custom = forms.CharField(
        label=gettext_lazy("Custom parameters"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("One on each line, as the tool shows them. Moodle: id=…"),
    )
    assessment = forms.ModelChoiceField(
        label=gettext_lazy("Its scores are the marks of"),
        queryset=Assessment.objects.none(),
        required=False,
        empty_label=gettext_lazy("no assessment"),
    )

    class Meta:
        model = Placement
        fields = ["tool", "title", "target", "custom"]
        help_texts = {
            "title": gettext_lazy("What learners see, for example: Course in Moodle."),
            "target": gettext_lazy("Leave empty for the tool’s first redirection URI."),
        }

    field_order = ["tool", "title", "target", "custom", "assessment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering = self.instance.offering
        fields = cast("dict[str, Any]", self.fields)
        fields["tool"].queryset = offering.institution.lti_tools.filter(ended_at=None)
        fields["tool"].empty_label = gettext_lazy("Choose a tool")
        fields["assessment"].queryset = offering.assessments.all()
        fields["target"].required = False
        self.initial["custom"] = "\n".join(f"{name}={value}" for name, value in self.instance.custom.items())

    def clean_custom(self) -> dict[str, str]:
        """Each line a name and a value."""
        found: dict[str, str] = {}
        for line in self.cleaned_data["custom"].splitlines():
            if not line.strip():
                continue
            name, equals, value = line.partition("=")
            if not equals or not name.strip():
                raise forms.ValidationError(
                    _("Write each line as name=value: %(line)s") % {"line": line[:80]}
                )
            found[name.strip()[:100]] = value.strip()[:1000]
        if len(found) > MOST_CUSTOM:
            raise forms.ValidationError(_("Give at most %(most)d parameters.") % {"most": MOST_CUSTOM})
        return found

    def clean(self) -> dict[str, Any]:
        """The address lies in the tool."""
        found = super().clean() or {}
        tool, target = found.get("tool"), found.get("target", "").strip()
        if tool is None:
            return found
        found["target"] = target or tool.launch_urls[0]
        hosts = {host_of(each) for each in (*tool.launch_urls, tool.login_url)}
        if not may_be_asked(found["target"]) or host_of(found["target"]) not in hosts:
            self.add_error(
                "target", _("Give an address of the tool itself: %(host)s.") % {"host": min(hosts)}
            )
        return found


class AssignForm(forms.Form):
    """Which assessment a column of a tool is."""

    assessment = forms.ModelChoiceField(
        label=gettext_lazy("Assessment"),
        queryset=Assessment.objects.none(),
        required=False,
        empty_label=gettext_lazy("no assessment"),
    )

    def __init__(self, item: LineItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["assessment"] = item.assessment_id
        cast("Any", self.fields["assessment"]).queryset = item.offering.assessments.all()
        self.fields["assessment"].widget.attrs["aria-label"] = _("Assessment of the column %(label)s") % {
            "label": item.label
        }


MAKE = "make"
"""The choice of a column that the LMS shall make."""


class ColumnForm(forms.Form):
    """Which column of the LMS an assessment is."""

    assessment = forms.ModelChoiceField(
        label=gettext_lazy("Assessment"),
        queryset=Assessment.objects.none(),
        empty_label=gettext_lazy("Choose an assessment"),
    )
    column = forms.ChoiceField(label=gettext_lazy("Column of the LMS"))

    def __init__(
        self, course: CourseLink, columns: list[Claims], *args: Any, may_make: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = {column["address"]: column for column in columns}
        cast("Any", self.fields["assessment"]).queryset = course.offering.assessments.all()
        make = [(MAKE, _("a new column, made in the LMS"))] if may_make else []
        listed = [(address, column["label"]) for address, column in self.columns.items()]
        cast("Any", self.fields["column"]).choices = [*listed, *make]
