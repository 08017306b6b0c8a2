"""Whom the income of a cohort is told to: bursar, centre, and who receives a share."""

from collections.abc import Iterable
from typing import Any

from portal.accounts.models import Person
from portal.accounts.roles import Role
from portal.monitoring.models import Income, IncomeShare
from portal.notices.notify import notify
from portal.offerings.telling_learning import centre_of, course_words, holders


def words_of(income: Income) -> dict[str, Any]:
    """Return what every notice says of an income."""
    return course_words(income.offering) | {
        "claim": income.claim,
        "expected": income.expected,
        "received": income.received,
        "instruction": income.instruction,
    }


def tell(people: Iterable[Person], income: Income, kind: str) -> None:
    """Tell people of an income, by email too."""
    for person in people:
        notify(
            person,
            kind,
            words_of(income),
            link=income.get_absolute_url(),
            institution=income.institution,
            mail_key=f"{kind}-{income.pk}-{income.version}",
        )


def tell_bursars(income: Income, kind: str) -> None:
    """Tell the bursar of a claim or an instruction."""
    tell(holders(income.offering, [Role.BURSAR]), income, kind)


def tell_centre(income: Income, kind: str) -> None:
    """Tell the centre that money came."""
    tell(centre_of(income.offering), income, kind)


def tell_paid(income: Income, share: IncomeShare) -> None:
    """Tell who received a share."""
    if share.person is None:
        return
    notify(
        share.person,
        "income_paid",
        words_of(income) | {"amount": share.amount, "reference": share.reference, "day": share.paid_on},
        institution=income.institution,
        mail_key=f"income-share-{share.pk}",
    )
