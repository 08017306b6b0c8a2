"""Credentials that were issued: searched, looked at, revoked, suspended, corrected; one or many."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.credentials.access import (
    ISSUERS,
    READERS,
    credential_for,
    credentials_for,
    may_issue,
)
from portal.credentials.actions.changing import REPLACED, STEPS
from portal.credentials.actions.changing import change as change_state
from portal.credentials.actions.changing import correct as corrected
from portal.credentials.faces import FACES, faces_of
from portal.credentials.forms import CorrectionForm, ReasonForm
from portal.credentials.models import Credential
from portal.credentials.telling_public import readable, stated
from portal.credentials.verifying import verified_own
from portal.credentials.views.handing_over import handed_over
from portal.exports.listing import Column, Listing, exported
from portal.numbers import whole_number, whole_numbers
from tauliah.credentials.verification import QUESTIONS

ON_A_PAGE = 25
TONES = {"issued": "good", "suspended": "wait", "revoked": "bad", "superseded": ""}
TITLES = {
    "revoke": gettext_lazy("Revoke"),
    "suspend": gettext_lazy("Suspend"),
    "lift": gettext_lazy("Lift the suspension"),
}
COLUMNS = (
    Column[Credential](gettext_lazy("Serial number"), lambda row: row.serial),
    Column[Credential](gettext_lazy("Name"), lambda row: row.name),
    Column[Credential](gettext_lazy("Email"), lambda row: row.email),
    Column[Credential](gettext_lazy("Credential"), lambda row: row.title),
    Column[Credential](gettext_lazy("State"), lambda row: row.get_state_display()),
    Column[Credential](gettext_lazy("Issued"), lambda row: row.issued_at),
)


def asked_for(request: ActingRequest) -> QuerySet[Credential]:
    """Return the credentials that the search and filters of the page ask for."""
    found, words = credentials_for(request.acting), request.GET.get("q", "").strip()
    if words:
        found = found.filter(
            Q(serial__icontains=words)
            | Q(name__icontains=words)
            | Q(email__iexact=words)
            | Q(short_code__iexact=words)
        )
    if (state := request.GET.get("state", "")) in Credential.State.values:
        found = found.filter(state=state)
    if (run := whole_number(request.GET.get("run", ""))) is not None:
        found = found.filter(run=run)
    return found


@require_safe
@for_roles(*READERS)
def listing(request: ActingRequest) -> HttpResponseBase:
    """List the credentials of the institution, or send the list as a file."""
    found = asked_for(request)
    if form := request.GET.get("form"):
        return exported(Listing(_("credentials"), COLUMNS, found), form)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET[name] for name in ("q", "state", "run") if request.GET.get(name)}
    context = {
        "page": page,
        "rows": [(row, TONES[row.state]) for row in page],
        "states": Credential.State.choices,
        "asked": asked,
        "query": urlencode(asked),
        "may_issue": may_issue(request.acting),
    }
    return render(request, "credentials/list.html", context)


@require_safe
@for_roles(*READERS)
def credential(request: ActingRequest, pk: int) -> HttpResponse:
    """Show one credential with its answers, history and faces."""
    found = credential_for(request.acting, pk)
    return render(request, "credentials/credential.html", shown(request, found))


def shown(request: ActingRequest, found: Credential) -> dict[str, Any]:
    """Return what the page of a credential shows to staff."""
    told = verified_own(found)
    allowed = may_issue(request.acting)
    return {
        "credential": found,
        "tone": TONES[found.state],
        "answers": [(QUESTIONS[name], answer) for name, answer in told.verification.answers.items()],
        "facts": stated(found) or readable(told.facts),
        "changes": found.changes.select_related("acting__person"),
        "faces": faces_of(found),
        "steps": [(n, TITLES[n]) for n, step in STEPS.items() if allowed and found.state in step.before],
        "may_correct": allowed and found.kind == found.Kind.AWARD and found.state in REPLACED.before,
        "superseded_by": getattr(found, "superseded_by", None),
    }


@require_safe
@for_roles(*READERS)
def face(request: ActingRequest, pk: int, face: str) -> HttpResponse:
    """Send a face of a credential to the office; its learner's own paper is not for the auditor."""
    found = credential_for(request.acting, pk)
    if face not in FACES or (FACES[face].private and not may_issue(request.acting)):
        raise Http404
    return handed_over(request, found, face)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ISSUERS)
def change(request: ActingRequest, name: str) -> HttpResponse:
    """Revoke, suspend or lift the chosen credentials, after asking for the reason."""
    if name not in STEPS:
        raise Http404
    numbers = whole_numbers((request.POST or request.GET).getlist("credential"))
    chosen = list(credentials_for(request.acting).filter(pk__in=numbers))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and kept(
        form, keep=lambda: change_state(request.acting, chosen, name, form.cleaned_data["reason"])
    ):
        words = ngettext("%(n)s credential was changed.", "%(n)s credentials were changed.", len(chosen))
        return done(request, words % {"n": len(chosen)}, "credentials:list")
    context = {"form": form, "chosen": chosen, "title": TITLES[name], "name": name}
    return form_page(request, "credentials/change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ISSUERS)
def correct(request: ActingRequest, pk: int) -> HttpResponse:
    """Issue a corrected credential in the place of this one."""
    found = credential_for(request.acting, pk)
    form, made = CorrectionForm(found, request.POST or None), list[Credential]()

    def keep() -> None:
        made.append(corrected(request.acting, found, form.corrected(), form.cleaned_data["reason"]))

    if request.method == "POST" and kept(form, keep=keep):
        words = _("%(serial)s was issued in its place.") % {"serial": made[0].serial}
        return done(request, words, made[0].get_absolute_url())
    return form_page(request, "credentials/correct.html", {"form": form, "credential": found})
