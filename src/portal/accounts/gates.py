"""Who may open a page at all; what they see of it is for the app's ``access`` to say."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role

P = ParamSpec("P")
View = Callable[Concatenate[ActingRequest, P], HttpResponseBase]


def for_people(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open a page to everybody who is logged in."""
    return cast("Callable[..., HttpResponseBase]", login_required(cast("Any", view)))


def for_roles(*roles: Role) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Open a page to those who act in one of these roles; others are told which role it takes."""

    def gate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            asker = cast("ActingRequest", request)
            must_be(asker.acting, *roles)
            return view(asker, *args, **kwargs)

        return cast("Callable[..., HttpResponseBase]", login_required(guarded))

    return gate


def must_be(acting: Appointment | None, *roles: Role) -> None:
    """Raise NotAllowed where somebody does not act in one of these roles."""
    if acting is None or acting.role not in roles:
        names = ", ".join(str(role.label) for role in roles)
        raise NotAllowed(_("This is for: %(roles)s.") % {"roles": names})
