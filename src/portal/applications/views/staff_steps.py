"""What staff do on an application's file: check documents, ask for evidence, recommend and decide."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.access import application_for
from portal.applications.actions.deciding import Verdict, confirmed, decide, look_again, open_claims
from portal.applications.actions.evidence import accept_documents, ask_evidence, tick
from portal.applications.actions.steps import must_be_theirs
from portal.applications.models import Application
from portal.applications.process import process_of, state_of
from portal.applications.views.applicant_asking import version_of
from portal.applications.views.applicant_progress import typed
from portal.applications.views.staff_file import STAGE_OF, back, page
from portal.applications.views.staff_queue import for_staff
from portal.numbers import whole_number
from portal.wording import in_language

Doing = Callable[[Appointment, Application], Any]


def done(request: ActingRequest, pk: int, part: str, do: Doing, message: str = "") -> HttpResponse:
    """Do something to an application and lead back to its file; a refusal is shown where it was typed."""
    acting = request.acting
    assert acting is not None
    application = application_for(acting, pk)
    try:
        do(acting, application)
    except Refused as refused:
        return page(request, application_for(acting, pk), refused, part)
    now = application_for(acting, pk)
    moved = now.state != application.state
    told = _("The application now stands at “%(state)s”.") % {"state": in_language(state_of(now).label)}
    messages.success(request, told if moved else message or _("Saved."))
    return back(application)


@require_POST
@for_staff
def checking(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep the checklist as far as it is ticked, and accept the documents where that was pressed."""

    def do(acting: Appointment, application: Application) -> None:
        must_be_theirs(acting, application, "accept_documents")
        version = version_of(request)
        items = process_of(application).checklists.get("faculty", ())
        if items:
            ticks = {item.key: item.key in request.POST.getlist("item") for item in items}
            version = tick(acting, application, ticks, version=version).version
        if "accept" in request.POST:
            accept_documents(acting, application, version=version)

    return done(request, pk, "checking", do)


@require_POST
@for_staff
def asking(request: ActingRequest, pk: int) -> HttpResponse:
    """Return the application for more evidence, with a deadline."""

    def do(acting: Appointment, application: Application) -> None:
        must_be_theirs(acting, application, "ask_evidence")
        claim = application.claims.filter(pk=whole_number(request.POST.get("claim", "")) or 0).first()
        ask_evidence(
            acting,
            application,
            typed(request, "text"),
            day_of(request.POST.get("due_on", "")),
            version=version_of(request),
            claim=claim,
        )

    return done(request, pk, "asking", do)


@require_POST
@for_staff
def deciding(request: ActingRequest, pk: int, stage: str) -> HttpResponse:
    """Keep the verdicts that were given on some claims or all."""
    if stage not in STAGE_OF.values():
        raise NotAllowed

    def do(acting: Appointment, application: Application) -> None:
        given = verdicts(request, application, stage)
        if not given:
            raise Refused(_("Choose a verdict on at least one course."))
        decide(acting, application, stage, given, version=version_of(request))

    return done(request, pk, "deciding", do, _("The verdicts are kept; some courses are still open."))


def verdicts(request: ActingRequest, application: Application, stage: str) -> dict[int, Verdict]:
    """Return what was chosen on the form, by claim; claims left alone are left open."""
    if stage == "appeal" and getattr(application, "appeal", None) is None:
        return {}
    given = {}
    for claim in open_claims(application, stage):
        chosen = request.POST.get(f"outcome-{claim.pk}", "")
        if not chosen:
            continue
        reason = typed(request, f"reason-{claim.pk}")
        advised = confirmed(claim)
        if chosen == "confirm" and advised is not None:
            given[claim.pk] = Verdict(advised.outcome, advised.award, advised.grade, reason)
        else:
            award = request.POST.get(f"award-{claim.pk}", "")
            given[claim.pk] = Verdict(chosen, award, request.POST.get(f"grade-{claim.pk}", ""), reason)
    return given


@require_POST
@for_staff
def looking_again(request: ActingRequest, pk: int) -> HttpResponse:
    """Uphold refusals as the second pair of eyes, or return the application."""

    def do(acting: Appointment, application: Application) -> None:
        upheld = request.POST.get("upheld") == "yes"
        look_again(
            acting, application, upheld=upheld, version=version_of(request), reason=typed(request, "reason")
        )

    return done(request, pk, "looking", do)


def day_of(text: str) -> date:
    """Return a day that was typed; raises ``Refused`` for what is none."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("Choose the day by which it is needed."), "due_on")
    return found
