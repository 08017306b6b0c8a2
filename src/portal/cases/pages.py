"""The page of a tool: the form, its rows, its answer, cases from elsewhere, files to take away."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from portal import errors
from portal.appearance import is_switch, switched
from portal.cases.asking import HtmxRequest
from portal.cases.bridge import Entry
from portal.cases.checking import Checked, checked
from portal.cases.downloads import CASE_YAML, RESULT_JSON, Format, sent
from portal.cases.link import UnreadableLink, case_of_link, fits, link_of
from portal.cases.lists import changed, pruned
from portal.cases.opening import opened
from portal.cases.parts import tool_sheet
from portal.cases.tool import Tool


def routes(tool: Tool, folder: str) -> list[URLPattern]:
    """Return the routes of a tool's page, below ``folder``."""
    given = {"tool": tool}
    return [
        path(f"{folder}/", ask, given, name=tool.name),
        path(f"{folder}/open/", open_case, given, name=f"{tool.name}_open"),
        path(f"{folder}/case.yaml", download, {**given, "form": CASE_YAML}, name=f"{tool.name}_yaml"),
        path(f"{folder}/result.json", download, {**given, "form": RESULT_JSON}, name=f"{tool.name}_json"),
    ]


# Nothing is stored and nobody is logged in: a token would only lose the work of those who block cookies.
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HtmxRequest, tool: Tool) -> HttpResponse:
    """Show the form, or the answer to what was sent with it."""
    _must_be_there(tool)
    if request.method == "POST":
        return pressed(request, tool, tool.paper.entry_of_form(request.POST.lists()))
    if "c" in request.GET:
        return shared(request, tool, request.GET["c"])
    return page(request, tool, tool.new_entry(timezone.localdate()))


@csrf_exempt
@gzip_page
@require_POST
def open_case(request: HtmxRequest, tool: Tool) -> HttpResponse:
    """Fill the form from a file or from pasted text, and answer it."""
    _must_be_there(tool)
    found = opened(tool.paper, request.FILES.get("file"), request.POST.get("text", ""))
    if found.entry is None:
        entry = tool.new_entry(timezone.localdate())
        return page(request, tool, entry, problems=found.problems, opening=found.text, status=422)
    if found.problems:
        return page(request, tool, found.entry, problems=found.problems, status=422)
    return judged(request, tool, found.entry)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, tool: Tool, form: Format) -> HttpResponse:
    """Send a file made from the case in ``c``."""
    _must_be_there(tool)
    return sent(request, tool.paper, form)


def _must_be_there(tool: Tool) -> None:
    if not tool.policies:
        raise Http404


def pressed(request: HtmxRequest, tool: Tool, entry: Entry) -> HttpResponse:
    """Do what the pressed button says with the form as sent."""
    if is_switch(request):
        shown = judged if "shown" in request.POST else page
        return switched(request, lambda: shown(request, tool, entry))
    action = request.POST.get("action", "check")
    if action == "live":
        return while_typing(request, tool, pruned(tool, entry))
    if action == "check":
        return judged(request, tool, pruned(tool, entry))
    if action.startswith("refresh"):
        return again(request, tool, entry, focus=action.partition(":")[2])
    change = changed(tool, entry, action)
    if change is None:
        return page(request, tool, entry)
    said = _("A row was added.") if action.startswith("add") else _("A row was removed.")
    return again(request, tool, change.entry, focus=change.place, announcement=said)


def again(request: HtmxRequest, tool: Tool, entry: Entry, **state: Any) -> HttpResponse:
    """Show the form as it now is; a live tool keeps its answer beside it."""
    found = checked(tool.paper, pruned(tool, entry)) if tool.live else None
    if found is not None and found.result is not None:
        state |= answered(request, tool, found)
    return page(request, tool, entry, **state)


def shared(request: HtmxRequest, tool: Tool, link: str) -> HttpResponse:
    """Show the case that a link carries, with its answer."""
    try:
        entry = tool.paper.entry_of_case(case_of_link(tool.paper, link))
    except UnreadableLink:
        message = _(
            "This link is damaged, incomplete or too long. Ask for it again, or open the case from a file."
        )
        return errors.bad_request(request, message=message)
    beside = tool.paper.entry_of_form((n, v) for n, v in request.GET.lists() if n.startswith("beside."))
    return judged(request, tool, entry | {"beside": beside.get("beside", {})})


def while_typing(request: HtmxRequest, tool: Tool, entry: Entry) -> HttpResponse:
    """Answer what is entered so far; what is wrong with it is told only when asked for."""
    found = checked(tool.paper, entry)
    shown = {} if found.result is None else answered(request, tool, found)
    return render(request, "cases/_answer.html", {"tool": tool, "live": True, **addresses(tool), **shown})


def judged(request: HtmxRequest, tool: Tool, entry: Entry) -> HttpResponse:
    """Show the answer for an entry, or what is wrong with it."""
    found = checked(tool.paper, entry)
    if found.result is None:
        return page(request, tool, entry, problems=found.problems, status=422)
    shown = answered(request, tool, found)
    response = page(request, tool, entry, asked=True, announcement=shown["report"].headline, **shown)
    if shown["address"] and request.htmx:
        response["HX-Push-Url"] = shown["address"]
    return response


def answered(request: HtmxRequest, tool: Tool, found: Checked) -> dict[str, Any]:
    """Arrange the answer with the link that leads back to it."""
    assert found.result is not None
    link = link_of(tool.paper, tool.paper.shared(found.case))
    beside = {f"beside.{name}": value for name, value in found.entry.get("beside", {}).items() if value}
    address = f"{reverse(tool.route)}?{urlencode({'c': link, **beside})}" if fits(link) else ""
    return {
        "report": tool.answer(found.case, found.result, found.entry),
        "link": link_of(tool.paper, found.case),
        "address": address and request.build_absolute_uri(address),
    }


def addresses(tool: Tool) -> dict[str, str]:
    """Return where the parts of the page send what they hold."""
    return {
        "form_url": reverse(tool.route),
        "open_url": reverse(f"{tool.route}_open"),
        "yaml_url": reverse(f"{tool.route}_yaml"),
        "json_url": reverse(f"{tool.route}_json"),
    }


def page(request: HtmxRequest, tool: Tool, entry: Entry, **state: Any) -> HttpResponse:
    """Show the form with whatever belongs to it; to htmx only the part that changes."""
    focus, problems = state.pop("focus", ""), state.pop("problems", ())
    status = state.pop("status", 200)
    shown = {
        "tool": tool,
        "sheet": tool_sheet(tool, entry, problems, focus),
        "switch_form": "case",
        "switch_action": reverse(tool.route),
        "announcement": "",
        **addresses(tool),
        **state,
    }
    partly = request.htmx and not request.htmx.history_restore_request
    return render(request, "cases/_tool.html" if partly else "cases/tool.html", shown, status=status)
