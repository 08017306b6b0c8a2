"""The form of a faculty's procedure."""

from django import forms
from django.utils.translation import gettext_lazy as _

ROWS = {"rows": 14}


class ProcedureForm(forms.Form):
    """The procedure in Markdown, and the version that was on the page when it was changed."""

    text_ms = forms.CharField(
        label=_("Text in Malay"),
        max_length=20_000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Markdown: headings with #, lists with -, links as [words](address)."),
    )
    text_en = forms.CharField(
        label=_("Text in English"), max_length=20_000, required=False, widget=forms.Textarea(attrs=ROWS)
    )
    seen = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
