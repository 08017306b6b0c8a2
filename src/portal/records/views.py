"""The register as auditors and administrators read it, and the check that nobody changed it."""

import json
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.roles import Role
from portal.exports.listing import FORM, Column, Listing, exported
from portal.records.access import READERS, entries_for
from portal.records.models import Entry
from portal.records.register import broken_entries
from portal.records.words import ACTIONS, in_words

PER_PAGE = 50
MOST = 50
"""How many broken entries the page names."""
for_readers = for_roles(*READERS)
FILTERS = ("words", "action", "since", "until", "number")


@require_safe
@for_readers
def register(request: ActingRequest) -> HttpResponseBase:
    """List what was done at the institution, the newest first; ``?form=xlsx`` exports it."""
    asked = {name: " ".join(request.GET.get(name, "").split())[:100] for name in FILTERS}
    found = narrowed(entries_for(request.acting), asked).select_related("person").order_by("-number")
    if FORM in request.GET:
        return exported(listing(found), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [row_of(entry) for entry in page],
        "asked": asked,
        "filtered": any(asked.values()),
        "actions": sorted(((name, str(words)) for name, words in ACTIONS.items()), key=lambda each: each[1]),
    }
    return render(request, "records/list.html", shown)


def narrowed(found: QuerySet[Entry], asked: dict[str, str]) -> QuerySet[Entry]:
    """Keep what fits the filters; what cannot be read is left out."""
    if asked["action"]:
        found = found.filter(action=asked["action"])
    if asked["words"]:
        found = found.filter(person__name__icontains=asked["words"])
    if asked["number"].isdecimal() and len(asked["number"]) < 18:
        found = found.filter(number=int(asked["number"]))
    for name, field in (("since", "at__date__gte"), ("until", "at__date__lte")):
        try:
            day = parse_date(asked[name])
        except ValueError:
            day = None
        if day:
            found = found.filter(**{field: day})
    return found


def row_of(entry: Entry) -> dict[str, Any]:
    """Return an entry in words."""
    details = entry.details or {}
    return {
        "entry": entry,
        "what": in_words(entry.action),
        "role": Role(entry.role).label if entry.role in Role.values else "",
        "before": plain(details.get("before")),
        "after": plain(details.get("after")),
        "reason": details.get("reason", ""),
        "erased": entry.details is None,
    }


def plain(values: Any) -> str:
    """Write what something was or is as one line."""
    if not values:
        return ""
    return ", ".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in values.items()
        if value not in ("", None, [], {})
    )


def listing(found: QuerySet[Entry]) -> Listing[Entry]:
    """Return the register as a file to take along."""
    return Listing(
        gettext_lazy("register"),
        (
            Column(gettext_lazy("Number"), lambda row: row.number),
            Column(gettext_lazy("At"), lambda row: row.at),
            Column(gettext_lazy("Who"), lambda row: row.person.name if row.person else ""),
            Column(gettext_lazy("Acting as"), lambda row: row.role),
            Column(gettext_lazy("Action"), lambda row: row.action),
            Column(gettext_lazy("Subject"), lambda row: f"{row.subject_kind} {row.subject_id}"),
            Column(gettext_lazy("Before"), lambda row: plain((row.details or {}).get("before"))),
            Column(gettext_lazy("After"), lambda row: plain((row.details or {}).get("after"))),
            Column(gettext_lazy("Reason"), lambda row: (row.details or {}).get("reason", "")),
            Column(gettext_lazy("Hash"), lambda row: row.hash),
        ),
        found,
    )


@require_POST
@for_readers
def check(request: ActingRequest) -> HttpResponse:
    """Check every entry's content and its link to the one before, and name those that do not hold."""
    assert request.acting is not None
    found = list(islice(broken_entries(request.acting.institution), MOST))
    entries = entries_for(request.acting)
    last = entries.order_by("-number").first()
    shown = {
        "broken": [row_of(entry) for entry in found],
        "more": len(found) == MOST,
        "count": entries.aggregate(last=Max("number"))["last"] or 0,
        "last": last,
    }
    return render(request, "records/check.html", shown)
