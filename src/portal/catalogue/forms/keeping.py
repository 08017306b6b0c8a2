"""What the forms of programmes and courses share: own faculties, codes, names that exist already."""

from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.catalogue.access import faculties_for, only_own_faculty
from portal.catalogue.forms.codes import same_code, same_name, tidy_code
from portal.catalogue.models import Course, Programme

Thing = TypeVar("Thing", Programme, Course)


class KeepingForm(forms.ModelForm[Thing], Generic[Thing]):
    """A form of a programme or course, kept by the institution or by one faculty."""

    PARTS: ClassVar[tuple[tuple[Promise, tuple[str, ...]], ...]]
    different = forms.BooleanField(
        required=False, label=gettext_lazy("It is a different one that only has the same name")
    )

    def __init__(self, acting: Appointment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acting = acting
        if not self.instance.pk:
            self.instance.institution_id = acting.institution_id or 0
        faculty = self.fields["faculty"]
        assert isinstance(faculty, forms.ModelChoiceField)
        faculty.queryset = faculties_for(acting)
        faculty.label = _("faculty")
        faculty.required = only_own_faculty(acting)
        if only_own_faculty(acting):
            faculty.empty_label = None
            faculty.initial = acting.faculty_id
        self.alike: list[Programme | Course] = []
        """Those of the same name, once the form was checked."""

    def parts(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """The fields under their titles, in the order of the page; the question only where it is asked."""
        left_out = set() if self.alike else {"different"}
        return [
            (title, [self[name] for name in names if name not in left_out]) for title, names in self.PARTS
        ]

    def others(self) -> Any:
        """The institution's other rows of this kind."""
        rows = type(self.instance)._default_manager.filter(institution=self.acting.institution_id)
        return rows.exclude(pk=self.instance.pk)

    def clean_code(self) -> str:
        """Refuse a code that another one has, spaces aside."""
        code = tidy_code(self.cleaned_data["code"])
        taken = same_code(self.others(), code).first()
        if taken is not None:
            raise forms.ValidationError(
                _("%(code)s exists already: %(name)s. Change that one, or give another code."),
                params={"code": taken.code, "name": taken.name},
            )
        return code

    def clean(self) -> dict[str, Any]:
        """Ask once where another one has the same name."""
        given = super().clean() or self.cleaned_data
        if given.get("name_ms") and not given.get("different"):
            self.alike = list(same_name(self.others(), given["name_ms"], given.get("name_en", ""))[:3])
            if self.alike and self.has_changed_name():
                named = ", ".join(f"{other.code} {other.name}" for other in self.alike)
                self.add_error(
                    "name_ms",
                    _("There is one of this name already: %(named)s. If this is a different one, tick below.")
                    % {"named": named},
                )
        return given

    def has_changed_name(self) -> bool:
        """Say whether the name is new; one that stands already was accepted before."""
        return not self.instance.pk or bool({"name_ms", "name_en"} & set(self.changed_data))
