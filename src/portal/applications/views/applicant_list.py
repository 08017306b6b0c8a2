"""The applicant's own applications, and beginning a new one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.applications import drafting
from portal.applications.access import own_applications
from portal.applications.brought import bring, brought_case
from portal.applications.models import Application
from portal.applications.process import state_of
from portal.applications.views.applicant_asking import for_learners, gone_to, learner
from portal.cases.link import LARGEST_CASE
from portal.catalogue.models import Student
from portal.packs import packs

PER_PAGE = 25
BROUGHT = "applications.brought"
"""Where the session keeps a case from the eligibility check until somebody has logged in."""


@require_safe
@for_people
def mine(request: ActingRequest) -> HttpResponse:
    """List what the person applied for; those who work with applications find their queue instead."""
    if request.acting is not None and not request.acting.is_learner:
        return redirect(queue_or("home"))
    found = own_applications(request.acting) if request.acting else Application.objects.none()
    rows = found.select_related("programme", "institution").order_by("-created_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [(application, state_of(application)) for application in page],
        "may_start": request.acting is not None and enrolments(request).exists(),
    }
    return render(request, "applications/applicant_mine.html", shown)


def queue_or(otherwise: str) -> str:
    """Return the address of the staff's queue, where this installation has it."""
    try:
        return reverse("applications:queue")
    except NoReverseMatch:
        return reverse(otherwise)


def enrolments(request: ActingRequest) -> QuerySet[Student]:
    """Return the programmes that the person is enrolled in at the institution they act for."""
    acting = learner(request)
    own = Student.objects.filter(person=acting.person, programme__institution=acting.institution)
    return own.select_related("programme__institution", "programme__faculty", "intake")


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def start(request: ActingRequest) -> HttpResponse:
    """Show what an application takes, and begin one for the chosen programme."""
    own = list(enrolments(request))
    if request.method == "POST":
        chosen = [s for s in own if str(s.pk) == request.POST.get("student")]
        if not chosen:
            raise Http404
        return begun(request, chosen[0])
    case = brought_case(request.session.get(BROUGHT, ""))
    shown = {
        "enrolments": [(student, packs().get(student.programme.institution.policy)) for student in own],
        "brought": case,
        "drafts": own_applications(learner(request)).filter(state="draft"),
    }
    return render(request, "applications/applicant_start.html", shown)


def begun(request: ActingRequest, student: Student) -> HttpResponse:
    """Begin an application, with what the eligibility check brought along."""
    try:
        application = drafting.start(learner(request), student)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return gone_to(request, "applications:start")
    case = brought_case(request.session.pop(BROUGHT, ""))
    if case is not None and "bring" in request.POST:
        came = bring(learner(request), application, case)
        messages.success(request, came.words)
        for message in came.left:
            messages.warning(request, message)
    return gone_to(request, "applications:detail", application.pk)


# It comes from the public check, where nobody has a token; it only keeps a case for the visitor to see.
@csrf_exempt
@require_POST
def from_check(request: HttpRequest) -> HttpResponse:
    """Take the case of the eligibility check along to a new application, through the login if need be."""
    link = request.POST.get("c", "")[:LARGEST_CASE]
    if brought_case(link) is None:
        messages.error(request, _("The case could not be read. Check it again, then apply with it."))
        return redirect("transfer:check")
    request.session[BROUGHT] = link
    return redirect("applications:start")
