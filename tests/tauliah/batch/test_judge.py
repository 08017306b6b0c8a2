"""Many cases judged together get the answers that each gets alone."""

from collections import defaultdict

import numpy as np
import pytest

from tauliah.batch.frames import frames_of
from tauliah.batch.judge import accepted, judge
from tauliah.files.cases import case_files, read_case
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.policy.column_reading import Frames
from tauliah.policy.expression import ABSENT
from tauliah.transfer.case import TransferCase
from tauliah.transfer.decide import decide
from tauliah.transfer.edition import edition_of
from tauliah.values.case import InvalidCase, parse

PACKS = installed_packs()


def cases_by_edition():
    groups = defaultdict(list)
    for path in case_files([INSTALLED]):
        if path.parent.name != "cases":
            continue
        document = read_case(path)
        if document.get("kind") != "transfer":
            continue
        try:
            case = parse(TransferCase, {k: v for k, v in document.items() if k != "expect"})
            pack = PACKS[case.policy]
            decision = decide(case, pack)
        except (InvalidCase, KeyError):
            continue
        groups[pack.name, pack.version_on(case.applied_on)].append((case, decision))
    return dict(groups)


GROUPS = cases_by_edition()


def compared(cases, decisions, pack, edition):
    frames = frames_of(cases, pack.names_of_institution)
    judged = judge(frames, edition)
    taken = accepted(judged, frames)
    absent = np.full(len(judged.verdict), ABSENT, np.uint8)
    columns = [judged.outcomes.get(rule.name, absent) for rule in edition.rules]
    together = [
        (tuple(int(column[row]) for column in columns), int(judged.verdict[row]), bool(taken[row]))
        for row in range(len(judged.verdict))
    ]
    alone = [
        (claim.outcomes, claim.verdict, yes)
        for decision in decisions
        for claim, yes in zip(decision.claims, decision.accepted, strict=True)
    ]
    return alone, together


@pytest.mark.parametrize("key", sorted(GROUPS), ids=lambda key: f"{key[0]}-{key[1]}")
def test_every_case_of_the_packs_gets_the_same_answer_in_a_batch(key):
    name, version = key
    cases, decisions = zip(*GROUPS[key], strict=True)

    alone, together = compared(cases, decisions, PACKS[name], edition_of(PACKS[name], version))

    assert alone == together


@pytest.mark.parametrize("key", sorted(GROUPS), ids=lambda key: f"{key[0]}-{key[1]}")
def test_each_case_as_a_batch_of_its_own_gets_the_same_answer(key):
    """What occurs in a single case lets most of the policy fall away; the answer must not change."""
    name, version = key
    edition = edition_of(PACKS[name], version)
    for case, decision in GROUPS[key]:
        alone, together = compared([case], [decision], PACKS[name], edition)

        assert alone == together, case


def test_a_nullable_column_that_is_left_out_is_not_known():
    key = next(key for key in sorted(GROUPS) if key[0] == "uthm")
    pack, edition = PACKS["uthm"], edition_of(PACKS["uthm"], key[1])
    frames = frames_of([case for case, _ in GROUPS[key]], pack.names_of_institution)
    without = Frames(
        frames.applications,
        {name: column for name, column in frames.claims.items() if name != "content_overlap"},
        frames.sources,
        frames.claims_from,
        frames.sources_from,
    )

    outcomes = set(judge(without, edition).outcomes["content_overlap"].tolist())

    assert outcomes <= {1, ABSENT}


def test_a_required_column_that_is_left_out_is_an_error():
    key = next(key for key in sorted(GROUPS) if key[0] == "uthm")
    pack, edition = PACKS["uthm"], edition_of(PACKS["uthm"], key[1])
    frames = frames_of([case for case, _ in GROUPS[key]], pack.names_of_institution)
    without = Frames(frames.applications, {}, frames.sources, frames.claims_from, frames.sources_from)

    with pytest.raises(KeyError):
        judge(without, edition)


def test_blocks_do_not_change_the_answer(monkeypatch):
    key = next(key for key in sorted(GROUPS) if key[0] == "uthm")
    pack, edition = PACKS["uthm"], edition_of(PACKS["uthm"], key[1])
    frames = frames_of([case for case, _ in GROUPS[key]], pack.names_of_institution)
    whole = judge(frames, edition)
    monkeypatch.setattr("tauliah.batch.judge.BLOCK", 3)
    small = judge(frames, edition)

    assert whole.verdict.tolist() == small.verdict.tolist()
    assert whole.binds.tolist() == small.binds.tolist()
    assert {n: s.tolist() for n, s in whole.sums.items()} == {n: s.tolist() for n, s in small.sums.items()}
