"""Whoever takes part in the benchmark gives the same answers; the comparison itself can see a difference."""

from dataclasses import replace

import numpy as np
import pytest
from bench.agree import check, difference, disagreement, gaps, samples
from bench.columns import Data
from bench.contestants import MODULES, load
from bench.generate import generate
from bench.outcome import RULES, Outcomes
from bench.peers import numpy_peer

APPLICATIONS = 1200


@pytest.fixture(scope="module")
def parts() -> list[tuple[Data, Outcomes]]:
    return samples(APPLICATIONS)


@pytest.mark.parametrize("name", MODULES)
def test_it_agrees_with_plain_objects(name: str, parts: list[tuple[Data, Outcomes]]) -> None:
    contestant = load(name)
    if isinstance(contestant, str):
        pytest.skip(contestant)

    assert [disagreement(contestant, data, expected) for data, expected in parts] == [None, None]


def test_the_samples_show_every_outcome_and_every_limit(parts: list[tuple[Data, Outcomes]]) -> None:
    assert gaps(parts) == []


@pytest.mark.parametrize("rule", range(len(RULES)))
def test_a_single_wrong_outcome_is_named(rule: int) -> None:
    data = generate(50)
    right = numpy_peer.run(numpy_peer.prepare(data))
    wrong = np.array(right.checks)
    wrong[rule, 7] ^= 1

    found = difference(right, replace(right, checks=wrong))

    assert found is not None
    assert found.startswith(f"{RULES[rule]}, row 7:")


def test_a_wrong_contestant_is_named() -> None:
    right = load("numpy")
    assert not isinstance(right, str)
    wrong = replace(right, run=lambda prepared: _all_binding(numpy_peer.run(prepared)))

    found = check([right, wrong], 400)

    assert found is not None
    assert "numpy: binds, row" in found


def test_the_same_seed_draws_the_same_applications() -> None:
    first, second = generate(300).frames(), generate(300).frames()

    assert first[0].equals(second[0])
    assert first[1].equals(second[1])


def _all_binding(outcomes: Outcomes) -> Outcomes:
    return replace(outcomes, binds=np.ones_like(outcomes.binds))
