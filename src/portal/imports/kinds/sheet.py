"""A sheet of a kind of list: its columns, how a row is known again, and how it is kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from portal.imports.kinds.cells import Reader
from portal.imports.kinds.known import Known
from portal.imports.mistake import Wrong

Key = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A column: the model's field it fills, its heading, its reader, and what the template says of it."""

    name: str
    heading: str | Promise
    read: Reader
    required: bool = False
    empty: Any = ""
    """What an empty cell stands for."""
    note: str | Promise = ""
    vocabulary: str = ""
    example: str = ""


def plain(value: Any) -> Any:
    """Return a value as it is compared and shown."""
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or str(value)
    return value


def changed_values(instance: models.Model, values: Values) -> dict[str, tuple[Any, Any]]:
    """Return what a row would change, as it is and as it would be."""
    return {
        name: (plain(getattr(instance, name)), plain(value))
        for name, value in values.items()
        if plain(getattr(instance, name)) != plain(value)
    }


def tells_nothing(values: Values, known: Known) -> None:
    """Say that a row adds nothing which another sheet may name."""


@dataclass(frozen=True)
class SheetKind:
    """One sheet of a list: ``same`` finds what is kept already, ``make`` makes a row, ``check`` looks at one.

    ``key_of`` may raise ``Wrong``: it is then said of the first column. ``announce`` tells what a row adds,
    so that later sheets of the file may name it.
    """

    key: str
    name: str | Promise
    fields: Sequence[Field]
    key_of: Callable[[Values, Known], Key]
    same: Callable[[Known], Mapping[Key, models.Model]]
    make: Callable[[Values, Known], models.Model]
    check: Callable[[Values, models.Model | None, Known], Iterable[tuple[str, Wrong]]]
    keep: Callable[[Sequence["RowPlan"], Known], None]
    announce: Callable[[Values, Known], None] = tells_nothing
    compare: Callable[[models.Model, Values], dict[str, tuple[Any, Any]]] = changed_values
    left_out: frozenset[str] = frozenset()
    """Columns that only say which row is meant."""


@dataclass
class RowPlan:
    """What would happen to one row: it is ``new``, ``changed`` or ``unchanged``."""

    sheet: SheetKind
    number: int
    values: Values
    key: Key
    instance: models.Model
    state: str
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """How the row is called in the preview: its key."""
        return " · ".join(str(part) for part in self.key)


def keep_rows(rows: Sequence[RowPlan]) -> None:
    """Write new rows and changed rows, each in one go."""
    by_model: dict[type[models.Model], list[RowPlan]] = {}
    for row in rows:
        by_model.setdefault(type(row.instance), []).append(row)
    for model, listed in by_model.items():
        model._default_manager.bulk_create([r.instance for r in listed if r.state == "new"], batch_size=1000)
        changed = [row for row in listed if row.state == "changed"]
        for row in changed:
            for name in row.changes:
                setattr(row.instance, name, row.values[name])
        if names := sorted({name for row in changed for name in row.changes}):
            model._default_manager.bulk_update([row.instance for row in changed], names, batch_size=500)
