"""The pages of letters: those of an application, one as PDF, and having a form printed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.applications.access import application_for
from portal.applications.letters.access import is_form, letter_for, letters_for, makeable, must_be_makeable
from portal.applications.letters.kinds import KINDS, Words, title_of
from portal.applications.letters.making import file_name, make_letter, pdf_of


@require_safe
@for_people
def letter(request: ActingRequest, pk: int) -> HttpResponse:
    """Send a letter as PDF, as it was kept."""
    found = letter_for(request.acting, pk)
    try:
        pdf = pdf_of(found)
    except OSError as lost:
        raise Http404(_("The file of this letter is gone; ask the faculty to have it made again.")) from lost
    headers = {"Content-Disposition": f'inline; filename="{file_name(found)}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def letters(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the letters and forms of an application; have one made."""
    application = application_for(request.acting, pk)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in KINDS:
            raise Http404
        must_be_makeable(request.acting, application, kind)
        made = make_letter(application, kind, request.acting)
        if is_form(kind):
            return redirect("letters:letter", made.pk)
        messages.success(request, _("The letter was made and is on its way to the student."))
        return redirect("letters:of", pk)
    words = Words(get_language() or "ms")
    found = letters_for(request.acting).filter(application=application).select_related("replaced_by")
    shown = {
        "application": application,
        "rows": [{"letter": each, "title": words.title(each.kind)} for each in found],
        "makeable": [
            {"kind": kind, "title": title_of(kind).in_language(words.language), "is_form": is_form(kind)}
            for kind in makeable(request.acting, application)
        ],
    }
    return render(request, "applications/letters.html", shown)
