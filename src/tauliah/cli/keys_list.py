"""`tauliah keys list`: every key there is or was, with its history and its public part."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from tauliah.cli.evaluate import AsJson
from tauliah.cli.keys_folder import KeysFolder, folder, speaking
from tauliah.cli.language import Language, words
from tauliah.files.public_key import PublicKey
from tauliah.values.text import Text

Institutions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INSTITUTION]...",
        help=words("Institusi; tanpanya, semua.", "Institutions; without any, all."),
    ),
]
COLUMNS = (
    Text("Institusi", "Institution"),
    Text("Kunci", "Key"),
    Text("Kegunaan", "Use"),
    Text("Dibuat", "Made"),
    Text("Keadaan", "State"),
)
CURRENT = Text("digunakan", "in use")
RETIRED = Text("bersara {day}", "retired {day}")
REVOKED = Text("dibatalkan {day}: {reason}", "revoked {day}: {reason}")
NONE = Text("Tiada kunci.", "There are no keys.")


def keys_list_command(
    institutions: Institutions = None,
    as_json: AsJson = False,
    keys: KeysFolder = None,
    lang: Language = None,
) -> None:
    """Senaraikan kunci. / List the keys."""
    with speaking(lang) as language:
        known = folder(keys)
        listed = [
            (name, key) for name in institutions or known.institutions() for key in known.public_keys(name)
        ]
    if as_json:
        typer.echo(json.dumps([_entry(name, key) for name, key in listed], ensure_ascii=False, indent=2))
    elif not listed:
        typer.echo(NONE.in_language(language))
    else:
        _print(listed, language)


def _print(listed: list[tuple[str, PublicKey]], language: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in COLUMNS:
        table.add_column(heading.in_language(language), overflow="fold")
    for name, key in listed:
        table.add_row(name, key.name, key.use, key.created.isoformat(), _state(key).in_language(language))
    Console(highlight=False, markup=False).print(table)


def _state(key: PublicKey) -> Text:
    if key.revoked is not None:
        return REVOKED.fill(day=key.revoked.isoformat(), reason=key.reason)
    return CURRENT if key.retired is None else RETIRED.fill(day=key.retired.isoformat())


def _entry(institution: str, key: PublicKey) -> dict[str, Any]:
    return {
        "institution": institution,
        "name": key.name,
        "use": key.use,
        "created": key.created.isoformat(),
        "retired": key.retired.isoformat() if key.retired else None,
        "revoked": key.revoked.isoformat() if key.revoked else None,
        "reason": key.reason,
        "multikey": key.multikey,
        "jwk": key.jwk(),
        "pem": key.pem(),
    }
