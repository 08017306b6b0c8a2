"""A number sent as text is one that every database takes, or none."""

import pytest
from tests.portal import cast

from portal.numbers import MOST_DIGITS, whole_number, whole_numbers


@pytest.mark.parametrize(
    "given", ["", "-1", "1.0", "1e3", "1,000", " 7", "²", "٣", "NaN", "0x7", "9" * (MOST_DIGITS + 1)]
)
def test_what_is_no_key_is_none(given: str) -> None:
    assert whole_number(given) is None


def test_a_key_is_read() -> None:
    assert whole_number("0") == 0
    assert whole_number("9" * MOST_DIGITS) == 10**MOST_DIGITS - 1


def test_of_what_was_sent_only_keys_are_taken() -> None:
    assert whole_numbers(["3", "x", "", "1", "9" * 40]) == [3, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["9" * 30, "²", "-1", "x"])
@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("bakar", "/applications/queue/"),
        ("bakar", "/applications/register/"),
        ("nathan", "/applications/decisions/"),
        ("nathan", "/applications/compliance/"),
        ("osman", "/administration/people/"),
    ],
)
def test_a_faculty_that_is_none_shows_the_page(key: str, address: str, given: str) -> None:
    assert cast.client_of(cast.appear(key)).get(address, {"faculty": given}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["9" * 30, "²", "x"])
def test_what_is_ticked_and_is_no_key_is_not_taken(given: str) -> None:
    sent = {"application": given, "handler": given}
    client = cast.client_of(cast.appear("bakar"))
    assert client.post("/applications/queue/hand-over/", sent).status_code == 302
