"""The papers of a cohort’s income: the claim, and the instruction to pay out (UTM 5.3.6, 5.3.7)."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.institutions.paper import paper_of
from portal.monitoring.income import Division, Part, divided, party
from portal.monitoring.models import Income, IncomeShare
from portal.wording import day, figure, ringgit
from tauliah.files.account import Account, Cell, Fact, Total, account_pdf
from tauliah.files.paper import Signatory
from tauliah.values.text import Text

CENTRE = Text("Bagi pihak pusat e-pembelajaran", "For the e-learning centre")


def money(amount: Decimal) -> str:
    """Write an amount as a column of an account has it."""
    return f"{amount:,.2f}"


def facts_of(income: Income) -> list[Fact]:
    """Return whose income it is."""
    offering = income.offering
    course = offering.proposal
    span = " – ".join(day(one) for one in (offering.starts_on, offering.ends_on) if one)
    return [
        (_("Course"), f"{course.code} {course.name}".strip()),
        (_("Cohort"), offering.cohort),
        (_("Duration"), span or "–"),
        (_("Platform"), offering.platform or "–"),
        (_("Subject expert"), course.developer.name),
        (
            _("Paid certificates"),
            f"{income.certificates} ({income.source})" if income.source else str(income.certificates),
        ),
    ]


def signed(income: Income, instructing: bool) -> tuple[Signatory, ...]:
    """Return who signs for the centre."""
    who = income.instructed_by if instructing else income.prepared_by
    return (Signatory(who.person.name, CENTRE),) if who else ()


def claim_pdf(income: Income, language: str) -> bytes:
    """Print the claim: what learners paid, what the platform keeps, what is claimed of it."""
    with override(language):
        division = divided(income.case, income.price)
        return account_pdf(
            Account(
                paper_of(income.institution),
                language,
                income.prepared_on or income.counted_on or income.offering.created_at.date(),
                _("Claim of certificate payments"),
                [(_("To"), _("The bursar")), (_("Number"), income.claim), *facts_of(income)],
                (_("Party"), "%", _("One certificate (RM)"), _("All (RM)")),
                [row_of(part, income.certificates) for part in division.outer],
                totals_of(income),
                widths=(2, 0, 0, 0),
                numeric=(1, 2, 3),
                reference=income.claim,
                in_words=income.expected,
                notes=(_("The bursar claims the university’s part from the platform, and notes what came."),),
                signatories=signed(income, instructing=False),
            )
        )


def row_of(part: Part, number: int) -> tuple[Cell, ...]:
    """Return a part as a row: of one certificate, and of all."""
    return (
        Cell(part.label, ", ".join(part.clauses)),
        Cell(figure(part.percent)),
        Cell(money(part.amount)),
        Cell(money(part.amount * number)),
    )


def totals_of(income: Income) -> Sequence[Total]:
    """Return what learners paid and what is claimed."""
    return (
        Total(_("Paid by learners"), (money(income.total),)),
        Total(_("To be claimed"), (money(income.expected),), strong=True),
    )


def instruction_pdf(income: Income, shares: Sequence[IncomeShare], language: str) -> bytes:
    """Print the instruction: who receives what of the amount that came."""
    with override(language):
        return account_pdf(
            Account(
                paper_of(income.institution),
                language,
                income.instructed_on or income.offering.created_at.date(),
                _("Instruction to pay out certificate payments"),
                [
                    (_("To"), _("The bursar")),
                    (_("Number"), income.instruction),
                    *facts_of(income),
                    (_("Received"), f"{ringgit(income.received or 0)}, {income.receipt}"),
                ],
                (_("Receiver"), "%", _("Amount (RM)"), _("Paid out on")),
                [row_of_share(share) for share in shares],
                [Total(_("Total"), (money(income.received or Decimal(0)), ""), strong=True)],
                widths=(2, 0, 0, 0),
                numeric=(1, 2),
                reference=income.instruction,
                in_words=income.received,
                notes=(income.difference,) if income.difference else (),
                signatories=signed(income, instructing=True),
            )
        )


def row_of_share(share: IncomeShare) -> tuple[Cell, ...]:
    """Return a share as a row."""
    who = f"{party(share.to)}: {share.person.name}" if share.person else party(share.to)
    return (
        Cell(who, ", ".join(share.clauses)),
        Cell(figure(share.percent)),
        Cell(money(share.amount)),
        Cell(f"{share.paid_on:%d.%m.%Y}" if share.paid_on else "–", share.reference),
    )


def division_rows(division: Division) -> list[tuple[Part, bool]]:
    """Return the parts of one certificate for a page; whether each is of the university's part."""
    return [*((part, False) for part in division.outer), *((part, True) for part in division.inner)]
