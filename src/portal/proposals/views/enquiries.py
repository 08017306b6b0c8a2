"""Questions about a course and their answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.catalogue.views.forms_on_pages import done, kept
from portal.proposals.access import proposal_for, proposals_for
from portal.proposals.actions.enquiring import (
    answer_question,
    ask_question,
    close_question,
    may_answer,
    may_ask,
)
from portal.proposals.forms_review import AnswerForm, EnquiryForm
from portal.proposals.models import Enquiry, Proposal
from portal.proposals.views.course import acting_of, course_page, did, for_readers


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def listing(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the questions about a course; developers and the centre ask here."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    form = EnquiryForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    if request.method == "POST":

        def keep() -> None:
            ask_question(acting, found, form.question())

        if kept(form, keep=keep):
            where = reverse("proposals:enquiries", args=[pk])
            return done(request, _("The question is kept and told."), where)
    return page(request, found, form)


def page(
    request: ActingRequest, found: Proposal, form: EnquiryForm, answered: tuple[int, AnswerForm] | None = None
) -> HttpResponse:
    """Show the questions; an answer that could not be kept is shown as it was sent."""
    acting = acting_of(request)
    blank = {"answered_on": timezone.localdate()}
    rows = []
    for each in found.enquiries.select_related("asked_by", "answered_by").order_by("-asked_on", "-pk"):
        each.proposal = found
        given = answered[1] if answered and answered[0] == each.pk else None
        answer = given or AnswerForm(initial=blank, auto_id=f"id_{each.pk}_%s")
        rows.append((each, answer if may_answer(acting, each) else None))
    shown = course_page(
        found,
        "enquiries",
        rows=rows,
        form=form if may_ask(acting, found) else None,
        may_close=may_ask(acting, found),
    )
    wrong = bool(form.errors or answered)
    return render(request, "proposals/enquiries.html", shown, status=422 if wrong else 200)


@require_POST
@for_readers
def enquiry(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep the answer to a question, or close it."""
    acting = acting_of(request)
    seen = proposals_for(acting).values("pk")
    found = get_object_or_404(
        Enquiry.objects.select_related("proposal__institution", "proposal__developer"),
        pk=pk,
        proposal__in=seen,
    )
    where = reverse("proposals:enquiries", args=[found.proposal_id])
    if "close" in request.POST:
        return did(request, lambda: close_question(acting, found), where)
    form = AnswerForm(request.POST, auto_id=f"id_{pk}_%s")

    def keep() -> None:
        answer_question(acting, found, **form.cleaned_data)

    if kept(form, keep=keep):
        return done(request, _("The answer is kept and told."), where)
    blank = EnquiryForm(initial={"asked_on": timezone.localdate()})
    return page(request, found.proposal, blank, (pk, form))
