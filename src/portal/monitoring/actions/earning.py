"""The income of a cohort, step by step: agreed, counted, claimed, received, paid out (UTM 5.3, 5.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.institutions.numbering import next_number
from portal.monitoring import telling_income as telling
from portal.monitoring.days import must_be_past, must_not_be_before
from portal.monitoring.income import case_of, divided, division_of, equally, receivers_of, shared
from portal.monitoring.income_access import must_be_bursar, must_be_centre
from portal.monitoring.models import Income, IncomeShare
from portal.offerings.models import Offering
from portal.processes.walk import changed_meanwhile
from portal.records.register import record
from portal.wording import ringgit

State = Income.State
BEFORE_CLAIM = (State.COUNTED, State.PREPARED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came from the platform: how much, when, under which reference, why another amount."""

    amount: Decimal
    on: date
    reference: str
    difference: str = ""


def held(offering: Offering, version: int | None, *states: str) -> Income:
    """Return a cohort's income, locked; it is begun where there is none.

    ``version`` is the one that was seen, 0 where nothing was kept yet. Raises ``Refused`` where somebody
    changed it since, or where it stands elsewhere.
    """
    begun = {"institution": offering.institution}
    _income, new = Income.objects.get_or_create(offering=offering, defaults=begun)
    rows = Income.objects.select_for_update(of=("self",), no_key=True).select_related(
        "institution", "offering__proposal__developer", "offering__proposal__achievement"
    )
    income = rows.get(offering=offering)
    if version is not None and version != (0 if new else income.version):
        raise Refused(changed_meanwhile(income))
    if states and income.state not in states:
        raise Refused(
            _("This cannot be done now: the income stands at “%(state)s”.")
            % {"state": income.get_state_display()}
        )
    return income


def keep(acting: Appointment, income: Income, action: str, *columns: str) -> Income:
    """Save the named columns, give the income its next version, and write it into the register."""
    income.version += 1
    income.save(update_fields=[*columns, "version"])
    after = {name: getattr(income, name) for name in columns if not name.endswith("_by")}
    record(acting, action, income, institution=income.institution, after=after)
    return income


@transaction.atomic
def agree(acting: Appointment | None, offering: Offering, *, version: int | None) -> Income:
    """Sign the agreement on the division of payments for the centre (UTM 5.2.3, 5.3.1)."""
    centre = must_be_centre(acting, offering)
    income = held(offering, version)
    if income.agreed_at is not None:
        raise Refused(_("The centre has signed already."))
    income.agreed_at, income.agreed_by = timezone.now(), centre
    return keep(centre, income, "income.agree", "agreed_at", "agreed_by")


@transaction.atomic
def count(
    acting: Appointment | None, offering: Offering, number: int, source: str, *, version: int | None
) -> Income:
    """Keep the number of paid certificates as the platform states it; a prepared claim is begun anew."""
    centre = must_be_centre(acting, offering)
    income = held(offering, version, *BEFORE_CLAIM)
    income.certificates, income.source = number, source
    income.counted_on, income.state, income.claim = timezone.localdate(), State.COUNTED, ""
    return keep(centre, income, "income.count", "certificates", "source", "counted_on", "state", "claim")


@transaction.atomic
def prepare_claim(acting: Appointment | None, offering: Offering, *, version: int | None) -> Income:
    """Write the claim for the bursar (UTM 5.3.6); a cohort without paid certificates is closed."""
    centre = must_be_centre(acting, offering)
    income = held(offering, version, State.COUNTED)
    must_be_countable(income)
    if not income.certificates:
        income.state, income.closed_on = State.CLOSED, timezone.localdate()
        return keep(centre, income, "income.close", "state", "closed_on")
    division = division_of(income.offering)
    income.price, income.case = division.price, division.case
    income.expected = division.university * income.certificates
    income.claim = next_claim(income, "TS")
    income.prepared_on, income.prepared_by, income.state = timezone.localdate(), centre, State.PREPARED
    columns = ("price", "case", "expected", "claim", "prepared_on", "prepared_by", "state")
    keep(centre, income, "income.prepare_claim", *columns)
    telling.tell_bursars(income, "income_claim")
    return income


def must_be_countable(income: Income) -> None:
    """Raise ``Refused`` where the cohort goes on, was not counted, or its division is not agreed."""
    offering = income.offering
    if offering.state != "ended":
        raise Refused(_("The cohort has not ended yet; certificates may still be paid for."))
    if income.counted_on is None:
        raise Refused(_("Enter the number of paid certificates first."))
    if offering.payment_agreed_at is None or income.agreed_at is None:
        raise Refused(
            _("The subject expert and the centre have not both signed how payments are divided (5.2.3).")
        )


def next_claim(income: Income, series: str) -> str:
    """Return the next number of a claim or an instruction: UTM/TS/2026/000003."""
    year = timezone.localdate().year
    number = next_number(income.institution, f"income_{series.lower()}", year)
    return f"{income.institution.code.upper()}/{series}/{year}/{number:06}"


@transaction.atomic
def claim(
    acting: Appointment | None, offering: Offering, on: date, reference: str, *, version: int | None
) -> Income:
    """Note that the claim went to the platform (UTM 5.5.1)."""
    income = held(offering, version, State.PREPARED)
    bursar = must_be_bursar(acting, income)
    must_be_past(on)
    must_not_be_before(on, income.prepared_on)
    income.claimed_on, income.claim_reference, income.state = on, reference, State.CLAIMED
    return keep(bursar, income, "income.claim", "claimed_on", "claim_reference", "state")


@transaction.atomic
def receive(
    acting: Appointment | None, offering: Offering, receipt: Receipt, *, version: int | None
) -> Income:
    """Note what the platform paid; another amount than was claimed needs a reason."""
    income = held(offering, version, State.CLAIMED)
    bursar = must_be_bursar(acting, income)
    must_be_past(receipt.on)
    must_not_be_before(receipt.on, income.claimed_on)
    if receipt.amount != income.expected and not receipt.difference.strip():
        raise Refused(
            _("%(expected)s was claimed. Say why another amount came.")
            % {"expected": ringgit(income.expected)},
            "difference",
        )
    income.received, income.received_on, income.receipt = receipt.amount, receipt.on, receipt.reference
    income.difference, income.state = receipt.difference.strip(), State.RECEIVED
    keep(bursar, income, "income.receive", "received", "received_on", "receipt", "difference", "state")
    telling.tell_centre(income, "income_received")
    return income


@transaction.atomic
def instruct(acting: Appointment | None, offering: Offering, *, version: int | None) -> Income:
    """Divide what came and instruct the bursar to pay it out (UTM 5.3.7, 5.5.2, 5.5.5)."""
    centre = must_be_centre(acting, offering)
    income = held(offering, version, State.RECEIVED)
    income.case = case_of(income.offering)
    IncomeShare.objects.bulk_create(shares_of(income))
    income.instruction = next_claim(income, "AB")
    income.instructed_on, income.instructed_by = timezone.localdate(), centre
    income.state = State.INSTRUCTED
    keep(centre, income, "income.instruct", "case", "instruction", "instructed_on", "instructed_by", "state")
    telling.tell_bursars(income, "income_instruction")
    return income


def shares_of(income: Income) -> list[IncomeShare]:
    """Return the shares of what came, not yet kept: they add up to it, to the sen."""
    assert income.received is not None  # it stands at "received"
    division = divided(income.case, income.price)
    made: list[IncomeShare] = []
    for part in shared(division, income.certificates, income.received):
        people = receivers_of(income.offering, part.to)
        for person, amount in zip(people, equally(part.amount, len(people)), strict=True):
            made.append(
                IncomeShare(
                    income=income,
                    position=len(made) + 1,
                    to=part.to,
                    person=person,
                    percent=(part.percent / len(people)).quantize(Decimal("0.01")),
                    amount=amount,
                    clauses=list(part.clauses),
                )
            )
    return made


@transaction.atomic
def pay(
    acting: Appointment | None,
    offering: Offering,
    chosen: Collection[int],
    on: date,
    reference: str,
    *,
    version: int | None,
) -> int:
    """Mark shares as paid out; the cohort is closed with the last one. Returns how many were paid."""
    income = held(offering, version, State.INSTRUCTED)
    bursar = must_be_bursar(acting, income)
    must_be_past(on)
    must_not_be_before(on, income.received_on)
    shares = list(income.shares.filter(pk__in=chosen, paid_on=None).select_related("person"))
    if not shares or len(shares) != len(set(chosen)):
        raise Refused(_("Choose shares of this cohort that are not paid out yet."))
    for share in shares:
        share.paid_on, share.reference, share.paid_by = on, reference, bursar
    IncomeShare.objects.bulk_update(shares, ["paid_on", "reference", "paid_by"])
    if not income.shares.filter(paid_on=None).exists():
        income.state, income.closed_on = State.CLOSED, on
    keep(bursar, income, "income.pay", "state", "closed_on")
    for share in shares:
        telling.tell_paid(income, share)
    return len(shares)
