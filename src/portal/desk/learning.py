"""What waits for learners, for those who teach and for the centre, of the courses that are offered."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.desk.work import Work
from portal.offerings.access import offerings_for, own_enrolments, taught_by
from portal.offerings.learning_access import TEACHING
from portal.offerings.models import (
    TAKING_PART,
    Enrolment,
    LeaveRequest,
    Offering,
    ResultSheet,
    SharingReport,
    Survey,
)
from portal.payments.models import Order
from portal.proposals.access import CENTRE

WITH_CENTRE = ("centre_check", "report_check", "confirmed")
"""States in which a sheet of results waits for the centre."""


def learning(acting: Appointment) -> Iterator[Work]:
    """Yield the courses that a learner is in, and the surveys that ask for an answer."""
    if not acting.is_learner:
        return
    own, today = own_enrolments(acting), timezone.localdate()
    mine = reverse("offerings:mine")
    yield Work(_("Courses that you take"), own.filter(state=Enrolment.State.ACTIVE).count(), mine, "list")
    yield Work(_("Seats to be paid for"), own.filter(state=Enrolment.State.UNPAID).count(), mine, "money")
    open_now = Survey.objects.filter(opens_on__lte=today).filter(
        Q(closes_on__isnull=True) | Q(closes_on__gte=today)
    )
    asked = own.filter(state__in=TAKING_PART, offering__surveys__in=open_now).exclude(
        survey_answers__survey__in=open_now
    )
    yield Work(_("Surveys to answer"), asked.count(), mine, "pencil")


def teaching(acting: Appointment) -> Iterator[Work]:
    """Yield the offerings whose learners wait for their results from those who teach."""
    if acting.role not in TEACHING or acting.role in CENTRE:
        return
    today = timezone.localdate()
    taught = Offering.objects.filter(institution=acting.institution).filter(taught_by(acting))
    over = taught.filter(state__in=("running", "ended"), final_due_on__lt=today, enrolments__state="active")
    graded = ResultSheet.objects.exclude(state="draft").values("offering")
    waiting = over.exclude(pk__in=graded).distinct()
    yield Work(_("Courses to be graded"), waiting.count(), reverse("offerings:list"), "pencil")
    drafts = ResultSheet.objects.filter(offering__in=taught.values("pk"), state="draft")
    late = drafts.filter(due_on__lt=today).count()
    yield Work(_("Results to be handed on"), drafts.count(), reverse("offerings:sheets"), "list", late)


def running(acting: Appointment) -> Iterator[Work]:
    """Yield what waits for the centre: results, wishes to leave, paid certificates, reports of sharing."""
    if acting.role not in CENTRE:
        return
    there, today = offerings_for(acting), timezone.localdate()
    sheets = ResultSheet.objects.filter(offering__in=there, state__in=WITH_CENTRE)
    late = sheets.filter(due_on__lt=today).count()
    yield Work(
        _("Sheets of results with the centre"), sheets.count(), reverse("offerings:sheets"), "list", late
    )
    listed = reverse("offerings:list")
    asked = LeaveRequest.objects.filter(enrolment__offering__in=there, granted__isnull=True)
    yield Work(_("Learners who want to leave"), asked.count(), where(asked.first(), listed), "leave")
    paid = Enrolment.objects.filter(
        offering__in=there, certificate_order__state=Order.State.PAID, certificate_run__isnull=True
    )
    first = paid.first()
    page = reverse("offerings:results", args=[first.offering_id]) if first else listed
    yield Work(_("Paid certificates to be issued"), paid.count(), page, "badge")
    reports = SharingReport.objects.filter(proposal__institution=acting.institution, closed_at__isnull=True)
    yield Work(_("Reports of unauthorised sharing"), reports.count(), listed, "shield")


def where(asked: LeaveRequest | None, otherwise: str) -> str:
    """Return the page on which the wish that waits the longest is answered."""
    return reverse("offerings:leaves", args=[asked.enrolment.offering_id]) if asked else otherwise
