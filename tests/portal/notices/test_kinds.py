"""Every kind of notice has words in both languages that ask for the same values and can be written."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.institutions.models import Institution
from portal.notices.kinds import Kind, kinds, names_in
from tauliah.values.text import Text

every = pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
VALUES = {
    "due_on": date(2026, 11, 22),
    "valid_until": date(2027, 1, 31),
    "at": datetime(2026, 11, 22, 1, 30, tzinfo=UTC),
    "total": Decimal("160.00"),
    "amount": Decimal(50),
    "received": Decimal("100.5"),
    "outstanding": Decimal("59.50"),
    "count": 3,
    "outcome": {"ms": "Diluluskan", "en": "Approved"},
    "letter": Text("Surat keputusan", "Letter of decision"),
    "programme": Institution(name_ms="Program", name_en="Programme"),
}


def context_of(kind: Kind) -> dict[str, object]:
    return {name: VALUES.get(name, f"<{name}>") for name in kind.names}


@every
def test_both_languages_ask_for_the_same_values(kind: Kind) -> None:
    assert set(names_in(kind.title["ms"])) == set(names_in(kind.title["en"]))
    for ms, en in zip(kind.text["ms"], kind.text["en"], strict=True):
        assert set(names_in(ms)) == set(names_in(en)), (ms, en)


@every
@pytest.mark.parametrize("language", ["ms", "en"])
def test_it_can_be_written(kind: Kind, language: str) -> None:
    written = f"{kind.title_in(language, context_of(kind))}\n{kind.text_in(language, context_of(kind))}"

    assert not re.search(r"[{}]|None|Decimal|datetime", written)
    for name in kind.names - VALUES.keys():
        assert f"<{name}>" in written
    assert kind.text_in("ms", context_of(kind)) != kind.text_in("en", context_of(kind))


def test_values_are_written_as_the_language_does() -> None:
    kind = kinds()["onsite_invited"]
    context = {"reference": "R1", "course": "SPPM 1702", "at": VALUES["at"], "place": "Bilik 3"}

    assert "pada 22 November 2026, 09:30 di Bilik 3" in kind.text_in("ms", context)
    assert "on 22 November 2026, 09:30 at Bilik 3" in kind.text_in("en", context)
    assert kinds()["fee_due"].title_in("ms", {"total": Decimal(10), "reference": "X"}) == (
        "Bayaran RM\N{NO-BREAK SPACE}10.00 bagi X"
    )
    assert "Mac" in kinds()["fee_reminder"].text_in("ms", {"number": "1", "due_on": date(2026, 3, 1)})


def test_a_sentence_without_its_value_is_left_out() -> None:
    context = {"number": "UTM/P/2026/000001", "total": Decimal(10), "due_on": None}
    text = kinds()["fee_due"].text_in("en", context)

    assert text.splitlines() == [
        "Payment order UTM/P/2026/000001 of RM\N{NO-BREAK SPACE}10.00 was issued.",
        "The application is processed once the payment is received.",
    ]


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert kinds()["order_cancelled"].text_in("en", {"reason": "{number}"}).startswith("Reason: {number}")


@every
def test_the_choice_of_emails_names_each_kind_without_values(kind: Kind) -> None:
    assert kind.about.ms
    assert kind.about.en
    assert not {"{", "…"} & {*kind.about.ms, *kind.about.en}


def test_no_two_kinds_are_named_alike() -> None:
    assert len({kind.about.ms for kind in kinds().values()}) == len(kinds())
