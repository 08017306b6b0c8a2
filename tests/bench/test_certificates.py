"""Who takes part in the benchmark of certificates makes files that are accepted, each with its own credential."""

import pytest

from bench import certificates
from tauliah.credentials.answer import Outcome
from tauliah.files.signed_pdf import read_signed_pdf


@pytest.mark.parametrize("name", certificates.contestants())
def test_what_it_makes_is_accepted(name: str) -> None:
    make = certificates.contestants()[name]
    trusted = [certificates._key().certificate]

    for number in (0, 7):
        found = read_signed_pdf(make(number), trusted, certificates.AT)
        assert found.signature.outcome == Outcome.YES
        assert found.credential == certificates._credential(number)


def test_the_report_names_every_part_of_the_work() -> None:
    times = certificates.measured(2, 1)

    told = certificates.report(times, 2)

    assert [name for name in times if name.strip() not in told] == []
    assert set(times) >= {"certificate", "statement", "read back", "as documented"}
