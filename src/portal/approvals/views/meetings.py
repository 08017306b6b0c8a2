"""Meetings: planned, their agenda put in order, papers sent out, called off."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people, for_roles
from portal.accounts.refusal import Refused
from portal.approvals import queue
from portal.approvals.access import (
    OPEN,
    RECORDERS,
    committees_for,
    may_read,
    may_record,
    meeting_for,
    meetings_for,
    must_read,
    must_record,
    recorded_by,
)
from portal.approvals.actions import planning
from portal.approvals.forms import CancelForm, MeetingForm
from portal.approvals.models import Meeting
from portal.approvals.papers import label_of
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, form_page, kept
from portal.exports.listing import FORM, exported
from portal.numbers import whole_number

ON_A_PAGE = 25


@require_safe
@for_people
def listing(request: ActingRequest) -> HttpResponseBase:
    """List the meetings, the latest first; or send them as a file."""
    must_read(request.acting)
    found = meetings_for(request.acting).select_related("committee")
    committee = request.GET.get("committee", "")
    number = whole_number(committee)
    if number is not None:
        found = found.filter(committee=number)
    undecided = Q(items__decision="", items__withdrawn_at=None)
    found = found.annotate(item_count=Count("items"), open_count=Count("items", undecided))
    found = found.order_by("-held_on", "-pk")
    if form := request.GET.get(FORM):
        return exported(queue.meetings_listing(found), form)
    shown = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "committees": committees_for(request.acting),
        "committee": committee,
        "may_record": may_record(request.acting),
        "show": "meetings",
    }
    return render(request, "approvals/meetings.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*RECORDERS)
def new(request: ActingRequest) -> HttpResponse:
    """Plan a meeting."""
    assert request.acting is not None
    planned = Meeting(institution_id=request.acting.institution_id or 0)
    committee = request.GET.get("committee", "")
    first = {"committee": committee} if whole_number(committee) is not None else {}
    return _kept(request, planned, first, lambda: planning.plan(request.acting, planned))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*RECORDERS)
def edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a meeting."""
    found = meeting_for(request.acting, pk)
    must_record(request.acting, found.committee)
    seen = version_of(request, found)
    return _kept(request, found, {}, lambda: planning.change(request.acting, found, version=seen))


def _kept(
    request: ActingRequest, meeting: Meeting, first: dict[str, str], keep: Callable[[], object]
) -> HttpResponse:
    form = MeetingForm(recorded_by(request.acting), request.POST or None, instance=meeting, initial=first)
    if request.method == "POST" and kept(form, keep=keep):
        return done(request, _("The meeting is planned."), meeting.get_absolute_url())
    shown = {"form": form, "meeting": meeting, "version": request.POST.get("version", meeting.version)}
    return form_page(request, "approvals/meeting_form.html", shown)


def version_of(request: ActingRequest, meeting: Meeting) -> int:
    """Return the version for which the page was written; a page that does not say is out of date."""
    if request.method != "POST":
        return meeting.version
    sent = whole_number(request.POST.get("version", ""))
    return -1 if sent is None else sent


@require_safe
@for_people
def meeting(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a meeting with its agenda and what was decided."""
    must_read(request.acting)
    return page(request, meeting_for(request.acting, pk))


def page(request: ActingRequest, found: Meeting, refused: Refused | None = None) -> HttpResponse:
    """Show a meeting, perhaps with why something was not done."""
    items = list(found.items.select_related("continues__meeting__committee", "decided_by__person"))
    records = recorded_by(request.acting).filter(pk=found.committee_id).exists()
    open_ = sum(item.is_open for item in items)
    shown = {
        "meeting": found,
        "rows": [(item, label_of(item.kind)) for item in items],
        "open": open_,
        "decided": sum(bool(item.decision) for item in items),
        "is_held": found.held_on <= timezone.localdate(),
        "may_record": records and found.is_ahead,
        "reads_all": may_read(request.acting),
        "waiting": _waiting(request, found) if records and found.is_ahead else 0,
        "member_count": found.committee.members.count(),
        "refused": refused,
        "show": "meetings",
    }
    return render(request, "approvals/meeting.html", shown, status=UNPROCESSABLE if refused else 200)


def _waiting(request: ActingRequest, found: Meeting) -> int:
    asked = queue.Asked(committee=str(found.committee_id))
    return queue.found(request.acting, asked).count()


@require_POST
@for_roles(*RECORDERS)
def arrange(request: ActingRequest, pk: int) -> HttpResponse:
    """Put the agenda into another order, or take an item off."""
    found = meeting_for(request.acting, pk)
    version = version_of(request, found)
    try:
        off = whole_number(request.POST.get("off", ""))
        if off is not None:
            planning.take_off(request.acting, found, off, version=version)
        else:
            planning.arrange(request.acting, found, order_asked(request, found), version=version)
    except Refused as refused:
        return page(request, meeting_for(request.acting, pk), refused)
    return redirect(f"{found.get_absolute_url()}#agenda")


def order_asked(request: ActingRequest, found: Meeting) -> list[int]:
    """Return the items in the order asked for: by the places typed in, or one of them moved by a step."""
    order = list(found.items.order_by("position", "pk").values_list("pk", flat=True))
    now = {pk: place for place, pk in enumerate(order, start=1)}
    order.sort(key=lambda pk: wanted(request.POST.get(f"place-{pk}", ""), now[pk]))
    for name, step in (("up", -1), ("down", 1)):
        moved = whole_number(request.POST.get(name, ""))
        if moved in order:
            place = order.index(moved)
            order.insert(max(place + step, 0), order.pop(place))
    return order


def wanted(typed: str, now: int) -> tuple[int, int]:
    """Return what to sort by: who moves up stands before who had the place, who moves down behind."""
    asked = whole_number(typed)
    place = now if asked is None else asked
    return place, (place > now) - (place < now)


@require_POST
@for_roles(*RECORDERS)
def call(request: ActingRequest, pk: int) -> HttpResponse:
    """Send out the papers, and tell the members if so wished."""
    found = meeting_for(request.acting, pk)
    try:
        told = planning.call(
            request.acting, found, tell="tell" in request.POST, version=version_of(request, found)
        )
    except Refused as refused:
        return page(request, meeting_for(request.acting, pk), refused)
    words = _("The papers are sent out.")
    if told:
        more = ngettext("%(n)d member was told.", "%(n)d members were told.", told) % {"n": told}
        words = f"{words} {more}"
    return done(request, words, found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*RECORDERS)
def cancel(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then call the meeting off."""
    found = meeting_for(request.acting, pk)
    must_record(request.acting, found.committee)
    form = CancelForm(request.POST or None)
    version = version_of(request, found)
    if request.method == "POST" and kept(
        form,
        keep=lambda: planning.cancel(request.acting, found, form.cleaned_data["reason"], version=version),
    ):
        return done(request, _("The meeting is called off; its items wait for another one."), found)
    count = found.items.filter(OPEN).count()
    return form_page(request, "approvals/cancel.html", {"form": form, "meeting": found, "count": count})
