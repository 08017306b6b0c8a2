"""A form on a page: shown, sent, refused with reasons at its fields, or kept and left with a message."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from portal.accounts.refusal import Refused

FormLike = forms.BaseForm | forms.BaseFormSet[Any]
UNPROCESSABLE = 422


def kept(form: forms.BaseForm, *further: FormLike, keep: Callable[[], object]) -> bool:
    """Say whether all forms are right and ``keep`` did what was asked; its refusal goes to the form."""
    right = [one.is_valid() for one in (form, *further)]
    if not all(right):
        return False
    try:
        keep()
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused.message))
        return False
    return True


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a form; one that was sent and could not be kept answers 422."""
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, template, context, status=status)


def done(request: HttpRequest, message: str | Promise, where: Any) -> HttpResponse:
    """Say what was done and go where it is seen."""
    messages.success(request, str(message))
    return redirect(where)
