"""What a student asks beside an application: approval beforehand, and to attend a course after all."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import Refused
from portal.applications.actions.asking import ask_approval, ask_attendance, withdraw_approval
from portal.applications.balance import balance_of
from portal.applications.forms_approval import ApprovalForm, approvable
from portal.applications.models import AttendanceRequest, PriorApproval, TranscriptEntry
from portal.applications.views.applicant_asking import for_learners, gone_to, learner, version_of
from portal.applications.views.applicant_list import enrolments
from portal.applications.views.applicant_progress import typed
from portal.catalogue.models import Student

PER_PAGE = 25


def own_approvals(request: ActingRequest) -> QuerySet[PriorApproval]:
    """Return what the person asked approval for at the institution they act for."""
    acting = learner(request)
    own = PriorApproval.objects.filter(student__person=acting.person, institution=acting.institution)
    return own.select_related("target", "student__programme")


@require_safe
@for_learners
def approvals(request: ActingRequest) -> HttpResponse:
    """List the questions for approval beforehand with their answers."""
    page = Paginator(own_approvals(request), PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "may_ask": any(may_ask(student) for student in enrolments(request))}
    return render(request, "applications/applicant_approvals.html", shown)


def may_ask(student: Student) -> bool:
    """Whether the policy wants some courses approved beforehand."""
    return bool(approvable(student.programme.institution.policy))


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def approval_new(request: ActingRequest) -> HttpResponse:
    """Ask for approval of a MOOC or micro-credential that is still to be taken."""
    own = [student for student in enrolments(request) if may_ask(student)]
    if not own:
        raise Http404
    asked = request.POST.get("student") or request.GET.get("student")
    student = next((s for s in own if str(s.pk) == asked), own[0])
    form = ApprovalForm(student, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_approval(learner(request), student, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused.message))
        else:
            messages.success(request, _("The faculty has been asked. The answer comes as a notice."))
            return gone_to(request, "applications:approvals")
    shown = {"form": form, "student": student, "enrolments": own}
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/applicant_approval_new.html", shown, status=status)


@require_POST
@for_learners
def approval_withdraw(request: ActingRequest, number: int) -> HttpResponse:
    """Take a question for approval back."""
    approval = get_object_or_404(own_approvals(request), pk=number)
    try:
        withdraw_approval(learner(request), approval, version=version_of(request))
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The question was taken back."))
    return gone_to(request, "applications:approvals")


@require_safe
@for_learners
def transcript(request: ActingRequest) -> HttpResponse:
    """Show what was granted, as earned and as it counts here, and how far each limit is filled."""
    asked = Prefetch("attendance_requests", AttendanceRequest.objects.order_by("-asked_at"))
    records = []
    for student in enrolments(request):
        entries = student.transcript.select_related("course", "claim__application", "semester")
        records.append((student, list(entries.prefetch_related(asked)), balance_of(student)))
    return render(request, "applications/applicant_transcript.html", {"records": records})


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def attend(request: ActingRequest, number: int) -> HttpResponse:
    """Ask to take a course after all although credit was given for it (UTHM 8)."""
    acting = learner(request)
    own = TranscriptEntry.objects.filter(
        student__person=acting.person, student__programme__institution=acting.institution
    )
    entry = get_object_or_404(own.select_related("course", "student__programme__institution"), pk=number)
    reason = typed(request, "reason")
    shown: dict[str, Any] = {"entry": entry, "reason": reason}
    if request.method != "POST":
        return render(request, "applications/applicant_attend.html", shown)
    try:
        ask_attendance(acting, entry, reason)
    except Refused as refused:
        shown["problem"] = str(refused.message)
        return render(request, "applications/applicant_attend.html", shown, status=422)
    messages.success(request, _("The faculty has been asked. Attend only once it has agreed."))
    return gone_to(request, "applications:transcript")
