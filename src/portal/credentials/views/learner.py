"""The learner's own credentials: downloads, who may see them, links for a time, LinkedIn."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.applications.models import Application
from portal.credentials.access import own_credential, own_credentials
from portal.credentials.actions import sharing
from portal.credentials.actions.deciding import issue_decision
from portal.credentials.addresses import page_of
from portal.credentials.faces import faces_of
from portal.credentials.forms import LinkForm
from portal.credentials.links import address_of
from portal.credentials.models import Credential
from portal.credentials.views.handing_over import handed_over
from portal.credentials.views.issued import TONES

ON_A_PAGE = 25
UNPROCESSABLE = 422


@require_safe
@for_people
def listing(request: ActingRequest) -> HttpResponse:
    """List one's own credentials, and the decisions that one may have issued."""
    sharing.claim(request.user)
    page = Paginator(own_credentials(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = Application.objects.filter(
        student__person=request.user, decided_at__isnull=False, credentials=None
    ).select_related("institution")
    context = {"page": page, "rows": [(row, TONES[row.state]) for row in page], "waiting": waiting[:25]}
    return render(request, "credentials/mine.html", context)


@require_safe
@for_people
def credential(request: ActingRequest, pk: int) -> HttpResponse:
    """Show one's own credential and what one can do with it."""
    found = own_credential(request.user, pk)
    return render(request, "credentials/own.html", shown(found, LinkForm()))


def shown(found: Credential, form: LinkForm) -> dict[str, Any]:
    """Return what the learner's page shows of a credential."""
    return {
        "credential": found,
        "tone": TONES[found.state],
        "address": page_of(found),
        "faces": faces_of(found),
        "links": [(link, address_of(link)) for link in found.share_links.open()],
        "form": form,
        "linkedin": linkedin(found),
        "changes": found.changes.all(),
        "superseded_by": getattr(found, "superseded_by", None),
        "preview": found.kind == found.Kind.AWARD,
    }


def linkedin(found: Credential) -> str:
    """Return the address that adds the credential to one's profile there; the learner's click sends it."""
    issued = timezone.localtime(found.issued_at)
    told = {
        "startTask": "CERTIFICATION_NAME",
        "name": found.title,
        "organizationName": found.institution.name,
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certUrl": page_of(found),
        "certId": found.serial,
    }
    if expires := found.values.get("expires_on"):
        told |= {"expirationYear": expires[:4], "expirationMonth": str(int(expires[5:7]))}
    return f"https://www.linkedin.com/profile/add?{urlencode(told)}"


@require_safe
@for_people
def face(request: ActingRequest, pk: int, face: str) -> HttpResponse:
    """Send a face of one's own credential."""
    return handed_over(request, own_credential(request.user, pk), face)


@require_POST
@for_people
def show(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the verification page to whoever has its address, or hide it."""
    found, shown_ = own_credential(request.user, pk), request.POST.get("shown") == "yes"
    sharing.show(request.user, request.acting, found, shown=shown_)
    messages.success(
        request,
        _("Whoever has the address can see this credential.")
        if shown_
        else _("Nobody sees this credential now, except by links that you make."),
    )
    return redirect("credentials:own", found.pk)


@require_POST
@for_people
def link(request: ActingRequest, pk: int) -> HttpResponse:
    """Make a link for a time."""
    found, form = own_credential(request.user, pk), LinkForm(request.POST)
    if form.is_valid():
        try:
            sharing.share(
                request.user, request.acting, found, form.cleaned_data["days"], form.cleaned_data["note"]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The link is ready to be copied."))
            return redirect("credentials:own", found.pk)
    return render(request, "credentials/own.html", shown(found, form), status=UNPROCESSABLE)


@require_POST
@for_people
def end_link(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """End a link before its time."""
    found = own_credential(request.user, pk)
    sharing.end_link(request.user, request.acting, get_object_or_404(found.share_links, pk=number))
    messages.success(request, _("The link no longer leads here."))
    return redirect("credentials:own", found.pk)


@require_POST
@for_people
def decision(request: ActingRequest, pk: int) -> HttpResponse:
    """Have the decision on one's own application issued as a credential."""
    application = get_object_or_404(Application, pk=pk, student__person=request.user)
    try:
        made = issue_decision(application)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("credentials:mine")
    if made is None:
        messages.error(request, _("This application has not been decided yet."))
        return redirect("credentials:mine")
    return redirect("credentials:own", made.pk)
