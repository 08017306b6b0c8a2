"""Beginning an offering of a registered course, and setting its days, places, prices and assessments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings.actions.enrolling import move_up
from portal.offerings.checks import must_be_sound
from portal.offerings.models import Assessment, Mark, Offering, Teacher
from portal.offerings.process import WALK
from portal.offerings.proposed import proposed_assessments, standard_price
from portal.offerings.rights import FACULTY_TICKS, course_to_offer, is_expert, must_set_up
from portal.offerings.telling_offering import tell_dates_changed, tell_equivalent
from portal.proposals.models import Proposal
from portal.records.register import record
from portal.wording import day as in_words

SET_UP = (
    "cohort", "mode", "semester", "starts_on", "ends_on", "final_due_on", "enrols_from", "enrols_until",
    "least_learners", "most_learners", "fee", "certificate", "certificate_confirmed", "certificate_fee",
    "platform", "platform_url", "platform_agreement", "place", "streamed_only", "requirements",
    "equivalent_code", "open_to_all", "plan_declared_on",
)  # fmt: skip
"""What is set while an offering is being prepared."""
AFTERWARDS = (
    "ends_on", "final_due_on", "enrols_until", "most_learners", "platform_url", "place",
    "equivalent_code", "plan_declared_on",
)  # fmt: skip
"""What may still change once it is announced: nothing that learners paid or joined for."""
BEFORE_ANNOUNCED = ("draft", "readiness", "approval", "approved")
DAYS = ("starts_on", "ends_on", "final_due_on")
AGREED = ("certificate", "certificate_fee")
"""What the agreement on payments speaks of: it is signed anew where one of these changes (UTM 5.2.3)."""
SEATS = ("most_learners", "enrols_until", "ends_on")
"""What may make room for those who wait."""


@dataclass(frozen=True, slots=True)
class Part:
    """One assessment as it is entered: ``percent`` of the total, ``outcomes`` by their codes."""

    name: str
    type: str
    percent: Decimal
    purpose: str = "summative"
    form: str = "other"
    outcomes: tuple[str, ...] = ()
    due_on: date | None = None
    attempts: int = 1
    pk: int | None = field(default=None)


@transaction.atomic
def open_offering(acting: Appointment, proposal: Proposal, fields: Mapping[str, Any]) -> Offering:
    """Begin an offering of a registered course, with the assessments of its proposal.

    Raises ``NotAllowed``, ``Http404`` for a course that is not theirs to offer, ``Refused`` with the field.
    """
    course = course_to_offer(acting, proposal.pk)
    Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
    offering = Offering(
        institution=course.institution,
        faculty=course.faculty,
        proposal=course,
        policy=course.policy,
        made_by=acting,
        certificate_fee=standard_price(course),
    )
    written(offering, fields, SET_UP)
    must_be_sound(offering)
    offering.save()
    Assessment.objects.bulk_create(
        Assessment(offering=offering, position=place, **part)
        for place, part in enumerate(proposed_assessments(course), start=1)
    )
    if acting.person_id == course.developer_id:
        Teacher.objects.create(offering=offering, person=acting.person, part=Teacher.Part.INSTRUCTOR)
    record(acting, "offerings.open", offering, institution=course.institution, after=shown(offering, SET_UP))
    if offering.equivalent_code:
        tell_equivalent(offering, acting)
    return offering


@transaction.atomic
def keep_offering(
    acting: Appointment, offering: Offering, fields: Mapping[str, Any], *, version: int | None
) -> Offering:
    """Change what an offering says; once it is announced, only what joins nobody to other terms.

    Raises ``NotAllowed``, or ``Refused`` with the field.
    """
    must_set_up(acting, offering)
    offering = WALK.locked(offering, version)
    must_not_be_over(offering)
    names = changeable(offering)
    before = shown(offering, names)
    written(offering, fields, names)
    must_be_sound(offering)
    changed = [name for name in names if shown(offering, (name,))[name] != before[name]]
    if not changed:
        return offering
    if set(changed) & set(AGREED):
        offering.payment_agreed_at = None
    offering.touch(*names, "payment_agreed_at")
    record(
        acting,
        "offerings.keep",
        offering,
        institution=offering.institution,
        before={name: before[name] for name in changed},
        after=shown(offering, changed),
    )
    if "equivalent_code" in changed and offering.equivalent_code:
        tell_equivalent(offering, acting)
    if set(changed) & set(DAYS) and offering.is_public:
        tell_dates_changed(offering, acting)
    if set(changed) & set(SEATS):
        move_up(offering)
    return offering


def changeable(offering: Offering) -> tuple[str, ...]:
    """Return the names of what may be changed now."""
    return SET_UP if offering.state in BEFORE_ANNOUNCED else AFTERWARDS


def written(offering: Offering, fields: Mapping[str, Any], names: Sequence[str]) -> None:
    """Write what was given into the row; a name that may not change now is left alone."""
    for name in names:
        if name in fields:
            setattr(offering, name, fields[name])


def shown(offering: Offering, names: Sequence[str]) -> dict[str, Any]:
    """Return columns as the register keeps them."""
    found = {name: getattr(offering, name) for name in names}
    if "semester" in found:
        found["semester"] = offering.semester.code if offering.semester else None
    return found


def must_not_be_over(offering: Offering) -> None:
    """Raise ``Refused`` where the offering has ended or was cancelled."""
    if offering.is_final:
        raise Refused(_("This offering is over; begin a new one instead of changing it."))


@transaction.atomic
def keep_assessments(
    acting: Appointment, offering: Offering, parts: Sequence[Part], *, version: int | None
) -> Offering:
    """Keep the assessments of an offering; their weights make 100 %.

    Raises ``NotAllowed``, or ``Refused`` naming what is left to share out, what stands twice, or that a
    part with marks would go.
    """
    must_set_up(acting, offering)
    offering = WALK.locked(offering, version)
    must_not_be_over(offering)
    must_make_a_whole(parts)
    must_be_due_within(offering, parts)
    kept_rows = {each.pk: each for each in offering.assessments.all()}
    must_leave_marks_alone(offering, kept_rows, parts)
    before = [in_short(each) for each in kept_rows.values()]
    offering.assessments.exclude(pk__in=[part.pk for part in parts if part.pk]).delete()
    make_way(kept_rows.values())
    for place, part in enumerate(parts, start=1):
        keep_part(offering, kept_rows.get(part.pk or 0), part, place)
    offering.touch()
    record(
        acting,
        "offerings.keep_assessments",
        offering,
        institution=offering.institution,
        before={"assessments": before},
        after={"assessments": [in_short(each) for each in offering.assessments.all()]},
    )
    return offering


def must_make_a_whole(parts: Sequence[Part]) -> None:
    """Raise ``Refused`` unless each part has a name of its own and the weights make exactly 100 %."""
    names = [part.name.casefold() for part in parts]
    twice = next((part.name for part in parts if names.count(part.name.casefold()) > 1), None)
    if twice:
        raise Refused(_("“%(name)s” stands twice; give each assessment a name of its own.") % {"name": twice})
    total = sum((part.percent for part in parts), Decimal(0))
    said = {"total": plain(total), "left": plain(abs(100 - total))}
    if total < 100:
        raise Refused(
            _("The weights add up to %(total)s %%; %(left)s %% are left to be shared out.") % said, "percent"
        )
    if total > 100:
        raise Refused(
            _("The weights add up to %(total)s %%, which is %(left)s %% too much.") % said, "percent"
        )


def must_be_due_within(offering: Offering, parts: Sequence[Part]) -> None:
    """Raise ``Refused`` where a part is due before the first day of the offering or after the last."""
    first, last = offering.starts_on, offering.ends_on
    for part in parts:
        if part.due_on is None:
            continue
        if first and part.due_on < first:
            raise Refused(
                _("“%(name)s” would be due before the first day, %(day)s.")
                % {"name": part.name, "day": in_words(first)},
                "due_on",
            )
        if last and part.due_on > last:
            raise Refused(
                _("“%(name)s” would be due after the last day, %(day)s.")
                % {"name": part.name, "day": in_words(last)},
                "due_on",
            )


def must_leave_marks_alone(
    offering: Offering, kept_rows: Mapping[int, Assessment], parts: Sequence[Part]
) -> None:
    """Raise ``Refused`` where marks exist and a part would go or weigh something else."""
    marked = set(Mark.objects.filter(assessment__offering=offering).values_list("assessment", flat=True))
    if not marked:
        return
    weights = {part.pk: part.percent for part in parts if part.pk is not None}
    for pk, row in kept_rows.items():
        if pk in marked and weights.get(pk) != row.percent:
            raise Refused(
                _("“%(name)s” has marks already: it must stay, with its weight.") % {"name": row.name}
            )
    before = {pk: row.percent for pk, row in kept_rows.items()}
    if any(part.pk is None for part in parts) or any(weights[pk] != before.get(pk) for pk in weights):
        raise Refused(_("Learners have marks already; the weights stay as they are."))


def make_way(rows: Iterable[Assessment]) -> None:
    """Let rows give their names up, so that two of an offering can change theirs with each other."""
    for row in rows:
        Assessment.objects.filter(pk=row.pk).update(name=f"#{row.pk}")


def keep_part(offering: Offering, row: Assessment | None, part: Part, place: int) -> None:
    """Write one assessment."""
    row = row or Assessment(offering=offering)
    for name in ("name", "type", "percent", "purpose", "form", "due_on", "attempts"):
        setattr(row, name, getattr(part, name))
    row.outcomes, row.position = list(part.outcomes), place
    row.save()


def in_short(assessment: Assessment) -> str:
    """Return an assessment as the register keeps it."""
    return f"{assessment.name}: {plain(assessment.percent)} %"


def plain(number: Decimal) -> str:
    """Write a decimal without needless zeros."""
    return f"{number.normalize():f}" if number else "0"


@transaction.atomic
def tick(
    acting: Appointment, offering: Offering, side: str, keys: Sequence[str], *, version: int | None
) -> Offering:
    """Keep the faculty's or the SME's list of readiness as far as it is ticked (UTM 5.3.2).

    Raises ``NotAllowed`` for the other side's list.
    """
    must_tick(acting, offering, side)
    offering = WALK.locked(offering, version)
    column = f"{side}_ticks"
    before = getattr(offering, column)
    items = [item.key for item in offering.declared().checklists.get(side, ())]
    said = {"by": acting.person.name, "on": timezone.localdate().isoformat()}
    ticks = {key: before.get(key) or said for key in items if key in keys}
    if ticks == before:
        return offering
    setattr(offering, column, ticks)
    offering.touch(column)
    record(
        acting,
        "offerings.tick",
        offering,
        institution=offering.institution,
        before={side: sorted(before)},
        after={side: sorted(ticks)},
    )
    return offering


def may_tick(acting: Appointment | None, offering: Offering, side: str) -> bool:
    """Say whether a list of readiness is for somebody to tick now."""
    if acting is None or acting.institution_id != offering.institution_id or offering.is_final:
        return False
    if side == "sme":
        return is_expert(acting, offering)
    return acting.role in FACULTY_TICKS and acting.faculty_id in (None, offering.faculty_id)


def must_tick(acting: Appointment, offering: Offering, side: str) -> None:
    """Raise ``NotAllowed`` where a list of readiness is not for somebody."""
    if side not in ("faculty", "sme") or not may_tick(acting, offering, side):
        raise NotAllowed


@transaction.atomic
def sign_payment(acting: Appointment, offering: Offering, *, version: int | None) -> Offering:
    """Sign, as its SME, how payments for certificates are divided (UTM 5.2.3).

    Raises ``NotAllowed``, or ``Refused`` where certificates cost nothing.
    """
    if not is_expert(acting, offering):
        raise NotAllowed
    offering = WALK.locked(offering, version)
    if offering.certificate != Offering.Certificate.PAID:
        raise Refused(_("The certificate is free; there is no payment to divide."))
    if offering.payment_agreed_at is None:
        offering.payment_agreed_at = timezone.now()
        offering.touch("payment_agreed_at")
        record(acting, "offerings.sign_payment", offering, institution=offering.institution)
    return offering
