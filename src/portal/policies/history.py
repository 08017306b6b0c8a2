"""The versions of a policy as the pack page shows them: what changed on which day, in words."""

from dataclasses import dataclass
from datetime import date

from portal.policies.shown import ShownRow, shown_rows
from portal.policies.versions import Version, versions
from tauliah.policy.pack import Pack
from tauliah.policy.parameter import Row
from tauliah.values.text import Text


@dataclass(frozen=True)
class ShownChange:
    """A value that changed: what it was and what it became; a value that is new was nothing."""

    name: str
    label: Text
    before: list[ShownRow]
    after: list[ShownRow]


@dataclass(frozen=True)
class ShownVersion:
    """A day on which a policy changed; of the first one only the number of values is told."""

    start: date
    first: bool
    count: int
    changes: list[ShownChange]


def history(pack: Pack) -> list[ShownVersion]:
    """Put the versions of a pack into words, newest first."""
    return [_version(version) for version in versions(pack)]


def _version(version: Version) -> ShownVersion:
    told = () if version.first else version.changes
    changes = [
        ShownChange(
            change.parameter.name,
            change.parameter.label,
            _rows_without(change.before, change.after, change.parameter.unit),
            _rows_without(change.after, change.before, change.parameter.unit),
        )
        for change in told
    ]
    return ShownVersion(version.start, version.first, len(version.changes), changes)


def _rows_without(rows: tuple[Row, ...], others: tuple[Row, ...], unit: str) -> list[ShownRow]:
    """The rows that the other side lacks, so that only what changed is told."""
    return shown_rows([row for row in rows if row not in others], unit)
