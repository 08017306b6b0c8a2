"""The form by which a file is uploaded."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.imports.kinds.lists import KINDS


class UploadForm(forms.Form):
    """What kind of list it is, and the file."""

    kind: ClassVar = forms.ChoiceField(
        label=_("Kind of list"), choices=lambda: [(kind.key, kind.name) for kind in KINDS.values()]
    )
    file: ClassVar = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file: XLSX or CSV.")},
    )
