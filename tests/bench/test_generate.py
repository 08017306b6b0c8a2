"""The synthetic applications look the way the benchmark's description says."""

import numpy as np
import pytest
from bench.columns import Data
from bench.generate import generate
from bench.peers import numpy_peer
from bench.vocabulary import MOOC, OVERLAP, PRIOR_STUDY, day

APPLICATIONS = 40_000
NULLABLE = {
    "level": PRIOR_STUDY,
    "prior_outcome": PRIOR_STUDY,
    "accredited": PRIOR_STUDY,
    "approved_beforehand": MOOC,
    "claimed_before": MOOC,
}


@pytest.fixture(scope="module")
def data() -> Data:
    """Enough applications for shares to settle."""
    return generate(APPLICATIONS)


def test_an_application_has_five_to_six_claims(data: Data) -> None:
    assert pytest.approx(data.starts[-1] / data.size, abs=0.2) == 5.6


def test_a_limit_binds_in_about_one_application_of_eighty(data: Data) -> None:
    binds = numpy_peer.run(numpy_peer.prepare(data)).binds

    assert pytest.approx(1 / binds.mean(), abs=20) == 80


def test_a_few_per_cent_of_every_nullable_column_are_null(data: Data) -> None:
    basis = data.claims["basis"].values
    shares = {name: 1 - data.claims[name].known[basis == where].mean() for name, where in NULLABLE.items()}
    for name in ("grade", "content_overlap", "source_credits", "transferred_before", "completed_on"):
        shares[name] = 1 - data.claims[name].known.mean()
    for name in ("mqa_accredited", "semester"):
        shares[name] = 1 - data.applications[name].known.mean()

    assert {name: share for name, share in shares.items() if not 0.01 < share < 0.05} == {}


def test_thresholds_and_leap_days_are_met_exactly(data: Data) -> None:
    claims, applied = data.claims, data.applications["applied_on"].values[data.application]
    leap_day = claims["completed_on"].values == day(2020, 2, 29)

    assert (claims["content_overlap"].values == OVERLAP).any()
    assert (claims["source_credits"].values == claims["target_credits"].values).any()
    assert {day(2025, 2, 28), day(2025, 3, 1)} <= set(applied[leap_day].tolist())


def test_no_course_is_completed_after_the_application(data: Data) -> None:
    applied = data.applications["applied_on"].values[data.application]

    assert np.all(data.claims["completed_on"].values <= applied)
