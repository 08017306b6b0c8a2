"""What must hold of every result, whatever the case: drawn from around all thresholds of both packs."""

import copy
import json
import re
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st
from tests.tauliah.strategies import UNKNOWNS, any_case, unknowns_of

from tauliah.evaluate import evaluate
from tauliah.files.cases import read_case_text, write_case_yaml
from tauliah.files.packs import installed_packs

PACKS = installed_packs()
OUTCOMES = {"eligible", "ineligible", "needs_evidence", "over_limit"}


def result_of(document: dict[str, Any]) -> dict[str, Any]:
    return evaluate(document, PACKS)


def outcomes_of(claim: dict[str, Any]) -> dict[str, str]:
    return {check["rule"]: check["outcome"] for check in claim["checks"]}


@given(any_case())
def test_the_outcome_of_a_claim_follows_from_its_checks(document):
    for claim in result_of(document)["claims"]:
        event(claim["outcome"])
        found = set(outcomes_of(claim).values())
        wanted = (
            {"ineligible"}
            if "fail" in found
            else {"needs_evidence"}
            if "unknown" in found
            else {"eligible", "over_limit"}
        )

        assert claim["outcome"] in wanted


@given(any_case())
def test_credits_and_award_are_for_the_eligible_only(document):
    result = result_of(document)
    for asked, claim in zip(document["claims"], result["claims"], strict=True):
        if claim["outcome"] != "eligible":
            expected = ("none", 0)
        elif claim["award"] == "exemption":
            expected = ("exemption", 0)
        else:
            kind = "credit_with_grade" if asked["graded"] else "credit_without_grade"
            expected = (kind, asked["target"]["credits"])

        assert (claim["award"], claim["credits"]) == expected
    assert result["credits_accepted"] == sum(claim["credits"] for claim in result["claims"])


@given(any_case())
def test_what_is_possible_is_never_less_than_what_is_accepted(document):
    result = result_of(document)

    assert result["credits_accepted"] <= result["credits_possible"]


@given(any_case())
def test_a_result_is_plain_json(document):
    result = result_of(document)

    assert json.loads(json.dumps(result, allow_nan=False)) == result


@given(any_case())
def test_evaluating_leaves_the_case_as_it_was(document):
    before = copy.deepcopy(document)
    result_of(document)

    assert before == document


@given(any_case())
def test_a_stored_case_gives_the_same_bytes_again(document):
    first = json.dumps(result_of(document))
    stored = read_case_text(write_case_yaml(document))

    assert first == json.dumps(result_of(document))
    assert first == json.dumps(result_of(stored))


@given(any_case())
def test_every_check_limit_and_condition_cites_clauses_of_its_pack(document):
    result = result_of(document)
    known = set(PACKS[document["policy"]].clauses)
    cited = [check for claim in result["claims"] for check in claim["checks"]]
    for entry in (*cited, *result["limits"], *result["conditions"]):
        assert entry["clauses"], entry
        assert set(entry["clauses"]) <= known, entry


def messages_in(value: Any):
    """Every pair of texts in a result, with the place it stands at."""
    if isinstance(value, dict):
        if set(value) == {"ms", "en"}:
            yield value
        else:
            for inner in value.values():
                yield from messages_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from messages_in(inner)


SAME_IN_BOTH = re.compile(r"MOOC|Platform")


@given(any_case())
def test_every_message_stands_in_both_languages_and_is_filled_in(document):
    result = result_of(document)
    for part in (*result["claims"], *result["limits"], *result["conditions"]):
        assert set(part["message"]) == {"ms", "en"}
    for message in messages_in(result):
        for text in message.values():
            assert text.strip() == text != ""
            assert not re.search(r"[{}]|None|\bnull\b", text), text
        assert message["ms"] != message["en"] or SAME_IN_BOTH.fullmatch(message["ms"]), message


@given(any_case(repeated=False), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing_but_ties(document, random):
    order = list(range(len(document["claims"])))
    random.shuffle(order)
    shuffled = document | {"claims": [document["claims"][i] for i in order]}
    first, second = result_of(document), result_of(shuffled)
    by_target = {claim["target"]: claim for claim in second["claims"]}
    for claim in first["claims"]:
        other = by_target[claim["target"]]

        assert claim["checks"] == other["checks"]
        if {claim["outcome"], other["outcome"]} != {"eligible", "over_limit"}:
            assert claim["outcome"] == other["outcome"]
    assert first["credits_accepted"] == second["credits_accepted"]
    assert first["credits_possible"] == second["credits_possible"]
    assert {x["rule"]: x["limit_credits"] for x in first["limits"]} == {
        x["rule"]: x["limit_credits"] for x in second["limits"]
    }


@given(any_case())
def test_claims_that_are_not_accepted_take_no_room(document):
    result = result_of(document)
    kept = [i for i, claim in enumerate(result["claims"]) if claim["outcome"] in ("eligible", "over_limit")]
    assume(kept)
    smaller = result_of(document | {"claims": [document["claims"][i] for i in kept]})

    assert [result["claims"][i]["outcome"] for i in kept] == [c["outcome"] for c in smaller["claims"]]
    assert result["credits_accepted"] == smaller["credits_accepted"]


@given(any_case(), st.data())
def test_filling_in_an_unknown_turns_no_pass_into_a_fail_nor_back(document, data):
    """Unknown is neither: what is decided without a piece of evidence stays decided with it."""
    places = unknowns_of(document)
    assume(places)
    part, name = data.draw(st.sampled_from(places))
    event(name)
    before = result_of(document)["claims"]
    part[name] = data.draw(UNKNOWNS[name])
    after = result_of(document)["claims"]
    for asked, first, second in zip(document["claims"], before, after, strict=True):
        if name == "level" and asked["target"]["subject"] == "mpu":
            continue  # the level decides whether the course is exempted, and so which criteria it meets
        filled = outcomes_of(second)
        decided = {rule: outcome for rule, outcome in outcomes_of(first).items() if outcome != "unknown"}
        if name == "level":  # it also decides which rules there are
            decided = {rule: outcome for rule, outcome in decided.items() if rule in filled}

        assert decided == {rule: filled.get(rule) for rule in decided}, (name, part[name])


@given(any_case(), st.data())
def test_no_evidence_brings_more_than_was_said_to_be_possible(document, data):
    result = result_of(document)
    places = unknowns_of(document)
    assume(places)
    for part, name in places:
        part[name] = data.draw(UNKNOWNS[name])

    assert result_of(document)["credits_accepted"] <= result["credits_possible"]
