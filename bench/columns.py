"""The generated data: applications and their claim lines, column by column, with nulls made explicit."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

DATES = ("applied_on", "completed_on")


@dataclass(frozen=True)
class Column:
    """Values and which of them are known; a value that is not known holds noise, never a sentinel."""

    values: NDArray[Any]
    known: NDArray[np.bool_]

    def __getitem__(self, rows: slice) -> "Column":
        return Column(self.values[rows], self.known[rows])

    def series(self, name: str) -> pl.Series:
        """The column as Polars holds it: validity bitmap, dates as dates."""
        series = pl.Series(name, self.values)
        if name in DATES:
            series = series.cast(pl.Date)
        if self.known.all():
            return series
        known = pl.Series(self.known)
        return pl.select(pl.when(known).then(series).alias(name)).to_series()


@dataclass(frozen=True)
class Data:
    """Applications and claim lines; the lines of application `a` are rows `starts[a]` to `starts[a + 1]`."""

    applications: Mapping[str, Column]
    claims: Mapping[str, Column]
    starts: NDArray[np.int64]

    @property
    def size(self) -> int:
        """The number of applications."""
        return len(self.starts) - 1

    @property
    def application(self) -> NDArray[np.int64]:
        """The row of the application to which each claim line belongs."""
        return np.repeat(np.arange(self.size, dtype=np.int64), np.diff(self.starts))

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The frame of applications, and that of claim lines, sorted by their `application` row (UInt32)."""
        applications = pl.DataFrame([column.series(name) for name, column in self.applications.items()])
        claims = pl.DataFrame([column.series(name) for name, column in self.claims.items()])
        row = pl.Series("application", self.application.astype(np.uint32))
        return applications, claims.insert_column(0, row)

    def write(self, folder: Path) -> None:
        """The frames as Parquet files, with their row numbers `application` and `line`."""
        applications, claims = self.frames()
        applications.with_row_index("application").write_parquet(folder / "applications.parquet")
        claims.with_row_index("line").write_parquet(folder / "claims.parquet")

    def part(self, first: int, last: int) -> "Data":
        """The applications from row `first` up to, not with, `last`."""
        claims = slice(self.starts[first], self.starts[last])
        return Data(
            {name: column[first:last] for name, column in self.applications.items()},
            {name: column[claims] for name, column in self.claims.items()},
            self.starts[first : last + 1] - self.starts[first],
        )
