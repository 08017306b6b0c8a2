"""The forms of a comparison: an expert's judgement, a source's syllabus, reconciling, precedents."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.catalogue.models import LearningOutcome
from portal.matching.actions import Described, Part
from portal.matching.models import Judgement, OutcomeJudgement, SourceSyllabus
from portal.matching.sides import Side
from portal.matching.syllabus import TooLong, outcome_lines, outcomes_of, topic_lines, topics_of
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

Reader = Callable[[str], list[dict[str, str]]]
LONGEST_COMMENT = 5_000
LONGEST_SYLLABUS = 60_000
day_input = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PercentField(forms.DecimalField):
    """A share from 0 to 100 percent, with two decimals at most."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"min": "0", "max": "100", "step": "any", "inputmode": "decimal"})
        standard: dict[str, Any] = {
            "min_value": 0,
            "max_value": 100,
            "max_digits": 5,
            "decimal_places": 2,
            "widget": widget,
        }
        super().__init__(**(standard | kwargs))

    def to_python(self, value: Any) -> Any:
        """Read a comma as the decimal point that it is meant as."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PartForm(forms.Form):
    """What an expert says of one outcome of the target."""

    covered = PercentField(label=gettext_lazy("Share covered (%)"))
    weight = forms.DecimalField(
        label=gettext_lazy("Weight"), min_value=Decimal("0.01"), max_digits=6, decimal_places=2,
        widget=forms.NumberInput(attrs={"min": "0", "step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    matched = forms.MultipleChoiceField(
        label=gettext_lazy("Matched by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(
        self,
        outcome: LearningOutcome,
        choices: Iterable[tuple[str, str]],
        data: Mapping[str, Any] | None,
        kept: OutcomeJudgement | None,
    ) -> None:
        said = {"weight": Decimal(1)} if kept is None else vars(kept)
        super().__init__(data, prefix=f"outcome-{outcome.pk}", initial=said)
        self.outcome = outcome
        matched = self.fields["matched"]
        assert isinstance(matched, forms.MultipleChoiceField)
        matched.choices = list(choices)

    def part(self) -> Part:
        """Return what was said, once it is valid."""
        given = self.cleaned_data
        return Part(given["covered"], given["weight"], tuple(given["matched"]), given["comment"])


class JudgementForm(forms.Form):
    """An expert's judgement: a part for each outcome of the target, and a comment on the whole."""

    comment = forms.CharField(
        label=gettext_lazy("Comment on the whole"), required=False, max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, judgement: Judgement, source: Side, data: Any = None) -> None:
        super().__init__(data, initial={"comment": judgement.comment})
        kept = {part.outcome_id: part for part in judgement.parts.all()}
        choices = matchable(source, kept.values())
        outcomes = judgement.comparison.target.outcomes.all()
        self.parts = [PartForm(outcome, choices, data, kept.get(outcome.pk)) for outcome in outcomes]

    def is_valid(self) -> bool:
        """Whether the whole and each part are valid; every part is asked, so that all mistakes are told."""
        return all([super().is_valid(), *[part.is_valid() for part in self.parts]])

    def given(self) -> dict[int, Part]:
        """Return what was said of each outcome, once it is valid."""
        return {part.outcome.pk: part.part() for part in self.parts}

    def readable(self) -> list[tuple[Decimal, Decimal]]:
        """Return weight and share of the parts that can be read so far, for the running total."""
        read = [part.cleaned_data for part in self.parts if part.is_valid() or part.cleaned_data]
        both = [(each.get("weight"), each.get("covered")) for each in read]
        return [(weight, covered) for weight, covered in both if weight is not None and covered is not None]


def matchable(source: Side, kept: Iterable[OutcomeJudgement]) -> list[tuple[str, str]]:
    """Return what may match an outcome: the source's outcomes and topics, and what was chosen before."""
    outcomes = [(code, f"{code} {text}") for code, text in source.outcomes]
    topics = [(title, title) for title, _hours in source.topics]
    there = dict(outcomes + topics)
    return [*there.items(), *((each, each) for part in kept for each in part.matched if each not in there)]


class SyllabusForm(forms.Form):
    """The syllabus of the courses taken elsewhere, typed or pasted from the evidence."""

    title = forms.CharField(label=gettext_lazy("Course title"), max_length=300, required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    credits = forms.DecimalField(
        label=gettext_lazy("Credits"), required=False, min_value=0, max_digits=6, decimal_places=2
    )
    learning_hours = forms.DecimalField(
        label=gettext_lazy("Student learning time in hours"),
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
    )
    outcomes = forms.CharField(
        label=gettext_lazy("Learning outcomes"), required=False, max_length=LONGEST_SYLLABUS,
        help_text=gettext_lazy("One to a line, for example: CLO1: Explain how a network is built."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    topics = forms.CharField(
        label=gettext_lazy("Topics"), required=False, max_length=LONGEST_SYLLABUS,
        help_text=gettext_lazy("One to a line; hours at the end, for example: Routing; 6"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def __init__(self, source: SourceSyllabus, data: Any = None) -> None:
        kept = {name: getattr(source, name) for name in ("title", "level", "credits", "learning_hours")}
        typed = {"outcomes": outcome_lines(source.outcomes), "topics": topic_lines(source.topics)}
        super().__init__(data, initial=kept | typed)
        levels = [(name, in_language(words)) for name, words in VOCABULARY["level"].items()]
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *levels]

    def clean_outcomes(self) -> list[dict[str, str]]:
        """Read the outcomes line by line; each code stands once."""
        found = self._read(outcomes_of, "outcomes")
        codes = [each["code"] for each in found]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice:
            raise ValidationError(
                _("%(code)s stands twice; give each outcome its own code.") % {"code": twice}
            )
        return found

    def clean_topics(self) -> list[dict[str, str]]:
        """Read the topics line by line."""
        return self._read(topics_of, "topics")

    def _read(self, read: Reader, name: str) -> list[dict[str, str]]:
        try:
            return read(self.cleaned_data[name])
        except TooLong as too_long:
            raise ValidationError(_("At most 200 lines of 1,000 characters; shorten the text.")) from too_long

    def described(self) -> Described:
        """Return the syllabus, once it is valid."""
        return Described(**self.cleaned_data)


class ReconcileForm(forms.Form):
    """The share that is settled on where experts differ, with the reason."""

    share = PercentField(label=gettext_lazy("Share settled on (%)"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 3})
    )


class PrecedentForm(forms.Form):
    """How long a settled comparison may be used again."""

    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"), required=False, widget=day_input,
        help_text=gettext_lazy("Leave empty to keep it until further notice."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=LONGEST_COMMENT)


class AskForm(forms.Form):
    """Who is asked to compare, and by when."""

    experts = forms.MultipleChoiceField(
        label=gettext_lazy("Subject experts"), widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=gettext_lazy("Due by"), required=False, widget=day_input)

    def __init__(self, experts: Iterable[Any], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {str(expert.pk): expert for expert in experts}
        field = self.fields["experts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (pk, f"{e.person.name} ({e.faculty.code if e.faculty else e.institution.code})")
            for pk, e in self.people.items()
        ]

    def chosen(self) -> list[Any]:
        """Return the appointments that were ticked."""
        return [self.people[pk] for pk in self.cleaned_data["experts"]]
