"""What the transfer engine knows of a pack, for its audit: columns, facts, outcomes, faults."""

from collections.abc import Mapping

from tauliah.policy.finding import Engine, Finding
from tauliah.policy.pack import Pack
from tauliah.policy.reachable import reachable
from tauliah.transfer.columns import columns_of
from tauliah.transfer.edition import Edition, edition_of, names_read
from tauliah.values.text import Text
from tauliah.values.vocabulary import CODES

FAULT = Text("Edisi {day} tidak dapat digunakan: {error}.", "The edition of {day} cannot be used: {error}.")
NO_EDITION = Text(
    "Tiada parameter bertarikh; pek perlu sekurang-kurangnya satu nilai dengan tarikh mula.",
    "No value bears a date; a pack needs at least one value with its first day.",
)


def engine_view(pack: Pack, kinds: tuple[str, ...]) -> Engine:
    """Compiles every edition of a pack and tells what came of it; never raises for a bad pack."""
    faults = [] if pack.versions else [Finding("parameters", NO_EDITION)]
    columns = {name: node.unit for name, node in columns_of({}).items()}
    facts: dict[str, Mapping[str, str]] = {}
    outcomes: dict[str, frozenset[str]] = {}
    for version in pack.versions:
        try:
            edition = edition_of(pack, version)
            edition.compile()
        except (LookupError, TypeError, ValueError) as error:
            words = FAULT.fill(day=version.isoformat(), error=str(error.args[0] if error.args else error))
            faults.append(Finding("rules", words))
            continue
        columns |= {name: node.unit for name, node in edition.columns.items()}
        facts |= {r.name: {n: node.unit for n, node in r.check.facts.items()} for r in edition.rules}
        for name, found in _outcomes(edition).items():
            outcomes[name] = outcomes.get(name, frozenset()) | found
    return Engine(names_read(pack), columns, facts, outcomes, tuple(faults), kinds)


def _outcomes(edition: Edition) -> dict[str, frozenset[str]]:
    words = {
        "basis": [CODES["basis"][basis] for basis in edition.pack.bases],
        "programme_level": [CODES["level"][level] for level in edition.pack.levels],
    }
    return {rule.name: reachable(rule.applies, rule.check.holds, words) for rule in edition.rules}
