"""What is wrong with or missing from a pack, in plain words: names, words, values and their proof."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tauliah.policy.coverage import missing_realisations
from tauliah.policy.edges import edge_findings
from tauliah.policy.finding import Engine, Finding, Trial
from tauliah.policy.pack import Binding, Pack, Wording
from tauliah.policy.proof import proof_findings
from tauliah.values.text import Text
from tauliah.values.vocabulary import CODES

NO_CLAUSE = Text("Klausa {id} tiada dalam clauses.yaml.", "There is no clause {id} in clauses.yaml.")
NO_COLUMN = Text("Tiada lajur bernama “{name}”.", "There is no column called “{name}”.")
NO_WORD = Text(
    "“{value}” bukan nilai bagi {name}; yang ada: {known}.",
    "“{value}” is not a value of {name}; there are: {known}.",
)
NO_MESSAGE = Text("Tiada kata-kata bagi hasil {outcome}.", "There are no words for the outcome {outcome}.")
NO_LAST_WORDING = Text(
    "Kata-kata terakhir bagi {outcome} mempunyai `when`; perlu ada satu yang sentiasa terpakai.",
    "The last wording for {outcome} has a `when`; one that always applies is needed.",
)
EMPTY = Text("Teks {language} kosong.", "The {language} text is empty.")
NOT_CHECKED = Text(
    "Tiada `last_checked`: bila nilai ini terakhir dibandingkan dengan garis panduan?",
    "There is no `last_checked`: when was this value last compared with the guideline?",
)
NO_UNIT = Text("Tiada unit.", "There is no unit.")
LANGUAGE_NAMES = {"ms": Text("bahasa Melayu", "Malay"), "en": Text("bahasa Inggeris", "English")}
AMOUNTS = {"fraction": ("credits",)}
"""The words a condition needs by the unit of its amount; a period needs those of its own keys."""


def findings(pack: Pack, engine: Engine, trials: Sequence[Trial]) -> list[Finding]:
    """Everything wrong with a pack or missing from it; none where it is complete."""
    found = [
        *_clauses(pack),
        *_columns(pack, engine),
        *_words(pack, engine),
        *_parameters(pack),
        *engine.faults,
        *missing_realisations(pack, tuple(trial.name for trial in trials), engine.kinds),
    ]
    if not engine.faults:
        found += [*proof_findings(pack, engine, trials), *edge_findings(pack, trials)]
    return list(dict.fromkeys(found))


def bindings(pack: Pack) -> Iterator[tuple[str, Binding]]:
    """Every rule, limit and condition with the place where it stands."""
    for sort, group in (("rules", pack.rules), ("limits", pack.limits), ("conditions", pack.conditions)):
        yield from ((f"{sort}.{name}", binding) for name, binding in group.items())


def _cited(pack: Pack) -> Iterator[tuple[str, Iterable[str]]]:
    yield from ((where, binding.clauses) for where, binding in bindings(pack))
    for kind, answers in pack.answers.items():
        yield from ((f"answers.{kind}.{name}", binding.clauses) for name, binding in answers.items())
    for parameter in pack.parameters.values():
        cited = [clause for _, rows in parameter.history for row in rows for clause in row.clauses]
        yield f"parameters.{parameter.name}", dict.fromkeys(cited)
    for number, discrepancy in enumerate(pack.discrepancies):
        yield f"discrepancies[{number}]", discrepancy.clauses


def _clauses(pack: Pack) -> Iterator[Finding]:
    for where, cited in _cited(pack):
        for clause in cited:
            if clause not in pack.clauses:
                yield Finding(where, NO_CLAUSE.fill(id=str(clause)))


def _columns(pack: Pack, engine: Engine) -> Iterator[Finding]:
    for where, binding in bindings(pack):
        for when in binding.when:
            yield from _when(where, when, engine.columns)
        facts = {**engine.columns, **engine.facts.get(binding.name, {})}
        for wordings in binding.messages.values():
            for wording in wordings:
                yield from _when(where, wording.when, facts)
    for parameter in (p for n, p in pack.parameters.items() if n in engine.read):
        for day, rows in parameter.history:
            for row in rows:
                yield from _when(f"parameters.{parameter.name}.{day}", row.when, engine.columns)
    for number, notice in enumerate(pack.notices):
        yield from _when(f"notices[{number}]", notice.wording.when, engine.columns)


def _when(
    where: str, when: Mapping[str, tuple[object, ...]], columns: Mapping[str, str]
) -> Iterator[Finding]:
    for name, values in when.items():
        if name not in columns:
            yield Finding(where, NO_COLUMN.fill(name=name))
            continue
        known = CODES.get(columns[name])
        for value in values if known else ():
            if value not in (known or ()):
                words = NO_WORD.fill(value=str(value), name=name, known=", ".join(known or ()))
                yield Finding(where, words)


def _words(pack: Pack, engine: Engine) -> Iterator[Finding]:
    for name, binding in pack.rules.items():
        for outcome in sorted(engine.outcomes.get(name, ())):
            yield from _worded(f"rules.{name}", outcome, binding.messages.get(outcome, ()))
    for name, binding in pack.conditions.items():
        for amount in _amounts(pack, name):
            yield from _worded(f"conditions.{name}", amount, binding.messages.get(amount, ()))
    for number, notice in enumerate(pack.notices):
        yield from _both_languages(f"notices[{number}]", notice.wording.text)
    for clause in pack.clauses.values():
        yield from _both_languages(f"clauses.{clause.id}", clause.text)


def _amounts(pack: Pack, condition: str) -> Iterable[str]:
    """The kinds of amount that a condition can have: months, semesters, credits, or none."""
    parameter = pack.parameters.get(condition)
    if parameter is None:
        return ("applies",)
    if parameter.unit in AMOUNTS:
        return AMOUNTS[parameter.unit]
    values = (row.value for _, rows in parameter.history for row in rows)
    return dict.fromkeys(key for value in values if isinstance(value, Mapping) for key in value)


def _worded(where: str, outcome: str, wordings: Sequence[Wording]) -> Iterator[Finding]:
    if not wordings:
        yield Finding(where, NO_MESSAGE.fill(outcome=outcome))
    elif wordings[-1].when:
        yield Finding(where, NO_LAST_WORDING.fill(outcome=outcome))
    for wording in wordings:
        yield from _both_languages(where, wording.text)


def _both_languages(where: str, text: Text) -> Iterator[Finding]:
    for language, name in LANGUAGE_NAMES.items():
        if not text.in_language(language).strip():
            yield Finding(where, EMPTY.fill(language=name))


def _parameters(pack: Pack) -> Iterator[Finding]:
    for name, parameter in pack.parameters.items():
        where = f"parameters.{name}"
        yield from _both_languages(where, parameter.label)
        if not parameter.unit:
            yield Finding(where, NO_UNIT)
        if parameter.last_checked is None:
            yield Finding(where, NOT_CHECKED)
