"""One evaluation of a course: filled in, handed in, read, printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import Refused
from portal.cases.answer import whole_check
from portal.proposals.actions.evaluating import GRADES, add_evidence, digest_of, fill_in, may_fill
from portal.proposals.evaluation_form import VIDEO, filled_of, indicators_of, show, topic_rows
from portal.proposals.evaluation_paper import evaluation_pdf
from portal.proposals.forms_review import FileForm
from portal.proposals.models import Evaluation
from portal.proposals.views.course import acting_of, course_page, for_readers
from portal.proposals.views.panel import evaluation_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def evaluation(request: ActingRequest, pk: int) -> HttpResponse:
    """Show an evaluation; its evaluator fills it in and hands it in."""
    acting, found = acting_of(request), evaluation_of(request, pk)
    if request.method != "POST":
        return page(request, found)
    filled, hand_in = filled_of(found, request.POST), "hand_in" in request.POST
    try:
        fill_in(acting, found, filled, hand_in=hand_in, seen=request.POST.get("seen", ""))
    except Refused as refused:
        return page(request, show(found, filled), refused)
    if hand_in:
        messages.success(request, _("The evaluation is handed in."))
        return redirect("proposals:evaluations", found.proposal_id)
    messages.success(request, _("Saved."))
    return redirect("proposals:evaluation", pk)


def page(request: ActingRequest, found: Evaluation, refused: Refused | None = None) -> HttpResponse:
    """Show the form, or the evaluation as it was handed in."""
    figures = found.figures or {}
    kept = Evaluation.objects.get(pk=found.pk)
    shown = course_page(
        found.proposal,
        "evaluations",
        evaluation=found,
        seen=digest_of(kept),
        indicators=indicators_of(found),
        grades=GRADES,
        video=[(name, (figures.get("video") or {}).get(name)) for name in VIDEO],
        topics=topic_rows(found),
        checks=[whole_check(check) for check in (found.result or {}).get("checks", ())],
        open=may_fill(acting_of(request), found),
        file_form=FileForm(),
        refused=refused,
    )
    return render(request, "proposals/evaluation.html", shown, status=422 if refused else 200)


@require_POST
@for_readers
def evidence(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep a file as evidence of an indicator."""
    acting, found = acting_of(request), evaluation_of(request, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, found, Refused(_("Choose a file."), "id_file"))
    try:
        add_evidence(acting, found, request.POST.get("indicator", ""), form.cleaned_data["file"])
    except Refused as refused:
        return page(request, found, refused)
    messages.success(request, _("The file is kept with the indicator."))
    return redirect("proposals:evaluation", pk)


@require_safe
@for_readers
def paper(request: ActingRequest, pk: int) -> HttpResponse:
    """Print an evaluation."""
    found = evaluation_of(request, pk)
    pdf = evaluation_pdf(found, "en" if get_language() == "en" else "ms")
    name = f"{found.sort}-{found.proposal_id}-{found.round}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
