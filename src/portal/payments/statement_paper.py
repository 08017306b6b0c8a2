"""The bursar's statement of who receives what, as PDF."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.institutions.paper import paper_of
from portal.payments.models import Share
from portal.payments.statement import Sums, period_of, sums, whole
from portal.payments.words import receiver
from portal.wording import figure
from tauliah.files.account import Account, Cell, Fact, Total, account_pdf
from tauliah.files.paper import Signatory, day_in_words
from tauliah.values.text import same

MOST_ROWS = 2_000
"""Longer statements are taken as a spreadsheet; the paper then holds the sums alone."""


def statement_pdf(
    acting: Appointment, shares: QuerySet[Share], given: Mapping[str, Any], language: str
) -> bytes:
    """Print a statement of the parts that somebody sees."""
    assert acting.institution is not None  # who reads orders belongs to an institution
    by_receiver = sums(shares)
    long = shares.count() > MOST_ROWS
    account = Account(
        institution=paper_of(acting.institution, acting.faculty),
        language=language,
        day=timezone.localdate(),
        title=_("Statement of the distribution of fees"),
        facts=tuple(facts(given, language)),
        header=(_("Settled"), _("Order"), _("Receiver"), "%", _("Amount (RM)"), _("Paid out on")),
        rows=[] if long else [row_of(share) for share in shares],
        totals=tuple(totals(by_receiver)),
        widths=(0, 1.3, 1.5, 0, 0, 0),
        numeric=(3, 4),
        in_words=whole(by_receiver).due,
        notes=(_("The rows are too many for paper; take them as a spreadsheet."),) if long else (),
        signatories=(Signatory(acting.person.name, same(str(acting.get_role_display()))),),
    )
    return account_pdf(account)


def facts(given: Mapping[str, Any], language: str) -> Iterable[Fact]:
    """Say what the statement is of."""
    since, until = period_of(given)
    yield _("Period"), " – ".join((said(since, language), said(until or timezone.localdate(), language)))
    if given.get("receiver"):
        yield _("Receiver"), receiver(given["receiver"])
    if given.get("person"):
        yield _("Person"), given["person"]
    if given.get("paid"):
        yield _("Paid out"), _("Paid out") if given["paid"] == "yes" else _("Not yet")
    yield _("Policy"), "UTM 6.5.2, Jadual 7"


def said(day: date | None, language: str) -> str:
    """Write a day, or that a period has no beginning."""
    return day_in_words(day, language) if day else _("the beginning")


def row_of(share: Share) -> tuple[Cell, ...]:
    """Return a row of the statement."""
    settled = share.order.settled_at
    return (
        Cell(f"{timezone.localdate(settled):%d.%m.%Y}" if settled else ""),
        Cell(share.order.number, share.line.about),
        Cell(receiver(share.receiver), share.person.name if share.person else ""),
        Cell(figure(share.percent)),
        Cell(f"{share.amount:,.2f}"),
        Cell(f"{share.paid_on:%d.%m.%Y}" if share.paid_on else "–", share.paid_reference),
    )


def totals(by_receiver: list[Sums]) -> Iterable[Total]:
    """Return the sums by receiver and the sum of all."""
    for each in by_receiver:
        yield Total(receiver(each.receiver), (f"{each.due:,.2f}", ""))
    every = whole(by_receiver)
    yield Total(_("Total"), (f"{every.due:,.2f}", ""), strong=True)
    yield Total(_("Of which paid out"), (f"{every.paid:,.2f}", ""))
