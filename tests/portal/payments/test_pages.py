"""The pages of payments: one's own orders, one order with what may be done, the queue, the statement, papers."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal.cast import appear, client_of
from tests.portal.payments.conftest import Place
from tests.tauliah.files.reading import pages_of, text_of

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.models import Notice
from portal.notices.reminders import remind
from portal.payments.actions import name_receiver, pay_out, refund
from portal.payments.actions.closing import Return
from portal.payments.models import Order, Payment, Share
from tauliah.files.spreadsheets import read

pytestmark = pytest.mark.django_db
Pay = Callable[[Order], Order]
DAY = date(2026, 11, 20)


class TestOrder:
    def test_the_payer_sees_lines_clauses_and_how_to_pay(self, place: Place, priya: Appointment) -> None:
        order = place()
        page = client_of(priya).get(f"/payments/{order.pk}/").text

        assert "Yuran pindah kredit" in page
        assert "/policies/utm/6.5.1" in page.replace("clauses/", "").replace("clause/", "")
        assert "RM\N{NO-BREAK SPACE}250.00" in page
        assert "Bayar dalam talian" in page
        assert "Untuk juruwang" not in page

    def test_the_cashier_records_the_payment_by_form(self, place: Place, tan: Appointment) -> None:
        order, client = place(), client_of(tan, "en")
        form = {"method": "card", "reference": "EDC 1", "amount": "250.00", "received_on": DAY.isoformat()}
        wrong = client.post(f"/payments/{order.pk}/record/", form | {"amount": "25.00"})

        assert wrong.status_code == 422
        assert "short" in wrong.text
        assert 'value="EDC 1"' in wrong.text

        page = client.post(f"/payments/{order.pk}/record/", form, follow=True).text

        assert "the receipt is ready" in page
        assert Order.objects.get().state == "paid"

    @pytest.mark.parametrize("field", ["method", "reference", "amount", "received_on"])
    def test_every_field_is_asked_for(self, place: Place, tan: Appointment, field: str) -> None:
        order = place()
        form = {
            "method": "cash",
            "reference": "S",
            "amount": "250",
            "received_on": DAY.isoformat(),
            field: "",
        }
        answer = client_of(tan).post(f"/payments/{order.pk}/record/", form)

        assert answer.status_code == 422
        assert f"id_{field}_error" in answer.text
        assert not Payment.objects.exists()

    def test_it_is_cancelled_and_refunded_by_form(
        self, place: Place, pay: Pay, tan: Appointment, umar: Appointment
    ) -> None:
        first, second = place(), pay(place())
        client_of(tan).post(f"/payments/{first.pk}/cancel/", {"reason": "Silap"})
        back = {"amount": "250", "reference": "EFT-9", "refunded_on": DAY.isoformat(), "reason": "Silap"}
        client_of(umar).post(f"/payments/{second.pk}/refund/", back)

        assert set(Order.objects.values_list("state", flat=True)) == {"cancelled", "refunded"}
        assert "Silap" in client_of(appear("priya")).get(f"/payments/{first.pk}/").text


class TestMine:
    def test_each_sees_what_is_theirs(self, place: Place, pay: Pay, priya: Appointment) -> None:
        own, paid, other = place(), pay(place()), place("aminah")
        page = client_of(priya).get("/payments/").text

        assert own.number in page
        assert f"/payments/{paid.pk}/receipt.pdf" in page
        assert other.number not in page
        assert client_of(priya).get(f"/payments/{other.pk}/").status_code == 404

    def test_an_empty_list_says_when_there_will_be_something(self, zain: Appointment) -> None:
        assert "Tiada bayaran" in client_of(zain).get("/payments/").text

    def test_the_number_of_questions_does_not_grow(
        self, place: Place, pay: Pay, priya: Appointment, django_assert_max_num_queries
    ) -> None:
        for _ in range(12):
            place()
        pay(place())
        client = client_of(priya)
        with django_assert_max_num_queries(7):
            client.get("/payments/")


class TestQueue:
    def numbers(self, client: Client, query: str) -> set[str]:
        page = client.get(f"/payments/queue/?{query}")
        assert page.status_code == 200
        return {o.number for o in Order.objects.all() if f">{o.number}<" in page.text}

    def test_it_is_searched_filtered_and_added_up(self, place: Place, pay: Pay, umar: Appointment) -> None:
        first, second = place(), pay(place(about="UTM/PK/2026/000099"))
        client = client_of(umar, "en")
        every = {first.number, second.number}

        assert self.numbers(client, "") == every
        assert self.numbers(client, "state=paid") == {second.number}
        assert self.numbers(client, "state=to_return") == set()
        assert self.numbers(client, "q=000099") == {second.number}
        assert self.numbers(client, f"q=SLIP-{second.pk}") == {second.number}
        assert self.numbers(client, "q=Priya&purpose=appeal") == set()
        assert self.numbers(client, "since=2999-01-01") == set()
        assert self.numbers(client, "since=nonsense&faculty=99999") == every
        page = client.get("/payments/queue/").text
        assert "RM\N{NO-BREAK SPACE}500.00" in page
        assert page.count("RM\N{NO-BREAK SPACE}250.00") >= 3

    def test_too_much_money_is_found(self, place: Place, pay: Pay, umar: Appointment) -> None:
        order = pay(place())
        Payment.objects.update(amount=Decimal(300))

        assert self.numbers(client_of(umar), "state=to_return") == {order.number}
        assert "RM\N{NO-BREAK SPACE}50.00" in client_of(umar).get("/payments/queue/").text

    def test_a_faculty_sees_its_own(self, place: Place, tan: Appointment, umar: Appointment) -> None:
        own, other = place(), place(faculty=None)

        assert self.numbers(client_of(tan), "") == {own.number}
        assert self.numbers(client_of(umar), "") == {own.number, other.number}

    def test_as_a_file_it_holds_what_the_page_shows(self, place: Place, pay: Pay, umar: Appointment) -> None:
        place(), pay(place())
        answer = client_of(umar, "en").get("/payments/queue/?state=paid&form=xlsx")
        (sheet,) = read(b"".join(answer.streaming_content))

        assert len(sheet.rows) == 2
        assert sheet.rows[1][2] == "Priya a/p Suresh"
        assert "250" in sheet.rows[1]

    def test_the_number_of_questions_does_not_grow(
        self, place: Place, umar: Appointment, django_assert_max_num_queries
    ) -> None:
        client = client_of(umar)
        for _ in range(30):
            place()
        with django_assert_max_num_queries(14):
            page = client.get("/payments/queue/")
        assert 'rel="next"' in page.text


class TestDistribution:
    def test_the_transfer_fee_is_divided_by_jadual_7(self, place: Place, pay: Pay) -> None:
        order = pay(place())
        parts = {s.receiver: (s.percent, s.amount) for s in order.shares.all()}

        assert parts == {
            "question_setter": (15, Decimal("36.00")),
            "assessor": (15, Decimal("36.00")),
            "faculty": (45, Decimal("108.00")),
            "university": (25, Decimal("60.00")),
        }

    def test_odd_amounts_add_up_to_the_sen(self, place: Place, pay: Pay) -> None:
        label = {"ms": "Yuran", "en": "Fee"}
        line = {"item": "credit_transfer", "label": label, "amount": "33.33", "clauses": ["6.5.1"]}
        order = pay(place(fees={"lines": [line], "total": "33.33"}))

        assert sum(s.amount for s in order.shares.all()) == Decimal("33.33")

    def test_other_policies_divide_nothing(self, place: Place, pay: Pay) -> None:
        assert not pay(place("aminah", policy="uthm", policy_version="2020-01-01")).shares.exists()

    def test_a_person_is_named_and_paid_out(
        self, place: Place, pay: Pay, tan: Appointment, umar: Appointment, salmah: Appointment
    ) -> None:
        order = pay(place())
        assessor = order.shares.get(receiver="assessor")
        with pytest.raises(Refused, match="Namakan"):
            pay_out(umar, [assessor.pk], DAY, "EFT-1")
        page = client_of(tan).post(
            f"/payments/parts/{assessor.pk}/", {"person": salmah.person_id}, follow=True
        )
        assert "Salmah binti Ghani" in page.text

        client = client_of(umar, "en")
        form = {
            "paid_on": DAY.isoformat(),
            "reference": "EFT-1",
            "share": [str(s.pk) for s in order.shares.exclude(receiver="question_setter")],
        }
        page = client.post("/payments/statement/", form, follow=True).text

        assert "3 parts marked as paid out." in page
        assert Share.objects.filter(paid_on=DAY, paid_by=umar).count() == 3
        with pytest.raises(Refused):
            pay_out(umar, [assessor.pk], DAY, "EFT-2")
        with pytest.raises(Refused):
            refund(umar, order, Return(order.total, "X", DAY, "x"))
        with pytest.raises(Refused):
            name_receiver(tan, assessor, None)

    def test_all_or_none(self, place: Place, pay: Pay, umar: Appointment) -> None:
        order = pay(place())
        with pytest.raises(Refused):
            pay_out(umar, order.shares.values_list("pk", flat=True), DAY, "EFT")
        with pytest.raises(Refused):
            pay_out(umar, [], DAY, "EFT")
        with pytest.raises(Refused):
            pay_out(umar, [0], DAY, "EFT")
        with pytest.raises(NotAllowed):
            pay_out(appear("rashid"), order.shares.values_list("pk", flat=True), DAY, "EFT")
        assert not Share.objects.filter(paid_on__isnull=False).exists()

    def test_an_office_has_no_person_and_a_stranger_no_part(
        self, place: Place, pay: Pay, tan: Appointment, chong: Appointment
    ) -> None:
        faculty = pay(place()).shares.get(receiver="faculty")
        with pytest.raises(Refused):
            name_receiver(tan, faculty, tan.person)
        with pytest.raises(NotAllowed):
            name_receiver(chong, faculty, None)

    def test_the_statement_is_narrowed_and_added_up(self, place: Place, pay: Pay, umar: Appointment) -> None:
        pay(place()), pay(place())
        client = client_of(umar, "en")
        page = client.get("/payments/statement/?receiver=faculty").text

        assert "RM\N{NO-BREAK SPACE}216.00" in page
        assert "Assessor</th>" not in page
        assert "Nothing to divide" in client.get("/payments/statement/?since=2999-01-01").text
        assert client.get("/payments/statement/?since=2026-02-01&until=2026-01-01").status_code == 422
        assert "Nothing to divide" in client.get("/payments/statement/?paid=yes").text
        csv = b"".join(client.get("/payments/statement/?receiver=faculty&form=csv").streaming_content)
        assert csv.decode().count("108.00") == 2

    def test_the_statement_on_paper(self, place: Place, pay: Pay, umar: Appointment) -> None:
        pay(place())
        for language, title in (
            ("ms", "Penyata agihan yuran"),
            ("en", "Statement of the distribution of fees"),
        ):
            answer = client_of(umar, language).get("/payments/statement.pdf?receiver=university")
            told = " ".join(text_of(answer.content).split())

            assert title in told
            assert "60.00" in told
            assert "Umar bin Faisal" in told

    def test_the_number_of_questions_does_not_grow(
        self, place: Place, pay: Pay, umar: Appointment, django_assert_max_num_queries
    ) -> None:
        for _ in range(8):
            pay(place())
        client = client_of(umar)
        with django_assert_max_num_queries(10):
            assert client.get("/payments/statement/").text.count("<tr>") > 25


class TestReceipt:
    @pytest.mark.parametrize("language", ["ms", "en"])
    def test_it_is_in_the_payers_language(
        self, place: Place, pay: Pay, priya: Appointment, language: str
    ) -> None:
        priya.person.language = language
        priya.person.save()
        order = pay(place())
        answer = client_of(priya).get(f"/payments/{order.pk}/receipt.pdf")
        told = " ".join(text_of(answer.content).split())
        words = {
            "ms": ("Resit rasmi", "Ringgit Malaysia dua ratus lima puluh sahaja", "Tunai"),
            "en": ("Official receipt", "Ringgit Malaysia two hundred and fifty only", "Cash"),
        }

        assert answer["Content-Type"] == "application/pdf"
        assert all(said in told for said in words[language]), told
        assert order.receipt.number in told
        assert "6.5.1/3" in told
        assert pages_of(answer.content) == 1
        assert client_of(priya).get(f"/payments/{order.pk}/receipt.pdf").content == answer.content

    def test_an_unpaid_order_has_none(self, place: Place, priya: Appointment) -> None:
        assert client_of(priya).get(f"/payments/{place().pk}/receipt.pdf").status_code == 404


def test_payers_are_reminded_once_before_the_day(place: Place, pay: Pay) -> None:
    today = timezone.localdate()
    place(due_on=today), pay(place(due_on=today)), place()
    remind(today), remind(today)

    assert Notice.objects.filter(kind="fee_reminder").count() == 1
