"""The field of a day: the browser's own calendar, which wants the day as 2026-02-28."""

from django import forms


class DayInput(forms.DateInput):
    """A day, chosen in the browser's calendar or typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
