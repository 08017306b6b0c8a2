"""Entering marks: each on its own, so that one that is wrong holds up no other."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.imports.mistake import Wrong
from portal.offerings.access import STAFF, teaches
from portal.offerings.models import Assessment, Enrolment, Mark, Offering
from portal.offerings.sheets import hold, is_submitted, must_be_open, submitted
from portal.records.register import record

HUNDRED = Decimal(100)
MARKED = (Enrolment.State.ACTIVE,)
WRITTEN = re.compile(r"[+-]?\d+(?:[.,](?P<decimals>\d+))?", re.ASCII)
"""How a mark is written: no exponent and no thousands, whose comma would make 1,000 a mark of 1."""
EMPTIED = gettext_noop("A mark is not emptied: enter the right one.")
NO_NUMBER = gettext_noop("“%(text)s” is not a number. Enter a mark from 0 to 100.")
NOT_POSSIBLE = gettext_noop("%(text)s is not possible: a mark is from 0 to 100.")
TOO_FINE = gettext_noop("%(text)s has more than two decimals.")
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as it was typed: the mark's text; where somebody ``looked``, the mark ``seen`` there (or None).

    ``attempt`` is which attempt it is; None means the latest, and the first where there is none yet.
    """

    enrolment: int
    assessment: int
    text: str
    looked: bool = False
    seen: Decimal | None = None
    feedback: str | None = None
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a table: how many marks were kept, and what is wrong at which cell."""

    number: int
    wrong: dict[tuple[int, int], str]


def may_mark(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody enters marks of an offering: who teaches it, acting as staff there."""
    return acting is not None and acting.role in STAFF and teaches(acting, offering)


def must_mark(acting: Appointment | None, offering: Offering) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for everybody who does not teach the offering."""
    if acting is None or not may_mark(acting, offering):
        raise NotAllowed(_("Marks are entered by those who teach the course."))
    return acting


def mark_of(text: str) -> Decimal:
    """Read a mark from 0 to 100 with at most two decimals; raises ``Refused``."""
    try:
        return mark_in(text)
    except Wrong as wrong:
        raise Refused(_(wrong.message) % wrong.values) from wrong


def mark_in(text: str) -> Decimal:
    """Read a mark as ``mark_of`` does; raises ``Wrong``, which can be said in any language later."""
    written, shown = text.strip(), text.strip()[:SHOWN]
    if not written:
        raise Wrong(EMPTIED)
    found = WRITTEN.fullmatch(written)
    if found is None:
        raise Wrong(NO_NUMBER, text=shown)
    mark = Decimal(written.replace(",", "."))
    if not 0 <= mark <= HUNDRED:
        raise Wrong(NOT_POSSIBLE, text=shown)
    if len(found["decimals"] or "") > 2:
        raise Wrong(TOO_FINE, text=shown)
    return abs(mark).quantize(Decimal("0.01"))


@transaction.atomic
def enter_mark(  # noqa: PLR0917 - the name, order and defaults that LTI and the API rely on
    acting: Appointment | None,
    assessment: Assessment,
    enrolment: Enrolment,
    mark: Decimal | str,
    feedback: str = "",
    attempt: int | None = None,
    *,
    source: str = "entered",
) -> Mark:
    """Keep one mark; without somebody acting, a learning platform reports it.

    ``attempt`` None changes the latest attempt. Raises ``Refused`` for a mark that cannot be, an attempt too
    many, or results that were submitted already; ``NotAllowed`` for who does not teach the course.
    """
    if acting is not None or source == "entered":
        must_mark(acting, assessment.offering)
    hold(assessment.offering)
    must_be_open(assessment.offering)
    text = mark if isinstance(mark, str) else f"{mark}"
    row = Entry(enrolment.pk, assessment.pk, text, feedback=feedback, attempt=attempt)
    kept, before = keep(acting, assessment, marked_now(assessment.offering, enrolment.pk), row, source)
    note(acting, assessment.offering, [(kept, before)])
    return kept


@transaction.atomic
def enter_marks(
    acting: Appointment | None, offering: Offering, rows: Iterable[Entry], *, source: str = "entered"
) -> Kept:
    """Keep the marks of a table; a cell that is wrong is named and left, the others are kept."""
    acting = must_mark(acting, offering)
    hold(offering)
    must_be_open(offering)
    assessments = {each.pk: each for each in offering.assessments.all()}
    changes: list[tuple[Mark, Decimal | None]] = []
    wrong: dict[tuple[int, int], str] = {}
    for row in rows:
        try:
            assessment = one_of(assessments, row.assessment)
            changes.append(keep(acting, assessment, marked_now(offering, row.enrolment), row, source))
        except Refused as refused:
            wrong[row.enrolment, row.assessment] = str(refused.message)
    note(acting, offering, changes)
    return Kept(len(changes), wrong)


def one_of(assessments: Mapping[int, Assessment], key: int) -> Assessment:
    """Return an assessment of the offering; raises ``Refused`` for another one."""
    if key not in assessments:
        raise Refused(_("This assessment is not part of the offering."))
    return assessments[key]


def marked_now(offering: Offering, enrolment: int) -> Enrolment:
    """Return a learner who can be marked, held; raises ``Refused``."""
    there = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=enrolment, offering=offering)
        .first()
    )
    if there is None or there.state not in MARKED:
        raise Refused(_("This learner no longer takes part, or the result is confirmed already."))
    if is_submitted(there):
        raise Refused(submitted())
    return there


def keep(
    acting: Appointment | None, assessment: Assessment, enrolment: Enrolment, row: Entry, source: str
) -> tuple[Mark, Decimal | None]:
    """Keep a mark of a learner who is held, and return it with the one before; raises ``Refused``."""
    mark = mark_of(row.text)
    last = Mark.objects.filter(assessment=assessment, enrolment=enrolment).aggregate(last=Max("attempt"))
    number = row.attempt or last["last"] or 1
    must_be_allowed(assessment, number, last["last"] or 0)
    found = Mark.objects.filter(assessment=assessment, enrolment=enrolment, attempt=number).first()
    before = found.mark if found else None
    if row.looked and before is not None and before not in (row.seen, mark):
        raise Refused(
            _("Somebody entered %(mark)s here meanwhile; it stays until you look again.") % {"mark": before}
        )
    kept = found or Mark(assessment=assessment, enrolment=enrolment, attempt=number)
    kept.mark, kept.source, kept.marked_by = mark, source, acting
    if row.feedback is not None:
        kept.feedback = row.feedback.strip()
    kept.save()
    return kept, before


def must_be_allowed(assessment: Assessment, number: int, last: int) -> None:
    """Raise ``Refused`` for an attempt beyond those allowed, or one that leaves a gap."""
    if assessment.attempts and number > assessment.attempts:
        raise Refused(
            _("“%(name)s” allows %(most)s attempts; this would be number %(number)s.")
            % {"name": assessment.name, "most": assessment.attempts, "number": number}
        )
    if not 1 <= number <= last + 1:
        raise Refused(_("Enter attempt %(next)s first.") % {"next": last + 1})


@transaction.atomic
def take_back(mark: Mark) -> None:
    """Take back a mark that a learning platform reported and reports no longer; raises ``Refused``."""
    offering = mark.assessment.offering
    hold(offering)
    must_be_open(offering)
    marked_now(offering, mark.enrolment_id)
    record(
        None,
        "offerings.mark",
        offering,
        institution=offering.institution,
        before={place(mark): mark.mark},
        after={place(mark): None},
    )
    mark.delete()


def note(acting: Appointment | None, offering: Offering, changes: list[tuple[Mark, Decimal | None]]) -> None:
    """Write the marks that changed into the register, with what they were."""
    changed = [(mark, before) for mark, before in changes if mark.mark != before]
    if not changed:
        return
    record(
        acting,
        "offerings.mark",
        offering,
        institution=offering.institution,
        before={place(mark): before for mark, before in changed},
        after={place(mark): mark.mark for mark, _before in changed},
    )


def place(mark: Mark) -> str:
    """Name a cell in the register: enrolment, assessment, attempt."""
    return f"{mark.enrolment_id}/{mark.assessment_id}/{mark.attempt}"


@transaction.atomic
def keep_feedback(acting: Appointment | None, mark: Mark, feedback: str) -> Mark:
    """Keep what the instructor says of a mark; the learner reads it beside it (UNIMAS 2.3-feedback)."""
    must_mark(acting, mark.assessment.offering)
    mark.feedback = feedback.strip()
    mark.save(update_fields=["feedback", "marked_at"])
    return mark
