"""The list of course proposals: what waits, one’s own, all; searched, filtered, taken along as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.exports.listing import FORM, Column, Listing, exported
from portal.proposals.access import CENTRE, OWN_FACULTY, PROPOSERS, WHOLE_INSTITUTION
from portal.proposals.actions.drafting import may_start
from portal.proposals.choices import kinds_for
from portal.proposals.models import Proposal
from portal.proposals.views.remarks import for_readers
from portal.proposals.waiting import Asked, found_for, late, states_of, waiting_for
from portal.wording import in_language

PER_PAGE = 25
TABS = (
    ("mine", _("My own")),
    ("waiting", _("Waiting for my role")),
    ("all", _("All proposals")),
    ("ended", _("Ended")),
)


@require_safe
@for_readers
def proposals(request: ActingRequest) -> HttpResponseBase:
    """Show the proposals of a tab by the filters; ``?form=xlsx`` sends them as a file."""
    acting = request.acting
    assert acting is not None
    asked = Asked.of(request.GET, acting)
    found = found_for(acting, asked)
    if FORM in request.GET:
        return exported(listing(found), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "proposals/list.html", shown(acting, asked, page))


def shown(acting: Appointment, asked: Asked, page: Any) -> dict[str, Any]:
    """Return what the page shows."""
    institution = acting.institution
    return {
        "page": page,
        "rows": [(proposal, proposal.state_now()) for proposal in page],
        "asked": asked,
        "tabs": [tab for tab in TABS if acting.role in PROPOSERS or tab[0] != "mine"],
        "waiting": waiting_for(acting).count(),
        "late": late(acting),
        "states": states_of(acting),
        "kinds": kinds_for(institution.policy if institution else ""),
        "faculties": institution.faculties.all() if institution and acting.faculty_id is None else (),
        "proposes": may_start(acting),
        "attends": acting.role in PROPOSERS | CENTRE,
        "oversees": acting.role in WHOLE_INSTITUTION | OWN_FACULTY,
        "today": timezone.localdate(),
    }


def listing(found: QuerySet[Proposal]) -> Listing[Proposal]:
    """Return the list to take along."""
    return Listing(
        _("course proposals"),
        (
            Column(_("Reference"), lambda row: row.reference),
            Column(_("Course code"), lambda row: row.code),
            Column(_("Title in Malay"), lambda row: row.name_ms),
            Column(_("Title in English"), lambda row: row.name_en),
            Column(_("Kind of course"), lambda row: row.get_kind_display()),
            Column(_("Faculty or centre"), lambda row: row.faculty.code),
            Column(_("Developer"), lambda row: row.developer.name),
            Column(_("State"), lambda row: in_language(row.state_now().label)),
            Column(_("Since"), lambda row: row.state_since),
            Column(_("Due"), lambda row: row.due_on),
            Column(_("Handed in"), lambda row: row.submitted_at),
            Column(_("Registered"), lambda row: row.registered_at),
        ),
        found,
    )
