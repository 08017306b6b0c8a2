"""The administrator's pages: access for other systems, and what was signed for them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.credentials.addresses import whole
from portal.exchange import access
from portal.exchange.actions import tokens as actions
from portal.exchange.forms import RevokeForm, TokenForm

PER_PAGE = 25
for_administrators = for_roles(Role.ADMINISTRATOR)


@require_GET
@for_administrators
def tokens(request: ActingRequest) -> HttpResponse:
    """List the systems that have access, and those that had."""
    found = access.tokens_for(request.acting).prefetch_related("achievements")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "address": whole("/vc-api/"), "tab": "exchange"}
    return render(request, "exchange/tokens.html", shown)


@require_http_methods(["GET", "POST"])
@for_administrators
def token_new(request: ActingRequest) -> HttpResponse:
    """Give a system access; its token is shown on the next page, once."""
    acting = access.must_administer(request.acting)
    assert acting.institution
    form = TokenForm(acting.institution, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.give_token(acting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            shown = {"token": made, "secret": secret, "tab": "exchange"}
            response = render(request, "exchange/token.html", shown)
            response["Cache-Control"] = "no-store"
            return response
    shown = {"form": form, "tab": "exchange"}
    return render(request, "exchange/token_new.html", shown, status=422 if form.errors else 200)


@require_POST
@for_administrators
def token_end(request: ActingRequest, pk: int) -> HttpResponse:
    """End a system's access at once."""
    token = access.token_for(request.acting, pk)
    try:
        actions.end_token(request.acting, token)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(name)s has no access any more.") % {"name": token.name})
    return redirect("exchange:tokens")


@require_GET
@for_administrators
def signed(request: ActingRequest) -> HttpResponse:
    """List what was signed for other systems, by words in its id or course."""
    words = request.GET.get("words", "").strip()
    found = access.signed_for(request.acting)
    if words:
        found = found.filter(document_id__icontains=words) | found.filter(achievement__code__icontains=words)
    page = Paginator(found.distinct(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/signed.html", {"page": page, "words": words, "tab": "exchange"})


@require_http_methods(["GET", "POST"])
@for_administrators
def revoke(request: ActingRequest, pk: int) -> HttpResponse:
    """Revoke one of them, with a reason; that cannot be undone."""
    found = access.one_signed_for(request.acting, pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke_signed(request.acting, found, form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The credential is revoked."))
            return redirect("exchange:signed")
    shown = {"form": form, "signed": found, "tab": "exchange"}
    return render(request, "exchange/revoke.html", shown, status=422 if form.errors else 200)
