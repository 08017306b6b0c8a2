"""Recording what a meeting decided, on one page for all its items."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.approvals.access import RECORDERS, meeting_for, must_record
from portal.approvals.actions.recording import WITH_REASON, Verdict, record_decisions
from portal.approvals.forms import DefaultsForm, VerdictForm
from portal.approvals.models import Item, Meeting
from portal.approvals.papers import label_of
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done

DECISION = re.compile(r"item-([0-9]{1,18})-decision")


@dataclass(slots=True)
class Row:
    """An item on the page, with its form; for one that somebody decided meanwhile, what was typed."""

    item: Item
    form: VerdictForm
    kind: str

    def typed(self) -> str:
        """Return the decision that was chosen for an item that somebody else decided, in words."""
        chosen = self.form["decision"].value() if self.form.is_bound and not self.item.is_open else ""
        return str(dict(Item.Decision.choices).get(chosen or "", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*RECORDERS)
def record(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the items of a meeting with their decisions to be filled in; record them all at once."""
    found = meeting_for(request.acting, pk)
    must_record(request.acting, found.committee)
    sent = request.POST if request.method == "POST" else None
    if sent is None and not found.is_ahead:
        return redirect(found)
    defaults = DefaultsForm(sent, initial=first_values(found))
    rows = rows_of(found, sent)
    if sent is None or not right(defaults, rows):
        return page(request, found, defaults, rows)
    try:
        verdicts, given = verdicts_of(defaults, rows), defaults.cleaned_data
        if given["version"] == found.version:
            must_be_there(found, rows, sent)
        record_decisions(request.acting, found, verdicts, given["decided_on"], version=given["version"])
    except Refused as refused:
        return refusal(request, pk, sent, refused)
    told = ngettext("%(n)d decision recorded.", "%(n)d decisions recorded.", len(verdicts))
    return done(request, told % {"n": len(verdicts)}, found.get_absolute_url())


def first_values(found: Meeting) -> dict[str, Any]:
    """Return what stands on the page at first."""
    return {"decided_on": min(found.held_on, timezone.localdate()), "version": found.version}


def rows_of(found: Meeting, sent: QueryDict | None) -> list[Row]:
    """Return the items of the agenda with their forms."""
    items = found.items.select_related("decided_by__person", "continues__meeting__committee")
    return [Row(item, VerdictForm(sent, prefix=f"item-{item.pk}"), label_of(item.kind)) for item in items]


def right(defaults: DefaultsForm, rows: list[Row]) -> bool:
    """Say whether everything can be read and each refusal has its reason."""
    if not defaults.is_valid():
        return False
    forms = [row.form for row in rows if row.item.is_open]
    if any(form.errors for form in forms):
        return False
    for form in forms:
        decision = form.cleaned_data["decision"] or defaults.cleaned_data["decision"]
        if decision in WITH_REASON and not form.cleaned_data["remarks"].strip():
            form.add_error("remarks", _("Say why: those who asked read it."))
    return not any(form.errors for form in forms)


def must_be_there(found: Meeting, rows: list[Row], sent: QueryDict) -> None:
    """Raise ``Refused`` where an item of the page was withdrawn meanwhile, so that it is not passed over."""
    shown = {int(match[1]) for name in sent if (match := DECISION.fullmatch(name))}
    gone = shown - {row.item.pk for row in rows if row.item.is_open}
    withdrawn = Item.objects.filter(pk__in=gone, committee=found.committee_id, withdrawn_at__isnull=False)
    titles = [item.title for item in withdrawn.order_by("pk")]
    if titles:
        raise Refused(
            ngettext(
                "“%(items)s” no longer waits for this meeting: it was withdrawn after you opened the page. "
                "Nothing is recorded yet; look at the rest and send it again.",
                "“%(items)s” no longer wait for this meeting: they were withdrawn after you opened the page. "
                "Nothing is recorded yet; look at the rest and send it again.",
                len(titles),
            )
            % {"items": "”, “".join(titles)}
        )


def verdicts_of(defaults: DefaultsForm, rows: list[Row]) -> dict[int, Verdict]:
    """Return what was decided by item; what is left open is left out."""
    given = defaults.cleaned_data
    found = {}
    for row in rows:
        if not row.item.is_open:
            continue
        own = row.form.cleaned_data
        decision = own["decision"] or given["decision"]
        if decision and decision != VerdictForm.LATER:
            reference = own["reference"] or given["reference"].replace("#", str(row.item.position or ""))
            found[row.item.pk] = Verdict(Item.Decision(decision), own["remarks"].strip(), reference[:60])
    return found


def refusal(request: ActingRequest, pk: int, sent: QueryDict, refused: Refused) -> HttpResponse:
    """Show the page as the meeting is now, with what the person typed, ready to be sent again."""
    now = meeting_for(request.acting, pk)
    again = sent.copy()
    again["version"] = str(now.version)
    defaults, rows = DefaultsForm(again), rows_of(now, again)
    defaults.is_valid()
    return page(request, now, defaults, rows, refused)


def page(
    request: ActingRequest,
    found: Meeting,
    defaults: DefaultsForm,
    rows: list[Row],
    refused: Refused | None = None,
) -> HttpResponse:
    """Show the items to be decided, and those that are."""
    shown = {
        "meeting": found,
        "defaults": defaults,
        "rows": [row for row in rows if row.item.is_open],
        "closed": [row for row in rows if not row.item.is_open],
        "mistakes": [row for row in rows if row.item.is_open and row.form.errors],
        "refused": refused,
        "show": "meetings",
    }
    return render(
        request, "approvals/record.html", shown, status=UNPROCESSABLE if request.method == "POST" else 200
    )
