"""How a semester is read: by its number and session, else by the code its university gave it."""

import pytest

from portal.institutions.models import Semester


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("20262027-1", "Semester 1, 2026/2027"),
        ("2026/2027-2", "Semester 2, 2026/2027"),
        ("20262027/3", "Semester 3, 2026/2027"),
        ("SEM-A", "SEM-A"),
        ("202610", "202610"),
    ],
)
def test_a_person_reads_number_and_session(code: str, label: str) -> None:
    assert str(Semester(code=code)) == label
