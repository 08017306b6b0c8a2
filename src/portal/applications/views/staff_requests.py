"""What students ask beside an application, as staff see it: approvals beforehand, attending after all."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.access import REGISTER_READERS, answers_for, approvals_for, attendance_for
from portal.applications.actions.answering import answer_approval, answer_attendance
from portal.applications.forms_oversight import AnswerForm, ApprovalAnswerForm
from portal.applications.models import AttendanceRequest, PriorApproval
from portal.exports.listing import FORM, Column, Listing, exported
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

PER_PAGE = 25
for_readers = for_roles(*REGISTER_READERS)
TABS = (("asked", gettext_lazy("Waiting")), ("answered", gettext_lazy("Answered")))


def asked_for(request: ActingRequest) -> tuple[Appointment, str, str]:
    """Return who reads, which tab, which words."""
    assert request.acting is not None
    words = " ".join(request.GET.get("words", "").split())[:100]
    show = request.GET.get("show", "asked")
    return request.acting, show if show in {"asked", "answered"} else "asked", words


def listed(
    request: ActingRequest, found: QuerySet[Any], listing: Listing[Any], **more: Any
) -> HttpResponseBase:
    """Show a page of what was asked, or send all of it as a file."""
    acting, show, words = asked_for(request)
    if FORM in request.GET:
        return exported(listing, request.GET[FORM])
    shown = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": TABS,
        "show": show,
        "words": words,
        "today": timezone.localdate(),
        "waiting_approvals": approvals_for(acting).filter(state=PriorApproval.State.ASKED).count(),
        "waiting_attendance": attendance_for(acting).filter(state=AttendanceRequest.State.ASKED).count(),
    }
    return render(request, "applications/staff_requests.html", shown | more)


@require_safe
@for_readers
def approval_queue(request: ActingRequest) -> HttpResponseBase:
    """List the questions for approval beforehand, the oldest that wait first (UTHM 23)."""
    acting, show, words = asked_for(request)
    found = approvals_for(acting).select_related(
        "student__person", "student__programme", "target", "decided_by__person"
    )
    found = found.filter(state="asked") if show == "asked" else found.exclude(state="asked")
    if words:
        found = found.filter(
            Q(title__icontains=words)
            | Q(provider__icontains=words)
            | Q(target__code__icontains=words)
            | Q(student__person__name__icontains=words)
            | Q(student__matric__icontains=words)
        )
    found = found.order_by("asked_at" if show == "asked" else "-decided_at", "pk")
    return listed(request, found, approvals_listing(found), kind="approvals")


def approvals_listing(found: QuerySet[PriorApproval]) -> Listing[PriorApproval]:
    """Return the questions as a file to take along."""
    return Listing(
        gettext_lazy("approvals beforehand"),
        (
            Column(gettext_lazy("Student"), lambda row: row.student.person.name),
            Column(gettext_lazy("Matric number"), lambda row: row.student.matric),
            Column(
                gettext_lazy("Kind"), lambda row: in_language(VOCABULARY["basis"].get(row.basis, row.basis))
            ),
            Column(gettext_lazy("Course title"), lambda row: row.title),
            Column(gettext_lazy("Provider"), lambda row: row.provider),
            Column(gettext_lazy("Target"), lambda row: row.target.code),
            Column(gettext_lazy("Asked on"), lambda row: row.asked_at),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Valid until"), lambda row: row.valid_until),
            Column(
                gettext_lazy("Answered by"), lambda row: row.decided_by.person.name if row.decided_by else ""
            ),
            Column(gettext_lazy("Reason"), lambda row: row.reason),
        ),
        found,
    )


@require_safe
@for_readers
def attendance_queue(request: ActingRequest) -> HttpResponseBase:
    """List the requests to attend a course after all, the oldest that wait first (UTHM 8.2)."""
    acting, show, words = asked_for(request)
    found = attendance_for(acting).select_related(
        "entry__student__person", "entry__student__programme", "entry__course", "decided_by__person"
    )
    found = found.filter(state="asked") if show == "asked" else found.exclude(state="asked")
    if words:
        found = found.filter(
            Q(entry__course__code__icontains=words)
            | Q(entry__student__person__name__icontains=words)
            | Q(entry__student__matric__icontains=words)
        )
    found = found.order_by("asked_at" if show == "asked" else "-decided_at", "pk")
    return listed(request, found, attendance_listing(found), kind="attendance")


def attendance_listing(found: QuerySet[AttendanceRequest]) -> Listing[AttendanceRequest]:
    """Return the requests as a file to take along."""
    return Listing(
        gettext_lazy("requests to attend"),
        (
            Column(gettext_lazy("Student"), lambda row: row.entry.student.person.name),
            Column(gettext_lazy("Matric number"), lambda row: row.entry.student.matric),
            Column(gettext_lazy("Course"), lambda row: row.entry.course.code),
            Column(gettext_lazy("Asked on"), lambda row: row.asked_at),
            Column(gettext_lazy("Why"), lambda row: row.reason),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(
                gettext_lazy("Answered by"), lambda row: row.decided_by.person.name if row.decided_by else ""
            ),
            Column(gettext_lazy("Reason"), lambda row: row.decision_reason),
        ),
        found,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def approval(request: ActingRequest, number: int) -> HttpResponse:
    """Show a question for approval beforehand, and answer it."""
    acting, _show, _words = asked_for(request)
    found = get_object_or_404(
        approvals_for(acting).select_related(
            "student__person", "student__programme__institution", "target", "decided_by__person"
        ),
        pk=number,
    )
    form = ApprovalAnswerForm(request.POST if request.method == "POST" else None)
    shown = {
        "kind": "approvals",
        "asked": found,
        "student": found.student,
        "basis": in_language(VOCABULARY["basis"].get(found.basis, found.basis)),
        "begun": found.starts_on is not None and found.starts_on <= timezone.localdate(),
    }
    return answering(request, form, shown, lambda: answer_approval(acting, found, form.answer()))


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def attendance(request: ActingRequest, number: int) -> HttpResponse:
    """Show a request to attend after all, and answer it."""
    acting, _show, _words = asked_for(request)
    found = get_object_or_404(
        attendance_for(acting).select_related(
            "entry__student__person",
            "entry__student__programme__institution",
            "entry__course",
            "entry__claim",
            "decided_by__person",
        ),
        pk=number,
    )
    form = AnswerForm(request.POST if request.method == "POST" else None)
    shown = {"kind": "attendance", "asked": found, "student": found.entry.student}
    return answering(request, form, shown, lambda: answer_attendance(acting, found, form.answer()))


def answering(
    request: ActingRequest, form: AnswerForm, shown: dict[str, Any], answer: Callable[[], Any]
) -> HttpResponse:
    """Show what is asked with its form, or keep the answer."""
    kind = shown["kind"]
    if request.method == "POST" and form.is_valid():
        try:
            answer()
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            messages.success(request, _("The answer is kept and the student has been told."))
            return redirect(
                "applications:approval_queue" if kind == "approvals" else "applications:attendance_queue"
            )
    waiting = shown["asked"].state == "asked"
    shown |= {"form": form, "may_answer": waiting and answers_for(request.acting, shown["student"])}
    status = 422 if form.is_bound else 200
    return render(request, "applications/staff_request.html", shown, status=status)
