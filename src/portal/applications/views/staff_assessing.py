"""On-site assessments arranged, held, recorded and cancelled; learning outcomes assessed for APEL.C."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.access import application_for, claim_for, works_for
from portal.applications.actions.assessing import (
    ASSESSORS,
    KINDS,
    Mark,
    Sitting,
    arrange,
    assess_outcomes,
    cancel,
    mark,
)
from portal.applications.models import Application, Claim, OnsiteAssessment
from portal.applications.views.applicant_asking import version_of
from portal.applications.views.applicant_progress import typed
from portal.applications.views.staff_queue import for_staff
from portal.applications.views.staff_steps import done
from portal.numbers import whole_number
from tauliah.values.vocabulary import VOCABULARY

KIND_WORDS = {
    "oral": gettext_lazy("Oral"),
    "written": gettext_lazy("Written"),
    "product": gettext_lazy("Product"),
    "performance": gettext_lazy("Performance"),
}
"""The kinds of face-to-face assessment (UTM 6.3.12)."""


def assessors(application: Application) -> list[Appointment]:
    """Return those of the faculty who may assess, by name."""
    there = Appointment.objects.filter(institution=application.institution, role__in=ASSESSORS)
    held = there.in_force(timezone.localdate()).select_related("person", "faculty").order_by("person__name")
    return [appointment for appointment in held if works_for(appointment, application)]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def arranging(request: ActingRequest, number: int) -> HttpResponse:
    """Show the form that arranges an assessment of one claim, or arrange it."""
    claim = claim_for(request.acting, number)
    acting = request.acting
    assert acting is not None
    shown: dict[str, Any] = {
        "claim": claim,
        "application": claim.application,
        "kinds": [(kind, KIND_WORDS[kind]) for kind in KINDS],
        "assessors": assessors(claim.application),
        "typed": request.POST,
        "chosen": request.POST.getlist("kind"),
    }
    if request.method == "POST":
        try:
            arrange(acting, claim, sitting_of(request, claim), version=version_of(request))
        except Refused as refused:
            shown["refused"] = refused
            return render(request, "applications/staff_arrange.html", shown, status=422)
        messages.success(request, _("The assessment is arranged; the student is told."))
        return redirect("applications:file", claim.application.pk)
    return render(request, "applications/staff_arrange.html", shown)


def sitting_of(request: ActingRequest, claim: Claim) -> Sitting:
    """Return what was typed; raises ``Refused`` with the field."""
    at = moment_of(request.POST.get("at", ""))
    place = typed(request, "place")
    if not place:
        raise Refused(_("Say where it takes place."), "place")
    chosen = whole_number(request.POST.get("assessor", ""))
    assessor = next((one for one in assessors(claim.application) if one.pk == chosen), None)
    if assessor is None:
        raise Refused(_("Choose an assessor of this faculty."), "assessor")
    return Sitting(at, place[:200], request.POST.getlist("kind"), assessor)


def moment_of(text: str) -> datetime:
    """Return a date and time that were typed, in the local time; raises ``Refused``."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("Choose date and time."), "at")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def recording(request: ActingRequest, number: int) -> HttpResponse:
    """Show the form of an assessment's result with the check of identity, or record it."""
    assessment = assessment_for(request, number)
    acting = request.acting
    assert acting is not None
    application = assessment.claim.application
    shown: dict[str, Any] = {
        "assessment": assessment,
        "application": application,
        "kinds": [KIND_WORDS[kind] for kind in assessment.kinds if kind in KIND_WORDS],
        "grades": list(VOCABULARY["grade"]),
        "typed": request.POST,
    }
    if request.method == "POST":
        try:
            mark(acting, assessment, mark_of(request), version=version_of(request))
        except Refused as refused:
            shown["refused"] = refused
            return render(request, "applications/staff_assessment.html", shown, status=422)
        messages.success(request, _("The result is recorded."))
        return redirect("applications:file", application.pk)
    return render(request, "applications/staff_assessment.html", shown)


def assessment_for(request: ActingRequest, number: int) -> OnsiteAssessment:
    """Return an assessment of an application that the person may see; raises ``Http404``."""
    held = OnsiteAssessment.objects.select_related("claim__target", "assessor__person")
    found = held.filter(pk=number).first()
    if found is None:
        raise Http404
    found.claim.application = application_for(request.acting, found.claim.application_id)
    return found


def mark_of(request: ActingRequest) -> Mark:
    """Return the result that was typed; raises ``Refused`` with the field."""
    attended = request.POST.get("attended")
    if attended not in {"yes", "no"}:
        raise Refused(_("Say whether the student came."), "attended")
    return Mark(
        attended=attended == "yes",
        identity_document=typed(request, "identity_document")[:60],
        mark=percent_of(request.POST.get("mark", ""), "mark"),
        grade=request.POST.get("grade", ""),
        comment=typed(request, "comment"),
    )


def percent_of(text: str, field: str) -> Decimal | None:
    """Return a percentage that was typed, None where nothing was; raises ``Refused``."""
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= 100:
        raise Refused(_("A mark lies between 0 and 100."), field)
    return round(number, 2)


@require_POST
@for_staff
def cancelling(request: ActingRequest, number: int) -> HttpResponse:
    """Cancel an assessment that has not been held."""
    assessment = assessment_for(request, number)

    def do(acting: Appointment, application: Application) -> None:
        cancel(acting, assessment, version=version_of(request), reason=typed(request, "reason"))

    return done(request, assessment.claim.application.pk, "assessing", do, _("The assessment is cancelled."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def outcomes(request: ActingRequest, number: int) -> HttpResponse:
    """Show the assessment of each learning outcome of a claim (APEL.C), or keep what was marked."""
    claim = claim_for(request.acting, number)
    acting = request.acting
    assert acting is not None
    kept = {assessment.outcome_id: assessment for assessment in claim.outcome_assessments.all()}
    rows = [
        {
            "outcome": outcome,
            "percent": request.POST.get(f"percent-{outcome.pk}", held.percent if held else ""),
            "instrument": request.POST.get(f"instrument-{outcome.pk}", held.instrument if held else ""),
            "comment": request.POST.get(f"comment-{outcome.pk}", held.comment if held else ""),
        }
        for outcome in claim.target.outcomes.all()
        for held in (kept.get(outcome.pk),)
    ]
    shown: dict[str, Any] = {"claim": claim, "application": claim.application, "rows": rows}
    if request.method == "POST":
        try:
            assess_outcomes(acting, claim, marks_of(request, claim), version=version_of(request))
        except Refused as refused:
            shown["refused"] = refused
            return render(request, "applications/staff_outcomes.html", shown, status=422)
        messages.success(request, _("The assessment of the outcomes is kept."))
        return redirect("applications:file", claim.application.pk)
    return render(request, "applications/staff_outcomes.html", shown)


def marks_of(request: ActingRequest, claim: Claim) -> dict[int, tuple[Decimal, str, str]]:
    """Return what was marked, by outcome; outcomes left empty are left open."""
    marks = {}
    for outcome in claim.target.outcomes.all():
        field = f"percent-{outcome.pk}"
        percent = percent_of(request.POST.get(field, ""), field)
        if percent is not None:
            marks[outcome.pk] = (
                percent,
                typed(request, f"instrument-{outcome.pk}")[:120],
                typed(request, f"comment-{outcome.pk}"),
            )
    if not marks:
        raise Refused(_("Mark at least one learning outcome."))
    return marks
