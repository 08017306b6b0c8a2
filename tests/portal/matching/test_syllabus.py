"""Syllabi as people paste them."""

from decimal import Decimal

import pytest

from portal.matching.syllabus import (
    TooLong,
    hours_in,
    outcome_lines,
    outcomes_of,
    topic_lines,
    topics_of,
)


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("CLO1: Explain networks", "CLO1", "Explain networks"),
        ("clo 2 - Build networks", "CLO2", "Build networks"),
        ("3. Compare protocols", "CLO3", "Compare protocols"),
        ("HPK1) Menerangkan", "HPK1", "Menerangkan"),
        ("• Explain networks", "CLO1", "Explain networks"),
        ("Explain 5 layers", "CLO1", "Explain 5 layers"),
    ],
)
def test_an_outcome_is_read_with_its_code(line, code, text):
    assert outcomes_of(line) == [{"code": code, "text": text}]


@pytest.mark.parametrize(
    ("line", "title", "hours"),
    [
        ("Routing; 6", "Routing", "6"),
        ("Routing\t4,5 jam", "Routing", "4.5"),
        ("Routing (3 hours)", "Routing", "3"),
        ("IPv6", "IPv6", ""),
        ("Web 2.0", "Web 2.0", ""),
    ],
)
def test_a_topic_is_read_with_its_hours(line, title, hours):
    assert topics_of(line) == [{"title": title, "hours": hours}]


def test_what_is_written_is_read_back_the_same():
    outcomes = outcomes_of("CLO1: A\n\nCLO2: B")
    topics = topics_of("One; 2\nTwo")

    assert outcomes_of(outcome_lines(outcomes)) == outcomes
    assert topics_of(topic_lines(topics)) == topics


def test_hours_are_added_where_all_are_known():
    assert hours_in(topics_of("One; 2\nTwo; 3.5")) == Decimal("5.5")
    assert hours_in(topics_of("One; 2\nTwo")) is None
    assert hours_in([]) is None


@pytest.mark.parametrize("text", ["x\n" * 201, "x" * 1001])
def test_a_whole_book_is_refused(text):
    with pytest.raises(TooLong):
        outcomes_of(text)
