"""An application's file as staff see it: everything known of it, and what the role may do now."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.access import application_for, works_for
from portal.applications.actions.assessing import ARRANGERS, ASSESSORS, BY_OUTCOME, OPEN
from portal.applications.actions.deciding import AWARDS, STEP_OF, confirmed, open_claims
from portal.applications.actions.naming import NAMERS
from portal.applications.balance import balance_of
from portal.applications.conditions import conditions_of
from portal.applications.decided import current_decisions
from portal.applications.evaluation import kept_evaluation
from portal.applications.facts import facts_for, onsite_asked
from portal.applications.models import Agreement, Application, Claim, Decision
from portal.applications.periods import CLAUSES, doubts_of
from portal.applications.process import process_of, state_of, steps_for
from portal.applications.views.applicant_progress import (
    Outcome,
    holder_words,
    letters_of,
    orders_of,
    outcomes_of,
    stations_of,
)
from portal.applications.views.staff_queue import for_staff
from portal.records.register import entries_about
from portal.records.words import in_words
from portal.wording import in_language
from tauliah.policy.process import Step, facts_of, unmet
from tauliah.values.vocabulary import VOCABULARY

STAGE_OF = {step: stage for stage, step in STEP_OF.items()}
DAYS_TO_ANSWER = 14
"""The deadline that is suggested for more evidence."""
STAGES = {
    "recommendation": gettext_lazy("recommended by"),
    "decision": gettext_lazy("decided by"),
    "returned": gettext_lazy("decided, then returned, by"),
    "senate": gettext_lazy("Senate, recorded by"),
    "appeal": gettext_lazy("appeal decided by"),
}
"""Who gave a verdict as what."""


@require_safe
@for_staff
def file(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the file of an application; its applicant is led to the own page."""
    application = application_for(request.acting, pk)
    return page(request, application)


def page(
    request: ActingRequest, application: Application, refused: Refused | None = None, part: str = ""
) -> HttpResponse:
    """Show the file; after a refusal with what was typed, at the part where it was."""
    acting = request.acting
    assert acting is not None
    steps = {step.name: step for step in steps_for(acting, application)}
    evaluation = kept_evaluation(application)
    judged = {j.claim.pk: j for j in evaluation.claims} if evaluation else {}
    outcomes, given = outcomes_of(application, judged), taken(application)
    shown = {
        "application": application,
        "state": state_of(application),
        "holder": holder_words(state_of(application)),
        "stations": stations_of(application),
        "evaluation": evaluation,
        "report": evaluation.report if evaluation else None,
        "outcomes": [(outcome, given.get(outcome.claim.pk, ())) for outcome in outcomes],
        "balance": balance_of(application.student),
        "requests": application.requests.select_related("claim__target", "asked_by__person"),
        "documents": application.evidence.select_related("evidence", "claim__target").order_by("pk"),
        "letters": letters_of(acting, application),
        "orders": orders_of(application),
        "lodged": getattr(application, "appeal", None),
        "history": history(application),
        "may": steps,
        "nameable": nameable(acting, application),
        "agreements": Agreement.objects.filter(institution=application.institution),
        "conditions": conditions_of(application),
        "doubts": doubts_of(application),
        "period_clause": CLAUSES.get(application.policy, ""),
        **assessing(acting, application, [outcome.claim for outcome in outcomes]),
        "to_assess": to_assess(acting, application, outcomes),
        "missing_uphold": missing(acting, application, steps["uphold"]) if "uphold" in steps else (),
        "items": process_of(application).checklists.get("faculty", ()),
        "ticked": {key for key, tick in application.faculty_checklist.items() if tick},
        "suggested_day": (timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)).isoformat(),
        "deciding": deciding(request, acting, application, steps, again=part == "deciding"),
        "typed": request.POST,
        "named_now": named_now(request) if part == "naming" else None,
        "refused": refused,
        "part": part,
    }
    return render(request, "applications/staff_file.html", shown, status=422 if refused else 200)


def named_now(request: ActingRequest) -> int | None:
    """Return the claim of which something was named that was refused: what was typed stays."""
    return request.resolver_match.kwargs.get("number") if request.resolver_match else None


def missing(acting: Appointment, application: Application, step: Step) -> list[str]:
    """Return what a step still lacks, in words, before anybody presses it."""
    lacking = unmet(step, facts_for(application, acting, facts_of(step)))
    return [need.message.in_language(get_language() or "ms") for need in lacking]


def barred(acting: Appointment, application: Application, step: Step) -> str:
    """Return why a step is somebody else's to take, because the person decided before; or nothing."""
    need = next((need for need in step.needs if need.fact == "someone_else"), None)
    if need is None or facts_for(application, acting, [need.fact])[need.fact]:
        return ""
    return need.message.in_language(get_language() or "ms")


def assessing(acting: Appointment, application: Application, claims: list[Claim]) -> dict[str, set[int]]:
    """Return the claims that the person may assess now, arrange an assessment for, or mark by outcome."""
    there = works_for(acting, application) and application.state in OPEN
    asked = [claim for claim in claims if claim.withdrawn_at is None] if there else []
    records, arranges = acting.role in ASSESSORS | ARRANGERS, acting.role in ARRANGERS
    return {
        "assessable": {claim.pk for claim in asked if records},
        "arrangeable": {claim.pk for claim in asked if arranges},
        "by_outcome": {c.pk for c in asked if acting.role in ASSESSORS and c.basis in BY_OUTCOME},
    }


def to_assess(acting: Appointment, application: Application, outcomes: list[Outcome]) -> list[Outcome]:
    """Return the claims whose assessment is what the application waits for, for those who see to it."""
    if application.state != "assessment" or not works_for(acting, application):
        return []
    if acting.role not in ASSESSORS | ARRANGERS:
        return []
    asked = onsite_asked(application)
    return [
        outcome
        for outcome in outcomes
        if outcome.claim.withdrawn_at is None
        and (outcome.claim.target.code in asked or outcome.claim.basis in BY_OUTCOME or outcome.appointments)
    ]


def nameable(acting: Appointment, application: Application) -> set[int]:
    """Return the claims for which the person may name a replacement course or an agreement."""
    if acting.role not in NAMERS or not works_for(acting, application) or application.state == "withdrawn":
        return set()
    return set(application.claims.filter(withdrawn_at=None).values_list("pk", flat=True))


def taken(application: Application) -> dict[int, list[tuple[Decision, str]]]:
    """Return every verdict ever given with the words of its stage, by claim, oldest first."""
    given: dict[int, list[tuple[Decision, str]]] = {}
    found = Decision.objects.filter(claim__application=application).select_related(
        "decided_by__person", "decided_by__faculty", "decided_by__institution"
    )
    for decision in found.order_by("pk"):
        given.setdefault(decision.claim_id, []).append((decision, str(STAGES[decision.stage])))
    return given


def history(application: Application) -> list[dict[str, Any]]:
    """Return what the register says of the application, the newest first."""
    entries = entries_about(application).select_related("person").order_by("-number")
    steps = {f"applications.{step.name}": step.label for step in process_of(application).steps.values()}
    return [
        {
            "at": entry.at,
            "who": entry.person.name if entry.person else "",
            "what": in_language(steps[entry.action]) if entry.action in steps else in_words(entry.action),
            "reason": (entry.details or {}).get("reason", ""),
            "claim": ((entry.details or {}).get("after") or {}).get("claim", ""),
        }
        for entry in entries
    ]


def deciding(
    request: ActingRequest,
    acting: Appointment,
    application: Application,
    steps: dict[str, Step],
    *,
    again: bool,
) -> dict[str, Any] | None:
    """Return the form of the stage that the person may decide now, filled in as far as it was; or none."""
    stage = next((STAGE_OF[name] for name in steps if name in STAGE_OF), None)
    if stage is None:
        return None
    made = current_decisions(application, stage)
    recommended = current_decisions(application, "recommendation")
    typed = request.POST if again else {}
    rows = [
        row_of(claim, made.get(claim.pk), recommended.get(claim.pk), typed)
        for claim in open_claims(application, stage)
    ]
    return {
        "stage": stage,
        "step": steps[STEP_OF[stage]],
        "rows": rows,
        "barred": barred(acting, application, steps[STEP_OF[stage]]),
        "awards": [(award, in_language(VOCABULARY["award"][award])) for award in AWARDS],
        "grades": list(VOCABULARY["grade"]),
    }


def row_of(claim: Claim, made: Decision | None, before: Decision | None, typed: Any) -> dict[str, Any]:
    """Return a claim's row of the form: the recommendation, what was said before, what is filled in."""
    advised = confirmed(claim)
    given = {
        name: typed.get(f"{name}-{claim.pk}", kept)
        for name, kept in (
            ("outcome", made.outcome if made else ""),
            ("award", made.award if made else (advised.award if advised else "")),
            ("grade", made.grade if made else (advised.grade if advised else "")),
            ("reason", made.reason if made else ""),
        )
    }
    return {
        "claim": claim,
        "advised": advised,
        "advised_award": in_language(VOCABULARY["award"][advised.award]) if advised and advised.award else "",
        "made": made,
        "before": before,
        "field": f"claim-{claim.pk}",
        **given,
    }


def back(application: Application) -> HttpResponse:
    """Lead to the file again."""
    return redirect("applications:file", application.pk)
