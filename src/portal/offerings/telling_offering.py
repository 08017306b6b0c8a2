"""Who is told what as an offering is prepared, approved, announced and closed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.notices.notify import notify
from portal.offerings.models import TAKING_PART, Offering, Teacher
from portal.offerings.papers import make_approval
from portal.offerings.signals import moved
from portal.proposals.access import CENTRE
from portal.records.register import entries_about

Tell = Callable[[Offering, Appointment | None], object]
DECIDING = (Role.DEAN, Role.DEPUTY_DEAN, Role.FACULTY_OFFICE)
OFFICES = (Role.FACULTY_OFFICE, Role.DEAN)


def words_of(offering: Offering) -> dict[str, Any]:
    """Return what every notice says of an offering."""
    return {
        "course": offering.proposal,
        "cohort": offering.cohort,
        "starts_on": offering.starts_on,
        "ends_on": offering.ends_on,
        "faculty": offering.faculty,
    }


def in_roles(offering: Offering, roles: Iterable[str]) -> list[Person]:
    """Return who holds one of these roles today for the offering's faculty or the whole institution."""
    held = (
        Appointment.objects.filter(institution=offering.institution, role__in=list(roles))
        .in_force(timezone.localdate())
        .filter(person__is_active=True)
        .select_related("person")
    )
    mine = [each for each in held if each.faculty_id in (None, offering.faculty_id)]
    return list({each.person_id: each.person for each in mine}.values())


def experts(offering: Offering) -> list[Person]:
    """Return the SMEs of an offering: the course's developer and the instructors."""
    there = Q(pk=offering.proposal.developer_id) | Q(
        teaches__offering=offering, teaches__part=Teacher.Part.INSTRUCTOR
    )
    return list(Person.objects.filter(there, is_active=True).distinct())


def teachers(offering: Offering) -> list[Person]:
    """Return everybody who teaches in an offering, and its course's developer."""
    there = Q(pk=offering.proposal.developer_id) | Q(teaches__offering=offering)
    return list(Person.objects.filter(there, is_active=True).distinct())


def learners(offering: Offering) -> list[Person]:
    """Return those who take part."""
    there = offering.enrolments.filter(state__in=TAKING_PART).select_related("person")
    return [enrolment.person for enrolment in there]


def tell(
    people: Iterable[Person],
    kind: str,
    offering: Offering,
    acting: Appointment | None = None,
    told: Mapping[str, Any] | None = None,
    *,
    key: str = "",
    link: str = "",
) -> None:
    """Tell people something of an offering, except who has just done it; by email once for each key."""
    for person in people:
        if acting is None or person.pk != acting.person_id:
            notify(
                person,
                kind,
                words_of(offering) | dict(told or {}),
                link or offering.get_absolute_url(),
                institution=offering.institution,
                mail_key=key or f"offering-{offering.pk}-{kind}-{offering.version}",
            )


@receiver(moved, dispatch_uid="offerings.telling.moved")
def on_moved(thing: Offering, step: str, acting: Appointment | None, **kwargs: Any) -> None:
    """Tell those whom a step concerns."""
    if step in TOLD:
        TOLD[step](thing, acting)


def ask_readiness(offering: Offering, acting: Appointment | None) -> None:
    """Ask the faculty to check its readiness (UTM 5.3.2)."""
    tell(in_roles(offering, DECIDING), "offering_readiness", offering, acting)


def send_list(offering: Offering, acting: Appointment | None) -> None:
    """Send the centre the list of courses that the faculty approved for offering (UTM 5.4.2)."""
    approved = Offering.objects.filter(faculty=offering.faculty, state__in=("approval", "approved"))
    listed = [
        f"{each.proposal.code} {each.proposal.name} ({each.cohort})"
        for each in approved.select_related("proposal").order_by("proposal__code")
    ]
    told = {"courses": "; ".join(listed)}
    link = f"{reverse('offerings:list')}?state=approval&faculty={offering.faculty_id}"
    tell(in_roles(offering, CENTRE), "offering_list", offering, acting, told, link=link)


def send_approval(offering: Offering, acting: Appointment | None) -> None:
    """Write the letter of approval and send it to the SME and the faculty (UTM 5.3.3)."""
    paper = make_approval(offering, acting)
    people = {each.pk: each for each in [*experts(offering), *in_roles(offering, OFFICES)]}
    for person in people.values():
        notify(
            person,
            "offering_approved",
            words_of(offering) | {"reference": paper.reference},
            offering.get_absolute_url(),
            institution=offering.institution,
            mail_key=f"offering-paper-{paper.pk}",
            attachment=paper.file.name or "",
            attachment_name=f"{paper.reference.replace('/', '-')}.pdf",
        )


def tell_returned(offering: Offering, acting: Appointment | None) -> None:
    """Tell the SMEs why the offering came back."""
    tell(experts(offering), "offering_returned", offering, acting, {"reason": last_reason(offering)})


def tell_announced(offering: Offering, acting: Appointment | None) -> None:
    """Tell teachers and faculty that the course stands in the catalogue."""
    people = {each.pk: each for each in [*teachers(offering), *in_roles(offering, OFFICES)]}
    link = reverse("learn:offering", args=[offering.pk])
    tell(people.values(), "offering_announced", offering, acting, link=link)


def tell_begun(offering: Offering, acting: Appointment | None) -> None:
    """Tell the teachers that it begins."""
    tell(teachers(offering), "offering_begun", offering)


def tell_ended(offering: Offering, acting: Appointment | None) -> None:
    """Tell the teachers that marks are due."""
    tell(teachers(offering), "offering_ended", offering)


def tell_closed(offering: Offering, acting: Appointment | None) -> None:
    """Tell learners and teachers that the course closes early, and why."""
    told = {"reason": offering.closing_reason}
    tell(learners(offering), "offering_closed", offering, acting, told, link=public_page(offering))
    tell(teachers(offering), "offering_closed", offering, acting, told)


def tell_cancelled(offering: Offering, acting: Appointment | None) -> None:
    """Tell the teachers that it does not take place."""
    tell(teachers(offering), "offering_cancelled", offering, acting, {"reason": last_reason(offering)})


TOLD: dict[str, Tell] = {
    "ask_approval": ask_readiness,
    "approve_faculty": send_list,
    "approve": send_approval,
    "return_offering": tell_returned,
    "announce": tell_announced,
    "begin": tell_begun,
    "end": tell_ended,
    "close_early": tell_closed,
    "cancel": tell_cancelled,
}
"""What follows on each step of a process."""


def last_reason(offering: Offering) -> str:
    """Return the reason of what was just recorded about an offering."""
    entry = entries_about(offering).last()
    return str((entry.details or {}).get("reason", "")) if entry else ""


def public_page(offering: Offering) -> str:
    """Return the address of the page that learners know."""
    return reverse("learn:offering", args=[offering.pk])


def tell_equivalent(offering: Offering, acting: Appointment) -> None:
    """Tell the faculty the code of the equivalent course, for its record of teaching load (UTM 5.2.2)."""
    told = {"code": offering.equivalent_code}
    key = f"offering-{offering.pk}-equivalent-{offering.equivalent_code}"
    tell(in_roles(offering, OFFICES), "offering_equivalent", offering, acting, told, key=key)


def tell_dates_changed(offering: Offering, acting: Appointment) -> None:
    """Tell learners and teachers the new days of an announced offering."""
    told = {"final_due_on": offering.final_due_on}
    tell(learners(offering), "offering_dates", offering, acting, told, link=public_page(offering))
    tell(teachers(offering), "offering_dates", offering, acting, told)


def tell_centre_of_closing(offering: Offering, acting: Appointment) -> None:
    """File the SME's notice of closing with the centre (UTM 3.3.1.5)."""
    told = {"reason": offering.closing_reason, "who": acting.person.name}
    tell(in_roles(offering, CENTRE), "offering_closing", offering, acting, told)


def tell_appointed(teacher: Teacher) -> None:
    """Tell somebody that they are to teach in an offering."""
    told = {"part": teacher.get_part_display()}
    tell(
        [teacher.person],
        "offering_appointed",
        teacher.offering,
        told=told,
        key=f"teacher-{teacher.pk}-appointed",
    )


def tell_agreement(teacher: Teacher, acting: Appointment) -> None:
    """Ask a facilitator or assessor to sign the agreement (UTM 5.2.4)."""
    told = {"part": teacher.get_part_display(), "who": acting.person.name}
    link = reverse("offerings:teachers", args=[teacher.offering_id])
    key = f"teacher-{teacher.pk}-agreement"
    tell([teacher.person], "offering_agreement", teacher.offering, told=told, key=key, link=link)


def tell_signed(teacher: Teacher) -> None:
    """Tell the SMEs that an agreement is signed."""
    told = {"who": teacher.person.name, "part": teacher.get_part_display()}
    key = f"teacher-{teacher.pk}-signed"
    tell(experts(teacher.offering), "offering_signed", teacher.offering, told=told, key=key)
