"""The conflict report: one question put to several policies, or to one policy on several days.

It is computed, never written: values come from the packs (`policy/compare.py`), outcomes from claims
that every policy decides (`probe.py`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tauliah.policy.compare import (
    Answer,
    Columns,
    Derived,
    Difference,
    Meaning,
    Question,
    Side,
    differing_values,
    meaning,
    shared_parameters,
)
from tauliah.policy.said import joined, say, say_condition
from tauliah.transfer.columns import columns_of
from tauliah.transfer.probe import Outcome, Probe, awards_given, differing_outcomes, uncovered
from tauliah.transfer.variation import USUAL
from tauliah.values.level import POSTGRADUATE, UNDERGRADUATE
from tauliah.values.text import Text, same
from tauliah.values.vocabulary import CODES, VOCABULARY

Json = dict[str, Any]

NOT_STATED = Text("tidak dinyatakan", "not stated")
NOT_COVERED = Text("tidak diliputi", "not covered")
THE_WORD = Text("Kata “{word}” bermaksud", "The word “{word}” means")
BRINGS = Text("{award} ({credits} kredit{conditions})", "{award} ({credits} credits{conditions})")
SCOPE = Text("Asas permohonan yang dijawab", "Bases that are answered")
AWARDS = tuple(award for award in VOCABULARY["award"] if award != "none")
DEFINED = ("exempted", "exempting", "path_open", "needs_onsite_test")


def conflicts(
    sides: Sequence[Side],
    questions: Sequence[Question],
    baseline: Any,
    column_labels: Mapping[str, Text],
) -> Json:
    """Everything that the sides answer differently, by question, JSON-ready.

    `baseline` is the pack of the national baseline: answers laxer than its own are marked.
    """
    baselines = [
        None if baseline is None or side.pack is baseline else Side(baseline, side.day) for side in sides
    ]
    report = _Report(tuple(sides), baselines, column_labels)
    asked = [*questions, *shared_parameters(sides, questions)]
    rows = report.rows(asked)
    return {
        "sides": [_side(side) for side in sides],
        "baseline": None if baseline is None else baseline.name,
        "questions": [
            {"name": question.name, "label": question.label.as_dict(), "rows": rows[question.name]}
            for question in asked
            if rows[question.name]
        ],
    }


def _side(side: Side) -> Json:
    return {
        "pack": side.pack.name,
        "day": side.day.isoformat(),
        "version": side.version.isoformat(),
        "title": side.pack.title.as_dict(),
        "before_first_version": side.day < side.pack.versions[0],
    }


class _Report:
    """Puts differences into rows: a label, conditions, and one answer for each side."""

    def __init__(
        self, sides: tuple[Side, ...], baselines: Sequence[Side | None], labels: Mapping[str, Text]
    ) -> None:
        self.sides, self.baselines, self.labels = sides, baselines, labels

    def rows(self, asked: Sequence[Question]) -> dict[str, list[Json]]:
        """The rows of each question: values, then words, then cases."""
        rows: dict[str, list[Json]] = {question.name: [] for question in asked}
        scope = next((question.name for question in asked if question.name == "scope"), asked[0].name)
        rows[scope] += self.scope()
        for question in asked:
            rows[question.name] += self.values(question)
            rows[question.name] += self.meaning(question)
        for probe in differing_outcomes(self.sides, self.baselines):
            name = _question_of(probe, asked) if probe.question == USUAL else probe.question
            rows[name if name in rows else scope].append(self.case(probe))
        return rows

    def values(self, question: Question) -> Iterator[Json]:
        for asked in question.values:
            for found in differing_values(self.sides, self.baselines, question, asked, COLUMNS):
                yield self.value(found)

    def value(self, found: Difference) -> Json:
        when = [
            say_condition(self.labels.get(name, same(name)), values, _UNITS.get(name, ""))
            for name, values in found.when
        ]
        answers = [self.answer(side, answer) for side, answer in zip(self.sides, found.answers, strict=True)]
        return _row("value", found.label, when, answers)

    def answer(self, side: Side, answer: Answer) -> Json:
        if answer.parameter is None:
            return _answer(NOT_STATED, stated=False)
        label = side.pack.parameters[answer.parameter].label
        return _answer(
            say(answer.value, answer.unit),
            clauses=self.clauses(side, answer.clauses),
            mark=answer.mark,
            below_baseline=answer.below_baseline,
            parameter=answer.parameter,
            parameter_label=label.as_dict(),
            value=answer.value,
        )

    def meaning(self, question: Question) -> Iterator[Json]:
        for word in question.words:
            found = [meaning(side, (word,), AWARDS) for side in self.sides]
            if len({m.awards for m in found if m.awards}) > 1:
                answers = [self.meant(side, each) for side, each in zip(self.sides, found, strict=True)]
                yield _row("word", THE_WORD.fill(word=word), [], answers)

    def meant(self, side: Side, found: Meaning) -> Json:
        if not found.awards:
            return _answer(NOT_STATED, stated=False)
        given = awards_given(side)
        said = [_brings(award, given.get(award)) for award in found.awards]
        return _answer(
            joined(said, same("; ")), clauses=self.clauses(side, found.clauses), awards=list(found.awards)
        )

    def scope(self) -> Iterator[Json]:
        bases = uncovered(self.sides)
        if bases:
            labels = VOCABULARY["basis"]
            said = [
                joined([labels[basis] for basis, covered in bases if covered[i]], same(", "))
                for i in range(len(self.sides))
            ]
            answers = [_answer(text if text.ms else NOT_COVERED, stated=bool(text.ms)) for text in said]
            yield _row("scope", SCOPE, [], answers)

    def case(self, probe: Probe) -> Json:
        answers = [
            self.outcome(side, outcome, in_order=probe.question == USUAL)
            for side, outcome in zip(self.sides, probe.outcomes, strict=True)
        ]
        return _row("case", joined(probe.labels, same("; ")), list(probe.bases), answers)

    def outcome(self, side: Side, outcome: Outcome | None, *, in_order: bool) -> Json:
        if outcome is None:
            return _answer(NOT_COVERED, stated=False)
        return _answer(
            _outcome_in_words(outcome, with_conditions=in_order or outcome.award == "exemption"),
            clauses=self.clauses(side, outcome.clauses),
            mark=outcome.mark,
            below_baseline=outcome.below_baseline,
            outcome=outcome.outcome,
            award=outcome.award,
            credits=outcome.credits,
            conditions=[{"rule": name, "amount": amount} for name, amount in outcome.conditions],
            decided_by=list(outcome.decided_by),
            message=outcome.message.as_dict(),
        )

    def clauses(self, side: Side, ids: Iterable[str]) -> list[Json]:
        listed = side.pack.clauses
        return [
            {"id": id, "text": listed[id].text.as_dict(), "wording": listed[id].wording}
            for id in ids
            if id in listed
        ]


def _row(kind: str, label: Text, when: Sequence[Text], answers: list[Json]) -> Json:
    return {
        "kind": kind,
        "label": label.as_dict(),
        "when": [condition.as_dict() for condition in when],
        "answers": answers,
        "below_baseline": any(answer["below_baseline"] for answer in answers),
    }


def _answer(
    said: Text,
    *,
    stated: bool = True,
    clauses: Sequence[Json] = (),
    mark: str | None = None,
    below_baseline: bool = False,
    **more: Any,
) -> Json:
    return {
        "said": said.as_dict(),
        "stated": stated,
        "clauses": list(clauses),
        "mark": mark,
        "below_baseline": below_baseline,
        **more,
    }


def _brings(award: str, outcome: Outcome | None) -> Text:
    """An award in words, with what it brought where a claim was given it."""
    label = VOCABULARY["award"][award]
    if outcome is None:
        return label
    names = [VOCABULARY["condition"][name] for name, _ in outcome.conditions if award == "exemption"]
    conditions = joined([same(""), *names], same(", "))
    return BRINGS.fill(award=label, credits=str(outcome.credits), conditions=conditions)


def _outcome_in_words(outcome: Outcome, *, with_conditions: bool) -> Text:
    """The outcome with what decides it; of an eligible claim the award, and its conditions' amounts."""
    said = VOCABULARY["claim_outcome"][outcome.outcome]
    if outcome.outcome != "eligible":
        names = [_rule_label(name) for name in dict.fromkeys(outcome.decided_by)]
        return joined([said, joined(names, same(", "))], same(": ")) if names else said
    parts = [VOCABULARY["award"][outcome.award]]
    if with_conditions:
        parts += [_condition_in_words(name, amount) for name, amount in outcome.conditions]
    return joined([said, joined(parts, same("; "))], same(": "))


def _rule_label(name: str) -> Text:
    return next(VOCABULARY[v][name] for v in ("rule", "limit", "condition") if name in VOCABULARY[v])


def _condition_in_words(name: str, amount: str) -> Text:
    label = VOCABULARY["condition"][name]
    if not amount:
        return label
    kind, number = amount.split()
    said = (
        say({kind: int(number)}, "duration")
        if kind != "credits"
        else Text(f"{number} kredit", f"{number} credits")
    )
    return joined([label, said], same(" "))


def _question_of(probe: Probe, asked: Sequence[Question]) -> str:
    """The first question with a rule that decides on a claim in order, or with a condition of it."""
    outcomes = [outcome for outcome in probe.outcomes if outcome]
    deciding = {name for outcome in outcomes for name in outcome.decided_by}
    deciding = deciding or {name for outcome in outcomes for name, _ in outcome.conditions}
    return next((question.name for question in asked if deciding & set(question.rules)), "scope")


def _direction(level: str, programme_level: str) -> str:
    one, other = CODES["level"][level], CODES["level"][programme_level]
    return "vertical" if one < other else "horizontal" if one == other else "downward"


def _study_level(level: str) -> str | None:
    words = dict.fromkeys(UNDERGRADUATE, "undergraduate") | dict.fromkeys(POSTGRADUATE, "postgraduate")
    return words.get(level)


def _columns() -> Columns:
    units = _UNITS
    values: dict[str, tuple[Any, ...]] = {
        name: tuple(VOCABULARY[unit]) for name, unit in units.items() if unit in VOCABULARY
    }
    values |= {name: (True, False) for name, unit in units.items() if unit == "bool"}
    derived = {
        "study_level": Derived(("programme_level",), _study_level),
        "source_direction": Derived(("level", "programme_level"), _direction),
        "direction": Derived(("level", "programme_level"), _direction),
        "from_level": Derived(("level",), lambda level: level),
    }
    return Columns(values, derived, {"level_compared": True, "compares_level": True, "exempted": False})


_UNITS = {name: node.unit for name, node in columns_of({}).items()} | dict.fromkeys(DEFINED, "bool")
COLUMNS = _columns()
"""What the values of transfer may depend on; exemption is asked for as a question of its own."""
