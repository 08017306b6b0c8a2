"""One's own pages: data, roles, delegations, the way out."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.acting import SESSION_KEY, ActingRequest, appointments_of
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.appearance import keep_language
from portal.numbers import whole_number
from portal.people import actions, second_factor
from portal.people.access import delegable_of, delegation_of, delegations_of
from portal.people.erasure import belongs_to, erase
from portal.people.forms import DelegationForm, ErasureForm, OwnDataForm
from portal.people.models import ErasureRequest

ARRIVES_AT = "arrives_at"
"""Where in the session a page notes its own path for who has to join or log in before they can use it."""


@require_GET
@for_people
def arrival(request: ActingRequest) -> HttpResponse:
    """Lead somebody who has just come in to the page they came for, or to where their work is."""
    return redirect(request.session.pop(ARRIVES_AT, "") or reverse("desk:desk"))


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Return the page of this portal that ``next`` names, or another one."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else otherwise


@require_POST
@for_people
def act(request: ActingRequest) -> HttpResponse:
    """Act in another of one's appointments from now on."""
    asked = request.POST.get("appointment", "")
    chosen = appointments_of(request.user).get(whole_number(asked) or 0)
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = chosen.pk
    messages.success(request, _("You now act as: %(role)s.") % {"role": chosen})
    return redirect(next_page(request, reverse("people:arrival")))


@require_http_methods(["GET", "POST"])
@for_people
def profile(request: ActingRequest) -> HttpResponse:
    """Show and change one's own data."""
    form = OwnDataForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        return own_data_kept(request, form)
    request.user.refresh_from_db()
    shown = {
        "form": form,
        "appointments": appointments_of(request.user).values(),
        "has_second_factor": second_factor.has_one(request.user),
        "needs_second_factor": second_factor.is_needed(request.acting),
        "may_delegate": delegable_of(request.user).exists(),
        "asked_for_erasure": ErasureRequest.objects.filter(person=request.user).first(),
    }
    return render(request, "people/profile.html", shown, status=422 if form.errors else 200)


def own_data_kept(request: ActingRequest, form: OwnDataForm) -> HttpResponse:
    """Keep what the form says and go back to the page, in the language that was chosen."""
    said = cast("dict[str, str]", form.cleaned_data)
    number = said.pop("identity_number") or None
    request.user.refresh_from_db()
    actions.change_own_data(request.user, request.acting, identity_number=number, **said)
    translation.activate(said["language"])
    messages.success(request, _("Your data are saved."))
    response = redirect("people:profile")
    keep_language(response, said["language"])
    return response


@require_http_methods(["GET", "POST"])
@for_people
def delegations(request: ActingRequest) -> HttpResponse:
    """List one's delegations and make a new one."""
    form = DelegationForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.delegate(request.user, said.pop("appointment"), **said)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            messages.success(request, _("The role is delegated."))
            return redirect("people:delegations")
    shown = {
        "form": form,
        "delegations": delegations_of(request.user),
        "may_delegate": delegable_of(request.user).exists(),
    }
    return render(request, "people/delegations.html", shown, status=422 if form.errors else 200)


@require_POST
@for_people
def delegation_end(request: ActingRequest, pk: int) -> HttpResponse:
    """End one of one's own delegations."""
    try:
        actions.end_delegation(request.user, delegation_of(request.user, pk))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The delegation has ended."))
    return redirect("people:delegations")


@require_GET
@for_people
def second_factor_page(request: ActingRequest) -> HttpResponse:
    """Say why a second step is needed and lead to where it is set up."""
    if second_factor.has_one(request.user):
        return redirect(next_page(request, reverse("people:arrival")))
    return render(request, "people/second_factor.html", {"needed": second_factor.is_needed(request.acting)})


@require_http_methods(["GET", "POST"])
@for_people
def erasure(request: ActingRequest) -> HttpResponse:
    """Ask to be erased; who belongs to no institution is erased at once."""
    if request.method == "POST" and "withdraw" in request.POST:
        actions.withdraw_erasure(request.user, request.acting)
        messages.success(request, _("Your request is withdrawn."))
        return redirect("people:profile")
    form = ErasureForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return erasure_asked(request)
    shown = {
        "form": form,
        "asked": ErasureRequest.objects.filter(person=request.user).first(),
        "belongs_to_institution": belongs_to(request.user),
    }
    return render(request, "people/erasure.html", shown, status=422 if form.errors else 200)


def erasure_asked(request: ActingRequest) -> HttpResponse:
    """Note the wish; carry it out at once where no institution has a say in it."""
    person, acting = request.user, request.acting
    actions.ask_for_erasure(person, acting)
    if belongs_to(person):
        messages.success(request, _("Your institution's administrator has your request."))
        return redirect("people:profile")
    logout(request)
    erase(person, acting)
    messages.success(request, _("Your account is erased."))
    return redirect("home")
