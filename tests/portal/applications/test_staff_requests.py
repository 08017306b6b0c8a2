"""Approvals beforehand and requests to attend after all: waiting, answered, told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.stories import recommended
from tests.portal.cast import client_of, student_of

from portal.applications.actions.asking import ask_approval, ask_attendance
from portal.applications.actions.deciding import confirmed, decide
from portal.applications.models import PriorApproval, TranscriptEntry
from portal.notices.models import Notice

pytestmark = pytest.mark.django_db
APPROVALS = "/applications/requests/"
ATTENDANCE = "/applications/requests/attendance/"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def asked(aminah, bakar):
    values = {
        "basis": "mooc",
        "title": "Python for Everybody",
        "provider": "University of Michigan",
        "platform": "coursera",
        "target": cast.course(aminah.institution),
    }
    return ask_approval(aminah, student_of(aminah), values)


@pytest.fixture
def wish(aminah, bakar, halimah):
    application = recommended(aminah, bakar, claims=1)
    verdicts = {claim.pk: confirmed(claim) for claim in application.claims.all()}
    decide(halimah, application, "decision", verdicts, version=application.version)
    return ask_attendance(aminah, TranscriptEntry.objects.get(), "Saya mahu mengulang kaji.")


class TestApprovals:
    def page(self, asked):
        return reverse("applications:answer_approval", args=[asked.pk])

    def next_year(self):
        return (timezone.localdate() + timedelta(days=365)).isoformat()

    def test_the_coordinator_is_told_and_finds_it_waiting(self, asked, bakar):
        assert Notice.objects.filter(person=bakar.person, kind="prior_approval_asked").exists()
        assert "Python for Everybody" in text_of(client_of(bakar).get(APPROVALS))

    def test_it_is_approved_until_a_day_and_the_student_is_told(self, asked, bakar, aminah):
        answer = client_of(bakar).post(self.page(asked), {"approved": "yes", "valid_until": self.next_year()})
        assert answer.url == APPROVALS
        asked.refresh_from_db()
        assert asked.holds_on(timezone.localdate())
        assert (
            "Diluluskan" in Notice.objects.get(person=aminah.person, kind="prior_approval_answered").title_ms
        )

    @pytest.mark.parametrize(
        "sent",
        [
            {"approved": "yes"},
            {"approved": "yes", "valid_until": "2020-01-01"},
            {"approved": "no", "reason": " "},
            {"reason": "Entah."},
        ],
    )
    def test_half_an_answer_is_told(self, asked, bakar, sent):
        assert client_of(bakar).post(self.page(asked), sent).status_code == 422
        asked.refresh_from_db()
        assert asked.state == PriorApproval.State.ASKED

    def test_the_second_who_answers_is_told_who_did(self, asked, bakar, halimah):
        client_of(bakar).post(self.page(asked), {"approved": "no", "reason": "Tidak setara."})
        answer = client_of(halimah).post(self.page(asked), {"approved": "no", "reason": "Sebab saya."})
        assert answer.status_code == 422
        assert "Bakar" in text_of(answer)
        assert "Sebab saya." in text_of(answer)
        asked.refresh_from_db()
        assert asked.reason == "Tidak setara."

    def test_readers_read_and_do_not_answer(self, asked, nathan, chong, aminah):
        for reader in (nathan, chong):
            client = client_of(reader)
            assert "<textarea" not in text_of(client.get(self.page(asked)))
            assert client.post(self.page(asked), {"approved": "no", "reason": "x"}).status_code == 403
        assert client_of(aminah).get(APPROVALS).status_code == 403

    def test_strangers_find_nothing(self, asked, devi, wahid):
        for stranger in (devi, wahid):
            assert client_of(stranger).get(self.page(asked)).status_code == 404
            assert "Python" not in text_of(client_of(stranger).get(APPROVALS))

    def test_it_is_searched_and_exported(self, asked, bakar):
        client = client_of(bakar)
        assert "Python" not in text_of(client.get(APPROVALS, {"words": "kimia"}))
        sent = b"".join(client.get(APPROVALS, {"form": "csv"}).streaming_content).decode("utf-8-sig")
        assert "University of Michigan" in sent

    def test_more_rows_cost_no_more_queries(self, asked, bakar, django_assert_max_num_queries):
        client = client_of(bakar)
        with django_assert_max_num_queries(16) as few:
            client.get(APPROVALS)
        PriorApproval.objects.bulk_create(
            PriorApproval(
                institution=asked.institution, student=asked.student, target=asked.target, title=f"Kursus {n}"
            )
            for n in range(20)
        )
        with django_assert_max_num_queries(len(few)):
            client.get(APPROVALS)


class TestAttendance:
    def page(self, wish):
        return reverse("applications:answer_attendance", args=[wish.pk])

    def test_agreeing_cancels_the_credit(self, wish, bakar, aminah):
        assert "BIT11003" in text_of(client_of(bakar).get(ATTENDANCE))
        assert client_of(bakar).post(self.page(wish), {"approved": "yes"}).url == ATTENDANCE
        assert TranscriptEntry.objects.get().cancelled_at
        assert Notice.objects.filter(person=aminah.person, kind="attendance_answered").exists()

    def test_refusing_leaves_it(self, wish, bakar):
        client_of(bakar).post(self.page(wish), {"approved": "no", "reason": "Kursus penuh."})
        assert TranscriptEntry.objects.get().cancelled_at is None

    def test_it_is_answered_once(self, wish, bakar):
        client = client_of(bakar)
        client.post(self.page(wish), {"approved": "no", "reason": "Kursus penuh."})
        assert client.post(self.page(wish), {"approved": "yes"}).status_code == 422
        assert TranscriptEntry.objects.get().cancelled_at is None

    def test_strangers_find_nothing(self, wish, devi, wahid):
        for stranger in (devi, wahid):
            assert client_of(stranger).get(self.page(wish)).status_code == 404

    def test_it_is_exported(self, wish, bakar):
        sent = b"".join(client_of(bakar).get(ATTENDANCE, {"form": "csv"}).streaming_content)
        assert "BIT11003" in sent.decode("utf-8-sig")
