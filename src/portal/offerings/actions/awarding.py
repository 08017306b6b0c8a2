"""From results to credentials: whose certificate is of which kind, and the run that issues them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.actions.issuing import start
from portal.credentials.models import Achievement, Award, Credential, IssuingRun
from portal.offerings import telling_learning as telling
from portal.offerings.access import runs
from portal.offerings.actions.enrolling import locked
from portal.offerings.certificates import price_lines
from portal.offerings.graded import scale_on
from portal.offerings.models import Enrolment, Offering, Result, ResultSheet
from portal.payments.actions import place_order
from portal.payments.models import Order
from portal.proposals.models import Kind
from portal.records.register import record
from tauliah.credentials.identity_card import masked
from tauliah.values.vocabulary import GRADES

State = IssuingRun.State
PARTICIPATION, PAID, MICRO = "participation", "accomplishment", "micro_credential"


def certificate_of(offering: Offering) -> str:
    """Return which certificate a sheet issues: of participation for a MOOC (UTM 5.1.1), else in full."""
    return PARTICIPATION if offering.proposal.kind == Kind.MOOC else MICRO


def achievement_of(offering: Offering) -> Achievement:
    """Return the course as it is certified; raises ``Refused`` where it is not described yet."""
    achievement = offering.proposal.achievement
    if achievement is None:
        raise Refused(_("Describe the certificate of the course first (in its proposal)."))
    return achievement


def run_for_sheet(acting: Appointment, sheet: ResultSheet) -> IssuingRun | None:
    """Return the run of a sheet, started: a new one, or the interrupted one taken up; None for nobody.

    The sheet must be held, so that of two people who press at once the second is told.
    """
    if sheet.run is not None:
        if sheet.run.state != State.FAILED:
            raise Refused(_("The certificates of this sheet are being issued already."))
        start(acting, sheet.run)
        return sheet.run
    offering = sheet.offering
    earned = deserving(sheet)
    if not earned:
        return None
    run = made_run(acting, offering, certificate_of(offering), f"{offering.cohort} ({sheet.number})", sheet)
    list_learners(run, earned)
    start(acting, run)
    return run


def deserving(sheet: ResultSheet) -> list[Result]:
    """Return the results that earn the certificate of the sheet: who passed; in a MOOC, who finished."""
    results = sheet.results.select_related("enrolment__person", "enrolment__order__receipt")
    found = results.order_by("enrolment__person__name", "pk")
    if certificate_of(sheet.offering) == PARTICIPATION:
        return list(found.filter(total__isnull=False))
    return list(found.filter(passed=True))


def made_run(
    acting: Appointment, offering: Offering, certificate: str, cohort: str, sheet: ResultSheet | None = None
) -> IssuingRun:
    """Keep a run of an offering whose learners are still to be listed."""
    today = timezone.localdate()
    first = offering.starts_on or today
    last = min(offering.ends_on or today, today)
    approved = sheet.confirmed_on if sheet and sheet.confirmed_on else today
    run = IssuingRun.objects.create(
        institution=offering.institution,
        achievement=achievement_of(offering),
        certificate=certificate,
        cohort=cohort[:80],
        term=offering.semester.code[:40] if offering.semester else "",
        started_on=first,
        ended_on=max(last, first),
        awarded_on=max(approved, last, first),
        stamped_on=max(today, approved, first),
        made_by=acting,
    )
    after = {"run": str(run), "certificate": certificate}
    record(acting, "credentials.keep_run", run, institution=offering.institution, after=after)
    return run


def list_learners(run: IssuingRun, results: Sequence[Result], receipts: dict[int, str] | None = None) -> None:
    """Put the learners of results on the list of a run; marks are out of 100 of their part."""
    plain = run.certificate == PARTICIPATION
    equal = equals(results) if not plain else {}
    Award.objects.bulk_create(
        (
            Award(
                run=run,
                position=position,
                person=result.enrolment.person,
                name=result.enrolment.person.name,
                email=result.enrolment.person.email,
                identity=identity_of(result.enrolment),
                grade="" if plain else equal[result.pk],
                formative_mark=None if plain else result.continuous,
                summative_mark=None if plain else result.final,
                payment=(receipts or {}).get(result.enrolment_id, ""),
                completed=True if plain else None,
            )
            for position, result in enumerate(results, start=1)
        ),
        batch_size=1000,
    )
    IssuingRun.objects.filter(pk=run.pk).update(total=len(results))


def identity_of(enrolment: Enrolment) -> str:
    """Return a learner’s identity number, masked."""
    number = enrolment.person.identity_number
    return str(masked(number)) if number else ""


def equals(results: Iterable[Result]) -> dict[int, str]:
    """Return the grade of the contract that each result’s grade equals, as the credential names it."""
    rows = list(results)
    if not rows:
        return {}
    scale = {step.label: step.equal_to for step in scale_on(rows[0].sheet.offering)}
    return {row.pk: scale.get(row.grade) or (row.grade if row.grade in GRADES else "") for row in rows}


# --- The paid certificate, at the learner's request (UTM 5.1.2) ------------------------------------


@transaction.atomic
def ask_for_certificate(acting: Appointment, enrolment: Enrolment) -> Order:
    """Order the paid certificate of a completed course; raises ``Refused`` with what is in the way."""
    enrolment = locked(enrolment)
    if enrolment.person_id != acting.person_id:
        raise NotAllowed
    if not may_ask(enrolment):
        raise Refused(
            _("The paid certificate can be asked for once you have passed a course that offers one.")
        )
    before = enrolment.certificate_order
    if before is not None and not may_order_again(enrolment):
        raise Refused(_("You have asked for it already: order %(number)s.") % {"number": before.number})
    offering = enrolment.offering
    fees = price_lines(offering)
    order = place_order(
        acting,
        payer=enrolment.person,
        institution=offering.institution,
        faculty=offering.faculty,
        purpose=Order.Purpose.CERTIFICATE,
        about=f"{offering.proposal}, {offering.cohort}",
        fees=fees,
        policy=str(fees.get("policy", "")),
        policy_version=str(fees.get("policy_version", "")),
        link=reverse("offerings:learn", args=[enrolment.pk]),
    )
    if order is None:
        raise Refused(_("The price of the certificate is not set yet; ask the centre."))
    enrolment.certificate_order = order
    enrolment.version += 1
    enrolment.save(update_fields=["certificate_order", "version"])
    after = {"order": order.number}
    record(acting, "offerings.ask_certificate", enrolment, institution=offering.institution, after=after)
    return order


def may_ask(enrolment: Enrolment) -> bool:
    """Say whether the paid certificate of a course is open to a learner: passed, and offered."""
    paid = enrolment.offering.certificate == Offering.Certificate.PAID
    return paid and enrolment.state == Enrolment.State.COMPLETED


def may_order_again(enrolment: Enrolment) -> bool:
    """Say whether the order of a certificate came to nothing: none was placed, or it was closed unissued."""
    before = enrolment.certificate_order
    closed = (Order.State.CANCELLED, Order.State.REFUNDED)
    return before is None or (before.state in closed and enrolment.certificate_run_id is None)


def waiting_certificates(offering: Offering) -> list[Enrolment]:
    """Return the learners who paid for their certificate and have none yet."""
    paid = offering.enrolments.filter(
        certificate_order__state=Order.State.PAID, certificate_run__isnull=True, result__passed=True
    )
    return list(paid.select_related("person", "certificate_order__receipt", "result").order_by("pk"))


@transaction.atomic
def issue_certificates(acting: Appointment | None, offering: Offering) -> IssuingRun:
    """Start a run of the paid certificates that wait; each learner is on one run only."""
    if acting is None or not runs(acting, offering):
        raise NotAllowed
    Offering.objects.select_for_update(of=("self",), no_key=True).get(pk=offering.pk)
    waiting = waiting_certificates(offering)
    if not waiting:
        raise Refused(_("Nobody waits for a paid certificate: all that were paid for are issued."))
    number = IssuingRun.objects.filter(course_certificates__offering=offering).distinct().count() + 1
    run = made_run(acting, offering, PAID, f"{offering.cohort} (B{number})")
    results = list(
        Result.objects.filter(enrolment__in=waiting).select_related("enrolment__person", "sheet__offering")
    )
    receipts = {
        one.pk: one.certificate_order.receipt.number for one in waiting if one.certificate_order is not None
    }
    list_learners(run, results, receipts)
    Enrolment.objects.filter(pk__in=[one.pk for one in waiting]).update(certificate_run=run)
    start(acting, run)
    return run


def certificate_paid(enrolment: Enrolment) -> None:
    """Tell the centre that a certificate was paid for (UTM 5.2.15)."""
    telling.tell_certificate_paid(enrolment)


def credentials_of(enrolment: Enrolment) -> list[Credential]:
    """Return the credentials that a learner got for an offering, newest first."""
    sheet = ResultSheet.objects.filter(results__enrolment=enrolment).values("run")
    own = [enrolment.certificate_run_id] if enrolment.certificate_run_id else []
    found = Credential.objects.filter(person=enrolment.person).filter(run__in=sheet)
    paid = Credential.objects.filter(person=enrolment.person, run__in=own)
    return list((found | paid).order_by("-issued_at"))
