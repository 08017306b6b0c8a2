"""Who asks for an applicant's page, and which draft or application of theirs it is about."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.applications.access import application_for, is_own
from portal.applications.models import Application

for_learners: Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]] = for_roles(
    Role.STUDENT, Role.EXTERNAL_LEARNER
)
"""Opens a page to those who learn."""


def own_application(request: ActingRequest, pk: int) -> Application:
    """Return an application of the person's own; staff who may see it may not act as its applicant."""
    application = application_for(request.acting, pk)
    if not is_own(request.acting, application):
        raise NotAllowed
    return application


def own_draft(request: ActingRequest, pk: int) -> Application | None:
    """Return a draft of the person's own, or None once it was submitted."""
    application = own_application(request, pk)
    return application if application.state == "draft" else None


def learner(request: ActingRequest) -> Appointment:
    """Return the appointment of somebody whom ``for_learners`` let through."""
    assert request.acting is not None
    return request.acting


def no_longer_a_draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Lead to the application, saying that its draft is closed."""
    messages.info(request, _("The application has been submitted and can no longer be changed."))
    return gone_to(request, "applications:detail", pk)


def gone_to(request: HttpRequest, route: str, *numbers: Any) -> HttpResponse:
    """Lead to another page, whether htmx asks or the browser."""
    response = redirect(route, *numbers)
    return HttpResponseClientRedirect(response.url) if is_htmx(request) else response


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks, and wants a part of the page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def version_of(request: HttpRequest) -> int:
    """Return the version that the page was written for; an unreadable one fits none."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1
