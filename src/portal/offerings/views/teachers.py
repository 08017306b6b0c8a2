"""Who teaches in an offering, their duties and agreements; who teaches what in a semester."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.exports.listing import FORM, Column, Listing, exported
from portal.institutions.models import Semester
from portal.offerings.access import offerings_for
from portal.offerings.actions import teaching
from portal.offerings.forms_offering import DutyForm, TeacherForm
from portal.offerings.models import Duty, Offering, Teacher
from portal.offerings.papers import agreement as agreement_pdf
from portal.offerings.papers import payment_agreement
from portal.offerings.rights import must_set_up
from portal.offerings.views.reading import for_staff, must_have_read, offering_of, on_page, version_of
from portal.offerings.views.setup import pdf

Doing = Callable[[Appointment, Teacher], object]
PAGE = "offerings/teachers.html"


def page(
    request: ActingRequest,
    found: Offering,
    refused: Refused | None = None,
    form: TeacherForm | None = None,
    duty_form: DutyForm | None = None,
) -> HttpResponse:
    """Show who teaches, what they do and what they signed."""
    acting = request.acting
    rows = found.teachers.select_related("person").prefetch_related("duties")
    wrong = refused or (Refused("") if (form and form.errors) or (duty_form and duty_form.errors) else None)
    return on_page(
        request,
        PAGE,
        found,
        "teachers",
        wrong,
        rows=rows,
        form=form or TeacherForm(),
        duty_form=duty_form or DutyForm(),
        directs=teaching.directs(acting, found),
        with_agreement=teaching.WITH_AGREEMENT,
        me=acting.person_id if acting else None,
        today=timezone.localdate(),
        staff=teaching.active_staff(found).order_by("name")[:500] if teaching.directs(acting, found) else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def teachers(request: ActingRequest, pk: int) -> HttpResponse:
    """Show who teaches; name somebody."""
    found = offering_of(request, pk)
    if request.method != "POST":
        return page(request, found)
    acting = must_set_up(request.acting, found)
    form = TeacherForm(request.POST)
    if form.is_valid():
        try:
            name(acting, found, form)
        except Refused as refused:
            form.add_error("email", str(refused.message))
        else:
            messages.success(request, _("Named, and told."))
            return back(found)
    return page(request, found, form=form)


def name(acting: Appointment, found: Offering, form: TeacherForm) -> Teacher:
    """Name whoever has the email that was typed; raises ``Refused`` where no active staff has it."""
    part = form.cleaned_data["part"]
    person = teaching.active_staff(found).filter(email__iexact=form.cleaned_data["email"]).first()
    if person is None:
        raise Refused(_("Nobody on the active staff of the university has this email."), "email")
    return teaching.name_teacher(acting, found, person, part)


def back(found: Offering) -> HttpResponse:
    """Go back to the page of teachers."""
    return redirect("offerings:teachers", found.pk)


def teacher_of(request: ActingRequest, pk: int) -> Teacher:
    """Return a teacher of an offering that the person may see; raises ``Http404``."""
    there = Teacher.objects.filter(offering__in=offerings_for(request.acting))
    related = ("offering__proposal__developer", "offering__institution", "offering__faculty", "person")
    return get_object_or_404(there.select_related(*related), pk=pk)


def doing(request: ActingRequest, pk: int, do: Doing, message: str) -> HttpResponse:
    """Do something to a teacher; a refusal is said on the page."""
    teacher = teacher_of(request, pk)
    assert request.acting is not None
    try:
        do(request.acting, teacher)
    except Refused as refused:
        return page(request, offering_of(request, teacher.offering_id), refused)
    messages.success(request, message)
    return back(teacher.offering)


@require_POST
@for_staff
def remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Let a teacher go."""
    version = version_of(request)
    return doing(
        request,
        pk,
        lambda acting, teacher: teaching.remove_teacher(acting, teacher, version=version),
        _("Removed."),
    )


@require_POST
@for_staff
def duty(request: ActingRequest, pk: int) -> HttpResponse:
    """Give a teacher a duty."""
    teacher = teacher_of(request, pk)
    form = DutyForm(request.POST)
    if not form.is_valid():
        return page(request, offering_of(request, teacher.offering_id), duty_form=form)
    given = form.cleaned_data
    return doing(
        request,
        pk,
        lambda acting, who: teaching.give_duty(acting, who, given["text"], given["due_on"]),
        _("The duty is given."),
    )


@require_POST
@for_staff
def settle(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark a duty as done or open it again, or take it away."""
    there = Duty.objects.filter(teacher__offering__in=offerings_for(request.acting))
    found = get_object_or_404(there.select_related("teacher__offering__institution"), pk=pk)
    assert request.acting is not None
    if request.POST.get("do") == "drop":
        teaching.drop_duty(request.acting, found)
        return back(found.teacher.offering)
    teaching.settle_duty(request.acting, found, done=request.POST.get("do") != "open")
    return back(found.teacher.offering)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def agreement(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the written agreement as PDF; sign it: first the SME, then the facilitator or assessor."""
    teacher = teacher_of(request, pk)
    if teacher.part not in teaching.WITH_AGREEMENT:
        raise Http404
    if request.method != "POST":
        return pdf(agreement_pdf(teacher), f"agreement-{pk}.pdf")
    own = request.acting is not None and teacher.person_id == request.acting.person_id
    do: Doing = teaching.sign_agreement if own else teaching.hand_over_agreement

    def read_and_signed(acting: Appointment, teacher: Teacher) -> None:
        must_have_read(request)
        do(acting, teacher)

    return doing(request, pk, read_and_signed, _("Signed."))


@require_safe
@for_staff
def payment(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the agreement on how payments for certificates are divided."""
    found = offering_of(request, pk)
    if found.certificate != Offering.Certificate.PAID:
        raise Http404
    return pdf(payment_agreement(found), f"payment-agreement-{pk}.pdf")


COLUMNS: tuple[Column[Teacher], ...] = (
    Column(gettext_lazy("Lecturer"), lambda each: each.person.name),
    Column(gettext_lazy("Part"), lambda each: each.get_part_display()),
    Column(gettext_lazy("Code"), lambda each: each.offering.proposal.code),
    Column(gettext_lazy("Course"), lambda each: each.offering.proposal.name),
    Column(gettext_lazy("Equivalent course"), lambda each: each.offering.equivalent_code),
    Column(gettext_lazy("Cohort"), lambda each: each.offering.cohort),
    Column(gettext_lazy("First day"), lambda each: each.offering.starts_on),
    Column(gettext_lazy("Last day"), lambda each: each.offering.ends_on),
)


@require_safe
@for_staff
def timetable(request: ActingRequest) -> HttpResponseBase:
    """List what each lecturer offers in a semester (UTM 5.4.6)."""
    assert request.acting is not None
    semesters = Semester.objects.filter(institution=request.acting.institution)
    given = request.GET.get("semester", "")
    chosen = semesters.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 10 else None
    chosen = chosen or semesters.first()
    found = Teacher.objects.filter(offering__in=offerings_for(request.acting)).exclude(
        offering__state="cancelled"
    )
    if chosen is not None:
        found = found.filter(offering__starts_on__lte=chosen.ends_on).exclude(
            offering__ends_on__lt=chosen.starts_on
        )
    rows = found.select_related("person", "offering__proposal").order_by(
        "person__name", "person", "offering__starts_on", "pk"
    )
    if form := request.GET.get(FORM):
        return exported(Listing(_("Timetable"), COLUMNS, rows), form)
    return render(
        request, "offerings/timetable.html", {"rows": rows, "semesters": semesters, "chosen": chosen}
    )
