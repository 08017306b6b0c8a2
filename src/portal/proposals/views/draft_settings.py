"""Beside the form: the team, the files, and what its developers confirm."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import Refused
from portal.packs import packs
from portal.proposals.access import proposal_for
from portal.proposals.actions.attaching import attach, detach
from portal.proposals.actions.drafting import confirm
from portal.proposals.actions.teaming import add_member, remove_member
from portal.proposals.attachable import ACCEPT
from portal.proposals.models import Attachment, Proposal
from portal.proposals.views.draft import acting_of, for_developers, own_draft
from portal.proposals.views.remarks import for_readers
from tauliah.policy.pack import Pack

SANDBOX = "sandbox; default-src 'none'"
POLICIES = {"unimas": "1.5", "utm": "4", "umpsa": "4"}
"""Under which number a policy lists what its developers must have understood."""
OFFERED = (
    Attachment.Kind.MARKET_SURVEY,
    Attachment.Kind.TABLE_4,
    Attachment.Kind.CONSULTATION,
    Attachment.Kind.AGREEMENT,
    Attachment.Kind.COMMUNICATION_PLAN,
    Attachment.Kind.LEARNING_TIME,
    Attachment.Kind.OTHER,
)
"""What is attached to the form; files of milestones and evaluations come with those."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_developers
def team(request: ActingRequest, pk: int) -> HttpResponse:
    """Show who develops the course; take somebody into the team."""
    proposal, refused = own_draft(request, pk), None
    if request.method == "POST":
        given = request.POST
        try:
            member = add_member(
                acting_of(request),
                proposal,
                given.get("email", "")[:254],
                given.get("task", ""),
                may_edit=given.get("may_edit") == "yes",
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("%(name)s belongs to the team.") % {"name": member.person.name})
            return redirect("proposals:team", proposal.pk)
    shown = {
        "proposal": proposal,
        "members": proposal.members.select_related("person"),
        "refused": refused,
        "given": request.POST,
    }
    return render(request, "proposals/draft_team.html", shown, status=422 if refused else 200)


@require_POST
@for_developers
def leave(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Take somebody out of the team."""
    proposal = own_draft(request, pk)
    try:
        remove_member(acting_of(request), get_object_or_404(proposal.members, pk=number))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("proposals:team", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_developers
def files(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the files of the proposal; keep another one."""
    proposal, refused = own_draft(request, pk), None
    if request.method == "POST":
        try:
            kept = attached(request, proposal)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("%(name)s was kept.") % {"name": kept.name})
            return redirect("proposals:files", proposal.pk)
    shown = {
        "proposal": proposal,
        "files": proposal.attachments.select_related("uploaded_by"),
        "kinds": [(kind.value, kind.label) for kind in OFFERED],
        "kind": request.POST.get("kind", request.GET.get("kind", "")),
        "most_megabytes": f"{settings.TAULIAH_EVIDENCE_MOST_BYTES / 1_000_000:g}",
        "accept": ACCEPT,
        "refused": refused,
    }
    return render(request, "proposals/draft_files.html", shown, status=422 if refused else 200)


def attached(request: ActingRequest, proposal: Proposal) -> Attachment:
    """Keep the file that was sent."""
    upload = request.FILES.get("files")
    if upload is None:
        raise Refused(_("Choose a file."), "files")
    kind = request.POST.get("kind", "")
    if kind not in OFFERED:
        raise Refused(_("Choose what kind of document it is."), "kind")
    if request.POST.get("own_work") != "yes":
        raise Refused(_("Confirm that the file infringes nobody’s copyright."), "own_work")
    return attach(acting_of(request), proposal, cast("Any", upload), kind, own_work=True)


@require_POST
@for_developers
def remove_file(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Take a file away."""
    proposal = own_draft(request, pk)
    try:
        detach(acting_of(request), get_object_or_404(proposal.attachments, pk=number))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The file was taken away."))
    return redirect("proposals:files", pk)


@require_safe
@cache_control(private=True, no_store=True)
@for_readers
def attachment(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Send a file of the proposal, as an attachment only."""
    kept = get_object_or_404(proposal_for(request.acting, pk).attachments, pk=number)
    response = FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return cast("HttpResponse", response)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_developers
def confirmation(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the policies that must be understood, and keep what the developer confirms."""
    proposal, refused = own_draft(request, pk), None
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            confirm(
                acting_of(request),
                proposal,
                policies=request.POST.get("policies") == "yes",
                ownership=request.POST.get("ownership") == "yes",
                version=int(version[:9]) if version.isdecimal() else 0,
            )
        except Refused as refusal:
            refused, proposal = refusal, proposal_for(request.acting, pk)
        else:
            messages.success(request, _("What you confirmed was kept."))
            return redirect("proposals:draft", pk)
    pack = packs().get(proposal.policy)
    shown = {"proposal": proposal, "policies": policies_of(pack), "refused": refused, "pack": pack}
    return render(request, "proposals/draft_confirm.html", shown, status=422 if refused else 200)


def policies_of(pack: Pack | None) -> list[tuple[str, Any]]:
    """Return the policies on micro-credentials, by clause, each with what it says."""
    start = POLICIES.get(pack.name if pack else "")
    if pack is None or start is None:
        return []
    return [(name, clause.text) for name, clause in pack.clauses.items() if is_whole(name, start)]


def is_whole(name: str, start: str) -> bool:
    """Whether a clause is a policy of the list as a whole: 1.5(a), not 1.5(a)-sbl."""
    return "-" not in name and "/" not in name and name.startswith((f"{start}(", f"{start}."))
