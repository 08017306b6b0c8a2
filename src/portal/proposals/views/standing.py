"""The report of where each course stands in the procedure: what it lacks, how far it is, what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.exports.listing import FORM, Column, Listing, exported
from portal.processes.declared import process_called
from portal.proposals.access import OWN_FACULTY, WHOLE_INSTITUTION, proposals_for
from portal.proposals.criteria import PANEL, Sort
from portal.proposals.models import Evaluation, Kind, Milestone, Proposal
from portal.proposals.progress import progress_of
from portal.proposals.views.course import acting_of, holder_words
from portal.wording import in_language

PER_PAGE = 25
ENDED = ("rejected", "withdrawn")
for_overseers = for_roles(*sorted(WHOLE_INSTITUTION | OWN_FACULTY))
LACKS = (
    ("panel", _("Without a panel evaluation")),
    ("self", _("Without a self-evaluation")),
    ("content", _("Content not checked")),
    ("late", _("Late")),
)
"""What the report is narrowed down to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of the report asks for; anything empty asks for all."""

    words: str = ""
    state: str = ""
    kind: str = ""
    faculty: str = ""
    lacks: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Read a query string."""
        return cls(**{name: " ".join(query.get(name, "").split())[:100] for name in cls.__slots__})


@require_safe
@for_overseers
def listing(request: ActingRequest) -> HttpResponseBase:
    """Show where each course stands; ``?form=xlsx`` sends the report as a file."""
    acting, asked = acting_of(request), Asked.of(request.GET)
    found = narrowed(everything(acting), asked)
    if FORM in request.GET:
        return exported(listed(found), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    institution = acting.institution
    process = process_called(institution.policy if institution else "", "course_development")
    shown = {
        "page": page,
        "rows": [row_of(each) for each in page],
        "asked": asked,
        "filtered": any((asked.words, asked.state, asked.kind, asked.faculty, asked.lacks)),
        "states": [(state.name, state.label) for state in process.states.values() if state.name != "draft"],
        "kinds": Kind.choices,
        "lacks": LACKS,
        "faculties": institution.faculties.all() if institution and acting.faculty_id is None else (),
        "total": found.count(),
        "process": process,
    }
    return render(request, "proposals/standing.html", shown)


def everything(acting: Appointment) -> QuerySet[Proposal]:
    """Return what was submitted and somebody sees, with what a row says."""
    handed_in = Evaluation.objects.filter(proposal=OuterRef("pk"), submitted_at__isnull=False)
    today = timezone.localdate()
    late = Milestone.objects.filter(
        proposal=OuterRef("pk"), done_on=None, started_on__isnull=False, due_on__lt=today
    )
    return (
        proposals_for(acting)
        .filter(submitted_at__isnull=False)
        .annotate(
            has_self=Exists(handed_in.filter(sort=Sort.SELF)),
            has_panel=Exists(handed_in.filter(sort__in=PANEL)),
            has_content=Exists(handed_in.filter(sort=Sort.CONTENT_CHECK)),
            milestone_late=Exists(late),
        )
        .select_related("faculty", "developer", "institution")
        .prefetch_related("milestones")
        .order_by("due_on", "reference")
    )


def narrowed(found: QuerySet[Proposal], asked: Asked) -> QuerySet[Proposal]:
    """Keep what fits the filters."""
    if asked.words:
        found = found.filter(
            Q(reference__icontains=asked.words)
            | Q(code__icontains=asked.words)
            | Q(name_ms__icontains=asked.words)
            | Q(name_en__icontains=asked.words)
            | Q(developer__name__icontains=asked.words)
        )
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.faculty.isdecimal():
        found = found.filter(faculty=int(asked.faculty[:18]))
    return lacking(found, asked.lacks)


def lacking(found: QuerySet[Any], what: str) -> QuerySet[Any]:
    """Keep the courses that lack something and have not ended."""
    open_: QuerySet[Any] = found.exclude(state__in=ENDED)
    match what:
        case "panel":
            return open_.filter(has_panel=False)
        case "self":
            return open_.filter(has_self=False)
        case "content":
            return open_.filter(has_content=False)
        case "late":
            today = timezone.localdate()
            due = Q(due_on__lt=today) & ~Q(state="registered")
            return open_.filter(due | Q(milestone_late=True) & ~Q(state="registered"))
    return found


def row_of(each: Any) -> dict[str, Any]:
    """Return a course as the report shows it."""
    today: date = timezone.localdate()
    progress = progress_of(each) if each.milestones.all() else None
    return {
        "proposal": each,
        "state": each.state_now(),
        "holder": holder_words(each),
        "percent": progress["progress_percent"] if progress else None,
        "late": each.state != "registered" and bool(each.due_on and each.due_on < today),
        "milestone_late": each.state != "registered" and each.milestone_late,
    }


def listed(found: QuerySet[Proposal]) -> Listing[Any]:
    """Return the report as a list to take along."""
    return Listing(
        _("where courses stand"),
        (
            Column(_("Reference"), lambda row: row["proposal"].reference),
            Column(_("Course code"), lambda row: row["proposal"].code),
            Column(_("Course"), lambda row: row["proposal"].name),
            Column(_("Kind"), lambda row: row["proposal"].get_kind_display()),
            Column(_("Faculty"), lambda row: row["proposal"].faculty.code),
            Column(_("Developer"), lambda row: row["proposal"].developer.name),
            Column(_("State"), lambda row: in_language(row["state"].label)),
            Column(_("With"), lambda row: row["holder"]),
            Column(_("Since"), lambda row: row["proposal"].state_since),
            Column(_("Due"), lambda row: row["proposal"].due_on),
            Column(_("Progress in per cent"), lambda row: row["percent"]),
            Column(_("Self-evaluation"), lambda row: row["proposal"].has_self),
            Column(_("Panel"), lambda row: row["proposal"].has_panel),
            Column(_("Check of content"), lambda row: row["proposal"].has_content),
            Column(_("Late"), lambda row: row["late"] or row["milestone_late"]),
        ),
        (row_of(each) for each in found),
    )
