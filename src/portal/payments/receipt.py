"""The receipt of a settled order as PDF, in the payer's language."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.institutions.paper import paper_of
from portal.payments.models import Order, OrderLine, Payment
from portal.payments.words import method
from tauliah.files.account import Account, Cell, Total, account_pdf
from tauliah.files.paper import day_in_words

NUMERIC = (2,)


def receipt_of(order: Order) -> bytes:
    """Print the receipt; the same order gives the same bytes. An order without a receipt has none."""
    with override(order.payer.language):
        return account_pdf(account_of(order, order.payer.language))


def account_of(order: Order, language: str) -> Account:
    """Return what stands on the receipt."""
    issued = timezone.localdate(order.receipt.issued_at)
    lines = list(order.lines.all())
    payments = [p for p in order.payments.all() if p.state == Payment.State.RECEIVED]
    refunded = order.state == Order.State.REFUNDED
    return Account(
        institution=paper_of(order.institution, order.faculty),
        language=language,
        day=issued,
        title=_("Official receipt"),
        reference=order.receipt.number,
        stamp=(_("REFUNDED") if refunded else _("PAID")),
        facts=(
            (_("Receipt number"), order.receipt.number),
            (_("Date"), day_in_words(issued, language)),
            (_("Received from"), (order.payer.name, order.payer.email)),
            (_("For"), f"{order.get_purpose_display()} · {order.about}"),
            (_("Order"), order.number),
        ),
        header=(_("No."), _("Item"), _("Amount (RM)")),
        rows=[row_of(place, line) for place, line in enumerate(lines, start=1)],
        totals=(Total(_("Total"), (f"{order.total:,.2f}",), strong=True),),
        widths=(0, 1, 0),
        numeric=NUMERIC,
        in_words=order.total,
        closing_facts=tuple(how(payment, language) for payment in payments),
        notes=(_("This receipt was written by computer and needs no signature."),),
    )


def row_of(place: int, line: OrderLine) -> tuple[Cell, ...]:
    """Return a line of the receipt with the clauses that set its amount."""
    named = f"{line.text} ({line.about})" if line.about else line.text
    clauses = _("Clauses: %(clauses)s") % {"clauses": "; ".join(line.clauses)} if line.clauses else ""
    return (Cell(f"{place}."), Cell(named, clauses), Cell(f"{line.amount:,.2f}"))


def how(payment: Payment, language: str) -> tuple[str, str]:
    """Say how and when money came."""
    day = day_in_words(payment.received_on, language) if payment.received_on else ""
    told = (method(payment.method), payment.reference, day, f"RM {payment.amount:,.2f}")
    return _("Paid by"), " · ".join(filter(None, told))
