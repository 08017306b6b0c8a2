"""A case answered alone and the same case among many get the same outcomes and the same choice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.strategies import POLICIES, cases

from tauliah.batch.frames import frames_of
from tauliah.batch.judge import accepted, judge
from tauliah.files.packs import installed_packs
from tauliah.policy.expression import ABSENT
from tauliah.transfer.case import TransferCase
from tauliah.transfer.decide import decide
from tauliah.transfer.edition import edition_of
from tauliah.values.case import parse

PACKS = installed_packs()


def alone(case, pack):
    decision = decide(case, pack)
    return [
        (claim.outcomes, claim.verdict, taken)
        for claim, taken in zip(decision.claims, decision.accepted, strict=True)
    ]


def together(of_version, pack, version):
    edition, frames = edition_of(pack, version), frames_of(of_version, pack.names_of_institution)
    judged = judge(frames, edition)
    nowhere = np.full(len(judged.verdict), ABSENT, np.uint8)
    columns = [judged.outcomes.get(rule.name, nowhere).tolist() for rule in edition.rules]
    return list(
        zip(
            zip(*columns, strict=True),
            judged.verdict.tolist(),
            accepted(judged, frames).tolist(),
            strict=True,
        )
    )


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_one_case_and_many_get_the_same_answers(policy):
    pack = PACKS[policy.name]

    @given(st.lists(cases(policy), min_size=1, max_size=8))
    def holds(documents):
        by_version: dict = {}
        for document in documents:
            case = parse(TransferCase, document)
            by_version.setdefault(pack.version_on(case.applied_on), []).append(case)
        for version, of_version in by_version.items():
            expected = [answer for case in of_version for answer in alone(case, pack)]

            assert together(of_version, pack, version) == expected

    holds()
