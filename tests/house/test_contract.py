"""The contract's names are the code's names: the lists below are copied from the contract."""

import pytest

from tauliah.evaluate import KINDS
from tauliah.expect import differences
from tauliah.files.packs import installed_packs
from tauliah.transfer import limits, rules
from tauliah.values.vocabulary import VOCABULARY

RULES = """
student_status standing direction prior_outcome minimum_grade content_overlap accreditation
not_transferred_before credit_value currency window approved_beforehand grading_mode course_scope study_mode
partner_agreement platform verified_completion claimed_once learning_outcomes
"""
LIMITS = """
vertical_limit horizontal_limit mobility_limit external_graded_limit open_learning_limit mooc_limit
apel_c_limit stand_alone_limit consortium_limit integrated_limit overall_limit
"""
CONDITIONS = "residency entry_requirement onsite_assessment replacement_course awarding_share"
WORDS = {
    "kind": """
        transfer fees learning_time course_code qualification proposal milestones mooc_quality teaching_load
        mooc_upkeep""",
    "rule": RULES,
    "limit": LIMITS,
    "condition": CONDITIONS,
    "level": "foundation certificate diploma advanced_diploma bachelor master doctorate",
    "grade": "A+ A A- B+ B B- C+ C C- D+ D D- E F P",
    "check_outcome": "pass fail unknown",
    "claim_outcome": "eligible ineligible needs_evidence over_limit",
    "award": "credit_with_grade credit_without_grade exemption none",
    "mode": "coursework mixed research",
    "status": "active deferred withdrawn dismissed",
    "standing": "good probation fail",
    "prior_outcome": "completed in_progress withdrawn failed dismissed",
    "basis": """
        prior_study same_institution mobility dual_award programme_change resumed_study continued_study mooc
        micro_credential apel_c integrated""",
    "subject": "mpu research_methodology none",
    "direction": "vertical horizontal downward",
    "certificate": "verified completion none",
    "proctoring": "online onsite none",
    "origin": "accredited_programme stand_alone",
}
IN_ORDER = ("level", "grade")


@pytest.mark.parametrize("vocabulary", WORDS)
def test_a_vocabulary_holds_the_words_of_the_contract_and_no_others(vocabulary):
    assert set(VOCABULARY[vocabulary]) == set(WORDS[vocabulary].split())


@pytest.mark.parametrize("vocabulary", IN_ORDER)
def test_grades_and_levels_stand_in_the_order_of_the_contract(vocabulary):
    assert list(VOCABULARY[vocabulary]) == WORDS[vocabulary].split()


def test_every_rule_of_the_contract_is_a_function_and_every_function_a_rule():
    assert set(rules.RULES) == set(rules.ORDER) == set(RULES.split())


def test_every_limit_of_the_contract_is_a_function_and_every_function_a_limit():
    assert set(limits.LIMITS) == set(limits.ORDER) == set(LIMITS.split())


def test_every_kind_of_the_contract_is_answered():
    assert set(KINDS) == set(WORDS["kind"].split())


@pytest.mark.parametrize("pack", installed_packs().values(), ids=lambda pack: pack.name)
def test_a_pack_binds_names_of_the_contract_only(pack):
    assert set(pack.rules) <= set(RULES.split())
    assert set(pack.limits) <= set(LIMITS.split())
    assert set(pack.conditions) <= set(CONDITIONS.split())


def test_a_result_is_compared_by_the_contracts_keys():
    claim = {"target": "A", "outcome": "eligible", "award": "none", "checks": []}
    result = {"kind": "transfer", "claims": [claim], "limits": [], "conditions": [], "credits_accepted": 3}
    expected = {
        "claims": {
            "A": {"outcome": "ineligible", "fails": ["window"], "unknown": [], "clauses": ["1"]},
            "B": {},
        },
        "limits": {"vertical_limit": 36},
        "conditions": ["residency"],
        "credits_accepted": 6,
    }

    assert differences(expected, result) == [
        "claims.A.outcome: expected ineligible, found eligible",
        "claims.A.fails: expected ['window'], found []",
        "claims.A.clauses: expected ['1'], found []",
        "claims.B: expected, not in the result",
        "limits.vertical_limit: expected 36, not in the result",
        "conditions: expected residency, found []",
        "credits_accepted: expected 6, found 3",
    ]
