"""What is typed becomes the contract's case, and back, without loss."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.cases.bridge import blank
from portal.cases.keys import Key, Rows, Shape
from portal.transfer.bridge import PAPER
from portal.transfer.example import FILE
from portal.transfer.keys import CLAIM, SOURCE, SOURCE_KEYS, TRANSFER
from portal.transfer.rows import new_entry
from tauliah.evaluate import evaluate
from tauliah.files.cases import read_case_text
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase
from tauliah.values.vocabulary import VOCABULARY

PACKS = Path(__file__).parents[3] / "src" / "tauliah" / "packs"
CASES = [
    path
    for path in sorted(PACKS.glob("*/cases/*.yaml"))
    if "\nkind: transfer\n" in f"\n{path.read_text(encoding='utf-8')}"
]


def case_with(**fields: str) -> dict[str, Any]:
    """The case made of a few fields; ``__`` stands for the dot."""
    return PAPER.case_of(
        PAPER.entry_of_form((name.replace("__", "."), [value]) for name, value in fields.items())
    )


def claim_with(**fields: str) -> dict[str, Any]:
    """The only claim of a case made of a few fields of it."""
    places = {f"claims[0].{name.replace('__', '.')}": value for name, value in fields.items()}
    claim: dict[str, Any] = PAPER.case_of(PAPER.entry_of_form((n, [v]) for n, v in places.items()))["claims"][
        0
    ]
    return claim


class TestValues:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("3", 3), ("2.5", 2.5), ("2,5", 2.5), ("125 ", 125), ("-1", -1), ("0", 0), ("3.0", 3)],
    )
    def test_a_number_is_a_number(self, typed: str, meant: float) -> None:
        assert case_with(programme__graduating_credits=typed)["programme"]["graduating_credits"] == meant

    @pytest.mark.parametrize(
        "typed", ["tiga", "1e9", "NaN", "infinity", "3 kredit", "9" * 5000, "٣", "1.2.3"]
    )
    def test_what_is_no_number_stays_as_typed_for_the_core_to_name(self, typed: str) -> None:
        kept = case_with(programme__graduating_credits=typed)["programme"]["graduating_credits"]

        assert isinstance(kept, str)
        assert typed.startswith(kept)

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("85", 0.85), ("85 %", 0.85), ("100", 1), ("76.5", 0.765), ("0", 0), ("120", 1.2)],
    )
    def test_a_percentage_is_a_share(self, typed: str, meant: float) -> None:
        assert claim_with(basis="prior_study", content_overlap=typed)["content_overlap"] == meant

    @pytest.mark.parametrize(
        ("typed", "meant"), [("2025-09-15", "2025-09-15"), ("15/9/2025", "2025-09-15"), ("esok", "esok")]
    )
    def test_a_day_may_be_written_with_strokes(self, typed: str, meant: str) -> None:
        assert case_with(applied_on=typed)["applied_on"] == meant

    @pytest.mark.parametrize(("typed", "meant"), [("yes", True), ("no", False), ("perhaps", "perhaps")])
    def test_an_answer_is_yes_or_no(self, typed: str, meant: object) -> None:
        assert case_with(programme__mqa_accredited=typed)["programme"]["mqa_accredited"] == meant

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("CLO1 62, CLO2 55", {"CLO1": 62, "CLO2": 55}),
            ("CLO1: 62.5; CLO2=55%", {"CLO1": 62.5, "CLO2": 55}),
            ("CLO 1 49,9, CLO 2 ?", {"CLO 1": 49.9, "CLO 2": None}),
            ("baik", "baik"),
        ],
    )
    def test_outcomes_are_read_in_pairs(self, typed: str, meant: object) -> None:
        claim = PAPER.case_of(
            PAPER.entry_of_form(
                [("claims[0].basis", ["apel_c"]), ("claims[0].sources[0].clo_percent", [typed])]
            )
        )["claims"][0]

        assert claim["sources"][0]["clo_percent"] == meant

    def test_what_is_empty_is_not_known_and_left_out(self) -> None:
        assert case_with(policy="uthm", programme__mqa_accredited="", student__week="  ") == {
            "kind": "transfer",
            "policy": "uthm",
            "programme": {},
        }

    def test_control_characters_and_lone_surrogates_are_dropped(self) -> None:
        assert case_with(policy="ut\x00hm\ud800")["policy"] == "ut hm"


class TestRows:
    def test_rows_are_closed_up_in_their_order(self) -> None:
        entry = PAPER.entry_of_form([("claims[7].target.code", ["B"]), ("claims[2].target.code", ["A"])])

        assert [claim["target"]["code"] for claim in entry["claims"]] == ["A", "B"]

    @pytest.mark.parametrize(
        "name",
        [
            "claims",
            "claims[0]",
            "claims[0].target",
            "claims[-1].basis",
            "claims[0].evil",
            "claims[9999].basis",
            "programme.level.more",
            "__class__",
            "student[0].week",
            "policy.x",
            "claims[0].target[1].code",
        ],
    )
    def test_places_outside_the_contract_are_left_aside(self, name: str) -> None:
        assert "zzz" not in repr(PAPER.entry_of_form([(name, ["zzz"])]))

    def test_more_rows_than_a_page_takes_are_left_out(self) -> None:
        entry = PAPER.entry_of_form([(f"claims[{n}].basis", ["mooc"]) for n in range(100)])

        assert len(entry["claims"]) == 60


class TestBases:
    def test_every_basis_of_the_contract_has_its_sources(self) -> None:
        assert set(VOCABULARY["basis"]) == set(SOURCE_KEYS)

    def test_every_key_of_a_source_is_asked_for_some_basis(self) -> None:
        asked = {key for keys in SOURCE_KEYS.values() for key in keys.all}

        assert asked == set(SOURCE)

    def test_answers_to_questions_of_another_basis_are_left_out(self) -> None:
        claim = claim_with(basis="prior_study", approved_beforehand="yes", partner_agreement="no")

        assert claim == {"target": {}, "basis": "prior_study"}


class TestWholeCases:
    @pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
    def test_a_published_case_keeps_its_result_through_the_form(self, path: Path) -> None:
        case = read_case_text(path.read_text(encoding="utf-8"))

        assert outcome(PAPER.case_of(PAPER.entry_of_case(case))) == outcome(case)

    def test_the_example_shows_every_outcome(self) -> None:
        result = evaluate(read_case_text(FILE.read_text(encoding="utf-8")), installed_packs())

        assert {claim["outcome"] for claim in result["claims"]} == set(VOCABULARY["claim_outcome"])

    def test_a_new_entry_is_a_case_that_lacks_only_what_nobody_can_guess(self) -> None:
        entry = new_entry("uthm", "UTHM", date(2026, 10, 5))
        with pytest.raises(InvalidCase) as invalid:
            evaluate(PAPER.case_of(entry), installed_packs())

        assert {problem.where for problem in invalid.value.problems} == {
            "programme.graduating_credits",
            "claims[0].target.code",
            "claims[0].target.credits",
        }


def outcome(case: dict[str, Any]) -> object:
    """What the core says of a case: its result, or where it is wrong."""
    try:
        return evaluate(case, installed_packs())
    except InvalidCase as invalid:
        return {problem.where for problem in invalid.problems}


# --- Properties ------------------------------------------------------------------------------------

TYPED = st.one_of(
    st.sampled_from(["", "yes", "no", "3", "85", "2025-09-15", "CLO1 50", "uthm", "bachelor", "mooc"]),
    st.text(max_size=30),
)


def entries(shape: Shape = TRANSFER) -> st.SearchStrategy[dict[str, Any]]:
    """Entries with anything typed anywhere."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for name, part in shape.items():
        if isinstance(part, Key):
            parts[name] = st.lists(TYPED, max_size=2) if part.kind == "words" else TYPED
        elif isinstance(part, Rows):
            parts[name] = st.lists(entries(part.shape), max_size=2)
        else:
            parts[name] = entries(part)
    return st.fixed_dictionaries(parts)


@given(entries())
@example(new_entry("", "", date(2026, 1, 1)) | {"claims": [blank(CLAIM) | {"content_overlap": "%"}]})
def test_writing_a_case_twice_changes_nothing(entry: dict[str, Any]) -> None:
    once = PAPER.case_of(PAPER.entry_of_case(PAPER.case_of(entry)))

    assert PAPER.case_of(PAPER.entry_of_case(once)) == once


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*TRANSFER, *SOURCE, "target", "sources", "kind"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*TRANSFER, "kind", "expect"]), JSON))
def test_any_document_fills_the_form_with_text(document: dict[str, Any]) -> None:
    entry = PAPER.entry_of_case(document)

    assert set(entry) == set(TRANSFER)
    assert all(isinstance(value, str) for value in entry["programme"].values())
