"""Adding and taking away rows keeps everything else as it was."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.transfer.bridge import PAPER
from portal.transfer.example import example_entry
from portal.transfer.rows import CHANGES, changed, new_entry, pruned


def fresh() -> dict[str, Any]:
    return new_entry("uthm", "UTHM", date(2026, 10, 5))


def after(action: str, entry: dict[str, Any] | None = None) -> dict[str, Any]:
    found = changed(entry or fresh(), action)
    assert found is not None
    return found.entry


class TestAdding:
    def test_a_study_gets_a_name_of_its_own(self) -> None:
        entry = after("drop_study:0", after("add_study", after("add_study")))

        assert [study["id"] for study in entry["prior_studies"]] == ["s2", "s3"]
        assert [study["id"] for study in after("add_study", entry)["prior_studies"]] == ["s2", "s3", "s4"]

    def test_a_claim_is_of_the_same_kind_as_the_last(self) -> None:
        entry = fresh()
        entry["claims"][0]["basis"] = "mooc"

        assert [claim["basis"] for claim in after("add_claim", entry)["claims"]] == ["mooc", "mooc"]

    def test_the_only_study_is_chosen_for_a_new_source(self) -> None:
        assert after("add_source:0")["claims"][0]["sources"][1]["study"] == "s1"

    def test_it_continues_at_the_new_row(self) -> None:
        found = changed(fresh(), "add_claim")

        assert found is not None
        assert found.place == "claims[1].target.code"

    def test_it_stops_at_what_a_page_takes(self) -> None:
        entry = fresh()
        for _ in range(70):
            entry = after("add_claim", entry)

        assert len(entry["claims"]) == 60


class TestRemoving:
    def test_a_claim_goes_and_the_others_stay(self) -> None:
        entry = example_entry()
        codes = [claim["target"]["code"] for claim in entry["claims"]]
        left = [claim["target"]["code"] for claim in after("drop_claim:1", entry)["claims"]]

        assert left == [codes[0], *codes[2:]]

    def test_the_last_claim_leaves_an_empty_one(self) -> None:
        entry = after("drop_claim:0")

        assert [claim["target"]["code"] for claim in entry["claims"]] == [""]

    def test_sources_forget_a_study_that_went(self) -> None:
        entry = after("drop_study:0", example_entry())

        assert {s["study"] for claim in entry["claims"] for s in claim["sources"]} == {""}

    @pytest.mark.parametrize(
        "action",
        ["", "check", "drop_claim", "drop_claim:9", "drop_claim:-1", "drop_claim:x", "drop_claim:0:0",
         "drop_source:0:7", "add_claim:1", "drop_claim:99999999999", "drop_claim:²", "__init__"],
    )  # fmt: skip
    def test_a_row_that_is_not_there_changes_nothing(self, action: str) -> None:
        assert changed(fresh(), action) is None


class TestPruning:
    def test_rows_nobody_filled_are_left_out(self) -> None:
        entry = after(
            "add_granted", after("add_source:0", after("add_claim", after("add_study", example_entry())))
        )

        assert PAPER.case_of(pruned(entry)) == PAPER.case_of(example_entry())

    def test_a_form_nobody_filled_keeps_one_claim(self) -> None:
        assert len(pruned(fresh())["claims"]) == 1

    def test_a_study_that_a_claim_names_stays(self) -> None:
        entry = fresh()
        entry["claims"][0]["target"]["code"] = "BFC10103"

        assert [study["id"] for study in pruned(entry)["prior_studies"]] == ["s1"]


@given(
    st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 3), st.integers(0, 3)), max_size=12)
)
def test_no_order_of_presses_loses_a_name_or_the_last_claim(presses: list[tuple[str, int, int]]) -> None:
    entry = example_entry()
    for name, first, second in presses:
        numbers = [first, second][: CHANGES[name][1]]
        found = changed(entry, ":".join([name, *map(str, numbers)]))
        entry = found.entry if found else entry
    names = [study["id"] for study in entry["prior_studies"]]

    assert entry["claims"]
    assert all(claim["sources"] for claim in entry["claims"])
    assert len(set(names)) == len(names)
