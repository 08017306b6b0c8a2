"""One's own notices: read, opened, chosen as emails; nobody else's."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.portal.cast import client_of

from portal.accounts.models import Appointment
from portal.notices import reminders
from portal.notices.models import Mail, Muted, Notice
from portal.notices.notify import notify
from portal.notices.reminders import Reminder, remind

pytestmark = pytest.mark.django_db


def told(acting: Appointment, reference: str = "R-1", link: str = "/tools/") -> Notice:
    return notify(acting.person, "application_submitted", {"reference": reference}, link)


def test_a_person_reads_what_is_theirs_in_their_language(aminah: Appointment, zain: Appointment) -> None:
    told(aminah), told(zain, "R-2")
    page = client_of(aminah).get("/notices/")

    assert "Permohonan R-1 telah diterima" in page.text
    assert "R-2" not in page.text
    assert "Application R-1 was received" in client_of(aminah, "en").get("/notices/").text


def test_the_bell_counts_what_is_unread(aminah: Appointment) -> None:
    told(aminah), told(aminah, "R-2")
    client = client_of(aminah)

    assert '<span class="bell-count">2' in client.get("/notices/").text

    client.post("/notices/read/")

    assert "bell-count" not in client.get("/notices/").text
    assert Notice.objects.filter(read_at=None).count() == 0


def test_opening_marks_it_and_leads_there(aminah: Appointment) -> None:
    notice = told(aminah)
    answer = client_of(aminah).post(f"/notices/{notice.pk}/open/")

    assert answer["Location"] == "/tools/"
    notice.refresh_from_db()
    first = notice.read_at
    client_of(aminah).post(f"/notices/{notice.pk}/open/")
    notice.refresh_from_db()
    assert notice.read_at == first is not None


@pytest.mark.parametrize("link", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_it_never_leads_away_from_the_portal(aminah: Appointment, link: str) -> None:
    notice = told(aminah, link=link)

    assert client_of(aminah).post(f"/notices/{notice.pk}/open/")["Location"] == "/notices/"


def test_anothers_notice_is_not_found(aminah: Appointment, zain: Appointment) -> None:
    notice = told(aminah)

    assert client_of(zain).post(f"/notices/{notice.pk}/open/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("page", ["", "emails/", "outbox/"])
def test_one_must_be_logged_in(page: str, client: Client) -> None:
    answer = client.get(f"/notices/{page}")

    assert answer.status_code == 302
    assert "notices" in answer["Location"]


def test_changing_takes_a_post(aminah: Appointment) -> None:
    notice = told(aminah)
    client = client_of(aminah)

    assert client.get(f"/notices/{notice.pk}/open/").status_code == 405
    assert client.get("/notices/read/").status_code == 405


def test_unread_ones_alone(aminah: Appointment) -> None:
    read, unread = told(aminah, "R-1"), told(aminah, "R-2")
    client = client_of(aminah)
    client.post(f"/notices/{read.pk}/open/")
    page = client.get("/notices/?show=unread").text

    assert "R-2" in page
    assert "R-1" not in page
    client.post(f"/notices/{unread.pk}/open/")
    assert "empty" in client.get("/notices/?show=unread").text


def test_the_list_asks_the_same_number_of_questions_for_many(
    aminah: Appointment, django_assert_max_num_queries
) -> None:
    for number in range(60):
        told(aminah, f"R-{number}")
    client = client_of(aminah)
    with django_assert_max_num_queries(8):
        page = client.get("/notices/")

    assert page.text.count("<li class=") == 25


def test_emails_are_chosen_by_kind_and_mandatory_ones_stay(aminah: Appointment) -> None:
    client = client_of(aminah, "en")
    answer = client.post("/notices/emails/", {"kind": ["appeal_received"]}, follow=True)
    muted = set(Muted.objects.filter(person=aminah.person).values_list("kind", flat=True))

    assert "Your choice of emails is saved." in answer.text
    assert "application_submitted" in muted
    assert not muted & {"appeal_received", "evidence_requested", "decision_made"}
    assert "<li>Decision on an application</li>" in answer.text
    assert 'value="application_submitted">' in answer.text
    assert 'value="appeal_received" checked>' in answer.text


def test_emails_are_offered_of_what_one_is_told(aminah: Appointment, chong: Appointment) -> None:
    applicant = client_of(aminah, "en").get("/notices/emails/").text
    staff = client_of(chong, "en").get("/notices/emails/").text

    assert "Receipt of your appeal" in applicant
    assert "New appeals" not in applicant
    assert "New appeals" in staff
    assert "Receipt of your appeal" not in staff


def test_what_is_not_offered_stays_as_it_was_chosen(chong: Appointment) -> None:
    Muted.objects.create(person=chong.person, kind="appeal_received")
    client_of(chong, "en").post("/notices/emails/", {"kind": ["appeal_lodged"]})
    muted = set(Muted.objects.filter(person=chong.person).values_list("kind", flat=True))

    assert "appeal_received" in muted
    assert "application_arrived" in muted
    assert "appeal_lodged" not in muted


class TestReminders:
    @pytest.fixture(autouse=True)
    def due(self, aminah: Appointment, monkeypatch: pytest.MonkeyPatch) -> None:
        def find(day: date) -> list[Reminder]:
            told = {"reference": "R-1", "due_on": date(2026, 12, 6)}
            key = "evidence-request-3-reminder"
            found = Reminder(aminah.person, "evidence_reminder", told, "/", aminah.institution, key)
            return [found] if (date(2026, 12, 6) - day).days <= 3 else []

        monkeypatch.setattr(reminders, "KNOWN", [find])

    def test_each_deadline_is_told_once(self) -> None:
        assert remind(date(2026, 12, 1)) == 0
        assert remind(date(2026, 12, 3)) == 1
        assert remind(date(2026, 12, 3)) == 0
        assert remind(date(2026, 12, 4)) == 0
        assert Mail.objects.get().subject == "Peringatan: bukti bagi R-1 belum diterima"

    def test_the_command_does_the_same(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("remind", day="2026-12-04")
        call_command("remind", day="2026-12-04")

        assert [line[:1] for line in capsys.readouterr().out.splitlines()] == ["1", "0"]
        with pytest.raises(CommandError, match=r"4\.12\.2026"):
            call_command("remind", day="4.12.2026")
