"""Pages that show a policy to whoever wants to read it; they need no login and change nothing."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.packs import packs
from portal.policies import compare
from portal.policies.applied import applied
from portal.policies.citations import citations, discrepancies_of
from portal.policies.history import history
from portal.policies.neighbours import neighbours
from portal.policies.preview_page import drafts, preview
from portal.policies.realised import covered, realised_by
from portal.policies.search import Wanted, by_section, clauses_wanted
from portal.policies.shown import citing_spans, shown_parameter
from portal.policies.timeline import timeline
from portal.policies.versions import spans
from portal.policies.words import ACTORS, FORCES
from tauliah.policy.pack import Clause, Pack


@require_safe
def packs_list(request: HttpRequest) -> HttpResponse:
    """Show every policy."""
    return render(request, "policies/list.html", {"packs": list(packs().values())})


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Show where policies answer the same question differently, or one policy on two days."""
    asked = compare.asked_in(request.GET)
    context: dict[str, Any] = {"asked": asked, "packs": list(packs().values())}
    if asked.answerable:
        report = compare.report_of(asked)
        shown = compare.narrowed(report, below_only=asked.below_only)
        context |= {"report": shown, "count": compare.count(report), "query": request.GET.urlencode()}
    return render(request, "policies/compare.html", context, status=400 if asked.errors else 200)


@require_safe
def compare_download(request: HttpRequest, form: str) -> HttpResponse:
    """Send the comparison as JSON or CSV."""
    asked = compare.asked_in(request.GET)
    if not asked.answerable:
        return redirect(f"{reverse('policies:compare')}?{request.GET.urlencode()}")
    report = compare.narrowed(compare.report_of(asked), below_only=asked.below_only)
    if form == "csv":
        body, media_type = "\N{BYTE ORDER MARK}" + compare.as_csv(report), "text/csv; charset=utf-8"
    else:
        body, media_type = (
            json.dumps(report, ensure_ascii=False, indent=2) + "\n",
            "application/json; charset=utf-8",
        )
    named = f'attachment; filename="tauliah-perbandingan.{form}"'
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": named})


@require_safe
def pack_page(request: HttpRequest, pack: str) -> HttpResponse:
    """Show a policy; a search from the page itself is answered with the clauses alone."""
    chosen = _pack(pack)
    found = {"pack": chosen, **_clauses_wanted(request, chosen)}
    if request.headers.get("HX-Target") == "clauses-found":
        response = render(request, "policies/_answer.html", found)
    else:
        response = render(request, "policies/pack.html", {**found, **_contents(chosen)})
    patch_vary_headers(response, ["HX-Target"])
    return response


@require_safe
def clause_page(request: HttpRequest, pack: str, clause: str) -> HttpResponse:
    """Show a clause: what it says, in which words, since when, and what rests on it."""
    chosen = _pack(pack)
    found = _clause(chosen, clause)
    before, after = neighbours(chosen, found)
    context = {
        "pack": chosen,
        "clause": found,
        "realised_by": realised_by(chosen, found),
        "cited_by": citations(chosen).get(found.id, ()),
        "values": citing_spans(chosen.parameters.values(), found.id),
        "discrepancies": discrepancies_of(chosen, found.id),
        "before": before,
        "after": after,
    }
    return render(request, "policies/clause.html", context)


# Nothing is stored and nobody is logged in: a token would only lose the work of those who block cookies.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preview_page(request: HttpRequest) -> HttpResponse:
    """Show what a draft would answer beside a policy in force, once both are chosen."""
    listed, asked = drafts(), request.POST or request.GET
    draft, installed = asked.get("draft", ""), asked.get("installed", "")
    context: dict[str, Any] = {"drafts": list(listed), "packs": list(packs().values())}
    if draft in listed and installed in packs():
        context["preview"] = preview(draft, installed, request.FILES.get("file"))
    context |= {"draft": draft, "installed": installed}
    return render(request, "policies/preview.html", context)


@require_safe
def parameter_page(request: HttpRequest, pack: str, name: str) -> HttpResponse:
    """Show a value of a policy through time."""
    chosen = _pack(pack)
    if name not in chosen.parameters:
        raise Http404
    parameter = chosen.parameters[name]
    shown = shown_parameter(parameter)
    context: dict[str, Any] = {"pack": chosen, "parameter": shown}
    if len(shown.spans) > 1:
        picture = timeline(spans(parameter))
        context |= {"timeline": picture, "pictured": zip(picture.boxes, reversed(shown.spans), strict=True)}
    return render(request, "policies/parameter.html", context)


def _pack(name: str) -> Pack:
    if name not in packs():
        raise Http404
    return packs()[name]


def _clause(pack: Pack, clause: str) -> Clause:
    if clause not in pack.clauses:
        raise Http404
    return pack.clauses[clause]


def _clauses_wanted(request: HttpRequest, pack: Pack) -> dict[str, Any]:
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "name", "force", "actor")}
    wanted = Wanted(words=asked.pop("q"), **asked)
    found = clauses_wanted(pack, wanted)
    return {"wanted": wanted, "count": len(found), "sections": by_section(found)}


def _contents(pack: Pack) -> dict[str, Any]:
    """Everything on a pack's page besides its clauses."""
    listed = list(pack.clauses.values())
    forces, actors = {clause.force for clause in listed}, {clause.actor for clause in listed}
    return {
        "covered": covered(pack),
        "versions": history(pack),
        "parameters": [shown_parameter(parameter) for parameter in pack.parameters.values()],
        "applied": applied(pack),
        "forces": [(name, words) for name, words in FORCES.items() if name in forces],
        "actors": sorted(((n, w) for n, w in ACTORS.items() if n in actors), key=lambda actor: str(actor[1])),
        "names": sorted({name for clause in listed for name in clause.names}),
    }
