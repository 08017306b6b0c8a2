"""A link carries the case itself, and nothing but the contract's keys."""

from base64 import urlsafe_b64encode
from typing import Any
from zlib import compress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.transfer.test_bridge import entries

from portal.cases.link import LARGEST_CASE, LONGEST, UnreadableLink, case_of_link, fits, link_of
from portal.transfer.bridge import PAPER
from portal.transfer.example import example_entry
from portal.transfer.rows import add_claim


def written(plain: bytes) -> str:
    """A link made by hand."""
    return urlsafe_b64encode(compress(plain, 9)).decode().rstrip("=")


@given(entries())
def test_a_case_comes_back_as_it_was(entry: dict[str, Any]) -> None:
    case = PAPER.case_of(PAPER.entry_of_case(PAPER.case_of(entry)))

    assert case_of_link(PAPER, link_of(PAPER, case), LARGEST_CASE) == case


def test_keys_outside_the_contract_do_not_travel() -> None:
    case = PAPER.case_of(example_entry())
    named = case | {"name": "Aminah", "student": case["student"] | {"nric": "900101-01-1234"}}

    assert case_of_link(PAPER, link_of(PAPER, named)) == case


def test_the_example_fits_easily() -> None:
    assert len(link_of(PAPER, PAPER.case_of(example_entry()))) < 1500


def test_a_link_with_thirty_claims_still_fits() -> None:
    entry = example_entry()
    for number in range(24):
        add_claim(entry)
        entry["claims"][-1]["target"] |= {"code": f"BFC{number * 7919 % 90000:05}", "credits": "3"}

    assert fits(link_of(PAPER, PAPER.case_of(entry)))


@pytest.mark.parametrize(
    "link",
    [
        "",
        "x",
        "%%%%",
        "aGVsbG8",
        "é",
        "A" * (LONGEST + 1),
        written(b"[]"),
        written(b'"text"'),
        written(b"{"),
        written(b'{"kind": "transfer", "name": "Aminah"}'),
        written(b'{"kind": "fees"}'),
        written(b'{"kind": "transfer", "claims": [[]]}'),
        written(b'{"kind": "transfer", "applied_on": 5e999}'),
        written(b"[" * 100_000),
        written(b"9" * 6000),
        written(b" " * (LARGEST_CASE + 1) + b"{}"),
    ],
)
def test_what_was_not_written_here_is_refused(link: str) -> None:
    with pytest.raises(UnreadableLink):
        case_of_link(PAPER, link)


def test_a_packed_flood_is_cut_off() -> None:
    flood = written(b"{" + b" " * 50_000_000 + b"}")

    with pytest.raises(UnreadableLink):
        case_of_link(PAPER, flood, len(flood))


@given(st.integers(0, 400), st.sampled_from("AZaz09-_"))
def test_one_altered_letter_is_noticed(place: int, letter: str) -> None:
    case = PAPER.case_of(example_entry())
    link = link_of(PAPER, case)
    altered = link[:place] + letter + link[place + 1 :]
    try:
        assert case_of_link(PAPER, altered) == case
    except UnreadableLink:
        assert altered != link
