"""A credential that an applicant handed in as evidence: verified, and its values offered to a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.applications.evidence import evidence_for
from portal.applications.forms_choices import Choices
from portal.applications.models import Application, Evidence
from portal.credentials.actions.bringing import use
from portal.credentials.offers import Offer, offers_of
from portal.credentials.verifying import Verified, read_file, verified
from portal.credentials.views.verification import outcome_of
from portal.wording import in_language
from tauliah.credentials.answer import Outcome
from tauliah.files.credential_file import UnreadableCredential

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def evidence(request: ActingRequest, number: int) -> HttpResponse:
    """Show what a credential among the evidence says and whether it holds; its owner may use its values."""
    kept = evidence_for(request.acting, request.user, number)
    told, unreadable = read(kept)
    offers = [offer for each in told if is_usable(each) for offer in offers_of(each.document)]
    drafts = own_drafts(request, kept)
    refused = ""
    if request.method == "POST":
        try:
            return _used(request, kept, offers, drafts)
        except Refused as refusal:
            refused = str(refusal.message)
    context: dict[str, Any] = {
        "kept": kept,
        "told": [outcome_of(each) for each in told],
        "unreadable": unreadable,
        "offers": list(enumerate(offers)),
        "drafts": [(draft, list(Choices(draft).targets.values())) for draft in drafts] if offers else [],
        "refused": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "credentials/evidence.html", context, status=status)


def read(kept: Evidence) -> tuple[list[Verified], str]:
    """Return the credentials of a file with their answers, or why there is none."""
    with kept.file.open("rb") as file:
        data = bytes(file.read())
    try:
        return [verified(document) for document in read_file(data).credentials], ""
    except UnreadableCredential as unreadable:
        return [], in_language(unreadable.text)


def is_usable(told: Verified) -> bool:
    """Say whether the values may be offered: its signature holds, and nothing speaks against it."""
    found = told.verification
    return found.outcome is not Outcome.NO and found.signature.outcome is Outcome.YES


def own_drafts(request: ActingRequest, kept: Evidence) -> list[Application]:
    """Return the drafts of the file's owner, where it is the owner who asks."""
    if kept.person_id != request.user.pk or request.acting is None or not request.acting.is_learner:
        return []
    own = Application.objects.filter(
        student__person=request.user, institution=request.acting.institution, state="draft"
    )
    return list(
        own.select_related("programme__institution", "programme__faculty", "student", "institution")[:5]
    )


def _used(
    request: ActingRequest, kept: Evidence, offers: list[Offer], drafts: list[Application]
) -> HttpResponse:
    draft = next((d for d in drafts if str(d.pk) == request.POST.get("application")), None)
    if draft is None or request.acting is None:
        raise Refused(_("Begin an application first; then its courses can be chosen here."))
    asked = ((offer, request.POST.get(f"target-{draft.pk}-{n}", "")) for n, offer in enumerate(offers))
    came = use(request.acting, draft, kept, [(offer, target) for offer, target in asked if target])
    for words in came.left:
        messages.warning(request, words)
    messages.success(request, came.words)
    return redirect("applications:detail", draft.pk)
