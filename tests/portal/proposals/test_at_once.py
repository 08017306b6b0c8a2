"""Two at once: of two who decide about a course in the same moment, one does and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from django.db import connection
from tests.portal import cast
from tests.portal.proposals.stories import Sort, again, at, evaluator, filled_in, mooc

from portal.accounts.refusal import Refused
from portal.proposals.actions.reviewing import take_step
from portal.records.register import broken_entries, entries_about

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite gives a test's database one connection; PostgreSQL, the tests' default, gives many",
    ),
]


def at_once(*doings: Callable[[], object]) -> list[object]:
    """Do things in connections of their own at the same moment; a refusal is a result like another."""
    ready = Barrier(len(doings))

    def one(doing: Callable[[], object]) -> object:
        with closing(connection):
            ready.wait(10)
            try:
                return doing()
            except Refused as refused:
                return refused

    with ThreadPoolExecutor(len(doings)) as pool:
        return [done.result(30) for done in [pool.submit(one, doing) for doing in doings]]


def test_of_an_approval_and_a_return_one_is_done() -> None:
    proposal, rosli = at("head_review"), cast.appear("rosli")
    seen = again(proposal).version

    done = at_once(
        lambda: take_step(rosli, proposal, "approve_head", version=seen),
        lambda: take_step(rosli, proposal, "return_head", version=seen, reason="Kemas kini."),
    )

    assert sum(isinstance(each, Refused) for each in done) == 1
    assert again(proposal).state in {"centre_review", "revision"}
    steps = entries_about(proposal).filter(action__in=["proposals.approve_head", "proposals.return_head"])
    assert steps.count() == 1
    assert list(broken_entries(proposal.institution)) == []


def test_two_evaluators_hand_in_at_once_and_both_are_kept() -> None:
    proposal = mooc("evaluation")
    devi, salmah = cast.appear("devi"), cast.appear("salmah")
    first = evaluator(proposal, "devi", Sort.COORDINATOR)
    second = evaluator(proposal, "salmah", Sort.EXTERNAL)

    done = at_once(lambda: filled_in(devi, first), lambda: filled_in(salmah, second))

    assert not any(isinstance(each, Refused) for each in done)
    assert proposal.evaluations.exclude(sort=Sort.SELF).filter(submitted_at__isnull=False).count() == 2
