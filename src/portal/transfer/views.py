"""The eligibility check: the form, its rows, its result, and cases brought from elsewhere."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from portal import errors
from portal.appearance import is_switch, switched
from portal.cases.asking import HtmxRequest
from portal.cases.bridge import Entry
from portal.cases.checking import Checked, checked
from portal.cases.link import UnreadableLink, case_of_link, fits, link_of
from portal.cases.opening import Opened, opened
from portal.packs import packs
from portal.transfer.bridge import PAPER
from portal.transfer.example import example_entry
from portal.transfer.keys import source_keys
from portal.transfer.report import report
from portal.transfer.rows import changed, new_entry, pruned
from portal.transfer.sheet import sheet


# Nothing is stored and nobody is logged in: a token would only lose the work of those who block cookies.
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HtmxRequest) -> HttpResponse:
    """Show the front page: a few words, and the check itself; its switches send the form here."""
    if request.method == "POST":
        entry = PAPER.entry_of_form(request.POST.lists())
        return switched(request, lambda: again(request, entry, hero=True))
    return page(request, first_entry(), hero=True)


def first_entry() -> Entry:
    """Return the form as it is first shown: the first policy with an own institution, today."""
    policy = max(packs(), key=lambda name: bool(institution_of(name)))
    return new_entry(policy, institution_of(policy), timezone.localdate())


def institution_of(policy: str) -> str:
    """Return the name by which a policy's own institution is entered, if it has one."""
    pack = packs().get(policy)
    return pack.names_of_institution[0] if pack and pack.names_of_institution else ""


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HtmxRequest) -> HttpResponse:
    """Show the form, or the answer to what was sent with it."""
    if request.method == "POST":
        return answer(request)
    if "c" in request.GET:
        return shared(request, request.GET["c"])
    if "example" in request.GET:
        note = _("This is an example. Change what you like, then press “Check eligibility”.")
        return page(request, example_entry(), note=note)
    return page(request, first_entry(), fresh=True)


def shared(request: HtmxRequest, link: str) -> HttpResponse:
    """Show the case that a link carries, with its result."""
    try:
        case = case_of_link(PAPER, link)
    except UnreadableLink:
        message = _(
            "This link is damaged, incomplete or too long. Ask for it again, or open the case from a file."
        )
        return errors.bad_request(request, message=message)
    return judged(request, PAPER.entry_of_case(case))


def answer(request: HtmxRequest) -> HttpResponse:
    """Do what the pressed button says with the form as sent."""
    entry = PAPER.entry_of_form(request.POST.lists())
    if is_switch(request):
        return switched(request, lambda: again(request, entry))
    action = request.POST.get("action", "check")
    if action == "check":
        return judged(request, pruned(entry))
    if action.startswith("refresh"):
        place = action.partition(":")[2]
        return page(request, suited(entry, place), focus=place)
    change = changed(entry, action)
    if change is None:
        return page(request, entry)
    said = _("A row was added.") if action.startswith("add") else _("A row was removed.")
    return page(request, change.entry, focus=change.place, announcement=said)


def suited(entry: Entry, place: str = "") -> Entry:
    """Fit the entry to the answer just given at a place.

    The institution's name follows while it is another policy's own; a claim whose new basis does not
    ask for a study forgets the one it had.
    """
    own = {institution_of(name) for name in packs()} | {""}
    if entry["programme"]["institution"] in own:
        entry["programme"]["institution"] = institution_of(entry["policy"])
    for number, claim in enumerate(entry["claims"]):
        if place == f"claims[{number}].basis" and "study" not in source_keys(claim["basis"]).first:
            claim["sources"] = [source | {"study": ""} for source in claim["sources"]]
    return entry


def again(request: HtmxRequest, entry: Entry, **state: Any) -> HttpResponse:
    """Show what was shown before, in the language and colours just chosen."""
    return judged(request, entry) if "shown" in request.POST else page(request, entry, **state)


@csrf_exempt
@gzip_page
@require_POST
def open_case(request: HtmxRequest) -> HttpResponse:
    """Fill the form from a file or from pasted text, and check it."""
    found: Opened = opened(PAPER, request.FILES.get("file"), request.POST.get("text", ""))
    if found.entry is None:
        entry = first_entry()
        return page(request, entry, problems=found.problems, opening=found.text, status=422)
    if found.problems:
        return page(request, found.entry, problems=found.problems, status=422)
    return judged(request, found.entry)


def judged(request: HtmxRequest, entry: Entry) -> HttpResponse:
    """Show the result for an entry, or what is wrong with it."""
    found: Checked = checked(PAPER, entry)
    if found.result is None:
        return page(request, entry, problems=found.problems, status=422)
    link = link_of(PAPER, found.case)
    address = f"{reverse('transfer:check')}?{urlencode({'c': link})}" if fits(link) else ""
    shown = report(found.case, found.result, packs()[found.case["policy"]])
    extra = {
        "report": shown,
        "link": link,
        "address": address and request.build_absolute_uri(address),
    }
    response = page(request, entry, announcement=shown.in_short, **extra)
    if address and request.htmx:
        response["HX-Push-Url"] = address
    return response


def page(request: HtmxRequest, entry: Entry, **state: Any) -> HttpResponse:
    """Show the form with whatever belongs to it; to htmx only the part that changes."""
    focus, problems, status = (
        state.pop("focus", ""),
        state.pop("problems", ()),
        state.pop("status", 200),
    )
    shown = {
        "sheet": sheet(entry, packs(), problems, focus, finished="report" in state),
        "example_url": f"{reverse('transfer:check')}?example",
        "switch_form": "case",
        "switch_action": reverse("home" if state.get("hero") else "transfer:check"),
        "form_url": reverse("transfer:check"),
        "open_url": reverse("transfer:open"),
        "yaml_url": reverse("transfer:case_yaml"),
        "json_url": reverse("transfer:result_json"),
        "pdf_url": reverse("transfer:result_pdf"),
        "announcement": "",
        **state,
    }
    partly = request.htmx and not request.htmx.history_restore_request
    template = "transfer/_check.html" if partly else "transfer/check.html"
    return render(request, template, shown, status=status)
