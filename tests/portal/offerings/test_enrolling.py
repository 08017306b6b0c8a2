"""Coming into a course and going out of it: seats, waiting list, money, and what was confirmed."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.notices.models import Mail
from portal.offerings.actions.announcing import take_step
from portal.offerings.actions.enrolling import Choices, activate, enrol
from portal.offerings.actions.leaving import (
    answer_leave,
    ask_to_leave,
    carry_over,
    come_back,
    give_up,
)
from portal.offerings.actions.setting_up import keep_offering
from portal.offerings.models import Enrolment, Offering
from portal.offerings.process import WALK
from portal.offerings.tasks_learning import release_unpaid_seats
from portal.payments.actions import cancel_order, record_payment, refund
from portal.payments.actions.closing import Return
from portal.payments.actions.settling import Money
from portal.payments.models import Order
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
NEEDS = [{"ms": "Berumur 18 tahun ke atas", "en": "Aged 18 or over"}]


def again(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.get(pk=enrolment.pk)


def pay(order: Order | None, cashier: Appointment) -> None:
    assert order
    record_payment(cashier, order, Money("cash", f"SLIP-{order.pk}", order.outstanding, timezone.localdate()))


def test_a_free_course_is_open_at_once(joseph: Appointment) -> None:
    offering = stories.offering()

    made = enrol(joseph.person, offering, Choices(group="working", contact=["opinion"]), joseph)

    assert made.state == Enrolment.State.ACTIVE
    assert (made.group, made.contact_purposes, made.is_international) == ("working", ["opinion"], False)
    assert Mail.objects.get(to=joseph.person.email).subject.startswith("Anda telah didaftarkan")
    actions = list(
        Entry.objects.filter(subject_id=made.pk, action__startswith="offerings").values_list(
            "action", flat=True
        )
    )
    assert actions == ["offerings.enrol", "offerings.activate"]


def test_a_course_with_a_fee_opens_once_it_is_paid(joseph: Appointment, ganesh: Appointment) -> None:
    offering = stories.offering(fee=Decimal("150.00"))

    made = enrol(joseph.person, offering, acting=joseph)
    assert made.state == Enrolment.State.UNPAID
    assert made.order
    assert (made.order.purpose, made.order.total) == (Order.Purpose.COURSE, Decimal("150.00"))
    pay(made.order, ganesh)

    assert again(made).state == Enrolment.State.ACTIVE
    activate(None, again(made))
    assert Mail.objects.filter(key__startswith=f"enrolment-{made.pk}").count() == 1


def test_nobody_enrols_twice(joseph: Appointment) -> None:
    offering = stories.offering()
    enrol(joseph.person, offering)

    with pytest.raises(Refused, match="sudah berada"):
        enrol(joseph.person, offering)


def test_each_requirement_of_the_offering_is_confirmed_and_kept_in_its_words(joseph: Appointment) -> None:
    offering = stories.offering(requirements=NEEDS)

    with pytest.raises(Refused) as refused:
        enrol(joseph.person, offering, Choices())
    made = enrol(joseph.person, offering, Choices(requirements=[0]))

    assert refused.value.field == "requirements"
    assert made.requirements_met == NEEDS


def test_the_entry_requirements_of_the_programme_are_never_asked(joseph: Appointment) -> None:
    """A component of an accredited programme asks nothing but what the offering itself does (1.5(l))."""
    course = stories.registered(kind="accredited")
    course.content["entry_requirement"] = "CGPA 2.0 daripada program Matrikulasi"
    course.save()

    assert enrol(joseph.person, stories.offering(proposal=course)).state == Enrolment.State.ACTIVE


def test_an_international_learner_enrols_once_told_of_the_rules_at_home(joseph: Appointment) -> None:
    offering = stories.offering()

    with pytest.raises(Refused) as refused:
        enrol(joseph.person, offering, Choices(is_international=True))
    made = enrol(joseph.person, offering, Choices(is_international=True, told=True))

    assert refused.value.field == "told"
    assert made.international_told_at is not None


def test_what_may_be_written_about_is_only_what_was_ticked(joseph: Appointment) -> None:
    """Nothing is agreed to beforehand, and nothing that the portal does not know is kept (UTM 3.2.1.4)."""
    page = cast.client_of(joseph).get(f"/offerings/{stories.offering().pk}/enrol/").content.decode()
    made = enrol(joseph.person, stories.offering(), Choices())
    other = enrol(joseph.person, stories.offering(), Choices(contact=["changes", "advertising"]))

    assert 'name="contact"' in page
    assert "checked" not in page.partition('name="contact"')[2].partition("</fieldset>")[0]
    assert made.contact_purposes == []
    assert other.contact_purposes == ["changes"]


def test_a_full_class_waits_and_moves_up_when_somebody_leaves(salleh: Appointment) -> None:
    offering = stories.offering(most_learners=1)
    first = enrol(stories.learner(1), offering)
    second, third = enrol(stories.learner(2), offering), enrol(stories.learner(3), offering)
    assert [second.state, third.state] == ["waiting", "waiting"]
    acting = cast.appointment(first.person, Role.EXTERNAL_LEARNER, None)

    asked = ask_to_leave(acting, first, "withdraw", "Bertukar tempat kerja.")
    answer_leave(salleh, asked, granted=True, answer="Semoga berjaya.")

    assert again(first).state == Enrolment.State.WITHDRAWN
    assert again(second).state == Enrolment.State.ACTIVE
    assert again(third).state == Enrolment.State.WAITING
    assert Mail.objects.filter(to=second.person.email, subject__startswith="Ada tempat untuk anda").exists()


def test_nobody_is_seated_before_those_who_wait(joseph: Appointment, salleh: Appointment) -> None:
    """Seats that became free while nobody looked go to who came first, not to who comes now."""
    offering = stories.offering(most_learners=1)
    enrol(stories.learner(1), offering)
    waits = enrol(stories.learner(2), offering)
    Offering.objects.filter(pk=offering.pk).update(most_learners=2)

    late = enrol(joseph.person, offering, acting=joseph)

    assert [again(waits).state, again(late).state] == [Enrolment.State.ACTIVE, Enrolment.State.WAITING]
    assert late.state == Enrolment.State.WAITING


def test_more_seats_go_to_those_who_wait_at_once(salleh: Appointment) -> None:
    offering = stories.offering(most_learners=1)
    _first, second, third = (enrol(stories.learner(number), offering) for number in (1, 2, 3))

    keep_offering(salleh, offering, {"most_learners": 2}, version=None)

    assert [again(second).state, again(third).state] == [Enrolment.State.ACTIVE, Enrolment.State.WAITING]


def test_who_gave_a_place_up_waits_behind_the_others() -> None:
    offering = stories.offering(most_learners=1)
    _seated, early, later = (enrol(stories.learner(number), offering) for number in (1, 2, 3))
    give_up(early.person, None, early)
    early = enrol(early.person, offering)

    Offering.objects.filter(pk=offering.pk).update(most_learners=2)
    release_unpaid_seats.func()

    assert [again(later).state, again(early).state] == [Enrolment.State.ACTIVE, Enrolment.State.WAITING]


def test_who_still_waits_or_owes_as_the_course_ends_is_let_go(salleh: Appointment) -> None:
    offering = stories.running_offering(learners=0, fee=Decimal(50), most_learners=1)
    unpaid, waits = (enrol(stories.learner(number), offering) for number in (1, 2))

    take_step(salleh, offering, "close_early", version=None, reason="Pengajar sakit.")

    assert {again(one).state for one in (unpaid, waits)} == {Enrolment.State.WITHDRAWN}
    assert Order.objects.get().state == Order.State.CANCELLED
    assert Mail.objects.filter(subject__startswith="Kursus telah tamat").count() == 2


def test_a_seat_whose_order_was_cancelled_is_released(joseph: Appointment, ganesh: Appointment) -> None:
    offering = stories.offering(most_learners=1, fee=Decimal(50))
    made, waits = enrol(joseph.person, offering), enrol(stories.learner(2), offering)
    assert made.order
    cancel_order(ganesh, made.order, "Tersalah yuran.")

    assert release_unpaid_seats.func() == 1

    assert [again(made).state, again(waits).state] == [Enrolment.State.WITHDRAWN, Enrolment.State.UNPAID]


def test_a_payment_that_was_only_begun_keeps_a_seat_for_a_day(joseph: Appointment) -> None:
    offering = stories.offering(most_learners=1, fee=Decimal(50))
    made = enrol(joseph.person, offering)
    assert made.order
    Order.objects.filter(pk=made.order.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    begun = made.order.payments.create(
        institution=offering.institution, method="sandbox", reference="1-A", amount=50, state="started"
    )

    assert release_unpaid_seats.func() == 0
    type(begun).objects.filter(pk=begun.pk).update(created_at=timezone.now() - timedelta(days=2))
    assert release_unpaid_seats.func() == 1
    assert again(made).state == Enrolment.State.WITHDRAWN


def test_who_waits_gives_up_without_asking(joseph: Appointment) -> None:
    offering = stories.offering(most_learners=0)
    made = enrol(joseph.person, offering)

    give_up(joseph.person, joseph, made)

    assert again(made).state == Enrolment.State.WITHDRAWN
    with pytest.raises(Refused):
        give_up(joseph.person, joseph, made)


def test_a_seat_that_is_not_paid_for_goes_to_the_next(joseph: Appointment) -> None:
    offering = stories.offering(most_learners=1, fee=Decimal(50))
    made, waits = enrol(joseph.person, offering), enrol(stories.learner(2), offering)
    assert made.order
    Order.objects.filter(pk=made.order.pk).update(due_on=timezone.localdate() - timedelta(days=3))

    assert release_unpaid_seats.func() == 1

    assert again(made).state == Enrolment.State.WITHDRAWN
    assert Order.objects.get(pk=made.order.pk).state == Order.State.CANCELLED
    assert again(waits).state == Enrolment.State.UNPAID
    assert release_unpaid_seats.func() == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "draft"}, "tidak dibuka"),
        ({"enrols_until": date(2020, 1, 1)}, "telah ditutup"),
        ({"enrols_from": date(2099, 1, 1)}, "belum dibuka"),
        ({"open_to_all": False}, "pelajar universiti sahaja"),
    ],
)
def test_a_closed_course_says_why(joseph: Appointment, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        enrol(joseph.person, stories.offering(**changes))


def test_students_of_the_university_may_enrol_where_outsiders_may_not(dayang: Appointment) -> None:
    assert enrol(dayang.person, stories.offering(open_to_all=False)).state == Enrolment.State.ACTIVE


def test_the_teacher_is_no_learner(laila: Appointment) -> None:
    with pytest.raises(Refused):
        enrol(laila.person, stories.offering())


@pytest.mark.parametrize("reader", ["salleh", "abu", "hamidah", "catherine"])
def test_a_wish_to_leave_leads_to_its_order_only_who_may_open_it(joseph: Appointment, reader: str) -> None:
    made = enrol(joseph.person, stories.offering(fee=Decimal(50)), acting=joseph)
    Enrolment.objects.filter(pk=made.pk).update(state="active")
    ask_to_leave(joseph, again(made), "withdraw", "Sakit.")
    order = Order.objects.get()
    client = cast.client_of(cast.appear(reader))

    page = client.get(reverse("offerings:leaves", args=[made.offering_id])).content.decode()

    opens = client.get(reverse("payments:order", args=[order.pk])).status_code == 200
    assert order.number in page
    assert (f'href="{reverse("payments:order", args=[order.pk])}"' in page) is opens


def test_a_wish_to_leave_needs_a_reason_and_a_refusal_too(joseph: Appointment, salleh: Appointment) -> None:
    made = enrol(joseph.person, stories.offering(), acting=joseph)
    with pytest.raises(Refused):
        ask_to_leave(joseph, made, "withdraw", "  ")
    asked = ask_to_leave(joseph, made, "withdraw", "Sakit.")

    with pytest.raises(Refused):
        ask_to_leave(joseph, made, "defer", "Sakit.")
    with pytest.raises(Refused) as refused:
        answer_leave(salleh, asked, granted=False, answer="")
    answer_leave(salleh, asked, granted=False, answer="Pentaksiran akhir sudah bermula.")

    assert refused.value.field == "answer"
    assert again(made).state == Enrolment.State.ACTIVE
    with pytest.raises(Refused):
        answer_leave(salleh, asked, granted=True, answer="")


def test_only_the_centre_answers(joseph: Appointment, laila: Appointment) -> None:
    made = enrol(joseph.person, stories.offering(), acting=joseph)
    asked = ask_to_leave(joseph, made, "withdraw", "Sakit.")

    with pytest.raises(NotAllowed):
        answer_leave(laila, asked, granted=True, answer="")


def test_what_was_paid_is_pointed_out_to_the_bursar(
    joseph: Appointment, salleh: Appointment, ganesh: Appointment
) -> None:
    made = enrol(joseph.person, stories.offering(fee=Decimal(80)), acting=joseph)
    pay(made.order, ganesh)
    asked = ask_to_leave(joseph, again(made), "withdraw", "Pindah ke luar negara.")
    answer_leave(salleh, asked, granted=True, answer="")

    notice = ganesh.person.notices.get(kind="course_refund")
    assert made.order
    assert made.order.number in notice.title_ms
    assert notice.link == f"/payments/{made.order.pk}/"


def test_a_learner_who_deferred_comes_back_or_goes_on_in_the_next_offering(
    joseph: Appointment, salleh: Appointment, ganesh: Appointment
) -> None:
    offering = stories.offering(fee=Decimal(80))
    made = enrol(joseph.person, offering, acting=joseph)
    pay(made.order, ganesh)
    asked = ask_to_leave(joseph, again(made), "defer", "Bersalin.")
    answer_leave(salleh, asked, granted=True, answer="")
    assert again(made).state == Enrolment.State.DEFERRED

    come_back(salleh, again(made))
    assert again(made).state == Enrolment.State.ACTIVE
    asked = ask_to_leave(joseph, again(made), "defer", "Bersalin.")
    answer_leave(salleh, asked, granted=True, answer="")
    following = stories.offering(proposal=offering.proposal, fee=Decimal(80))
    moved = carry_over(salleh, again(made), following)

    assert (moved.state, moved.offering_id) == (Enrolment.State.ACTIVE, following.pk)
    assert moved.order_id == made.order_id
    assert Order.objects.count() == 1


def test_who_had_the_fee_back_pays_it_again_on_coming_back(
    joseph: Appointment, salleh: Appointment, ganesh: Appointment
) -> None:
    made = enrol(joseph.person, stories.offering(fee=Decimal(80)), acting=joseph)
    assert made.order
    pay(made.order, ganesh)
    asked = ask_to_leave(joseph, again(made), "defer", "Bersalin.")
    answer_leave(salleh, asked, granted=True, answer="")
    refund(ganesh, made.order, Return(Decimal(80), "R-1", timezone.localdate(), "Ditangguhkan."))

    answer = cast.client_of(salleh).post(f"/offerings/learners/{made.pk}/back/", follow=True)

    assert again(made).state == Enrolment.State.UNPAID
    assert again(made).order_id != made.order_id
    assert "Pelajar telah dimaklumkan" in answer.content.decode()


@pytest.mark.parametrize("state", ["draft", "ended", "cancelled"])
def test_who_deferred_goes_on_only_in_an_offering_that_is_open(
    joseph: Appointment, salleh: Appointment, state: str
) -> None:
    offering = stories.offering()
    made = enrol(joseph.person, offering, acting=joseph)
    answer_leave(salleh, ask_to_leave(joseph, made, "defer", "Bersalin."), granted=True, answer="")
    following = stories.offering(proposal=offering.proposal, state=state)

    with pytest.raises(Refused, match="tidak dibuka"):
        carry_over(salleh, again(made), following)

    assert again(made).state == Enrolment.State.DEFERRED


def test_nobody_is_let_go_who_has_a_result(joseph: Appointment, salleh: Appointment) -> None:
    made = enrol(joseph.person, stories.offering(), acting=joseph)
    asked = ask_to_leave(joseph, made, "withdraw", "Sakit.")
    Enrolment.objects.filter(pk=made.pk).update(state=Enrolment.State.COMPLETED)

    with pytest.raises(Refused, match="tidak lagi mengikuti"):
        answer_leave(salleh, asked, granted=True, answer="")
    answer_leave(salleh, asked, granted=False, answer="Keputusan sudah disahkan.")

    assert again(made).state == Enrolment.State.COMPLETED


def test_a_cancelled_offering_lets_everybody_go(
    joseph: Appointment, salleh: Appointment, ganesh: Appointment
) -> None:
    offering = stories.offering(fee=Decimal(80))
    paid, unpaid = enrol(joseph.person, offering), enrol(stories.learner(2), offering)
    pay(paid.order, ganesh)

    held = WALK.opened(salleh, Offering.objects.get(pk=offering.pk), "cancel", None)
    WALK.take(salleh, held, "cancel", reason="Bilangan minimum tidak dicapai.")

    assert {again(one).state for one in (paid, unpaid)} == {"withdrawn"}
    assert Mail.objects.filter(subject__startswith="Kursus dibatalkan").count() == 2
    assert ganesh.person.notices.filter(kind="course_refund").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_the_last_seat() -> None:
    offering = stories.offering(most_learners=1)
    people = [stories.learner(1), stories.learner(2)]

    def ask(person: object) -> None:
        try:
            enrol(person, offering)  # type: ignore[arg-type]
        finally:
            connections.close_all()

    threads = [Thread(target=ask, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["active", "waiting"]


# --- Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", ["x", "-1", "9" * 5000])
def test_who_deferred_goes_to_no_offering_that_is_not_there(
    joseph: Appointment, salleh: Appointment, chosen: str
) -> None:
    made = enrol(joseph.person, stories.offering(), acting=joseph)
    answer_leave(salleh, ask_to_leave(joseph, made, "defer", "Bersalin."), granted=True, answer="")

    answer = cast.client_of(salleh).post(f"/offerings/learners/{made.pk}/back/", {"to": chosen})

    assert answer.status_code == 404
    assert again(made).state == Enrolment.State.DEFERRED


def test_a_visitor_is_led_to_an_account_and_back(malay: Client) -> None:
    offering = stories.offering(requirements=NEEDS)
    address = f"/offerings/{offering.pk}/enrol/"

    page = malay.get(address).content.decode()

    assert "Berumur 18 tahun ke atas" in page
    assert f"/accounts/signup/?next={address}" in page
    person = stories.learner(4)
    malay.force_login(person)
    assert malay.get(reverse("people:arrival")).headers["Location"] == address
    assert malay.get(reverse("people:arrival")).headers["Location"] == "/desk/"


def test_the_form_says_what_is_missing_and_then_enrols(joseph: Appointment) -> None:
    offering, client = stories.offering(requirements=NEEDS), cast.client_of(joseph)
    address = f"/offerings/{offering.pk}/enrol/"

    refused = client.post(address, {"group": "working"})
    assert refused.status_code == 422
    assert "Sahkan setiap syarat" in refused.content.decode()
    kept = client.post(address, {"group": "working", "requirements": ["0"]}, follow=True)

    assert kept.redirect_chain[-1][0].startswith("/offerings/learn/")
    assert "Peranti dan sensor" in kept.content.decode()
    assert client.get(address).headers["Location"] == kept.redirect_chain[-1][0]


@pytest.mark.parametrize(("kind", "status"), [("mooc", 302), ("stand_alone", 422)])
def test_who_learns_in_a_mooc_need_say_nothing_of_themselves(
    joseph: Appointment, kind: str, status: int
) -> None:
    """A MOOC collects no personal data that is not given of one's own accord (UTM 3.2.1.4)."""
    offering = stories.offering("UTM", proposal=stories.registered("UTM", kind=kind))
    client, address = cast.client_of(joseph), f"/offerings/{offering.pk}/enrol/"

    page = client.get(address).content.decode()

    assert ("Saya tidak mahu menyatakannya" in page) == (kind == "mooc")
    assert client.post(address, {"group": ""}).status_code == status


def test_with_a_fee_the_form_leads_to_the_payment(joseph: Appointment) -> None:
    offering = stories.offering(fee=Decimal(80))

    answer = cast.client_of(joseph).post(
        f"/offerings/{offering.pk}/enrol/", {"group": "working"}, follow=True
    )

    assert answer.redirect_chain[-1][0].startswith("/payments/")
    assert answer.status_code == 200


def test_a_student_of_one_university_pays_for_a_course_of_another(aminah: Appointment) -> None:
    offering = stories.offering(fee=Decimal(80))

    answer = cast.client_of(aminah).post(
        f"/offerings/{offering.pk}/enrol/", {"group": "community"}, follow=True
    )

    assert answer.status_code == 200
    assert "RM\N{NO-BREAK SPACE}80.00" in answer.content.decode()
