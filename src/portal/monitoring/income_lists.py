"""Cohorts with their income, and the statement of shares: narrowed, added up, and as files."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from portal.exports.listing import Column, Listing
from portal.monitoring.income import party
from portal.monitoring.models import Income, IncomeShare
from portal.offerings.models import Offering

NOT_COUNTED = "none"
STATES = [(NOT_COUNTED, _("Not counted yet")), *Income.State.choices]


def cohorts(found: QuerySet[Offering], query: Mapping[str, str]) -> QuerySet[Offering]:
    """Keep the cohorts that were asked for, the last ended first."""
    state, words = query.get("state", ""), query.get("words", "").strip()
    if state == NOT_COUNTED:
        found = found.filter(Q(income=None) | Q(income__counted_on=None))
    elif state:
        found = found.filter(income__state=state, income__counted_on__isnull=False)
    if words:
        found = found.filter(
            Q(proposal__name_ms__icontains=words)
            | Q(proposal__name_en__icontains=words)
            | Q(proposal__code__icontains=words)
            | Q(cohort__icontains=words)
        )
    return found.order_by("-ends_on", "-pk")


def paid_here(offering: Offering) -> int:
    """Return how many certificates of a cohort were paid for in the portal: a first number for the count."""
    return offering.enrolments.filter(certificate_order__state="paid").count()


def statement(shares: QuerySet[IncomeShare], query: Mapping[str, str]) -> QuerySet[IncomeShare]:
    """Keep the shares that a statement is of."""
    if to := query.get("to", ""):
        shares = shares.filter(to=to)
    if words := query.get("words", "").strip():
        shares = shares.filter(
            Q(person__name__icontains=words)
            | Q(income__offering__cohort__icontains=words)
            | Q(income__offering__proposal__name_ms__icontains=words)
            | Q(income__offering__proposal__code__icontains=words)
        )
    if paid := query.get("paid", ""):
        shares = shares.filter(paid_on__isnull=paid == "no")
    return shares.order_by("-income__instructed_on", "income", "position")


def sums(shares: QuerySet[IncomeShare]) -> list[dict[str, Any]]:
    """Add shares up by receiver: due, paid out, and how many."""
    rows = (
        shares.order_by()
        .values("to")
        .annotate(due=Sum("amount"), paid=Sum("amount", filter=Q(paid_on__isnull=False)), number=Count("pk"))
    )
    return [
        {**row, "paid": row["paid"] or Decimal(0), "label": party(row["to"])} for row in rows.order_by("to")
    ]


def cohorts_listing(found: QuerySet[Offering]) -> Listing[Any]:
    """Return cohorts as a file."""

    def of(name: str) -> Any:
        return lambda offering: getattr(getattr(offering, "income", None), name, None)

    columns: list[Column[Any]] = [
        Column(_("Course"), lambda o: f"{o.proposal.code} {o.proposal.name}".strip()),
        Column(_("Cohort"), lambda o: o.cohort),
        Column(_("Platform"), lambda o: o.platform),
        Column(_("Last day"), lambda o: o.ends_on),
        Column(_("State"), lambda o: o.income.get_state_display() if hasattr(o, "income") else ""),
        Column(_("Paid certificates"), of("certificates")),
        Column(_("Amount claimed (RM)"), of("expected")),
        Column(_("Claim"), of("claim")),
        Column(_("Claimed on"), of("claimed_on")),
        Column(_("Received (RM)"), of("received")),
        Column(_("Received on"), of("received_on")),
        Column(_("Instruction"), of("instruction")),
        Column(_("Closed on"), of("closed_on")),
    ]
    return Listing(_("Certificate income"), columns, found)


def statement_listing(shares: QuerySet[IncomeShare]) -> Listing[IncomeShare]:
    """Return a statement as a file."""
    columns: list[Column[IncomeShare]] = [
        Column(_("Course"), lambda s: str(s.income.offering.proposal)),
        Column(_("Cohort"), lambda s: s.income.offering.cohort),
        Column(_("Instruction"), lambda s: s.income.instruction),
        Column(_("Instructed on"), lambda s: s.income.instructed_on),
        Column(_("Receiver"), lambda s: party(s.to)),
        Column(_("Person"), lambda s: s.person.name if s.person else ""),
        Column(_("Percent"), lambda s: s.percent),
        Column(_("Amount in ringgit"), lambda s: s.amount),
        Column(_("Paid out on"), lambda s: s.paid_on),
        Column(_("Reference"), lambda s: s.reference),
        Column(_("Clauses"), lambda s: ", ".join(s.clauses)),
    ]
    return Listing(_("Statement of certificate income"), columns, shares)
