"""A faculty's procedure of applying: everybody reads it, the faculty writes it (UTM 3.3.2.5)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import NotAllowed
from portal.applications.access import OWN_FACULTY
from portal.applications.actions.procedures import may_write, newest, write
from portal.applications.forms_procedure import ProcedureForm
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.institutions.models import Faculty
from portal.markdown import html_of


def faculty_or_404(pk: int) -> Faculty:
    """Return a faculty in use."""
    active = Faculty.objects.select_related("institution").filter(active=True, institution__active=True)
    return get_object_or_404(active, pk=pk)


@require_safe
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how one applies to a faculty, with version and day."""
    faculty = faculty_or_404(pk)
    found = newest(faculty)
    shown = {
        "faculty": faculty,
        "procedure": found,
        "text": html_of(found.text) if found else "",
        "may_write": may_write(getattr(request, "acting", None), faculty),
    }
    return render(request, "applications/procedure.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*sorted(OWN_FACULTY))
def procedure_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Write the next version of the own faculty's procedure."""
    acting, faculty = request.acting, faculty_or_404(pk)
    assert acting is not None
    if not may_write(acting, faculty):
        raise NotAllowed(_("A faculty’s procedure is written by those who work there."))
    now = newest(faculty)
    initial = {"text_ms": now.text_ms, "text_en": now.text_en, "seen": now.number} if now else {"seen": 0}
    form = ProcedureForm(request.POST or None, initial=initial)
    if request.method == "POST" and kept(
        form,
        keep=lambda: write(
            acting,
            faculty,
            form.cleaned_data["text_ms"],
            form.cleaned_data["text_en"],
            seen=form.cleaned_data["seen"],
        ),
    ):
        where = reverse("applications:procedure", args=[faculty.pk])
        return done(request, _("The new version is shown from now on."), where)
    earlier = faculty.procedures.select_related("by__person")
    shown = {"form": form, "faculty": faculty, "procedure": now, "earlier": earlier}
    return form_page(request, "applications/procedure_edit.html", shown)
