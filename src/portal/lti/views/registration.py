"""The page that an LMS opens to register Tauliah by itself; staff confirm it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, form_page
from portal.lti import access, registration
from portal.lti.actions import registering
from portal.lti.outgoing import host_of
from portal.lti.views.tool_side import not_opened


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*access.REGISTRARS)
def register(request: ActingRequest, code: str) -> HttpResponse:
    """Show which LMS asks to be registered; on confirmation, register both with each other."""
    institution = access.must_register(request.acting)
    if institution.code.lower() != code.lower():
        raise Http404
    address = request.GET.get("openid_configuration", "")
    if request.method != "POST":
        shown = {"host": host_of(address), "address": address, "institution": institution}
        return form_page(request, "lti/register.html", shown)
    try:
        told = registration.configuration_at(address)
        lms = registration.registered_at(institution, told, request.GET.get("registration_token", ""))
        registering.keep_lms(request.acting, lms)
    except Refused as refused:
        return not_opened(request, refused)
    words = _("Registered. Close this window and load the list of tools in the LMS again.")
    if not lms.deployments:
        words += " " + _("Then enter the deployment ID that the LMS shows, below.")
    return done(request, words, redirect("lti:lms-edit", lms.pk).url)
