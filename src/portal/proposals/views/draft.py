"""Writing a proposal: the overview of its form, one page of it, and keeping what is typed."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.models import Course
from portal.proposals import advice
from portal.proposals.access import PROPOSERS, proposal_for
from portal.proposals.actions.drafting import Changed, hand_in, save
from portal.proposals.content import values_of
from portal.proposals.draft_sheet import boxes_of, id_of
from portal.proposals.editing import digest_of, is_open, may_edit
from portal.proposals.field import Section
from portal.proposals.fields import form_of, section_of
from portal.proposals.forms_draft import Entry, Typed, add_row, checked, drop_row, entry_of, gathered, typed
from portal.proposals.models import Proposal
from portal.proposals.process import WALK
from portal.proposals.similar import similar_to
from portal.proposals.standing import standing_of
from portal.proposals.threads import at_fields

for_developers = for_roles(*sorted(PROPOSERS))
MOST_COURSES = 500
STEPS = ("submit", "resubmit", "withdraw")
"""The steps that the overview takes; the others stand on the page of the file."""


def acting_of(request: ActingRequest) -> Appointment:
    """Return in what somebody acts; the gate made sure that they do."""
    assert request.acting is not None
    return request.acting


def own_draft(request: ActingRequest, pk: int) -> Proposal:
    """Return a proposal that somebody writes now; raises ``NotAllowed`` where others do."""
    proposal = proposal_for(request.acting, pk)
    if not may_edit(request.acting, proposal):
        raise NotAllowed(_("Only its developers write in a proposal, until it is handed in."))
    return proposal


@require_safe
@never_cache
@for_developers
def overview(request: ActingRequest, pk: int) -> HttpResponse:
    """Show how far the form is, what the policy says, and what is needed to hand it in."""
    return overview_page(request, own_draft(request, pk))


def overview_page(
    request: ActingRequest, proposal: Proposal, *, refused: Any = None, status: int = 200
) -> HttpResponse:
    """Show the overview, with what was refused."""
    acting = acting_of(request)
    steps = [step for step in WALK.steps_for(acting, proposal) if step.name in STEPS]
    shown = {
        "proposal": proposal,
        "state": proposal.state_now(),
        "standing": (standing := standing_of(proposal)),
        "report": standing,
        "ways": [(step, WALK.missing(acting, proposal, step)) for step in steps if step.name != "withdraw"],
        "withdrawal": next((step for step in steps if step.name == "withdraw"), None),
        "code": advice.code_of(proposal),
        "refused": refused,
    }
    return render(request, "proposals/draft.html", shown, status=status)


@require_POST
@for_developers
def step(request: ActingRequest, pk: int) -> HttpResponse:
    """Hand the proposal in, or withdraw it."""
    proposal = proposal_for(request.acting, pk)
    name = request.POST.get("step", "")
    if name not in STEPS:
        raise Http404
    try:
        version = int(request.POST.get("version", "")[:9] or 0)
        hand_in(acting_of(request), proposal, name, version=version, reason=request.POST.get("reason", ""))
    except ValueError as unreadable:
        raise Http404 from unreadable
    except Refused as refused:
        if not may_edit(request.acting, proposal):
            messages.error(request, str(refused))
            return redirect(proposal)
        return overview_page(request, proposal_for(request.acting, pk), refused=refused, status=422)
    done = _("The proposal was withdrawn.") if name == "withdraw" else _("The proposal was handed in.")
    messages.success(request, done)
    return redirect(proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_developers
def section(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Show a page of the form, or keep it."""
    proposal = own_draft(request, pk)
    found = section_of(proposal, name)
    if found is None:
        raise Http404
    if request.method == "POST":
        return kept(request, proposal, found)
    entry = entry_of(values_of(proposal), found.fields)
    return page(request, proposal, found, entry)


def kept(request: ActingRequest, proposal: Proposal, found: Section) -> HttpResponse:
    """Keep what can be kept of a page; add or take out a row; go on, or say what cannot be kept."""
    entry = gathered(request.POST.lists(), found.fields)
    read = checked(proposal, typed(entry, found.fields))
    action = request.POST.get("action", "save")
    replacing = request.POST.get("replacing") == "yes" or action == "replace"
    try:
        seen = request.POST.get("seen", "")
        proposal = save(acting_of(request), proposal, found, read.values, seen=seen, replacing=replacing)
    except Changed as changed:
        return not_kept(request, proposal, found, entry, changed, live=action == "autosave")
    except Refused as refused:
        return page(request, proposal, found, entry, refused=refused, status=422)
    if action == "autosave":
        return saved(request, proposal, found, read)
    if action.startswith(("add_row:", "drop_row:")):
        return with_rows(request, proposal, found, entry, action)
    return gone_on(request, proposal, found, read, action)


def gone_on(
    request: ActingRequest, proposal: Proposal, found: Section, read: Typed, action: str
) -> HttpResponse:
    """Go on to where the button says; with mistakes, stay and show each at its field."""
    if read.mistakes:
        return page(request, proposal, found, read.entry, mistakes=read.mistakes, status=422)
    messages.success(request, _("“%(page)s” was saved.") % {"page": found.label})
    names = [each.name for each in form_of(proposal)]
    later = names[names.index(found.name) + 1 :]
    address = reverse("proposals:draft", args=[proposal.pk])
    if action == "next" and later:
        address = reverse("proposals:section", args=[proposal.pk, later[0]])
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def with_rows(
    request: ActingRequest, proposal: Proposal, found: Section, entry: Entry, action: str
) -> HttpResponse:
    """Show the page with a row more or less."""
    verb, _colon, place = action.partition(":")
    focus, told = "", ""
    if verb == "add_row":
        row = add_row(entry, found.fields, place)
        focus, told = f"{row}.", _("A row was added.") if row else ""
    else:
        place, _colon, number = place.rpartition(":")
        if number.isdecimal() and drop_row(entry, found.fields, place, int(number[:3])):
            told = _("A row was removed.")
            read = checked(proposal, typed(entry, found.fields))
            seen = digest_of(proposal, found)
            proposal = save(acting_of(request), proposal, found, read.values, seen=seen)
    return page(request, proposal, found, entry, focus=focus, announcement=told)


def saved(request: ActingRequest, proposal: Proposal, found: Section, read: Typed) -> HttpResponse:
    """Tell the page that is typed in what was kept, and what the policy says now."""
    shown = beside(request, proposal, found) | {"unsaved": read.mistakes, "now": timezone.localtime()}
    return render(request, "proposals/draft_saved.html", shown)


def not_kept(
    request: ActingRequest,
    proposal: Proposal,
    found: Section,
    entry: Entry,
    changed: Changed,
    *,
    live: bool,
) -> HttpResponse:
    """Tell that somebody else changed the page meanwhile; what was typed stays where it is."""
    if live:
        return render(request, "proposals/_draft_changed.html", {"changed": changed, "proposal": proposal,
                      "section": found}, status=422)  # fmt: skip
    seen = request.POST.get("seen", "")
    return page(request, proposal, found, entry, changed=changed, seen=seen, status=422)


def page(
    request: ActingRequest, proposal: Proposal, found: Section, entry: Entry, **more: Any
) -> HttpResponse:
    """Show a page of the form; to htmx only the form itself."""
    status = more.pop("status", 200)
    mistakes, focus = more.pop("mistakes", ()), more.pop("focus", "")
    first = f"{focus}{rows_first(found, focus)}" if focus else ""
    around = beside(request, proposal, found)
    threads = around["remarks"].threads
    boxes = boxes_of(proposal, entry, found.fields, mistakes, first)
    shown = {
        **around,
        "boxes": [(box, threads.get(box.name, ())) for box in boxes],
        "mistakes": mistakes,
        "mistake_links": [(id_of(one.place), one.label, one.message) for one in mistakes],
        "courses": courses_of(proposal) if any(box.type == "course" for box in boxes) else (),
        "pages": form_of(proposal),
        "open": is_open(proposal, found.name),
        "announcement": "",
        **more,
    }
    htmx = request.headers.get("HX-Request") == "true"
    template = "proposals/_draft_form.html" if htmx else "proposals/draft_section.html"
    return render(request, template, shown, status=status)


def courses_of(proposal: Proposal) -> QuerySet[Course]:
    """Return the courses that may be the original one, those of the faculty first."""
    there = Course.objects.filter(institution=proposal.institution_id, active=True)
    own = Case(When(faculty=proposal.faculty_id, then=0), default=1)
    return there.order_by(own, "code")[:MOST_COURSES]


def rows_first(found: Section, focus: str) -> str:
    """Return the name of the first field of the row at a place, where the cursor goes."""
    fields = found.fields
    for name in [part.split("[")[0] for part in focus.strip(".").split(".")]:
        fields = next((field.rows for field in fields if field.name == name), ())
    return fields[0].name if fields else ""


def beside(request: ActingRequest, proposal: Proposal, found: Section) -> dict[str, Any]:
    """Return what stands beside the fields: progress, the policy’s checks, and advice for this page."""
    standing = standing_of(proposal)
    return {
        "proposal": proposal,
        "section": found,
        "seen": digest_of(proposal, found),
        "standing": standing,
        "report": standing,
        "checks": standing.of(found.rules),
        "remarks": at_fields(request.acting, proposal),
        **advice_on(request, proposal, found.name),
    }


def advice_on(request: ActingRequest, proposal: Proposal, name: str) -> dict[str, Any]:
    """Return the advice that belongs to one page of the form."""
    if name == "course":
        titles = (proposal.name_ms, proposal.name_en)
        return {"code": advice.code_of(proposal), "likes": similar_to(request.acting, proposal, titles)}
    if name == "outcomes":
        clauses = ("5.1-wording",) if proposal.policy == "unimas" else ()
        return {
            "wordings": advice.wordings_of(proposal),
            "wording_clauses": clauses,
            "hints": advice.taxonomy_warnings(proposal),
        }
    if name == "delivery":
        return {"hints": advice.delivery_warnings(proposal)}
    if name == "content":
        units, whole = advice.times_of(proposal)
        return {"times": units, "whole": whole, "hints": advice.time_warnings(proposal)}
    return {"matrix": advice.matrix_of(proposal)} if name == "assessment" else {}
