"""The people of an institution: found, invited, appointed, ended; each step written down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal import cast
from tests.portal.cast import appear, client_of

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.institutions.models import Faculty
from portal.notices.models import Mail
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
LIST, INVITE = "/administration/people/", "/administration/people/invite/"
TODAY = timezone.localdate()


SENT = {
    "name": "Orang Baharu",
    "email": "Baharu@uthm.example",
    "language": "ms",
    "role": "bursar",
    "faculty": "",
}


class TestList:
    def names(self, client: Client, query: str = "") -> list[str]:
        return [person.name for person in client.get(LIST + query).context["page"].object_list]

    def test_it_holds_the_institutions_people_and_no_others(
        self, osman: Appointment, bakar: Appointment, devi: Appointment
    ) -> None:
        assert self.names(client_of(osman)) == ["Bakar bin Salleh", "Osman bin Taib"]

    def test_it_is_searched_and_filtered(
        self, osman: Appointment, bakar: Appointment, wahid: Appointment, aminah: Appointment
    ) -> None:
        client = client_of(osman)

        assert self.names(client, "?words=salleh+bakar") == ["Bakar bin Salleh"]
        assert self.names(client, "?words=aminah@uthm") == ["Aminah binti Yusof"]
        assert self.names(client, "?role=programme_coordinator") == ["Bakar bin Salleh", "Wahid bin Omar"]
        assert self.names(client, f"?faculty={wahid.faculty_id}") == ["Wahid bin Omar"]
        assert self.names(client, "?words=nobody") == []

    def test_who_left_is_shown_when_asked_for(self, osman: Appointment, bakar: Appointment) -> None:
        Appointment.objects.filter(pk=bakar.pk).update(ends_on=TODAY - timedelta(days=1))

        assert self.names(client_of(osman)) == ["Osman bin Taib"]
        assert self.names(client_of(osman), "?only=all") == ["Bakar bin Salleh", "Osman bin Taib"]

    def test_nonsense_in_the_address_is_no_fault(self, osman: Appointment) -> None:
        answer = client_of(osman).get(LIST + "?page=x&faculty=x&role=x&only=x")

        assert answer.status_code == 200

    @pytest.mark.parametrize("others", [3, 60])
    def test_its_questions_do_not_grow_with_the_people(
        self, osman: Appointment, others: int, django_assert_max_num_queries
    ) -> None:
        for number in range(others):
            who = cast.person(f"p{number}", f"Pelajar {number}")
            cast.appointment(who, Role.STUDENT, osman.institution)
        client = client_of(osman)

        with django_assert_max_num_queries(12):
            page = client.get(LIST)
        assert len(page.context["page"].object_list) == min(others + 1, 25)


class TestInviting:
    def test_somebody_new_gets_a_link_that_lets_them_in(self, osman: Appointment) -> None:
        client_of(osman).post(INVITE, SENT)

        mail = Mail.objects.get(to="baharu@uthm.example")
        held = Appointment.objects.get(person__email="baharu@uthm.example")
        link = next(line for line in mail.text.splitlines() if "/people/invitation/" in line)
        assert (held.role, held.institution) == (Role.BURSAR, osman.institution)
        assert Client().get(link.removeprefix("http://testserver")).status_code == 200
        assert mail.subject == "Jemputan ke Tauliah daripada UTHM"

    def test_the_mail_is_in_the_language_that_was_chosen(self, osman: Appointment) -> None:
        client_of(osman).post(INVITE, SENT | {"language": "en"})

        assert Mail.objects.get().subject == "Invitation to Tauliah by UTHM"

    def test_who_has_an_account_keeps_it_and_is_told(self, osman: Appointment, devi: Appointment) -> None:
        client_of(osman).post(INVITE, SENT | {"email": devi.person.email, "name": "Other"})

        devi.person.refresh_from_db()
        assert devi.person.name == "Devi a/p Krishnan"
        assert devi.person.appointments.filter(institution=osman.institution, role="bursar").exists()
        assert Mail.objects.get().subject == "UTHM telah melantik anda"

    def test_what_is_done_is_written_down(self, osman: Appointment) -> None:
        client_of(osman).post(INVITE, SENT)

        actions = list(Entry.objects.values_list("action", "actor"))
        assert actions == [
            ("administration.invite", osman.person_id),
            ("administration.appoint", osman.person_id),
        ]

    def test_a_faculty_of_another_university_cannot_be_chosen(self, osman: Appointment) -> None:
        sent = SENT | {"role": "dean", "faculty": cast.faculty("FC").pk}

        assert client_of(osman).post(INVITE, sent).status_code == 422
        assert not Person.objects.filter(email="baharu@uthm.example").exists()

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"role": "dean"}, "Dekan mengetuai fakulti"),
            ({"role": "bursar", "faculty": "FSKTM"}, "seluruh institusi; jangan pilih fakulti"),
            ({"role": "king"}, "tiada dalam senarai"),
            ({"email": "x"}, "alamat e"),
        ],
    )
    def test_what_is_wrong_is_said_and_nobody_is_made(
        self, osman: Appointment, wrong: dict[str, str], words: str
    ) -> None:
        if "faculty" in wrong:
            wrong |= {"faculty": str(cast.faculty(wrong["faculty"]).pk)}
        answer = client_of(osman).post(INVITE, SENT | wrong)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert Person.objects.count() == 1
        assert not Mail.objects.exists()

    def test_the_invitation_is_sent_again_until_they_have_come(self, osman: Appointment) -> None:
        client = client_of(osman)
        client.post(INVITE, SENT)
        new = Person.objects.get(email="baharu@uthm.example")
        client.post(f"/administration/people/{new.pk}/invite/")
        assert Mail.objects.count() == 2

        new.set_password(cast.PASSWORD)
        new.save()
        client.post(f"/administration/people/{new.pk}/invite/")
        assert Mail.objects.count() == 2


class TestAppointing:
    def appoint(self, by: Appointment, whom: Appointment, **sent: object) -> int:
        said = {"role": "subject_expert", "faculty": "", "starts_on": TODAY, "ends_on": ""} | sent
        return client_of(by).post(f"/administration/people/{whom.person_id}/appoint/", said).status_code

    def test_one_person_holds_several_roles(
        self, osman: Appointment, bakar: Appointment, uthm: object
    ) -> None:
        faculty = Faculty.objects.get(code="FSKTM")

        assert self.appoint(osman, bakar, faculty=faculty.pk) == 302
        assert set(bakar.person.appointments.values_list("role", flat=True)) == {
            "programme_coordinator",
            "subject_expert",
        }

    def test_the_same_role_twice_at_a_time_is_refused(self, osman: Appointment, bakar: Appointment) -> None:
        same = {"role": "programme_coordinator", "faculty": bakar.faculty_id}

        assert self.appoint(osman, bakar, **same) == 422
        assert self.appoint(osman, bakar, role="programme_coordinator", faculty="") == 302

    def test_days_out_of_order_are_refused(self, osman: Appointment, bakar: Appointment) -> None:
        assert self.appoint(osman, bakar, ends_on=TODAY - timedelta(days=1)) == 422


class TestEnding:
    def end(self, by: Appointment, what: Appointment, **sent: object) -> int:
        said = {"ends_on": TODAY, "reason": "Bersara"} | sent
        return client_of(by).post(f"/administration/appointments/{what.pk}/end/", said).status_code

    def test_it_ends_on_the_day_with_a_reason(self, osman: Appointment, bakar: Appointment) -> None:
        assert self.end(osman, bakar) == 302

        bakar.refresh_from_db()
        assert bakar.ends_on == TODAY
        entry = Entry.objects.get(action="administration.end_appointment")
        assert entry.details["reason"] == "Bersara"
        assert entry.details["before"]["ends_on"] is None

    def test_without_a_reason_it_does_not_end(self, osman: Appointment, bakar: Appointment) -> None:
        assert self.end(osman, bakar, reason="") == 422

    def test_the_last_administrator_stays(self, osman: Appointment) -> None:
        assert self.end(osman, osman) == 422

        cast.appointment(appear("chong").person, Role.ADMINISTRATOR, osman.institution)
        assert self.end(osman, osman) == 302

    def test_what_is_over_is_not_ended_again(self, osman: Appointment, bakar: Appointment) -> None:
        Appointment.objects.filter(pk=bakar.pk).update(ends_on=TODAY - timedelta(days=3))

        assert self.end(osman, bakar) == 422

    def test_another_universitys_administrator_cannot(self, yap: Appointment, bakar: Appointment) -> None:
        assert self.end(yap, bakar) == 404
        bakar.refresh_from_db()
        assert bakar.ends_on is None


def test_a_persons_page_tells_roles_and_history(osman: Appointment, bakar: Appointment) -> None:
    client = client_of(osman)
    client.post(f"/administration/appointments/{bakar.pk}/end/", {"ends_on": TODAY, "reason": "Bersara"})

    page = client.get(f"/administration/people/{bakar.person_id}/").content.decode()

    assert "Penyelaras program" in page
    assert "Pelantikan ditamatkan" in page
