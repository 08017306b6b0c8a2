"""What the address of a service says: a database, a mail server, a store of files."""

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

Settings = dict[str, Any]
POSTGRESQL = ("postgresql://", "postgres://")
FIELDS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
SECONDS_TO_CONNECT = 10
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
S3_WORDS = {"endpoint": "endpoint_url", "region": "region_name"}
SECONDS_A_LINK_LASTS = 300


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


class Mail(NamedTuple):
    """How mail leaves: a server, or a folder in which a page shows it."""

    backend: str
    folder: Path | None = None
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def mail(name: str, address: str | Path) -> Mail:
    """Read a folder, or ``smtp://``, ``smtp+tls://`` (STARTTLS) or ``smtps://``, with user and host."""
    text = str(address)
    if "://" not in text:
        return Mail("portal.mail.folder.EmailBackend", folder=Path(text))
    hint = "Give a folder, or smtp+tls://user:password@host:587 (or smtps://, smtp://)."
    parts = split(name, text, tuple(MAIL_PORTS), hint)
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname or "",
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )


def files(name: str, address: str | Path) -> Settings:
    """Read a folder, or ``s3://bucket/prefix?endpoint=https://…&region=…``; neither is open to the web.

    The keys of S3 stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or come from the machine's role.
    """
    text = str(address)
    if "://" not in text:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "portal.uploads.KeptFiles", "OPTIONS": {"location": text, **modes}}
    hint = "Give a folder, or s3://bucket/prefix?endpoint=https://host&region=name."
    parts = split(name, text, ("s3",), hint)
    said = dict(parse_qsl(parts.query))
    if unknown := set(said) - set(S3_WORDS):
        raise ImproperlyConfigured(f"{name}: {', '.join(sorted(unknown))} is not known. {hint}")
    options: Settings = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "default_acl": None,  # a bucket is private; many refuse to be told so for each file
        "file_overwrite": False,
        "querystring_auth": True,
        "querystring_expire": SECONDS_A_LINK_LASTS,
        "signature_version": "s3v4",
        "addressing_style": "path" if "endpoint" in said else "auto",
    }
    options |= {S3_WORDS[word]: value for word, value in said.items()}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def split(name: str, text: str, schemes: tuple[str, ...], hint: str) -> SplitResult:
    """Take a URL apart; an error says what to write, and never repeats what may be a password."""
    try:
        parts = urlsplit(text)
        known, _port = parts.scheme in schemes and parts.hostname, parts.port
    except ValueError:
        known = None
    if not known:
        raise ImproperlyConfigured(f"{name} cannot be read. {hint}")
    if parts.scheme == "s3" and (parts.username or parts.port):
        raise ImproperlyConfigured(f"{name} holds more than a bucket. {hint}")
    return parts
