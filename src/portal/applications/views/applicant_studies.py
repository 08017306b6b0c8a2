"""The person's prior studies: kept once, used in every application."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import Refused
from portal.applications import drafting
from portal.applications.forms_keys import STUDY_FORM
from portal.applications.forms_sheet import study_sheet, study_words
from portal.applications.forms_study import (
    entry_of_study,
    new_study_entry,
    study_problems,
    values_of_study,
)
from portal.applications.models import Application, PriorStudy
from portal.applications.views.applicant_asking import (
    for_learners,
    gone_to,
    learner,
    own_application,
)
from portal.cases.bridge import Entry, entry_of_form
from portal.wording import in_language
from tauliah.values.case import Problem
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY


@require_safe
@for_learners
def studies(request: ActingRequest, pk: int) -> HttpResponse:
    """List the prior studies of the applicant."""
    application = own_application(request, pk)
    own = PriorStudy.objects.filter(person=application.student.person_id).order_by("pk")
    rows = [(study, study_words(study), outcome_words(study)) for study in own]
    return render(request, "applications/applicant_studies.html", {"application": application, "rows": rows})


def outcome_words(study: PriorStudy) -> str:
    """Say how a study ended."""
    return in_language(VOCABULARY["prior_outcome"].get(study.outcome))


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def study(request: ActingRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Show the form of a study, new or kept, or keep it."""
    application = own_application(request, pk)
    own = PriorStudy.objects.filter(person=application.student.person_id)
    kept = get_object_or_404(own, pk=number) if number else None
    if request.method != "POST":
        entry = entry_of_study(kept) if kept else new_study_entry()
        return page(request, application, kept, entry)
    entry = entry_of_form(request.POST.lists(), STUDY_FORM)
    problems = study_problems(entry, timezone.localdate())
    if not problems:
        try:
            drafting.save_study(learner(request), kept, values_of_study(entry))
        except Refused as refused:
            problems = (Problem("", Text(str(refused.message), str(refused.message))),)
    if problems:
        return page(request, application, kept, entry, problems=problems, status=422)
    messages.success(request, _("The study was saved."))
    return gone_to(request, "applications:studies", pk)


def page(
    request: ActingRequest,
    application: Application,
    kept: PriorStudy | None,
    entry: Entry,
    *,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Show the form of a study."""
    shown = {"application": application, "study": kept, "sheet": study_sheet(entry, problems)}
    return render(request, "applications/applicant_study.html", shown, status=status)


@require_POST
@for_learners
def remove_study(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Delete a study that no claim rests on."""
    application = own_application(request, pk)
    own = PriorStudy.objects.filter(person=application.student.person_id)
    try:
        drafting.remove_study(learner(request), get_object_or_404(own, pk=number))
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The study was removed."))
    return gone_to(request, "applications:studies", pk)
