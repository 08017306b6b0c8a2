"""Who teaches in an offering, what they have to do, and the agreement that they sign."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import STAFF, Role
from portal.offerings.actions.setting_up import must_not_be_over
from portal.offerings.models import Duty, Offering, Teacher
from portal.offerings.process import WALK
from portal.offerings.rights import is_expert, must_set_up
from portal.offerings.telling_offering import tell_agreement, tell_appointed, tell_signed
from portal.proposals.access import PROPOSERS
from portal.records.register import record

WITH_AGREEMENT = (Teacher.Part.FACILITATOR, Teacher.Part.ASSESSOR)
"""Parts for which the SME prepares a written agreement (UTM 5.2.4)."""
INSTRUCTING = tuple(PROPOSERS)
"""Roles that an instructor holds: academic staff."""
NOT_TEACHING = {Role.AUDITOR}


def active_staff(offering: Offering, part: str = "") -> QuerySet[Person]:
    """Return the institution's active staff who may teach (UTM 5.2/3, 7 SME/2); instructors are academic."""
    roles = INSTRUCTING if part == Teacher.Part.INSTRUCTOR else tuple(STAFF - NOT_TEACHING)
    held = (
        Appointment.objects.filter(institution=offering.institution, role__in=roles)
        .in_force(timezone.localdate())
        .values("person")
    )
    return Person.objects.filter(pk__in=held, is_active=True)


def lapsed(offering: Offering) -> list[Teacher]:
    """Return the teachers who are no active staff any more (UTM 7 SME/2)."""
    active = set(active_staff(offering).values_list("pk", flat=True))
    found = offering.teachers.select_related("person")
    return [teacher for teacher in found if teacher.person_id not in active]


@transaction.atomic
def name_teacher(
    acting: Appointment, offering: Offering, person: Person, part: str, *, version: int | None = None
) -> Teacher:
    """Name an instructor, facilitator or assessor, and tell them (UTM 5.2, 5.2/2).

    Raises ``NotAllowed``, or ``Refused`` for who is no active staff or is named already.
    """
    must_set_up(acting, offering)
    offering = WALK.locked(offering, version)
    must_not_be_over(offering)
    if not active_staff(offering, part).filter(pk=person.pk).exists():
        raise Refused(not_active(person, part), "person")
    teacher, made = Teacher.objects.get_or_create(offering=offering, person=person, part=part)
    if not made:
        raise Refused(
            _("%(name)s is %(part)s already.") % {"name": person.name, "part": teacher.get_part_display()},
            "person",
        )
    offering.touch()
    record(
        acting,
        "offerings.name_teacher",
        offering,
        institution=offering.institution,
        after={"person": person.pk, "part": part},
    )
    if person.pk != acting.person_id:
        tell_appointed(teacher)
    return teacher


def not_active(person: Person, part: str) -> str:
    """Say why somebody cannot be named."""
    if part == Teacher.Part.INSTRUCTOR:
        return _(
            "%(name)s holds no academic appointment here now; only active academic staff may be instructors."
        ) % {"name": person.name}
    return _("%(name)s is not on the active staff here now; only active staff may be named.") % {
        "name": person.name
    }


@transaction.atomic
def remove_teacher(acting: Appointment, teacher: Teacher, *, version: int | None = None) -> Offering:
    """Let a teacher go; the duties that are left go with them.

    Raises ``NotAllowed``, or ``Refused`` for the last instructor of an offering that is announced.
    """
    must_set_up(acting, teacher.offering)
    offering = WALK.locked(teacher.offering, version)
    must_not_be_over(offering)
    others = offering.teachers.filter(part=Teacher.Part.INSTRUCTOR).exclude(pk=teacher.pk)
    is_last = teacher.part == Teacher.Part.INSTRUCTOR and not others.exists()
    if is_last and offering.is_public:
        raise Refused(_("Name another instructor first; an announced offering is not left without one."))
    before = {"person": teacher.person_id, "part": teacher.part}
    teacher.delete()
    offering.touch()
    record(acting, "offerings.remove_teacher", offering, institution=offering.institution, before=before)
    return offering


@transaction.atomic
def give_duty(
    acting: Appointment, teacher: Teacher, text: str, due_on: date | None, *, version: int | None = None
) -> Duty:
    """Give a teacher something to do (UTM 5.2.1, 5.2.8); raises ``NotAllowed`` or ``Refused``."""
    must_direct(acting, teacher.offering)
    offering = WALK.locked(teacher.offering, version)
    must_not_be_over(offering)
    if not text.strip():
        raise Refused(_("Say what is to be done."), "text")
    duty = Duty.objects.create(teacher=teacher, text=text.strip(), due_on=due_on)
    offering.touch()
    record(
        acting,
        "offerings.give_duty",
        offering,
        institution=offering.institution,
        after={"person": teacher.person_id, "duty": duty.text, "due_on": due_on},
    )
    return duty


@transaction.atomic
def settle_duty(acting: Appointment, duty: Duty, *, done: bool) -> Duty:
    """Mark a duty as done, or open it again (UTM 3.3.1.2); the teacher's own, the SME's or the centre's."""
    teacher = duty.teacher
    if teacher.person_id != acting.person_id:
        must_direct(acting, teacher.offering)
    elif acting.institution_id != teacher.offering.institution_id:
        raise NotAllowed
    offering = WALK.locked(teacher.offering, None)
    duty.done_on = timezone.localdate() if done else None
    duty.save(update_fields=["done_on"])
    record(
        acting,
        "offerings.settle_duty",
        offering,
        institution=offering.institution,
        after={"duty": duty.text, "done": done},
    )
    return duty


@transaction.atomic
def drop_duty(acting: Appointment, duty: Duty) -> None:
    """Take a duty away again; raises ``NotAllowed``."""
    offering = duty.teacher.offering
    must_direct(acting, offering)
    offering = WALK.locked(offering, None)
    record(
        acting, "offerings.drop_duty", offering, institution=offering.institution, before={"duty": duty.text}
    )
    duty.delete()


def directs(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody divides the tasks of an offering: its SME, or who sets it up."""
    if acting is None or acting.institution_id != offering.institution_id:
        return False
    leads = offering.teachers.filter(person=acting.person, part=Teacher.Part.INSTRUCTOR).exists()
    developed = offering.proposal.developer_id == acting.person_id
    if is_expert(acting, offering) and (leads or developed):
        return True
    try:
        must_set_up(acting, offering)
    except NotAllowed:
        return False
    return True


def must_direct(acting: Appointment, offering: Offering) -> None:
    """Raise ``NotAllowed`` for who does not divide the tasks of an offering."""
    if not directs(acting, offering):
        raise NotAllowed


@transaction.atomic
def hand_over_agreement(acting: Appointment, teacher: Teacher) -> Teacher:
    """Sign the written agreement as the SME and hand it to the facilitator or assessor (UTM 5.2.4)."""
    must_direct(acting, teacher.offering)
    offering = WALK.locked(teacher.offering, None)
    if teacher.part not in WITH_AGREEMENT:
        raise Refused(_("An instructor needs no agreement; it is for facilitators and assessors."))
    if teacher.offered_at is None:
        teacher.offered_at = timezone.now()
        teacher.save(update_fields=["offered_at"])
        record(
            acting,
            "offerings.hand_over_agreement",
            offering,
            institution=offering.institution,
            after={"person": teacher.person_id, "part": teacher.part},
        )
        tell_agreement(teacher, acting)
    return teacher


@transaction.atomic
def sign_agreement(acting: Appointment, teacher: Teacher) -> Teacher:
    """Sign the own agreement; raises ``NotAllowed``, or ``Refused`` before it was handed over."""
    offering = WALK.locked(teacher.offering, None)
    if acting.person_id != teacher.person_id or acting.institution_id != offering.institution_id:
        raise NotAllowed
    if teacher.offered_at is None:
        raise Refused(_("The agreement has not been handed to you yet."))
    if teacher.agreed_at is None:
        teacher.agreed_at = timezone.now()
        teacher.save(update_fields=["agreed_at"])
        record(
            acting,
            "offerings.sign_agreement",
            offering,
            institution=offering.institution,
            after={"part": teacher.part},
        )
        tell_signed(teacher)
    return teacher
