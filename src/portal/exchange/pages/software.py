"""A person's pages about software that has access: what it may do, and ending it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.exchange.actions.software import end_access
from portal.exchange.granted import granted_by, granted_to


@require_GET
@for_people
def software(request: ActingRequest) -> HttpResponse:
    """List the software that the person let in."""
    return render(request, "exchange/software.html", {"rows": granted_by(request.user)})


@require_http_methods(["GET", "POST"])
@for_people
def software_end(request: ActingRequest, client: str) -> HttpResponse:
    """Ask once more, then end its access."""
    found = granted_to(request.user, client)
    if request.method == "POST":
        end_access(request.user, request.acting, found.software)
        messages.success(request, _("%(name)s has no access any more.") % {"name": found.software.name})
        return redirect("exchange:software")
    return render(request, "exchange/software_end.html", {"granted": found})
