"""Who comes in: a person who is logged in and acts in a role."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed

Rest = ParamSpec("Rest")
View = Callable[Concatenate[Any, Rest], HttpResponseBase]


def acted(view: View[Rest]) -> View[Rest]:
    """Ask for a login, and refuse those who hold no appointment."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if not getattr(request, "acting", None):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return cast("View[Rest]", login_required(entered))


def acting_of(request: ActingRequest) -> Appointment:
    """Return the appointment of somebody whom ``acted`` let in."""
    assert request.acting is not None
    return request.acting
