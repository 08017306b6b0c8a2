"""Reports on offerings: the list with sums and a chart, and one offering in full."""

from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, kept
from portal.exports.listing import FORM, Column, Listing, exported
from portal.institutions.models import Institution
from portal.monitoring.access import (
    READERS,
    may_enter_load,
    may_log,
    watched_offering,
    watched_offerings,
)
from portal.monitoring.actions import teaching
from portal.monitoring.charts import by_state, growing
from portal.monitoring.figures import Figures, figures_of, together
from portal.monitoring.forms import DayAndTextForm, LoadForm
from portal.monitoring.weeks import WEEKLY, weeks_of
from portal.numbers import whole_number
from portal.offerings.experience import report_of
from portal.offerings.models import Access, Enrolment, Offering
from portal.offerings.terms import term
from portal.processes.declared import process_called
from portal.wording import in_language
from tauliah.values.text import Text

PER_PAGE = 25
for_readers = for_roles(*READERS)


def asked(request: ActingRequest) -> dict[str, str]:
    """Return the filters of the query string."""
    names = ("q", "state", "faculty", "year")
    return {name: " ".join(request.GET.get(name, "").split())[:80] for name in names}


def narrowed(rows: QuerySet[Offering], words: dict[str, str]) -> QuerySet[Offering]:
    """Keep the offerings that the filters name."""
    if words["q"]:
        rows = rows.filter(
            Q(proposal__code__icontains=words["q"])
            | Q(proposal__name_ms__icontains=words["q"])
            | Q(proposal__name_en__icontains=words["q"])
            | Q(cohort__icontains=words["q"])
        )
    if words["state"]:
        rows = rows.filter(state=words["state"])
    if (faculty := whole_number(words["faculty"])) is not None:
        rows = rows.filter(faculty=faculty)
    if MINYEAR <= (year := whole_number(words["year"]) or 0) <= MAXYEAR:
        rows = rows.filter(starts_on__year=year)
    return rows.exclude(state="draft").order_by("-starts_on", "-pk")


@require_safe
@for_readers
def offerings(request: ActingRequest) -> HttpResponseBase:
    """List offerings with enrolment, attrition, completion and experience; ``?form=xlsx`` exports them."""
    acting, words = request.acting, asked(request)
    assert acting is not None
    rows = narrowed(watched_offerings(acting), words)
    if FORM in request.GET:
        return exported(listing(rows), request.GET[FORM])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = figures_of(page.object_list)
    sums = together(figures_of(rows).values())
    context = {
        "tab": "offerings",
        "page": page,
        "rows": [(offering, found[offering.pk]) for offering in page],
        "sums": sums,
        "chart": by_state(sums),
        "words": words,
        "filtered": any(words.values()),
        **choices_of(acting),
    }
    return render(request, "monitoring/offerings.html", context)


def choices_of(acting: Appointment) -> dict[str, Any]:
    """Return what the filters offer."""
    institution = acting.institution
    years = watched_offerings(acting).exclude(starts_on=None).dates("starts_on", "year", order="DESC")
    return {
        "faculties": institution.faculties.all() if institution and not acting.faculty_id else (),
        "years": [each.year for each in years],
        "states": states_of(institution),
    }


def states_of(institution: Institution | None) -> list[tuple[str, Text]]:
    """Return the states in which an offering of an institution has a report, with their words."""
    declared = process_called(institution.policy if institution else "", "offering")
    return [(name, state.label) for name, state in declared.states.items() if name != "draft"]


def listing(rows: QuerySet[Offering]) -> Listing[Any]:
    """Return the report as a file: one row for each offering."""
    columns: list[Column[Any]] = [
        Column(gettext_lazy("Course"), lambda row: str(row[0].proposal)),
        Column(gettext_lazy("Cohort"), lambda row: row[0].cohort),
        Column(gettext_lazy("State"), lambda row: in_language(row[0].state_now().label)),
        Column(gettext_lazy("Faculty"), lambda row: row[0].faculty.name),
        Column(gettext_lazy("First day"), lambda row: row[0].starts_on),
        Column(gettext_lazy("Last day"), lambda row: row[0].ends_on),
        Column(gettext_lazy("Enrolled"), lambda row: row[1].enrolled),
        Column(gettext_lazy("Taking part"), lambda row: row[1].active),
        Column(gettext_lazy("Deferred"), lambda row: row[1].deferred),
        Column(gettext_lazy("Withdrawn"), lambda row: row[1].withdrawn),
        Column(gettext_lazy("Completed"), lambda row: row[1].completed),
        Column(gettext_lazy("Not passed"), lambda row: row[1].failed),
        Column(gettext_lazy("Attrition, %"), lambda row: row[1].attrition),
        Column(gettext_lazy("Completion, %"), lambda row: row[1].completion),
        Column(gettext_lazy("Progression, %"), lambda row: row[1].progression),
        Column(gettext_lazy("Experience, of 5"), lambda row: row[1].experience),
    ]
    kept = list(rows)
    found = figures_of(kept)
    return Listing(
        gettext_lazy("offerings report"), columns, [(offering, found[offering.pk]) for offering in kept]
    )


@require_safe
@for_readers
def offering(request: ActingRequest, pk: int) -> HttpResponse:
    """Show one offering in full."""
    return shown(request, watched_offering(request.acting, pk))


def shown(
    request: ActingRequest,
    found: Offering,
    log_form: DayAndTextForm | None = None,
    load_form: LoadForm | None = None,
) -> HttpResponse:
    """Draw the report of an offering, with a form that was refused where there is one."""
    figures: Figures = figures_of([found])[found.pk]
    entries = list(found.interactions.select_related("person"))
    context = {
        "offering": found,
        "state": found.state_now(),
        "figures": figures,
        "chart": by_state(figures),
        "line": growing(enrolled_by_day(found)),
        "weeks": weeks_of(found, timezone.localdate(), entries),
        "interactions": entries[:PER_PAGE],
        "weekly": term(found.policy, WEEKLY),
        "surveys": [(survey, report_of(survey)) for survey in found.surveys.all()],
        "opened": opened(found),
        "duties": [
            (teacher, list(teacher.duties.all()))
            for teacher in found.teachers.select_related("person").prefetch_related("duties")
        ],
        "loads": found.loads.select_related("person"),
        "may_log": may_log(request.acting, found),
        "may_enter_load": may_enter_load(request.acting, found),
        "log_form": log_form or DayAndTextForm(),
        "load_form": load_form or LoadForm(found, initial=known(found, figures)),
        "today": timezone.localdate(),
    }
    status = UNPROCESSABLE if log_form or load_form else 200
    return render(request, "monitoring/offering.html", context, status=status)


def known(found: Offering, figures: Figures) -> dict[str, Any]:
    """Return what the portal knows of the figures of a load already."""
    return {"participants": figures.enrolled, "completions": figures.completed}


def enrolled_by_day(found: Offering) -> list[tuple[date, int]]:
    """Return how the number of learners grew: the sum up to each day on which somebody enrolled."""
    rows = (
        Enrolment.objects.filter(offering=found, active_at__isnull=False)
        .annotate(on=TruncDate("active_at"))
        .values_list("on")
        .annotate(Count("pk"))
        .order_by("on")
    )
    total, found_days = 0, []
    for on, number in rows:
        total += number
        found_days.append((on, total))
    return found_days


def opened(found: Offering) -> list[tuple[Any, int, int]]:
    """Return how often each material was opened, and by how many learners (UNIMAS 5.9-monitoring)."""
    learners = found.enrolments.values("person")
    rows = (
        Access.objects.filter(material__proposal=found.proposal_id, person__in=learners)
        .values_list("material")
        .order_by()
        .annotate(Count("pk"), Count("person", distinct=True))
    )
    counted = {material: (times, people) for material, times, people in rows}
    materials = found.proposal.materials.all()
    return [(material, *counted.get(material.pk, (0, 0))) for material in materials]


@require_POST
@for_readers
def log(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep an interaction with the learners."""
    found, form = watched_offering(request.acting, pk), DayAndTextForm(request.POST)
    teaching.must_teach(request.acting, found)
    if kept(form, keep=lambda: teaching.log(request.acting, found, **form.cleaned_data)):
        return done(request, _("Recorded."), reverse("monitoring:offering", args=[pk]))
    return shown(request, found, log_form=form)


@require_POST
@for_readers
def load(request: ActingRequest, pk: int) -> HttpResponse:
    """Work out and keep the teaching load of a lecturer."""
    found = watched_offering(request.acting, pk)
    form = LoadForm(found, request.POST)
    teaching.must_enter_load(request.acting, found)

    def keep() -> None:
        figures = dict(form.cleaned_data)
        teaching.enter_load(request.acting, found, figures.pop("person"), figures)

    if kept(form, keep=keep):
        return done(request, _("The teaching load is kept."), reverse("monitoring:offering", args=[pk]))
    return shown(request, found, load_form=form)
