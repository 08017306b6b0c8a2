"""The values of a pack on one day, read by plain words; a value that is read brings its clauses."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tauliah.policy.pack import Pack
from tauliah.policy.parameter import ParameterValue, Row


class ValuesInForce:
    """The parameters of a pack as in force on one of its days; remembers the clauses of what was read."""

    def __init__(self, pack: Pack, day: date) -> None:
        self.pack, self.day = pack, day
        self._cited: dict[str, None] = {}

    @property
    def clauses(self) -> list[str]:
        """The clauses of every value read so far, each once."""
        return list(self._cited)

    def afresh(self) -> "ValuesInForce":
        """The same values, with nothing read yet."""
        return ValuesInForce(self.pack, self.day)

    def has(self, name: str) -> bool:
        """Whether the pack states the value on this day."""
        parameter = self.pack.parameters.get(name)
        return parameter is not None and parameter.history[0][0] <= self.day

    def cite(self, row: Row) -> None:
        """Remembers the clauses of a row that was used."""
        self._cited |= dict.fromkeys(row.clauses)

    def rows(self, name: str, **facts: object) -> tuple[Row, ...]:
        """The rows whose conditions on `facts` are met, in the policy's order; none are cited.

        Conditions on columns that are not among the facts stay open. Raises `KeyError`, `NotInForce`.
        """
        listed = self.pack.parameters[name].at(self.day)
        return tuple(row for row in listed if _open(row, facts))

    def read(self, name: str, **facts: object) -> ParameterValue:
        """The value for these facts; nothing where no row states one or a fact it hangs on is not known.

        Raises `KeyError` for a parameter the pack lacks, `NotInForce` before its first day.
        """
        deciding = list(self._deciding(name, facts))
        if not deciding or any(row.value != deciding[0].value for row in deciding):
            return None
        self.cite(deciding[0])
        return deciding[0].value

    def optional(self, name: str, **facts: object) -> ParameterValue:
        """The value for these facts; nothing also where the pack has no such parameter."""
        return self.read(name, **facts) if self.has(name) else None

    def _deciding(self, name: str, facts: dict[str, object]) -> Iterator[Row]:
        """The rows that may give the value: the first that applies, and those before it left open."""
        known = {column: fact for column, fact in facts.items() if fact is not None}
        for row in self.pack.parameters[name].at(self.day):
            if _open(row, known):
                yield row
                if all(column in known for column in row.when):
                    return

    def number(self, name: str, **facts: object) -> Decimal:
        """A value that is a number or money; raises `KeyError` where the policy states none."""
        value = self.read(name, **facts)
        if not isinstance(value, int | str | Decimal):
            raise KeyError(f"{self.pack.name}: {name} states no number for {facts}")
        return Decimal(value)

    def fraction(self, name: str, **facts: object) -> Fraction:
        """A value that is a fraction; raises `KeyError` where the policy states none."""
        value = self.read(name, **facts)
        if not isinstance(value, str | int | Fraction):
            raise KeyError(f"{self.pack.name}: {name} states no fraction for {facts}")
        return Fraction(value)

    def span(self, name: str, **facts: object) -> tuple[Decimal, Decimal]:
        """A value with a `least` and a `most`; raises `KeyError` where the policy states none."""
        value = self.read(name, **facts)
        if not isinstance(value, Mapping):
            raise KeyError(f"{self.pack.name}: {name} states no range for {facts}")
        return Decimal(value["least"]), Decimal(value["most"])

    def word(self, name: str, **facts: object) -> str:
        """A value that is text; raises `KeyError` where the policy states none."""
        value = self.read(name, **facts)
        if not isinstance(value, str):
            raise KeyError(f"{self.pack.name}: {name} states no text for {facts}")
        return value


def _open(row: Row, facts: dict[str, object]) -> bool:
    return all(column not in facts or facts[column] in values for column, values in row.when.items())
