"""Each thing an audit looks at is found where it is wrong, and nowhere else."""

from dataclasses import replace

import pytest

from tauliah.evaluate import KINDS
from tauliah.files.audit import trials_of
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.policy.audit import findings
from tauliah.policy.coverage import SHOWN, Share, coverage, coverage_by_way, reaches
from tauliah.policy.pack import Wording
from tauliah.transfer.engine import engine_view
from tauliah.values.text import Text

CONTOH = installed_packs()["contoh"]
TRIALS = tuple(trials_of(CONTOH, INSTALLED / "contoh"))


def audit(pack, trials=TRIALS):
    return findings(pack, engine_view(pack, tuple(KINDS)), trials)


def told(pack, trials=TRIALS) -> set[tuple[str, str]]:
    return {(finding.where, finding.message.en) for finding in audit(pack, trials)}


def with_rule(name: str, **changes):
    return replace(CONTOH, rules={**CONTOH.rules, name: replace(CONTOH.rules[name], **changes)})


def with_parameter(name: str, **changes):
    changed = replace(CONTOH.parameters[name], **changes)
    return replace(CONTOH, parameters={**CONTOH.parameters, name: changed})


def without(*names: str):
    return tuple(trial for trial in TRIALS if trial.name not in names)


def test_the_example_pack_lacks_nothing():
    assert audit(CONTOH) == []


def test_a_clause_that_does_not_exist_is_found_wherever_it_is_cited():
    (day, rows), *_ = CONTOH.parameters["content_overlap"].history
    wrong_row = with_parameter("content_overlap", history=((day, (replace(rows[0], clauses=("99",)),)),))
    first = CONTOH.discrepancies[0]
    wrong_discrepancy = replace(CONTOH, discrepancies=(replace(first, clauses=("99",)),))

    no_clause = "There is no clause 99 in clauses.yaml."
    assert ("rules.minimum_grade", no_clause) in told(with_rule("minimum_grade", clauses=("99",)))
    assert ("parameters.content_overlap", no_clause) in told(wrong_row)
    assert told(wrong_discrepancy) == {("discrepancies[0]", no_clause)}


def test_a_column_or_word_that_does_not_exist_is_found():
    no_column = told(with_rule("currency", when=({"bases": ("mooc",)},)))
    no_word = told(with_rule("currency", when=({"basis": ("mook",)},)))

    assert ("rules.currency", "There is no column called “bases”.") in no_column
    assert any(
        where == "rules.currency" and "“mook” is not a value of basis" in words for where, words in no_word
    )


def test_a_fact_of_the_rule_may_be_named_by_its_words():
    wordings = (Wording({"direction": ("downward",)}, Text("a", "a")), Wording({}, Text("b", "b")))
    messages = {**CONTOH.rules["direction"].messages, "fail": wordings}

    assert told(with_rule("direction", messages=messages)) == set()


@pytest.mark.parametrize("outcome", ["pass", "fail", "unknown"])
def test_an_outcome_without_words_is_found(outcome):
    messages = {k: v for k, v in CONTOH.rules["minimum_grade"].messages.items() if k != outcome}

    found = told(with_rule("minimum_grade", messages=messages))

    assert ("rules.minimum_grade", f"There are no words for the outcome {outcome}.") in found


def test_words_that_may_not_apply_or_are_empty_are_found():
    last = (Wording({"basis": ("mooc",)}, Text("a", " ")),)
    messages = {**CONTOH.rules["content_overlap"].messages, "pass": last}

    assert told(with_rule("content_overlap", messages=messages)) == {
        (
            "rules.content_overlap",
            "The last wording for pass has a `when`; one that always applies is needed.",
        ),
        ("rules.content_overlap", "The English text is empty."),
    }


def test_a_condition_needs_words_for_each_kind_of_amount():
    residency = replace(CONTOH.conditions["residency"], messages={})
    pack = replace(CONTOH, conditions={"residency": residency})

    assert ("conditions.residency", "There are no words for the outcome months.") in told(pack)


def test_a_value_without_the_day_of_its_check_is_found():
    [(where, words)] = told(with_parameter("minimum_grade", last_checked=None))

    assert where == "parameters.minimum_grade"
    assert "last compared with the guideline" in words


def test_an_edition_that_does_not_compile_is_told_and_stops_the_rest():
    parameters = {n: p for n, p in CONTOH.parameters.items() if n != "minimum_grade"}

    found = told(replace(CONTOH, parameters=parameters))

    assert any(where == "rules" and "cannot be used" in words for where, words in found)
    assert not any("No case" in words for _, words in found)


def test_an_outcome_that_no_case_shows_is_found():
    lacking = tuple(
        trial
        for trial in TRIALS
        if not any(
            check["rule"] == "credit_value" and check["outcome"] == "unknown"
            for claim in (trial.result or {}).get("claims", ())
            for check in claim["checks"]
        )
    )

    assert ("rules.credit_value", "No case shows this rule not known yet (unknown).") in told(CONTOH, lacking)


def test_an_outcome_that_cannot_happen_needs_no_case():
    utm = installed_packs()["utm"]

    outcomes = engine_view(utm, ()).outcomes

    assert outcomes["course_scope"] == {"fail"}
    assert outcomes["grading_mode"] == {"pass", "fail"}
    assert outcomes["student_status"] == {"pass", "fail", "unknown"}


def test_a_change_without_cases_on_both_days_is_found():
    from_2024, until_2023 = "minimum-grade-from-2024", "minimum-grade-until-2023"
    where = "parameters.minimum_grade"

    assert (where, "The value changes on 2024-01-01: add a case with `applied_on: 2024-01-01`.") in told(
        CONTOH, without(from_2024)
    )
    before = "The value changes on 2024-01-01: add a case with `applied_on: 2023-12-31`, the day before."
    assert (where, before) in told(CONTOH, without(until_2023))


def test_a_threshold_is_asked_for_on_both_sides():
    fewer = tuple(t for t in TRIALS if "overlap" not in t.name)

    words = {text for where, text in told(CONTOH, fewer) if where == "parameters.content_overlap"}

    assert words <= {
        "No case passes exactly at the threshold 80.",
        "No case fails because it is just beyond the threshold 80.",
    }
    assert words


def test_a_pack_without_cases_is_told_so():
    assert ("cases", "This pack has no valid case yet.") in told(CONTOH, ())


def with_realised(*references: str):
    clause = replace(CONTOH.clauses["4.1"], realised_by=references)
    return replace(CONTOH, clauses={**CONTOH.clauses, "4.1": clause})


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("rule:standing", "there is no rule:standing."),
        ("parameter:gred", "there is no parameter:gred."),
        ("case:tiada", "there is no case:tiada."),
        ("kind:tiada", "there is no kind:tiada."),
        ("peraturan:x", "does not begin with one of"),
        ("rule:", "does not begin with one of"),
    ],
)
def test_a_realisation_that_does_not_exist_is_found(reference, words):
    [(where, message)] = told(with_realised(reference))

    assert where == "clauses.4.1"
    assert words in message


def test_a_clause_counts_where_something_realises_it_and_only_in_ways_it_reaches():
    none = replace(CONTOH, clauses={n: replace(c, realised_by=()) for n, c in CONTOH.clauses.items()})
    clause = replace(CONTOH.clauses["4.1"], realised_by=("parameter:minimum_grade",))

    assert coverage(none) == Share(0, len(CONTOH.clauses))
    assert coverage_by_way(none)["rule"].realised == 0
    assert reaches(clause, "data")
    assert not reaches(clause, "rule")
    assert reaches(replace(clause, realised_by=("rule:minimum_grade",)), "rule")
    assert not reaches(replace(clause, realised_by=("rule:minimum_grade",)), "workflow")
    assert reaches(replace(clause, realised_by=(SHOWN,)), "page")
    assert not reaches(replace(clause, realised_by=(SHOWN,)), "record")
    assert reaches(replace(clause, realised_by=("test:tests/x.py::test_y",)), "record")


def test_a_pack_without_any_dated_value_is_told_so():
    pack = replace(CONTOH, parameters={})

    assert (
        "parameters",
        "No value bears a date; a pack needs at least one value with its first day.",
    ) in told(pack)


def test_finding_the_same_thing_twice_tells_it_once():
    pack = with_rule("minimum_grade", clauses=("99", "99"))

    found = [finding for finding in audit(pack) if finding.where == "rules.minimum_grade"]

    assert len(found) == 1
