"""`tauliah schema`: the JSON Schema of a case."""

import json
from typing import Annotated

import typer

from tauliah.cli.language import Language, of_locale, words
from tauliah.evaluate import KINDS, json_schema
from tauliah.values.case import word_error

Kind = Annotated[str | None, typer.Argument(metavar="[KIND]", help=words("Jenis kes.", "The kind of case."))]


def schema_command(kind: Kind = None, lang: Language = None) -> None:
    """Skema JSON bagi kes. / The JSON Schema of a case."""
    if kind is not None and kind not in KINDS:
        typer.echo(word_error(kind, tuple(KINDS)).text.in_language(lang or of_locale()), err=True)
        raise typer.Exit(2)
    schema = json_schema(kind) if kind else {"oneOf": [json_schema(name) for name in KINDS]}
    typer.echo(json.dumps(schema, ensure_ascii=False, indent=2))
