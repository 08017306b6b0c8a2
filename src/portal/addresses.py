"""What the address of a service says: the database behind a path or a URL."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

Settings = dict[str, Any]
POSTGRESQL = ("postgresql://", "postgres://")
FIELDS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
SECONDS_TO_CONNECT = 10


def database(name: str, address: str | Path, *, pool: int = 0) -> Settings:
    """Read a path (SQLite) or a ``postgresql://`` URL into Django's settings.

    ``pool`` is how many connections each process keeps ready; 0 keeps one for each thread.
    ``name`` is the variable that an error names.
    """
    text = str(address)
    if text.startswith(POSTGRESQL):
        return postgresql(name, text, pool)
    if "://" in text:
        scheme = text.partition("://")[0]
        raise ImproperlyConfigured(
            f"{name}: {scheme}:// is not known. Give a path (SQLite) or postgresql://user:password@host/name."
        )
    return sqlite(text)


def sqlite(path: str) -> Settings:
    """A SQLite file that several processes may read and write at a time."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(name: str, url: str, pool: int) -> Settings:
    """A PostgreSQL database; connections are kept, and looked at before each request."""
    try:
        said = conninfo_to_dict(url)
    except ProgrammingError as error:
        # The message of the library may repeat the password.
        raise ImproperlyConfigured(
            f"{name} cannot be read. Write postgresql://user:password@host:5432/name; in the password write "
            "@ as %40, / as %2F, : as %3A, ? as %3F and # as %23."
        ) from (None if "@" in url else error)
    fields = {field: str(said.pop(key, "")) for key, field in FIELDS.items()}
    if not fields["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database: postgresql://user:password@host:5432/name")
    options: Settings = {"connect_timeout": SECONDS_TO_CONNECT, **said}
    kept: Settings = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": SECONDS_TO_CONNECT}
        kept["CONN_MAX_AGE"] = 0
    return {"ENGINE": "django.db.backends.postgresql", **fields, **kept, "OPTIONS": options}
