"""Processes: what a step needs, where it leads, and what is wrong with one that cannot be used."""

from copy import deepcopy

import pytest

from tauliah.files.packs import installed_packs
from tauliah.files.processes import process_of
from tauliah.policy.process import BadProcess, destination, facts_of, holds, unmet

WORDS = {"ms": "Sesuatu", "en": "Something"}
GATE = {
    "label": WORDS,
    "states": {
        "draft": {"label": WORDS, "holder": "student"},
        "fee": {"label": WORDS, "holder": "student", "days": 14},
        "open": {"label": WORDS, "final": True},
    },
    "steps": {
        "submit": {
            "label": WORDS,
            "from": ["draft"],
            "by": ["student"],
            "needs": [{"fact": "declared", "message": WORDS}],
            "to": [{"to": "fee", "when": ["not fee_paid"]}, {"to": "open"}],
        },
        "pay": {
            "label": WORDS,
            "from": ["fee"],
            "by": [],
            "needs": [{"fact": "fee_paid", "message": WORDS}],
            "to": [{"to": "open"}],
        },
    },
}


def broken(**changes):
    process = deepcopy(GATE)
    process["steps"]["submit"].update(changes)
    return process


class TestAStep:
    def test_it_needs_its_facts(self):
        submit = process_of("gate", GATE).steps["submit"]
        assert [need.fact for need in unmet(submit, {"declared": False})] == ["declared"]
        assert unmet(submit, {"declared": True}) == ()

    def test_it_takes_the_first_way_whose_facts_hold(self):
        submit = process_of("gate", GATE).steps["submit"]
        assert destination(submit, {"fee_paid": False}) == "fee"
        assert destination(submit, {"fee_paid": True}) == "open"

    def test_it_names_all_facts_that_it_asks_for(self):
        assert facts_of(process_of("gate", GATE).steps["submit"]) == {"declared", "fee_paid"}

    def test_a_fact_that_nobody_answered_is_an_error(self):
        with pytest.raises(KeyError):
            holds("not fee_paid", {})

    def test_without_a_role_it_is_taken_by_the_system(self):
        process = process_of("gate", GATE)
        assert process.steps["pay"].by_itself
        assert not process.steps["submit"].by_itself


class TestWhatCannotBeUsed:
    def test_a_state_that_is_not_declared(self):
        with pytest.raises(BadProcess, match="elsewhere"):
            process_of("gate", broken(to=[{"to": "elsewhere"}]))

    def test_a_step_that_may_lead_nowhere(self):
        with pytest.raises(BadProcess, match="must hold always"):
            process_of("gate", broken(to=[{"to": "fee", "when": ["not fee_paid"]}]))

    def test_a_state_that_nothing_leads_to(self):
        with pytest.raises(BadProcess, match="fee"):
            process_of("gate", broken(to=[{"to": "open"}]))

    def test_an_end_that_has_steps(self):
        with pytest.raises(BadProcess, match="open"):
            process_of("gate", broken(**{"from": ["draft", "open"]}))


class TestThePacks:
    @pytest.mark.parametrize("pack", ["mqa", "uthm", "utm", "unimas", "umpsa"])
    def test_each_carries_an_application_from_draft_to_an_end(self, pack):
        process = installed_packs()[pack].processes["credit_transfer"]
        assert process.start.name == "draft"
        assert {"decided", "withdrawn"} <= process.states.keys()

    def test_only_utm_asks_for_a_fee_and_hears_one_appeal(self):
        packs = installed_packs()
        having = [name for name, pack in packs.items() if "appeal" in pack.processes["credit_transfer"].steps]
        assert having == ["utm"]
        assert "decided" not in {
            way.to for way in packs["utm"].processes["credit_transfer"].steps["decide_appeal"].ways
        }

    def test_a_refusal_is_looked_at_by_somebody_else_everywhere(self):
        for pack in installed_packs().values():
            uphold = pack.processes["credit_transfer"].steps["uphold"]
            assert [need.fact for need in uphold.needs] == ["someone_else"]
