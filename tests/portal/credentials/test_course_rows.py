"""The rows of a course’s form: browsers send the first choice of every list, also of rows that stay empty."""

from portal.credentials.forms_course import part_forms, rows_of
from portal.credentials.models import Achievement

INTERNAL = {"kind": "internal", "body": "Pusat e-pembelajaran", "reference": "", "url": ""}


def sent(**rows: str) -> dict[str, str]:
    """One row on record and one added, as a browser sends them."""
    counts = {"assurance-TOTAL_FORMS": "2", "assurance-INITIAL_FORMS": "1"}
    first = {f"assurance-0-{name}": value for name, value in INTERNAL.items()}
    return counts | first | {"assurance-1-kind": "mqa_accredited", "assurance-1-body": ""} | rows


def test_a_row_in_which_nothing_was_typed_is_left_out() -> None:
    rows = part_forms(Achievement(assurance=[INTERNAL]), sent())["assurance"]

    assert rows.is_valid()
    assert rows_of(rows) == [INTERNAL]


def test_a_row_that_was_begun_is_asked_for_the_rest() -> None:
    begun = sent(**{"assurance-1-reference": "MQA/FA 0001"})

    rows = part_forms(Achievement(assurance=[INTERNAL]), begun)["assurance"]

    assert not rows.is_valid()
    assert "body" in rows.forms[1].errors
