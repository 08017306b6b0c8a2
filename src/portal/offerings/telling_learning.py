"""Telling learners, teachers, the centre and the bursar of what happens in an offering."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.notices.notify import notify
from portal.notices.reminders import Reminder
from portal.offerings.models import Enrolment, LeaveRequest, Offering, Result, Survey
from portal.payments.actions.ordering import page_of
from portal.people.invitation import DAYS, token_for
from portal.proposals.access import CENTRE
from portal.proposals.models import Kind


def course_words(offering: Offering) -> dict[str, Any]:
    """Return what every notice says of an offering."""
    return {"course": offering.proposal, "cohort": offering.cohort, "institution": offering.institution}


def tell_learner(
    enrolment: Enrolment, kind: str, key: str = "", told: Mapping[str, Any] | None = None
) -> None:
    """Tell a learner of their enrolment, by email too where there is a ``key``."""
    offering = enrolment.offering
    notify(
        enrolment.person,
        kind,
        course_words(offering) | dict(told or {}),
        reverse("offerings:learn", args=[enrolment.pk]),
        institution=offering.institution,
        mail_key=key,
    )


def tell_enrolled(enrolment: Enrolment) -> None:
    """Tell a learner that they are in, and since when the materials are open."""
    told = {"starts_on": enrolment.offering.starts_on}
    tell_learner(enrolment, "course_enrolled", f"enrolment-{enrolment.pk}-{enrolment.version}", told)


def tell_waiting(enrolment: Enrolment) -> None:
    """Tell a learner that the class is full and that they stand on the waiting list."""
    tell_learner(enrolment, "course_waiting", f"enrolment-{enrolment.pk}-{enrolment.version}-waiting")


def tell_moved_up(enrolment: Enrolment) -> None:
    """Tell a learner who waited that a seat is theirs."""
    told = {"due_on": enrolment.order.due_on if enrolment.order else None}
    key = f"enrolment-{enrolment.pk}-{enrolment.version}-moved"
    tell_learner(enrolment, "course_moved_up", key, told)


def tell_invited(enrolment: Enrolment) -> None:
    """Tell somebody new to the portal how to come in: by a link under which they choose a password."""
    notify(
        enrolment.person,
        "course_invited",
        course_words(enrolment.offering) | {"days": DAYS},
        reverse("people:invitation", args=[token_for(enrolment.person)]),
        institution=enrolment.offering.institution,
        mail_key=f"enrolment-{enrolment.pk}-invited",
    )


def tell_seat_lost(enrolment: Enrolment) -> None:
    """Tell a learner who did not pay that the seat is given to somebody else."""
    tell_learner(enrolment, "course_seat_lost", f"enrolment-{enrolment.pk}-{enrolment.version}-lost")


def tell_list_closed(enrolment: Enrolment) -> None:
    """Tell a learner who waited, or had not paid, that the course has ended without them."""
    tell_learner(enrolment, "course_list_closed", f"enrolment-{enrolment.pk}-{enrolment.version}-closed")


def tell_cancelled(enrolment: Enrolment) -> None:
    """Tell a learner that the course does not take place."""
    tell_learner(enrolment, "course_cancelled", f"enrolment-{enrolment.pk}-cancelled")


def tell_leave_asked(asked: LeaveRequest) -> None:
    """Tell the centre that a learner wants to leave."""
    offering = asked.enrolment.offering
    told = course_words(offering) | {"learner": asked.enrolment.person.name, "reason": asked.reason}
    tell_all(centre_of(offering), "course_leave_asked", told, leaves_page(offering), f"leave-{asked.pk}")


def tell_leave_answered(asked: LeaveRequest) -> None:
    """Tell a learner the answer to their wish to leave."""
    kind = "course_leave_granted" if asked.granted else "course_leave_refused"
    tell_learner(asked.enrolment, kind, f"leave-{asked.pk}-answer", {"answer": asked.answer})


def tell_bursars_of_refund(enrolment: Enrolment) -> None:
    """Point the bursar to the paid order of somebody who left."""
    order, offering = enrolment.order, enrolment.offering
    if order is None:
        return
    told = course_words(offering) | {
        "learner": enrolment.person.name,
        "number": order.number,
        "total": order.total,
    }
    bursars = holders(offering, [Role.BURSAR])
    tell_all(bursars, "course_refund", told, page_of(order), f"refund-{order.pk}")


def tell_results(result: Result) -> None:
    """Tell a learner the confirmed result."""
    told = {"total": result.total, "grade": result.grade}
    kind = "course_result" if result.passed else "course_result_not_passed"
    tell_learner(result.enrolment, kind, f"result-{result.pk}", told)


def results_reminders(offering: Offering, due_on: date, which: str) -> Iterable[Reminder]:
    """Yield a reminder for those whose turn it is: who teaches while it is graded, the centre afterwards."""
    sheet = offering.sheets.order_by("-number").first()
    people = teachers_of(offering) if sheet is None or sheet.state == "draft" else centre_of(offering)
    told = course_words(offering) | {"due_on": due_on}
    page = reverse("offerings:results", args=[offering.pk])
    for person in people:
        key = f"results-{offering.pk}-{which}"
        yield Reminder(person, "course_results_due", told, page, offering.institution, key)


def tell_survey(survey: Survey, enrolment: Enrolment) -> None:
    """Ask a learner how the course was; in a MOOC, by email only who agreed to it (UTM 3.2.1.4/4)."""
    agreed = enrolment.offering.proposal.kind != Kind.MOOC or "opinion" in enrolment.contact_purposes
    notify(
        enrolment.person,
        "course_survey",
        course_words(enrolment.offering) | {"closes_on": survey.closes_on},
        reverse("offerings:survey", args=[enrolment.pk, survey.pk]),
        institution=enrolment.offering.institution,
        mail_key=f"survey-{survey.pk}-{enrolment.pk}" if agreed else "",
    )


def tell_certificate_paid(enrolment: Enrolment) -> None:
    """Tell the centre of a paid certificate after the learner finished the course (UTM 5.2.15)."""
    offering, order = enrolment.offering, enrolment.certificate_order
    receipt = order.receipt.number if order and hasattr(order, "receipt") else ""
    told = course_words(offering) | {"learner": enrolment.person.name, "receipt": receipt}
    page = reverse("offerings:results", args=[offering.pk])
    tell_all(centre_of(offering), "course_certificate_paid", told, page, f"certificate-{enrolment.pk}")


def tell_transfers(offering: Offering, names: Sequence[str], key: str) -> None:
    """Tell faculty and centre which learners want to apply for credit transfer (UTM 5.2.12)."""
    roles = (Role.PROGRAMME_COORDINATOR, Role.FACULTY_OFFICE, *CENTRE)
    told = course_words(offering) | {"learners": ", ".join(names), "number": len(names)}
    page = f"{reverse('offerings:learners', args=[offering.pk])}?state=active"
    tell_all(holders(offering, roles), "course_transfer_report", told, page, key)


def tell_sharing(offering: Offering, text: str, pk: int) -> None:
    """Tell teachers and centre that somebody saw the materials shared without leave."""
    people = {person.pk: person for person in [*teachers_of(offering), *centre_of(offering)]}
    page = reverse("offerings:sharing", args=[offering.pk])
    told = course_words(offering) | {"text": text}
    tell_all(people.values(), "course_sharing", told, page, f"sharing-{pk}")


def tell_all(people: Iterable[Person], kind: str, told: Mapping[str, Any], page: str, key: str) -> None:
    """Tell several people the same."""
    for person in people:
        notify(person, kind, told, page, institution=told["institution"], mail_key=key)


def leaves_page(offering: Offering) -> str:
    """Return where wishes to leave are answered."""
    return reverse("offerings:leaves", args=[offering.pk])


def teachers_of(offering: Offering) -> list[Person]:
    """Return who teaches an offering, each once."""
    named = offering.teachers.select_related("person")
    return list({one.person_id: one.person for one in named if one.person.is_active}.values())


def centre_of(offering: Offering) -> list[Person]:
    """Return the people of the e-learning centre."""
    return holders(offering, CENTRE)


def holders(offering: Offering, roles: Iterable[str]) -> list[Person]:
    """Return who holds one of these roles for the offering’s faculty today, each once."""
    held = (
        Appointment.objects.filter(institution=offering.institution, role__in=list(roles))
        .in_force(timezone.localdate())
        .select_related("person")
    )
    mine = [one for one in held if one.faculty_id in (None, offering.faculty_id)]
    return list({one.person_id: one.person for one in mine if one.person.is_active}.values())
