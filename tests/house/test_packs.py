"""Every pack is whole: words for each outcome in both languages, clauses that exist, columns that exist."""

import re
from collections.abc import Mapping
from string import Formatter

import pytest

from tauliah.files.document import read_file
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.policy.expression import Node
from tauliah.policy.pack import Binding, Pack
from tauliah.transfer.edition import edition_of
from tauliah.values.vocabulary import VOCABULARY

PACKS = installed_packs()
packs = pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))


def wordings(binding: Binding):
    return [wording for listed in binding.messages.values() for wording in listed]


@packs
def test_every_rule_has_words_for_each_outcome(pack: Pack):
    for rule in pack.rules.values():
        assert set(rule.messages) == {"pass", "fail", "unknown"}, rule.name
        for outcome, listed in rule.messages.items():
            assert listed, (rule.name, outcome)
            assert not listed[-1].when, (
                f"{rule.name}: {outcome} has no words where none of the conditions hold"
            )


@packs
def test_every_condition_has_words(pack: Pack):
    for condition in pack.conditions.values():
        amount = pack.parameters.get(condition.name)
        values = [row.value for _, rows in amount.history for row in rows] if amount else []
        units = {unit for value in values if isinstance(value, Mapping) for unit in value}

        assert condition.messages, condition.name
        assert units <= set(condition.messages), condition.name


@packs
def test_words_stand_in_both_languages_and_differ(pack: Pack):
    bound = (*pack.rules.values(), *pack.conditions.values(), *pack.limits.values())
    texts = [wording.text for binding in bound for wording in wordings(binding)]
    texts += [notice.wording.text for notice in pack.notices]
    for text in texts:
        assert text.ms.strip(), text
        assert text.en.strip(), text
        assert text.ms != text.en, text
        assert names_in(text.ms) == names_in(text.en), text


def names_in(text: str) -> set[str]:
    """What a text puts in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@packs
def test_every_label_stands_in_both_languages(pack: Pack):
    texts = [pack.title, pack.institution, pack.purpose]
    texts += [text for clause in pack.clauses.values() for text in (clause.section, clause.text)]
    texts += [text for d in pack.discrepancies for text in (d.about, d.reading)]
    texts += [source.title for source in pack.sources]

    assert all(text.ms.strip() and text.en.strip() for text in texts)


@packs
def test_every_clause_that_is_named_exists(pack: Pack):
    bound = (*pack.rules.values(), *pack.limits.values(), *pack.conditions.values())
    named = {(b.name, clause) for b in bound for clause in b.clauses}
    named |= {
        (p.name, clause)
        for p in pack.parameters.values()
        for _, rows in p.history
        for r in rows
        for clause in r.clauses
    }
    named |= {("discrepancies", clause) for d in pack.discrepancies for clause in d.clauses}

    assert {(name, clause) for name, clause in named if clause not in pack.clauses} == set()


@pytest.mark.parametrize(
    "path",
    [path for name in PACKS for path in sorted((INSTALLED / name / "parameters").glob("*.yaml"))],
    ids=lambda path: f"{path.parts[-3]}/{path.stem}",
)
def test_a_parameter_says_what_it_is_its_unit_its_values_and_when_it_was_checked(path):
    data = read_file(path)

    assert data["label"]["ms"].strip()
    assert data["label"]["en"].strip()
    assert data["unit"].strip()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", data["last_checked"])
    assert data["values"]


@packs
def test_every_edition_of_a_pack_can_be_compiled(pack: Pack):
    for version in pack.versions:
        edition = edition_of(pack, version)

        assert [rule.name for rule in edition.rules if rule.name not in pack.rules] == []
        assert len(edition.rules) == len(pack.rules)
        assert len(edition.limits) == len(pack.limits)
        assert all(isinstance(node, Node) for node in (*edition.judgement, *edition.explanation))


@packs
def test_every_message_asks_only_for_what_its_rule_has(pack: Pack):
    for version in pack.versions:
        for rule in edition_of(pack, version).rules:
            shown = {"found", "required", *rule.check.facts}
            asked = {
                name for words in rule.words.values() for text in words.texts for name in names_in(text.ms)
            }

            assert asked <= shown, rule.name


@packs
def test_every_alternative_of_a_when_names_words_of_its_vocabulary(pack: Pack):
    for binding in (*pack.rules.values(), *pack.limits.values(), *pack.conditions.values()):
        for alternative in binding.when:
            for column, values in alternative.items():
                assert values, (binding.name, column)
                if column in VOCABULARY:
                    assert set(values) <= set(VOCABULARY[column]), (binding.name, column)


def test_the_registry_lists_every_pack_with_who_checked_it_and_when():
    entries = read_file(INSTALLED / "registry.yaml")["packs"]
    folders = {path.parent.name for path in INSTALLED.glob("*/rules.yaml")}

    assert set(entries) == folders
    for name, entry in entries.items():
        assert entry["covers"], name
        assert set(entry["checked_by"]) == {"ms", "en"}, name
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", entry["last_checked"]), name
