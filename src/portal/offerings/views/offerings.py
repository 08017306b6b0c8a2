"""The offerings that somebody works with: the list, one offering, and the steps taken there."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done
from portal.exports.listing import FORM, Column, Listing, exported
from portal.offerings.access import offerings_for
from portal.offerings.actions.announcing import REASONED, late_words, take_step, tell_of_closing
from portal.offerings.actions.setting_up import sign_payment
from portal.offerings.actions.teaching import lapsed
from portal.offerings.forms_offering import ClosingForm
from portal.offerings.models import Offering
from portal.offerings.process import WALK
from portal.offerings.rights import courses_to_offer, is_expert
from portal.offerings.schedule import is_late, learning_hours, pace_of
from portal.offerings.seats import LISTED, learners_lacking
from portal.offerings.terms import clauses_of_utm, known_platform, term
from portal.offerings.views.reading import for_staff, must_have_read, offering_of, on_page, version_of
from portal.records.register import entries_about
from portal.records.words import in_words
from portal.wording import in_language
from tauliah.policy.process import Step

ON_A_PAGE = 25
STATES = {
    "draft": gettext_lazy("Draft"),
    "readiness": gettext_lazy("Readiness"),
    "approval": gettext_lazy("Approval"),
    "approved": gettext_lazy("Approved"),
    "announced": gettext_lazy("Announced"),
    "running": gettext_lazy("Running"),
    "ended": gettext_lazy("Ended"),
    "cancelled": gettext_lazy("Cancelled"),
}
COLUMNS: tuple[Column[Offering], ...] = (
    Column(gettext_lazy("Code"), lambda each: each.proposal.code),
    Column(gettext_lazy("Course"), lambda each: each.proposal.name),
    Column(gettext_lazy("Cohort"), lambda each: each.cohort),
    Column(gettext_lazy("Faculty"), lambda each: each.faculty.code),
    Column(gettext_lazy("Mode"), lambda each: each.get_mode_display()),
    Column(gettext_lazy("First day"), lambda each: each.starts_on),
    Column(gettext_lazy("Last day"), lambda each: each.ends_on),
    Column(gettext_lazy("State"), lambda each: in_language(each.state_now().label)),
    Column(gettext_lazy("Enrolled"), lambda each: getattr(each, "seated", None)),
    Column(gettext_lazy("Least number of learners"), lambda each: each.least_learners),
)


@require_safe
@for_staff
def listing(request: ActingRequest) -> HttpResponseBase:
    """List the offerings of somebody’s work, newest first, with how many learners are in."""
    found = wanted(request)
    if form := request.GET.get(FORM):
        return exported(Listing(_("Offerings"), COLUMNS, found), form)
    shown = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "states": STATES,
        "chosen": request.GET.get("state", ""),
        "search": request.GET.get("q", ""),
        "may_begin": courses_to_offer(request.acting).exists(),
    }
    return render(request, "offerings/list.html", shown)


def wanted(request: ActingRequest) -> QuerySet[Offering]:
    """Return the offerings that were searched for."""
    found = offerings_for(request.acting).select_related("proposal", "faculty", "institution", "semester")
    if (state := request.GET.get("state", "")) in STATES:
        found = found.filter(state=state)
    if (faculty := request.GET.get("faculty", "")).isdecimal():
        found = found.filter(faculty=int(faculty[:9]))
    if words := request.GET.get("q", "").strip()[:100]:
        found = found.filter(
            Q(proposal__code__icontains=words)
            | Q(proposal__name_ms__icontains=words)
            | Q(proposal__name_en__icontains=words)
            | Q(cohort__icontains=words)
        )
    seated = Count("enrolments", filter=Q(enrolments__state__in=LISTED), distinct=True)
    return found.annotate(seated=seated).order_by("-starts_on", "-pk")


@require_safe
@for_staff
def offering(request: ActingRequest, pk: int) -> HttpResponse:
    """Show an offering: where it stands, what it lacks, who teaches, what was done."""
    return page(request, pk)


def page(
    request: ActingRequest, pk: int, refused: Refused | None = None, closing: ClosingForm | None = None
) -> HttpResponse:
    """Show the offering's own page, with what was refused."""
    found = offering_of(request, pk)
    acting = request.acting
    shown = {
        "steps": [step_shown(acting, found, step) for step in WALK.steps_for(acting, found)],
        "warnings": warnings_of(found),
        "pace": pace_of(found),
        "hours": learning_hours(found.proposal),
        "known": known_platform(found.institution, found.platform),
        "teachers": found.teachers.select_related("person").prefetch_related("duties"),
        "assessments": found.assessments.all(),
        "papers": found.papers.all(),
        "may_tell": may_tell_of_closing(acting, found),
        "closing": closing or ClosingForm(),
        "may_sign": found.certificate == Offering.Certificate.PAID and is_expert(acting, found),
        "typed": {"reason": request.POST.get("reason", ""), "step": request.POST.get("step", "")},
        "history": history_of(found),
        "seated": found.enrolments.filter(state__in=LISTED).count(),
    }
    answer = on_page(request, "offerings/offering.html", found, "offering", refused, **shown)
    if closing is not None:
        answer.status_code = UNPROCESSABLE
    return answer


def step_shown(acting: Appointment | None, found: Offering, step: Step) -> dict[str, object]:
    """Return a step as the page shows it: what is missing, and whether it takes a reason."""
    late = step.name == "announce" and is_late(found, timezone.localdate())
    return {
        "step": step,
        "missing": WALK.missing(acting, found, step),
        "reasoned": step.name in REASONED or late,
        "late": late_words(found) if late else "",
        "grave": step.name in REASONED,
    }


def may_tell_of_closing(acting: Appointment | None, found: Offering) -> bool:
    """Say whether the centre is to be told of a closing by this person, and was not told yet."""
    asked = any(need.fact == "centre_told" for step in found.declared().steps.values() for need in step.needs)
    return asked and found.state == "running" and found.centre_told_on is None and is_expert(acting, found)


def warnings_of(found: Offering) -> list[tuple[str, tuple[str, ...]]]:
    """Return what people should look at, each with its clauses: small classes, late days, lapsed staff."""
    told: list[tuple[str, tuple[str, ...]]] = []
    least = term(found.policy, "least_class")
    if least is not None and not found.is_final and (found.least_learners or 0) < least.number:
        told.append(
            (
                _("A class has at least %(least)s persons; this offering asks for %(asked)s.")
                % {"least": least.number, "asked": found.least_learners or 0},
                least.clauses,
            )
        )
    if found.state in ("announced", "running") and (lacking := learners_lacking(found)):
        told.append((_("%(count)s learners are still lacking.") % {"count": lacking}, ()))
    if found.state in ("draft", "readiness", "approval", "approved") and is_late(found, timezone.localdate()):
        stated = term(found.policy, "announcement_weeks")
        told.append((late_words(found), stated.clauses if stated else ()))
    pace = pace_of(found)
    if pace is not None and pace.is_long:
        told.append(
            (
                _("The period is long for the learning time: less than an hour a week."),
                clauses_of_utm(found.policy, "3.3.1.4"),
            )
        )
    if not found.is_final:
        told += [
            (
                _("%(name)s is no active staff member any more; name somebody else.")
                % {"name": teacher.person.name},
                clauses_of_utm(found.policy, "7 SME/2"),
            )
            for teacher in lapsed(found)
        ]
    return told


def history_of(found: Offering) -> list[dict[str, object]]:
    """Return what was done, newest first, in words."""
    return [
        {"entry": entry, "words": in_words(entry.action), "reason": (entry.details or {}).get("reason", "")}
        for entry in entries_about(found).select_related("person").reverse()[:30]
    ]


@require_POST
@for_staff
def step(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Take a step; what it lacks, or a change meanwhile, is said on the page."""
    found = offering_of(request, pk)
    assert request.acting is not None
    try:
        moved = take_step(
            request.acting,
            found,
            name,
            version=version_of(request),
            reason=request.POST.get("reason", "")[:5000],
        )
    except Refused as refused:
        return page(request, pk, refused)
    told = _("The offering now stands at “%(state)s”.") % {"state": in_language(moved.state_now().label)}
    messages.success(request, told)
    return redirect(moved)


@require_POST
@for_staff
def closing(request: ActingRequest, pk: int) -> HttpResponse:
    """Tell the centre that the course has to close during its offering."""
    found = offering_of(request, pk)
    assert request.acting is not None
    form = ClosingForm(request.POST)
    if form.is_valid():
        try:
            tell_of_closing(
                request.acting,
                found,
                form.cleaned_data["reason"],
                version=version_of(request),
                closes_on=form.cleaned_data["closes_on"],
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return done(request, _("The e-learning centre was told."), found.get_absolute_url())
    return page(request, pk, closing=form)


@require_POST
@for_staff
def sign(request: ActingRequest, pk: int) -> HttpResponse:
    """Sign how payments for certificates are divided."""
    found = offering_of(request, pk)
    assert request.acting is not None
    try:
        must_have_read(request)
        sign_payment(request.acting, found, version=version_of(request))
    except Refused as refused:
        return page(request, pk, refused)
    return done(request, _("The agreement is signed."), found.get_absolute_url())
