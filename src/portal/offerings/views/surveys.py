"""Surveys of how a course was, for learners and for its people; and the courses that follow on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people, for_roles
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, form_page, kept
from portal.offerings.access import offering_for, own_enrolment
from portal.offerings.actions import recommending, surveying
from portal.offerings.experience import RATINGS, Question, report_of, standard_questions
from portal.offerings.forms_learning import FollowOnForm, SurveyDaysForm
from portal.offerings.learning_access import READERS, TEACHING
from portal.offerings.models import TAKING_PART, FollowOn, Survey

MOST_QUESTIONS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def survey(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Ask a learner how the course was, once."""
    enrolment = own_enrolment(request.acting, pk)
    if enrolment.state not in TAKING_PART:
        raise Http404
    found = get_object_or_404(Survey, pk=number, offering=enrolment.offering_id)
    refused = None
    if request.method == "POST":
        try:
            surveying.answer(
                enrolment, found, {q["key"]: request.POST.get(f"q-{q['key']}", "") for q in found.questions}
            )
        except Refused as wrong:
            refused = wrong
        else:
            return done(
                request,
                _("Thank you. Your answers help to improve the course."),
                redirect("offerings:learn", pk).url,
            )
    shown = {
        "enrolment": enrolment,
        "offering": enrolment.offering,
        "survey": found,
        "questions": [(q, request.POST.get(f"q-{q['key']}", "")) for q in found.questions],
        "ratings": RATINGS,
        "refused": refused,
        "answered": found.answers.filter(enrolment=enrolment).exists(),
        "is_open": surveying.is_open(found, timezone.localdate()),
    }
    return render(request, "offerings/survey.html", shown, status=UNPROCESSABLE if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def experience(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what learners said of a course; prepare the questions before they are asked."""
    offering = offering_for(request.acting, pk)
    found = surveying.survey_of(offering)
    may = surveying.may_survey(request.acting, offering)
    opens_on = found.opens_on if found else offering.final_due_on or offering.ends_on
    form = SurveyDaysForm(
        request.POST or None, initial={"opens_on": opens_on, "closes_on": found.closes_on if found else None}
    )
    if request.method == "POST":
        if not may:
            raise NotAllowed
        if kept(form, keep=lambda: keep(request, pk, form)):
            return done(request, _("The survey is kept."), redirect("offerings:experience", pk).url)
    questions = (
        asked_of(request)
        if request.method == "POST"
        else (found.questions if found else standard_questions())
    )
    shown = {
        "offering": offering,
        "survey": found,
        "report": report_of(found) if found else None,
        "form": form,
        "questions": list(enumerate([*questions, {}, {}][:MOST_QUESTIONS])),
        "may_keep": may and not (found and found.answers.exists()),
    }
    return form_page(request, "offerings/experience.html", shown)


def keep(request: ActingRequest, pk: int, form: SurveyDaysForm) -> Survey:
    """Keep the questions and days that were sent."""
    said, offering = form.cleaned_data, offering_for(request.acting, pk)
    return surveying.keep_survey(
        request.acting, offering, asked_of(request), said["opens_on"], said["closes_on"]
    )


def asked_of(request: ActingRequest) -> list[Question]:
    """Return the questions that were sent; one without words is left out."""
    found: list[Question] = []
    for place in range(MOST_QUESTIONS):
        ms, en = (request.POST.get(f"{name}-{place}", "").strip()[:300] for name in ("ms", "en"))
        if ms or en:
            sort = "text" if request.POST.get(f"sort-{place}") == "text" else "rating"
            key = request.POST.get(f"key-{place}", "").strip()[:30] or f"q{place}"
            found.append({"key": key, "sort": sort, "ms": ms or en, "en": en or ms})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def follow_ons(request: ActingRequest, pk: int) -> HttpResponse:
    """Show and name the courses that follow on (UNIMAS 3.3.1-recommend)."""
    offering = offering_for(request.acting, pk)
    form = FollowOnForm(offering, request.POST or None)
    may = recommending.may_recommend(request.acting, offering)
    if request.method == "POST":
        if not may:
            raise NotAllowed
        said = form.cleaned_data if form.is_valid() else {}
        if kept(
            form,
            keep=lambda: recommending.keep_follow_on(
                request.acting, offering, said["leads_to"], said["kind"]
            ),
        ):
            return done(request, _("The course is recommended."), redirect("offerings:follow-ons", pk).url)
    shown = {
        "offering": offering,
        "form": form,
        "rows": recommending.follow_ons_of(offering),
        "may_keep": may,
    }
    return form_page(request, "offerings/follow_ons.html", shown)


@require_POST
@for_roles(*TEACHING)
def follow_on_remove(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Recommend a course no longer."""
    offering = offering_for(request.acting, pk)
    found = get_object_or_404(FollowOn, pk=number, proposal=offering.proposal_id)
    recommending.remove_follow_on(request.acting, offering, found)
    messages.success(request, _("It is recommended no longer."))
    return redirect("offerings:follow-ons", pk)
