"""Partners that give a course too: how they fare beside the university, visits, results of their cohorts."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.catalogue.views.forms_on_pages import done, kept
from portal.exports.listing import FORM, Column, Listing, exported
from portal.monitoring.access import READERS, course_for, partners_for
from portal.monitoring.actions import overseeing, reviewing
from portal.monitoring.forms import CohortForm, VisitForm
from portal.monitoring.partners import Compared, compared
from portal.monitoring.views.courses import page_of, shown
from portal.proposals.models import Partner, Proposal

PER_PAGE = 25
for_readers = for_roles(*READERS)
COLUMNS = (
    Column[Compared](gettext_lazy("Course"), lambda row: str(row.partner.proposal)),
    Column[Compared](gettext_lazy("Partner"), lambda row: row.partner.name),
    Column[Compared](gettext_lazy("Active since"), lambda row: row.partner.active_since),
    Column[Compared](gettext_lazy("Cohorts"), lambda row: row.cohorts),
    Column[Compared](gettext_lazy("Took part"), lambda row: row.theirs.enrolled),
    Column[Compared](gettext_lazy("Completion, %"), lambda row: row.theirs.completion),
    Column[Compared](gettext_lazy("Completion here, %"), lambda row: row.ours.completion),
    Column[Compared](gettext_lazy("Attrition, %"), lambda row: row.theirs.attrition),
    Column[Compared](gettext_lazy("Attrition here, %"), lambda row: row.ours.attrition),
    Column[Compared](gettext_lazy("Experience, of 5"), lambda row: row.theirs.experience),
    Column[Compared](gettext_lazy("Experience here, of 5"), lambda row: row.ours.experience),
    Column[Compared](gettext_lazy("Last visit"), lambda row: row.visited),
)


@require_safe
@for_readers
def partners(request: ActingRequest) -> HttpResponseBase:
    """List partners beside the university, course by course; ``?form=xlsx`` exports them."""
    words = " ".join(request.GET.get("q", "").split())[:80]
    found = partners_for(request.acting).prefetch_related("cohorts", "visits")
    if words:
        found = found.filter(
            Q(name__icontains=words)
            | Q(proposal__code__icontains=words)
            | Q(proposal__name_ms__icontains=words)
            | Q(proposal__name_en__icontains=words)
        )
    if FORM in request.GET:
        return exported(Listing(gettext_lazy("partners"), COLUMNS, compared(found)), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"tab": "partners", "page": page, "rows": compared(page), "words": words}
    return render(request, "monitoring/partners.html", context)


def partner_and_course(request: ActingRequest, pk: int) -> tuple[Partner, Proposal]:
    """Return a partner and its course as its page needs it; raises ``Http404`` for strangers."""
    partner = get_object_or_404(partners_for(request.acting), pk=pk)
    return partner, course_for(request.acting, partner.proposal_id)


@require_POST
@for_readers
def visit(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep what was found at a partner."""
    partner, course = partner_and_course(request, pk)
    reviewing.must_be_reviewer(request.acting, course)
    form = VisitForm(request.POST)
    if kept(form, keep=lambda: overseeing.visit(request.acting, partner, **form.cleaned_data)):
        return done(request, _("Recorded."), page_of(course))
    return shown(request, course, visit_form=form, visit_partner=partner.pk)


@require_POST
@for_readers
def cohort(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep what came of a cohort at a partner."""
    partner, course = partner_and_course(request, pk)
    overseeing.must_oversee(request.acting, course)
    form = CohortForm(request.POST)
    if kept(form, keep=lambda: overseeing.keep_cohort(request.acting, partner, form.save(commit=False))):
        return done(request, _("Recorded."), page_of(course))
    return shown(request, course, cohort_form=form, cohort_partner=partner.pk)
