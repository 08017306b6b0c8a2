"""The university's own login: the list, a new one, changing and removing one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.administration import access
from portal.administration.sign_on import keep_sign_on, remove_sign_on
from portal.administration.sign_on_forms import FORMS, KINDS
from portal.administration.views.people import for_administrators
from portal.people.models import SingleSignOn


def addresses(request: ActingRequest, sign_on: SingleSignOn) -> dict[str, str]:
    """Return the addresses that the university's server must know."""
    app = sign_on.app
    if app.provider == "saml":
        names = {_("Metadata of Tauliah"): "saml_metadata", _("Reply address (ACS)"): "saml_acs"}
        return {
            words: request.build_absolute_uri(reverse(n, args=[app.client_id])) for words, n in names.items()
        }
    callback = reverse("openid_connect_callback", args=[app.provider_id])
    return {_("Redirect address"): request.build_absolute_uri(callback)}


@require_GET
@for_administrators
def sign_ons(request: ActingRequest) -> HttpResponse:
    """List the logins with what their servers must know."""
    rows = [
        {"sign_on": one, "kind": KINDS[one.app.provider], "addresses": addresses(request, one)}
        for one in access.sign_ons_for(request.acting)
    ]
    return render(request, "administration/sign_ons.html", {"rows": rows, "tab": "sign-on"})


@require_http_methods(["GET", "POST"])
@for_administrators
def sign_on(request: ActingRequest, kind: str, pk: int | None = None) -> HttpResponse:
    """Describe a new login, or change one."""
    one = access.sign_on_for(request.acting, pk) if pk else None
    if kind not in FORMS or (one and KINDS[one.app.provider] != kind):
        raise Http404
    form = FORMS[kind](access.institution_of(request.acting), one, request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep_sign_on(request.acting, form)
        messages.success(request, _("Saved."))
        return redirect("administration:sign-on")
    shown = {
        "form": form,
        "title": _("Login by OpenID Connect") if kind == "openid" else _("Login by SAML"),
        "back": "administration:sign-on",
        "tab": "sign-on",
    }
    return render(request, "administration/edit.html", shown, status=422 if form.errors else 200)


@require_POST
@for_administrators
def sign_on_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Remove a login."""
    remove_sign_on(request.acting, access.sign_on_for(request.acting, pk))
    messages.success(request, _("The login is removed."))
    return redirect("administration:sign-on")
