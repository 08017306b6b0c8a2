"""The income of a cohort is agreed, counted, claimed, received, divided to the sen, and paid out once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.portal import cast
from tests.portal.offerings import stories
from tests.tauliah.files.reading import text_of

from portal.accounts.refusal import NotAllowed, Refused
from portal.monitoring.actions import earning
from portal.monitoring.actions.earning import Receipt
from portal.monitoring.income import Division, Part, equally, parts, shared
from portal.monitoring.income_papers import claim_pdf, instruction_pdf
from portal.monitoring.models import Income, IncomeShare
from portal.notices.models import Notice
from portal.offerings.models import Offering, Teacher
from portal.records.register import entries_about
from tauliah.fees.split import split

pytestmark = pytest.mark.django_db
NUMBER = 7


def cohort(*, assessors: int = 1, facilitators: int = 1, **fields: Any) -> Offering:
    """An ended cohort of a MOOC with a paid certificate, 1.5 credits at RM 150: RM 225 each."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "state": "ended",
        "certificate": "paid",
        "platform": "OpenLearning",
        "starts_on": today - timedelta(days=90),
        "ends_on": today - timedelta(days=10),
        "payment_agreed_at": timezone.now(),
    }
    there = stories.offering("UTM", stories.registered("UTM", kind="mooc"), **given | fields)
    for part, number in (("assessor", assessors), ("facilitator", facilitators)):
        for place in range(number):
            person = cast.person(f"{part}{place}", f"{part.title()} {place}", "UTM")
            Teacher.objects.create(offering=there, person=person, part=part)
    return there


def income_of(there: Offering) -> Income:
    return Income.objects.get(offering=there)


def counted(there: Offering, number: int = NUMBER) -> Offering:
    centre = cast.appear("zarina")
    earning.agree(centre, there, version=None)
    earning.count(centre, there, number, "Laporan OpenLearning", version=None)
    return there


def claimed(there: Offering) -> Offering:
    cast.appear("umar")
    earning.prepare_claim(cast.appear("zarina"), there, version=None)
    earning.claim(cast.appear("umar"), there, timezone.localdate(), "TUNTUT-1", version=None)
    return there


def received(there: Offering, amount: Decimal | None = None, difference: str = "") -> Offering:
    amount = income_of(there).expected if amount is None else amount
    receipt = Receipt(amount, timezone.localdate(), "BANK-1", difference)
    earning.receive(cast.appear("umar"), there, receipt, version=None)
    return there


def instructed(number: int = NUMBER, **fields: Any) -> Offering:
    there = received(claimed(counted(cohort(**fields), number)))
    earning.instruct(cast.appear("zarina"), there, version=None)
    return there


def shares_of(there: Offering) -> dict[str, Decimal]:
    rows = IncomeShare.objects.filter(income__offering=there).values("to").annotate(due=Sum("amount"))
    return {row["to"]: row["due"] for row in rows.order_by("to")}


def test_what_came_is_divided_by_table_4_to_the_sen() -> None:
    there = instructed()

    income = income_of(there)
    assert (income.price, income.expected) == (Decimal("225.00"), Decimal("1338.75"))
    assert shares_of(there) == {
        "sme": Decimal("401.66"),
        "facilitator": Decimal("133.84"),
        "assessor": Decimal("200.83"),
        "utmlead": Decimal("267.75"),
        "university": Decimal("334.67"),
    }
    assert sum(shares_of(there).values()) == income.received
    assert income.shares.get(to="sme").clauses == ["5.5.5", "Jadual 4", "Jadual 4(i)"]


def test_a_share_of_several_people_is_divided_among_them_to_the_sen() -> None:
    there = instructed(facilitators=2)

    amounts = list(income_of(there).shares.filter(to="facilitator").values_list("amount", "person__name"))
    assert [name for _amount, name in amounts] == ["Facilitator 0", "Facilitator 1"]
    assert sum(amount for amount, _name in amounts) == Decimal("133.84")
    assert abs(amounts[0][0] - amounts[1][0]) <= Decimal("0.01")


def test_without_assessor_the_university_takes_that_share() -> None:
    there = instructed(assessors=0)

    assert "assessor" not in shares_of(there)
    assert income_of(there).shares.get(to="university").percent == 40
    assert sum(shares_of(there).values()) == Decimal("1338.75")


def test_another_amount_needs_a_reason_and_is_divided_as_it_came() -> None:
    there = claimed(counted(cohort()))

    with pytest.raises(Refused, match=r"1,338\.75") as refused:
        received(there, Decimal("1000.01"))
    assert refused.value.field == "difference"

    received(there, Decimal("1000.01"), "Platform menolak caj bank.")
    earning.instruct(cast.appear("zarina"), there, version=None)
    assert sum(shares_of(there).values()) == Decimal("1000.01")


@given(sen=st.integers(min_value=0, max_value=10_000_000), people=st.integers(min_value=1, max_value=9))
def test_equal_parts_add_up(sen: int, people: int) -> None:
    amount = Decimal(sen) / 100

    parts = equally(amount, people)

    assert sum(parts) == amount
    assert max(parts) - min(parts) <= Decimal("0.01")


INNER = (("sme", 30), ("facilitator", 10), ("assessor", 15), ("utmlead", 20), ("university", 25))


@given(
    price=st.integers(min_value=1, max_value=500_000),
    number=st.integers(min_value=1, max_value=10_000),
    other=st.none() | st.integers(min_value=0, max_value=10**9),
    people=st.integers(min_value=1, max_value=9),
)
def test_shares_add_up_to_the_sen_whatever_came(
    price: int, number: int, other: int | None, people: int
) -> None:
    """``other`` is another amount than was claimed, in sen; every share is divided among people too."""
    gross, kept = split(Decimal(price) / 100, [Decimal(85), Decimal(15)])
    outer = (Part("university_gross", Decimal(85), gross, ()), Part("platform", Decimal(15), kept, ()))
    inner = parts(gross, [{"to": to, "percent": percent, "clauses": ()} for to, percent in INNER])
    division = Division(Decimal(price) / 100, outer, inner, {})
    received = gross * number if other is None else Decimal(other) / 100

    made = shared(division, number, received)

    assert sum(part.amount for part in made) == received
    assert all(part.amount >= 0 for part in made)
    assert sum(sum(equally(part.amount, people)) for part in made) == received


def test_nothing_is_claimed_before_the_cohort_ends_is_counted_and_agreed() -> None:
    zarina = cast.appear("zarina")
    running = counted(cohort(state="running"))
    with pytest.raises(Refused, match="belum tamat"):
        earning.prepare_claim(zarina, running, version=None)
    there = cohort()
    earning.agree(zarina, there, version=None)
    with pytest.raises(Refused, match="bilangan sijil"):
        earning.prepare_claim(zarina, there, version=None)
    unsigned = counted(cohort(payment_agreed_at=None))
    with pytest.raises(Refused, match="menandatangani"):
        earning.prepare_claim(zarina, unsigned, version=None)


def test_a_cohort_without_paid_certificates_is_closed() -> None:
    there = counted(cohort(), 0)

    earning.prepare_claim(cast.appear("zarina"), there, version=None)

    assert income_of(there).state == "closed"


def test_shares_are_paid_once_and_the_last_closes_the_cohort() -> None:
    there, umar, today = instructed(), cast.appear("umar"), timezone.localdate()
    first, *rest = income_of(there).shares.values_list("pk", flat=True)

    assert earning.pay(umar, there, [first], today, "EFT-1", version=None) == 1
    with pytest.raises(Refused, match="belum dibayar"):
        earning.pay(umar, there, [first], today, "EFT-1", version=None)
    assert income_of(there).state == "instructed"
    assert earning.pay(umar, there, rest, today, "EFT-2", version=None) == len(rest)

    assert income_of(there).state == "closed"
    told = Notice.objects.get(person=there.proposal.developer, kind="income_paid")
    assert "401.66" in told.text_ms
    with pytest.raises(Refused, match="Ditutup"):
        earning.pay(umar, there, rest, today, "EFT-3", version=None)


def test_of_two_who_change_an_income_the_second_is_told() -> None:
    there, zarina = counted(cohort()), cast.appear("zarina")
    seen = income_of(there).version
    earning.count(zarina, there, 8, "Laporan kedua", version=seen)

    with pytest.raises(Refused, match="Zarina binti Mokhtar"):
        earning.count(zarina, there, 9, "Laporan ketiga", version=seen)

    assert income_of(there).certificates == 8
    assert entries_about(income_of(there)).filter(action="income.count").count() == 2


def test_centre_and_bursar_do_each_their_own() -> None:
    there, umar, zarina = cohort(), cast.appear("umar"), cast.appear("zarina")
    with pytest.raises(NotAllowed):
        earning.count(umar, there, 1, "", version=None)
    counted(there)
    earning.prepare_claim(zarina, there, version=None)
    with pytest.raises(NotAllowed):
        earning.claim(zarina, there, timezone.localdate(), "X", version=None)
    with pytest.raises(NotAllowed):
        earning.claim(cast.appear("ganesh"), there, timezone.localdate(), "X", version=None)


def test_a_day_ahead_is_refused() -> None:
    there = counted(cohort())
    earning.prepare_claim(cast.appear("zarina"), there, version=None)

    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="masa hadapan"):
        earning.claim(cast.appear("umar"), there, tomorrow, "X", version=None)


def test_claim_and_instruction_are_papers_with_their_clauses() -> None:
    there = instructed()
    income = Income.objects.select_related("offering__proposal__developer", "institution").get()

    claim = text_of(claim_pdf(income, "ms"), "-layout")
    instruction = text_of(instruction_pdf(income, list(income.shares.all()), "en"), "-layout")

    assert there.proposal.code in claim
    for said in ("UTM/TS/", "1,575.00", "1,338.75", "236.25", "OpenLearning", "Zarina binti Mokhtar"):
        assert said in claim, said
    for said in ("UTM/AB/", "Yusuf bin Hamzah", "401.66", "334.67", "Jadual 4(i)", "BANK-1"):
        assert said in instruction, said


def test_unimas_states_no_division_and_the_page_says_so() -> None:
    there = stories.running_offering("UNIMAS", certificate="paid")

    page = cast.client_of(cast.appear("salleh")).get(reverse("monitoring:income-cohort", args=[there.pk]))

    assert "Dasar tidak menyatakan agihan bayaran sijil." in page.content.decode()


def test_the_pages_take_a_cohort_to_its_end() -> None:
    there = cohort()
    zarina, umar = (cast.client_of(cast.appear(key)) for key in ("zarina", "umar"))
    today = timezone.localdate().isoformat()

    def send(client: Any, name: str, **given: Any) -> int:
        version = Income.objects.filter(offering=there).values_list("version", flat=True).first() or 0
        address = reverse(f"monitoring:income-{name}", args=[there.pk])
        return int(client.post(address, {"version": version, **given}).status_code)

    assert send(zarina, "agree") == 302
    assert send(zarina, "count", number="-1", source="x") == 422
    assert send(zarina, "count", number="7", source="Laporan") == 302
    assert send(zarina, "prepare") == 302
    assert send(umar, "claim", on=today, reference="T-1") == 302
    assert send(umar, "receive", on=today, reference="B-1", amount="1.00") == 422
    assert send(umar, "receive", on=today, reference="B-1", amount="1338.75") == 302
    assert send(umar, "pay", on=today, reference="E-1") == 422
    assert send(zarina, "instruct") == 302
    assert send(umar, "pay", on=today, reference="E-1") == 422
    chosen = list(income_of(there).shares.values_list("pk", flat=True))
    assert send(umar, "pay", on=today, reference="E-1", share=chosen) == 302
    assert income_of(there).state == "closed"

    page = umar.get(reverse("monitoring:income-statement"), {"to": "sme"}).content.decode()
    assert "Yusuf bin Hamzah" in page
    assert "RM\N{NO-BREAK SPACE}401.66" in page
    for name in ("income", "income-statement"):
        sent: Any = umar.get(reverse(f"monitoring:{name}"), {"form": "csv"})
        assert "2026" in b"".join(sent.streaming_content).decode()
    for name in ("income-claim-paper", "income-instruction-paper"):
        assert umar.get(reverse(f"monitoring:{name}", args=[there.pk])).content.startswith(b"%PDF")


def test_the_bursar_finds_what_is_to_be_done_on_the_desk() -> None:
    there = counted(cohort())
    earning.prepare_claim(cast.appear("zarina"), there, version=None)

    page = cast.client_of(cast.appear("umar"), "en").get(reverse("desk:desk")).content.decode()

    assert "Certificate payments to claim" in page


def test_a_cohort_that_was_not_counted_is_found_and_opened() -> None:
    there, client = cohort(), cast.client_of(cast.appear("zarina"))

    page = client.get(reverse("monitoring:income"), {"state": "none"}).content.decode()

    assert there.proposal.code in page
    assert "Belum dikira" in page
    assert client.get(reverse("monitoring:income-cohort", args=[there.pk])).status_code == 200
