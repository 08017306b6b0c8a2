"""The items that wait for committees: looked through, put into a meeting many at a time, one by one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people, for_roles
from portal.accounts.refusal import Refused
from portal.approvals import queue
from portal.approvals.access import (
    RECORDERS,
    committees_for,
    item_for,
    may_record,
    meeting_for,
    meetings_for,
    must_read,
    must_record,
    recorded_by,
)
from portal.approvals.actions.planning import bundle
from portal.approvals.actions.recording import amend
from portal.approvals.forms import AmendForm
from portal.approvals.models import Item, Meeting
from portal.approvals.papers import KINDS, label_of, opens
from portal.approvals.questions import history
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, kept
from portal.exports.listing import FORM, exported
from portal.numbers import whole_number, whole_numbers
from portal.records.register import entries_about
from portal.records.words import in_words

ON_A_PAGE = 50
MOST = 500
"""Items that are put into a meeting at once, at most."""


@require_safe
@for_people
def listing(request: ActingRequest) -> HttpResponseBase:
    """Show the items of a tab, narrowed; or send them as a file."""
    must_read(request.acting)
    asked = queue.Asked.of(request.GET.dict())
    if form := request.GET.get(FORM):
        return exported(queue.listing(queue.found(request.acting, asked)), form)
    return _page(request, asked)


def _page(
    request: ActingRequest,
    asked: queue.Asked,
    refused: Refused | None = None,
    ticked: frozenset[int] = frozenset(),
) -> HttpResponse:
    found = queue.found(request.acting, asked)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "asked": asked,
        "show": asked.show,
        "page": page,
        "rows": [(item, label_of(item.kind)) for item in page],
        "committees": committees_for(request.acting),
        "kinds": [(name, kind.label) for name, kind in KINDS.items()],
        "decisions": Item.Decision.choices,
        "meetings": _ahead(request) if asked.show == "waiting" and may_record(request.acting) else None,
        "into": request.GET.get("into", ""),
        "query": request.GET.urlencode(),
        "refused": refused,
        "ticked": ticked,
    }
    return render(request, "approvals/items.html", shown, status=UNPROCESSABLE if refused else 200)


def _ahead(request: ActingRequest) -> list[Meeting]:
    """Return the meetings into which items can be put, the next one first."""
    states = (Meeting.State.PLANNED, Meeting.State.CALLED)
    own = meetings_for(request.acting).filter(committee__in=recorded_by(request.acting))
    ahead = own.filter(state__in=states).select_related("committee")
    return list(ahead.order_by("held_on", "pk"))


@require_POST
@for_roles(*RECORDERS)
def put(request: ActingRequest) -> HttpResponse:
    """Put the ticked items, or all that the search finds, into a meeting."""
    asked = queue.Asked.of(request.GET.dict())
    chosen = set(whole_numbers(request.POST.getlist("item")))
    if "all" in request.POST:
        chosen = set(queue.found(request.acting, asked).values_list("pk", flat=True)[:MOST])
    into = request.POST.get("meeting", "")
    try:
        meeting = meeting_for(request.acting, meeting_asked(into))
        number = bundle(request.acting, meeting, chosen)
    except Refused as refused:
        return _page(request, asked, refused, frozenset(chosen))
    told = ngettext(
        "%(n)d item put on the agenda of %(meeting)s.",
        "%(n)d items put on the agenda of %(meeting)s.",
        number,
    )
    return done(request, told % {"n": number, "meeting": meeting}, meeting.get_absolute_url())


def meeting_asked(given: str) -> int:
    """Return the number of the meeting that was chosen; raises ``Refused`` where none was."""
    number = whole_number(given)
    if number is None:
        raise Refused(_("Choose the meeting; if none is planned yet, plan one first."), "meeting")
    return number


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def item(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what is asked, what was decided and why; correct remarks and the number in the minutes."""
    must_read(request.acting)
    found = item_for(request.acting, pk)
    version = found.meeting.version if found.meeting else 0
    records = recorded_by(request.acting).filter(pk=found.committee_id).exists()
    first = {"reference": found.reference, "remarks": found.remarks, "version": version}
    form = AmendForm(request.POST or None, initial=first)
    if request.method == "POST":
        must_record(request.acting, found.committee)
        if kept(form, keep=lambda: amend(request.acting, found, **form.cleaned_data)):
            return done(request, _("The minutes are corrected."), found.get_absolute_url())
    shown = {
        "item": found,
        "kind": label_of(found.kind),
        "opens": bool(found.link) and opens(found.kind, request.acting, found.subject),
        "form": form if records and found.decision and found.meeting else None,
        "asked": history(found.kind, found.subject),
        "history": [
            (entry, in_words(entry.action)) for entry in entries_about(found).select_related("person")
        ],
        "back": reverse("approvals:items"),
    }
    return render(request, "approvals/item.html", shown, status=UNPROCESSABLE if form.errors else 200)
