"""Which sheet of results is under way, and what it stands in the way of."""

from datetime import date

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.offerings.models import Enrolment, Offering, Result, ResultSheet
from tauliah.values.day import months_after

MONTHS_TO_RESULTS = 1
"""Learners get their results about a month after the final assessment is due (UNIMAS 3.3.2)."""
GRADING = "draft"


def open_sheet_of(offering: Offering) -> ResultSheet | None:
    """Return the sheet of an offering that is still being graded, if there is one."""
    return offering.sheets.filter(state=GRADING).order_by("number").first()


def under_way(offering: Offering) -> ResultSheet | None:
    """Return the sheet that was submitted and is not confirmed yet, if there is one."""
    ended = ("issued", "confirmed")
    return offering.sheets.exclude(state__in=(GRADING, *ended)).order_by("number").first()


def must_be_open(offering: Offering) -> None:
    """Raise ``Refused`` while results of the offering are with those who confirm them."""
    if under_way(offering) is not None and offering.mode != Offering.Mode.SELF_PACED:
        raise Refused(submitted())


def hold(offering: Offering) -> None:
    """Hold an offering until the transaction ends: no mark changes while its results are handed on."""
    Offering.objects.select_for_update(of=("self",), no_key=True).get(pk=offering.pk)


def is_submitted(enrolment: Enrolment) -> bool:
    """Say whether a learner’s result stands on a sheet that was handed on."""
    return Result.objects.filter(enrolment=enrolment).exists()


def submitted() -> str:
    """Say that results were handed on, and when marks change again."""
    return _("The results were submitted: marks change only once the sheet has been returned to you.")


def results_due_on(offering: Offering) -> date | None:
    """Return the day by which learners expect their results, if the final assessment has a day."""
    day = offering.final_due_on or offering.ends_on
    return months_after(day, MONTHS_TO_RESULTS) if day else None
