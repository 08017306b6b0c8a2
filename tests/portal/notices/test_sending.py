"""Each email goes out once, whatever becomes of the worker or the mail server; failures are seen and mended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.portal.cast import appear, client_of
from tests.portal.notices.mail_server import mail_server
from tests.portal.work.conftest import StartWorker, start_worker
from tests.portal.work.test_recovery import until

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.notices.mailing import message_id
from portal.notices.models import Mail
from portal.notices.notify import notify
from portal.records.models import Entry
from portal.work.delivery import MOST_ATTEMPTS
from portal.work.worker import do_what_is_ready

__all__ = ["start_worker"]
LETTERS = 10


def told(acting: Appointment, key: str) -> Mail:
    notify(
        acting.person,
        "application_submitted",
        {"reference": f"UTHM/PK/{key}"},
        institution=acting.institution,
        mail_key=key,
    )
    return Mail.objects.latest("pk")


@pytest.mark.django_db(transaction=True)
def test_each_email_is_sent_once_although_the_worker_is_killed_in_the_middle(
    start_worker: StartWorker,
) -> None:
    aminah = appear("aminah")
    mails = [told(aminah, f"letter-{number}") for number in range(LETTERS)]
    with mail_server(seconds=0.15) as server:
        first = start_worker(TAULIAH_MAIL=server.address)
        until(lambda: len(server.taken) >= 3)
        first.kill()
        start_worker(TAULIAH_MAIL=server.address)
        until(lambda: not Mail.objects.open().exists())

        arrived = [message["Message-ID"] for message in server.taken]

    assert sorted(arrived) == sorted(message_id(mail.key) for mail in mails)
    assert Mail.objects.unconfirmed().count() <= 1  # taken by the server, killed before it was noted
    assert not Mail.objects.failed().exists()


@pytest.mark.django_db(transaction=True)
def test_a_second_copy_asked_for_by_a_person_bears_the_same_number(start_worker: StartWorker) -> None:
    osman, aminah = appear("osman"), appear("aminah")
    mail = told(aminah, "letter")
    Mail.objects.update(handed_over_at=timezone.now(), claimed_by="dead", attempts=1)
    with mail_server() as server:
        start_worker(TAULIAH_MAIL=server.address)
        until(lambda: Mail.objects.unconfirmed().exists())
        client_of(osman).post(f"/notices/outbox/{mail.pk}/")
        until(lambda: Mail.objects.filter(sent_at__isnull=False).exists())

        assert [message["Message-ID"] for message in server.taken] == [message_id(mail.key)]


@pytest.mark.django_db
def test_a_refusal_is_tried_again_later_and_then_left_to_a_person(
    osman: Appointment, aminah: Appointment, settings
) -> None:
    mail = told(aminah, "letter")
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        server.refuses = "550 no such person"
        do_what_is_ready()
        mail.refresh_from_db()

        assert (mail.state, mail.attempts) == ("waiting", 1)
        assert "no such person" in mail.error

        Mail.objects.update(attempts=MOST_ATTEMPTS, given_up_at=timezone.now(), claimed_by="")
        page = client_of(osman, "en").get("/notices/outbox/")

        assert "1 email did not go out" in page.text
        assert "no such person" in client_of(osman).get(f"/notices/outbox/{mail.pk}/").text

        server.refuses = ""
        answer = client_of(osman, "en").post(f"/notices/outbox/{mail.pk}/", follow=True)
        do_what_is_ready()

        assert "will be sent again" in answer.text
        assert len(server.taken) == 1
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert Entry.objects.filter(action="notices.send_again").count() == 1


@pytest.mark.django_db
def test_what_was_sent_is_not_sent_again(osman: Appointment, aminah: Appointment) -> None:
    mail = told(aminah, "letter")
    Mail.objects.update(sent_at=timezone.now() - timedelta(days=1))
    answer = client_of(osman, "en").post(f"/notices/outbox/{mail.pk}/", follow=True)

    assert "nothing was changed" in answer.text
    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_only_the_administrator_sees_what_went_out(role: Role, aminah: Appointment) -> None:
    from tests.portal.cast import ROLES_AT_UTHM

    mail = told(aminah, "letter")
    client = client_of(appear(ROLES_AT_UTHM[role]))
    expected = 200 if role == Role.ADMINISTRATOR else 403

    assert client.get("/notices/outbox/").status_code == expected
    assert client.get(f"/notices/outbox/{mail.pk}/").status_code == expected


@pytest.mark.django_db
def test_another_institutions_emails_are_not_found(yap: Appointment, aminah: Appointment) -> None:
    mail = told(aminah, "letter")
    client = client_of(yap)

    assert "aminah" not in client.get("/notices/outbox/").text
    assert client.get(f"/notices/outbox/{mail.pk}/").status_code == 404
    assert client.post(f"/notices/outbox/{mail.pk}/").status_code == 404


@pytest.mark.django_db
def test_the_list_asks_the_same_number_of_questions_for_two_and_for_forty(
    osman: Appointment, aminah: Appointment, django_assert_max_num_queries
) -> None:
    client = client_of(osman)
    for number in range(2):
        told(aminah, f"few-{number}")
    client.get("/notices/outbox/")
    for number in range(40):
        told(aminah, f"many-{number}")
    with django_assert_max_num_queries(8):
        page = client.get("/notices/outbox/")

    assert page.text.count("<tr>") == 26
    assert 'rel="next"' in page.text


@pytest.mark.django_db
def test_it_is_searched_and_filtered(osman: Appointment, aminah: Appointment, zain: Appointment) -> None:
    told(aminah, "one"), told(zain, "two")
    Mail.objects.filter(person=zain.person).update(sent_at=timezone.now())
    client = client_of(osman)

    assert "zain@" not in client.get("/notices/outbox/?q=aminah").text
    assert "aminah@" not in client.get("/notices/outbox/?state=sent").text
    assert "zain@" in client.get("/notices/outbox/?state=nonsense").text
    assert "empty" in client.get("/notices/outbox/?q=nobody").text
