"""Results: graded, submitted, confirmed, told to the learners, and issued as credentials once."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings import telling_learning as telling
from portal.offerings.access import teaches
from portal.offerings.actions.awarding import run_for_sheet
from portal.offerings.actions.enrolling import changed, locked
from portal.offerings.graded import has_passed, learners_of, scale_on, standings
from portal.offerings.models import Enrolment, Offering, Result, ResultSheet
from portal.offerings.process import RESULTS
from portal.offerings.sheets import hold, open_sheet_of
from portal.records.register import record

State = Enrolment.State
SUBMITTING = ("submit", "confirm")
"""How the step by which the instructor hands the sheet on is called: at UTM the SME confirms at once."""
OUT = (State.WITHDRAWN, State.DEFERRED)


@transaction.atomic
def open_sheet(acting: Appointment, offering: Offering) -> ResultSheet:
    """Return the sheet that is being graded; begin one where there is none."""
    if not teaches(acting, offering):
        raise NotAllowed
    offering = (
        Offering.objects.select_for_update(of=("self",), no_key=True)
        .select_related("institution")
        .get(pk=offering.pk)
    )
    if offering.state not in ("running", "ended"):
        raise Refused(_("Results begin once the course has begun."))
    there = open_sheet_of(offering)
    if there is not None:
        return there
    last = offering.sheets.aggregate(last=Max("number"))["last"] or 0
    if last and offering.mode != Offering.Mode.SELF_PACED and not left_over(offering):
        raise Refused(_("The results of every learner are on a sheet already."))
    made = ResultSheet.objects.create(
        institution=offering.institution, offering=offering, policy=offering.policy, number=last + 1
    )
    record(
        acting,
        "results.begin",
        made,
        institution=offering.institution,
        after={"offering": offering.pk, "number": made.number},
    )
    return made


def left_over(offering: Offering) -> bool:
    """Say whether a learner takes part whose result is on no sheet."""
    return offering.enrolments.filter(state=State.ACTIVE, result__isnull=True).exists()


@transaction.atomic
def submit(acting: Appointment | None, sheet: ResultSheet, *, version: int) -> ResultSheet:
    """Hand the results on as they are now: totals, grades and attainment are kept with the sheet.

    Raises ``Refused`` where marks are missing or the institution has no grading scale with marks.
    """
    name = next((step for step in SUBMITTING if may_begin(sheet, step)), SUBMITTING[0])
    sheet = RESULTS.opened(acting, sheet, name, version)
    sheet.submitted_by = acting
    sheet.touch("submitted_by")
    hold(sheet.offering)
    keep_results(sheet)
    return RESULTS.take(acting, sheet, name)


def may_begin(sheet: ResultSheet, name: str) -> bool:
    """Say whether a step leads on from grading."""
    step = sheet.declared().steps.get(name)
    return step is not None and "draft" in step.from_


def keep_results(sheet: ResultSheet) -> None:
    """Reckon the result of every learner of a sheet, in place of those before."""
    offering = sheet.offering
    if not scale_on(offering):
        raise Refused(
            _(
                "The institution has no grading scale with lowest marks in force on the last day of the "
                "course. The administrator enters one under Grading scales."
            )
        )
    sheet.results.all().delete()
    reached = standings(offering, learners_of(sheet).values_list("pk", flat=True))
    Result.objects.bulk_create(
        Result(
            sheet=sheet,
            enrolment_id=key,
            total=one.total,
            continuous=one.continuous,
            final=one.final,
            grade=one.grade.label if one.grade else "",
            passed=has_passed(offering, one.grade),
            attainment={code: str(mark) for code, mark in one.attainment.items()},
        )
        for key, one in reached.items()
    )


@transaction.atomic
def take(
    acting: Appointment | None, sheet: ResultSheet, name: str, *, version: int, reason: str = ""
) -> ResultSheet:
    """Take another step of a sheet: put it forward, return it with a reason, confirm the report."""
    if name == "issue":
        raise Refused(_("Certificates are issued by their own button."))
    sheet = RESULTS.opened(acting, sheet, name, version)
    if name.startswith("return") and not reason.strip():
        raise Refused(_("Say what has to be changed; the instructor reads it."), "reason")
    if name.startswith("return"):
        sheet.results.all().delete()
    return RESULTS.take(acting, sheet, name, reason=reason.strip())


def conclude(sheet: ResultSheet, acting: Appointment | None) -> None:
    """Make confirmed results final: every learner has completed or not passed, and is told.

    Who withdrew or deferred after the sheet was handed on has no result; who deferred gets one later.
    """
    if sheet.confirmed_on is None:
        sheet.confirmed_on = timezone.localdate()
        sheet.touch("confirmed_on")
    for result in sheet.results.select_related("enrolment").filter(told_at__isnull=True):
        enrolment = locked(result.enrolment)
        if enrolment.state in OUT:
            result.delete()
            continue
        if enrolment.state == State.ACTIVE:
            enrolment.left_at = timezone.now()
            state = State.COMPLETED if result.passed else State.FAILED
            changed(acting, enrolment, state, "offerings.conclude", "left_at")
        result.enrolment, result.told_at = enrolment, timezone.now()
        result.save(update_fields=["told_at"])
        telling.tell_results(result)


def is_settled(sheet: ResultSheet) -> bool:
    """Say whether results are final in this state: nobody can return them from it any more."""
    if sheet.state == "issued":
        return True
    steps = sheet.declared().steps_from(sheet.state)
    return sheet.state == "confirmed" and all(step.name == "issue" for step in steps)


@transaction.atomic
def issue(acting: Appointment | None, sheet: ResultSheet, *, version: int | None = None) -> ResultSheet:
    """Start the issuing run of a confirmed sheet, once; the sheet is issued when its run is done.

    Where a run was interrupted, it is taken up again. Raises ``Refused`` while one is under way.
    """
    sheet = RESULTS.opened(acting, sheet, "issue", version)
    assert acting is not None
    conclude(sheet, acting)
    run = run_for_sheet(acting, sheet)
    if run is None:
        return RESULTS.take(acting, sheet, "issue")
    sheet.run = run
    sheet.touch("run")
    return sheet


@transaction.atomic
def finish(sheet: ResultSheet) -> ResultSheet:
    """Take the last step of a sheet whose run is done; asked again it does nothing."""
    held = RESULTS.locked(sheet, None)
    if held.state == "confirmed" and held.run is not None and held.run.state == "done":
        return RESULTS.take(held.run.made_by, held, "issue")
    return held


def mean_of(results: list[Result]) -> Decimal | None:
    """Return the mean total of a sheet, to the hundredth."""
    totals = [result.total for result in results if result.total is not None]
    return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01")) if totals else None
