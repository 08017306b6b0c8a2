"""DuckDB: the rules as SQL over two tables."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from bench.columns import Data
from bench.outcome import RULES, SUMS, Outcomes
from bench.timing import threads

SQL = Path(__file__).with_name("duckdb_peer.sql").read_text(encoding="utf-8")
CHECKS = f"SELECT line, verdict, {', '.join(f'{chr(34)}{rule}{chr(34)}' for rule in RULES)} FROM outcome"
LIMITS = f"SELECT application, binds, {', '.join(SUMS)} FROM limits"


def prepare(data: Data) -> duckdb.DuckDBPyConnection:
    """The two frames as tables of a database in memory."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads()}")
    with tempfile.TemporaryDirectory() as folder:
        data.write(Path(folder))
        for table in ("applications", "claims"):
            connection.execute(f"CREATE TABLE {table} AS FROM read_parquet('{folder}/{table}.parquet')")
    return connection


def run(prepared: duckdb.DuckDBPyConnection) -> Outcomes:
    """Run the statements and fetch both result tables as arrays."""
    prepared.execute(SQL)
    claims = _in_order(prepared.execute(CHECKS).fetchnumpy(), "line")
    applications = _in_order(prepared.execute(LIMITS).fetchnumpy(), "application")
    return Outcomes(
        [claims[rule] for rule in RULES],
        claims["verdict"],
        [applications[name] for name in SUMS],
        applications["binds"],
    )


def _in_order(columns: Mapping[str, NDArray[Any]], key: str) -> dict[str, NDArray[Any]]:
    """The rows by their number; a join promises no order, though it mostly keeps it."""
    columns = {name: np.asarray(values) for name, values in columns.items()}
    rows = columns[key]
    if np.array_equal(rows, np.arange(len(rows))):
        return columns
    order = np.argsort(rows)
    return {name: values[order] for name, values in columns.items()}
