"""An application after it was handed in: where it stands, what was decided, what can be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.applications.actions.appealing import appeal as lodge
from portal.applications.actions.submission import take_back, withdraw
from portal.applications.decided import final_decisions
from portal.applications.evaluation import Judged, kept_evaluation
from portal.applications.letters.access import letters_for
from portal.applications.letters.kinds import title_of
from portal.applications.models import Application, Claim, Decision, Letter, OnsiteAssessment, TranscriptEntry
from portal.applications.process import process_of, state_of, steps_for
from portal.applications.views.applicant_asking import (
    for_learners,
    gone_to,
    learner,
    own_application,
    version_of,
)
from portal.cases.answer import word
from portal.numbers import whole_numbers
from portal.payments.models import Order
from portal.records.models import Entry
from portal.records.register import entries_about
from portal.wording import in_language
from tauliah.policy.process import State
from tauliah.values.text import Text

LONGEST_REASON = 5_000
BESIDE = frozenset({"more_evidence", "second_look", "senate", "appeal_fee", "appeal", "closed", "withdrawn"})
"""States that not every application passes; they are shown once this one does."""


@dataclass(frozen=True, slots=True)
class Station:
    """A state on the way: reached when, and whether the application stands there now."""

    label: str
    holder: str
    days: int | None
    reached: datetime | None
    here: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A claim with what the engine said, what was decided, and what the transcript has of it."""

    claim: Claim
    judged: Judged | None
    decision: Decision | None
    entry: TranscriptEntry | None
    appointments: tuple[OnsiteAssessment, ...]

    @property
    def award(self) -> str:
        """The award in words."""
        return word("award", self.decision.award) if self.decision and self.decision.award else ""


def progress(request: ActingRequest, application: Application) -> HttpResponse:
    """Show where a submitted application stands."""
    evaluation = kept_evaluation(application)
    steps = {step.name for step in steps_for(request.acting, application)}
    state = state_of(application)
    judged = {j.claim.pk: j for j in evaluation.claims} if evaluation else {}
    outcomes = outcomes_of(application, judged)
    shown = {
        "application": application,
        "state": state,
        "holder": holder_words(state),
        "stations": stations_of(application),
        "outcomes": outcomes,
        "some_refused": any(o.decision and o.decision.outcome == "refused" for o in outcomes),
        "evaluation": evaluation,
        "report": evaluation.report if evaluation else None,
        "requests": application.requests.select_related("claim__target", "asked_by__person"),
        "letters": letters_of(request.acting, application),
        "orders": orders_of(application),
        "documents": application.evidence.select_related("evidence", "claim__target").order_by("pk"),
        "may": steps,
        "lodged": getattr(application, "appeal", None),
        "decided": application.decided_at is not None,
    }
    return render(request, "applications/applicant_progress.html", shown)


def letters_of(acting: Appointment | None, application: Application) -> list[tuple[Letter, Text]]:
    """Return the letters in force with what each is called, the newest first."""
    found = letters_for(acting).filter(application=application, replaced_by=None)
    return [(letter, title_of(letter.kind)) for letter in found]


def holder_words(state: State) -> str:
    """Name the role whose turn it is."""
    return str(Role(state.holder).label) if state.holder in Role.values else ""


def stations_of(application: Application) -> list[Station]:
    """Return the way of the application: what it passed, where it is, what usually follows."""
    reached = reached_states(application)
    stations = []
    for name, state in process_of(application).states.items():
        here = name == application.state
        if name in BESIDE and name not in reached and not here:
            continue
        at = reached.get(name) or (application.state_since if here else None)
        stations.append(Station(in_language(state.label), holder_words(state), state.days, at, here))
    return stations


def reached_states(application: Application) -> dict[str, datetime]:
    """Return when each state was last reached, as the register has it."""
    entries: QuerySet[Entry] = entries_about(application)
    reached: dict[str, datetime] = {"draft": application.created_at}
    for at, details in entries.values_list("at", "details"):
        state = ((details or {}).get("after") or {}).get("state")
        if state:
            reached[state] = at
    return reached


def orders_of(application: Application) -> list[Order]:
    """Return what is or was to be paid: for processing, for the transfer, for the appeal."""
    lodged = getattr(application, "appeal", None)
    orders = (application.order, application.transfer_order, lodged.order if lodged else None)
    return [order for order in orders if order is not None]


def outcomes_of(application: Application, judged: dict[int, Judged]) -> list[Outcome]:
    """Return each claim with what is known of it; a decision is shown once it stands."""
    decided = final_decisions(application) if application.decided_at else {}
    entries = {e.claim_id: e for e in TranscriptEntry.objects.filter(claim__application=application)}
    rows = (
        application.claims.select_related("target", "replacement")
        .prefetch_related("sources__study", "assessments__assessor__person")
        .order_by("position")
    )
    return [
        Outcome(
            claim,
            judged.get(claim.pk),
            decided.get(claim.pk),
            entries.get(claim.pk),
            tuple(a for a in claim.assessments.all() if not a.cancelled_at),
        )
        for claim in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def withdrawing(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask whether to withdraw the application, and withdraw it."""
    application = own_application(request, pk)
    if request.method != "POST":
        return confirm(request, application)
    try:
        withdraw(learner(request), application, version=version_of(request), reason=typed(request, "reason"))
    except Refused as refused:
        return confirm(request, application, refusal=str(refused.message), status=422)
    messages.success(
        request,
        _("Application %(reference)s was withdrawn.") % {"reference": application.reference},
    )
    return gone_to(request, "applications:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def taking_back(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Ask whether to take one claim back, and take it back."""
    application = own_application(request, pk)
    claim = get_object_or_404(application.claims.select_related("target", "application"), pk=number)
    if request.method != "POST":
        return confirm(request, application, claim=claim)
    try:
        take_back(learner(request), claim, version=version_of(request), reason=typed(request, "reason"))
    except Refused as refused:
        return confirm(request, application, claim=claim, refusal=str(refused.message), status=422)
    messages.success(request, _("%(course)s was taken back.") % {"course": claim.target.code})
    return gone_to(request, "applications:detail", pk)


def confirm(
    request: ActingRequest,
    application: Application,
    *,
    claim: Claim | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show what cannot be undone, before it is done."""
    may = any(step.name == "withdraw" for step in steps_for(request.acting, application))
    shown = {
        "application": application,
        "claim": claim,
        "may": may,
        "refusal": refusal,
        "reason": typed(request, "reason"),
    }
    return render(request, "applications/applicant_withdraw.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def appealing(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the one appeal's form, or lodge it."""
    application = own_application(request, pk)
    refused = [d for d in final_decisions(application).values() if d.outcome == Decision.Outcome.REFUSED]
    may = any(step.name == "appeal" for step in steps_for(request.acting, application))
    chosen = whole_numbers(request.POST.getlist("claims"))
    shown: dict[str, Any] = {
        "application": application,
        "refused": refused if application.decided_at else [],
        "may": may and getattr(application, "appeal", None) is None,
        "chosen": chosen,
        "grounds": typed(request, "grounds"),
    }
    if request.method != "POST":
        return render(request, "applications/applicant_appeal.html", shown)
    try:
        lodge(learner(request), application, chosen, shown["grounds"], version=version_of(request))
    except Refused as problem:
        shown |= {"problem": str(problem.message), "field": problem.field or ""}
        return render(request, "applications/applicant_appeal.html", shown, status=422)
    messages.success(request, _("Your appeal was lodged."))
    return gone_to(request, "applications:detail", pk)


def typed(request: ActingRequest, name: str) -> str:
    """Return a text that was typed, without what cannot be shown."""
    text = request.POST.get(name, "")[:LONGEST_REASON]
    return "".join(c if c.isprintable() or c in "\r\n\t" else " " for c in text).strip()
