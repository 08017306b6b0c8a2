"""A case's `expect` block is compared as the contract lays down."""

from decimal import Decimal
from typing import Any

import pytest

from tauliah.expect import differences, error_difference

CHECKS = [
    {"rule": "minimum_grade", "outcome": "fail", "clauses": ["5(a)(i)", "5(a)"]},
    {"rule": "window", "outcome": "unknown", "clauses": ["15"]},
    {"rule": "currency", "outcome": "pass", "clauses": ["5(f)"]},
]
TRANSFER: dict[str, Any] = {
    "kind": "transfer",
    "claims": [{"target": "A", "outcome": "ineligible", "award": "none", "credits": 0, "checks": CHECKS}],
    "limits": [
        {"rule": "vertical_limit", "limit_credits": 62},
        {"rule": "horizontal_limit", "limit_credits": None},
    ],
    "conditions": [{"rule": "residency", "months": 6}],
    "credits_accepted": 2.5,
}


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"claims": {"A": {"fails": ["minimum_grade"], "unknown": ["window"], "outcome": "ineligible"}}},
        {"claims": {"A": {"clauses": ["5(a)(i)"]}}},
        {"claims": None, "limits": None, "conditions": None},
        {"limits": {"vertical_limit": 62, "horizontal_limit": None}, "conditions": ["residency"]},
        {"credits_accepted": Decimal("2.5")},
    ],
)
def test_what_is_as_expected_makes_no_difference(expected):
    assert differences(expected, TRANSFER) == []


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ({"claims": {"A": {"outcome": "eligible"}}}, "claims.A.outcome: expected eligible, found ineligible"),
        ({"claims": {"A": {"award": "exemption"}}}, "claims.A.award: expected exemption, found none"),
        ({"claims": {"A": {"fails": []}}}, "claims.A.fails: expected [], found ['minimum_grade']"),
        (
            {"claims": {"A": {"unknown": ["a", "b"]}}},
            "claims.A.unknown: expected ['a', 'b'], found ['window']",
        ),
        (
            {"claims": {"A": {"clauses": ["15"]}}},
            "claims.A.clauses: expected ['15'], found ['5(a)', '5(a)(i)']",
        ),
        ({"claims": {"B": {}}}, "claims.B: expected, not in the result"),
        ({"limits": {"vertical_limit": 37}}, "limits.vertical_limit: expected 37, found 62"),
        ({"limits": {"mooc_limit": None}}, "limits.mooc_limit: expected None, not in the result"),
        (
            {"conditions": ["onsite_assessment"]},
            "conditions: expected onsite_assessment, found ['residency']",
        ),
        ({"credits_accepted": 3}, "credits_accepted: expected 3, found 2.5"),
        ({"claims": ["A"]}, "expect.claims: must be a group of fields"),
        ({"limits": ["vertical_limit"]}, "expect.limits: must be a group of fields"),
        ({"conditions": {"residency": 6}}, "expect.conditions: must be a list of names"),
        ({"claims": {"A": "eligible"}}, "expect.claims.A: must be a group of fields"),
        ({"claims": {"A": {"fails": "window"}}}, "expect.claims.A.fails: must be a list of names"),
    ],
)
def test_a_difference_is_told_where_it_is(expected, line):
    assert differences(expected, TRANSFER) == [line]


OTHER = {
    "kind": "fees",
    "total": "160.00",
    "lines": [{"item": "processing", "amount": "10.00"}],
    "checks": [{"rule": "topics", "outcome": "pass"}],
    "distribution": [{"to": "faculty", "amount": "22.50"}],
    "nested": {"list": ["a", "b"], "mean": 0.1},
}


@pytest.mark.parametrize(
    "expected",
    [
        {"total": "160.00", "lines": {"processing": "10.00"}, "checks": {"topics": "pass"}},
        {"distribution": {"faculty": "22.50"}, "nested": {"list": ["a", "b"], "mean": Decimal("0.1")}},
    ],
)
def test_other_kinds_are_compared_as_a_part_of_the_result(expected):
    assert differences(expected, OTHER) == []


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ({"total": "150.00"}, "total: expected 150.00, found 160.00"),
        ({"lines": {"processing": "9.00"}}, "lines.processing: expected 9.00, found 10.00"),
        ({"lines": {"appeal": "9.00"}}, "lines.appeal: expected 9.00, found None"),
        ({"nested": {"list": ["b", "a"]}}, "nested.list: expected ['b', 'a'], found ['a', 'b']"),
        ({"absent": {"a": 1}}, "absent.a: expected 1, found None"),
    ],
)
def test_a_difference_in_another_kind_is_told_where_it_is(expected, line):
    assert differences(expected, OTHER) == [line]


@pytest.mark.parametrize(
    ("expected", "lines"),
    [
        ({"error": "claims[0].basis"}, []),
        ({"error": "kind"}, ["error: expected at kind, found at claims[0].basis"]),
        ({"credits_accepted": 3}, ["error: expected none, found one at claims[0].basis"]),
    ],
)
def test_an_invalid_case_is_expected_at_its_place(expected, lines):
    assert error_difference(expected, "claims[0].basis") == lines
