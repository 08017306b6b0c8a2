"""The queue of those who work with applications: what waits, what is late, handed over in bulk, exported."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.access import OWN_FACULTY, STAFF
from portal.applications.actions.bulk import STAGE_OF
from portal.applications.actions.handing import HANDERS, hand_over
from portal.applications.models import Application
from portal.applications.process import state_of
from portal.applications.queue import Asked, queue_for, states_there, waiting_for
from portal.exports.listing import FORM, Column, Listing, exported
from portal.numbers import whole_numbers
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

PER_PAGE = 25
for_staff = for_roles(*STAFF)
TABS = (
    ("mine", gettext_lazy("Waiting for my role")),
    ("handled", gettext_lazy("Handled by me")),
    ("all", gettext_lazy("All applications")),
    ("ended", gettext_lazy("Ended")),
)


@require_safe
@for_staff
def queue(request: ActingRequest) -> HttpResponseBase:
    """Show the applications that wait for the role, or others by the filters; ``?form=xlsx`` exports them."""
    acting = request.acting
    assert acting is not None
    asked = Asked.of(request.GET, acting)
    found = queue_for(acting, asked)
    if FORM in request.GET:
        return exported(listing(found), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "applications/staff_queue.html", shown(request, acting, asked, page))


def shown(request: ActingRequest, acting: Appointment, asked: Asked, page: Any) -> dict[str, Any]:
    """Return what the page shows."""
    query = request.GET.copy()
    query.pop("page", None)
    today = timezone.localdate()
    institution = acting.institution
    return {
        "page": page,
        "rows": [(application, state_of(application)) for application in page],
        "asked": asked,
        "filtered": any((asked.state, asked.words, asked.faculty, asked.basis, asked.due)),
        "tabs": [(name, label) for name, label in TABS],
        "waiting": waiting_for(acting).count(),
        "late": waiting_for(acting).filter(due_on__lt=today).count(),
        "states": states_there(acting),
        "bases": [(name, label) for name, label in VOCABULARY["basis"].items()],
        "faculties": institution.faculties.all() if institution and acting.faculty_id is None else (),
        "bulk_open": acting.role in STAGE_OF,
        "handlers": handlers(acting) if acting.role in HANDERS else (),
        "query": query.urlencode(),
        "today": today,
    }


def handlers(acting: Appointment) -> Any:
    """Return those to whom work may be handed: the faculty's own people, today."""
    there = Appointment.objects.filter(institution=acting.institution, role__in=OWN_FACULTY)
    if acting.faculty_id:
        there = there.filter(faculty=acting.faculty_id)
    return there.in_force(timezone.localdate()).select_related("person", "faculty").order_by("person__name")


def listing(found: Any) -> Listing[Application]:
    """Return the queue as a list to take along."""
    return Listing(
        gettext_lazy("applications"),
        (
            Column(gettext_lazy("Reference"), lambda row: row.reference),
            Column(gettext_lazy("Matric number"), lambda row: row.student.matric),
            Column(gettext_lazy("Student"), lambda row: row.student.person.name),
            Column(gettext_lazy("Programme"), lambda row: row.programme.code),
            Column(gettext_lazy("Faculty"), lambda row: row.faculty.code if row.faculty else ""),
            Column(gettext_lazy("Claims"), lambda row: row.claim_count),
            Column(gettext_lazy("State"), lambda row: in_language(state_of(row).label)),
            Column(gettext_lazy("Since"), lambda row: row.state_since),
            Column(gettext_lazy("Due"), lambda row: row.due_on),
            Column(gettext_lazy("Handled by"), lambda row: row.handler.person.name if row.handler else ""),
        ),
        found,
    )


@require_POST
@for_staff
def hand(request: ActingRequest) -> HttpResponse:
    """Hand the ticked applications to somebody."""
    acting = request.acting
    assert acting is not None
    back = f"{redirect('applications:queue').url}?{request.POST.get('query', '')}"
    ticked = whole_numbers(request.POST.getlist("application"))
    handler = next((h for h in handlers(acting) if str(h.pk) == request.POST.get("handler")), None)
    if not ticked or handler is None:
        messages.error(request, _("Tick the applications and choose a person."))
        return redirect(back)
    try:
        changed = hand_over(acting, ticked, handler)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        told = ngettext(
            "%(n)s application handed to %(person)s.", "%(n)s applications handed to %(person)s.", changed
        )
        messages.success(request, told % {"n": changed, "person": handler.person.name})
    return redirect(back)
