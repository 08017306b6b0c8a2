"""`tauliah keys new`: the first keys of an institution, or a document key that somebody else certified."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from tauliah.cli.keys_folder import (
    Algorithm,
    Institution,
    KeysFolder,
    OfAlgorithm,
    On,
    Owner,
    UseOfKey,
    day,
    folder,
    speaking,
)
from tauliah.cli.language import Language, words
from tauliah.files.public_key import USES, PublicKey, Use
from tauliah.values.text import Text

Uses = Annotated[
    list[UseOfKey] | None,
    typer.Option("--use", help=words("Kegunaan; tanpanya, kedua-duanya.", "The use; without it, both.")),
]
Private = Annotated[
    Path | None,
    typer.Option("--private", dir_okay=False, help=words("Kunci persendirian PEM.", "A private key in PEM.")),
]
Certificate = Annotated[
    Path | None,
    typer.Option(
        "--certificate",
        dir_okay=False,
        help=words("Sijilnya, dengan rantaian.", "Its certificate and chain."),
    ),
]
MADE = Text("Dibuat: {name} ({use}) untuk {institution}", "Made: {name} ({use}) for {institution}")
BOTH = Text("Berikan --private dan --certificate bersama-sama.", "Give --private and --certificate together.")


def keys_new_command(
    institution: Institution,
    *,
    use: Uses = None,
    owner: Owner = "",
    algorithm: OfAlgorithm = Algorithm.rsa,
    private: Private = None,
    certificate: Certificate = None,
    on: On = None,
    keys: KeysFolder = None,
    lang: Language = None,
) -> None:
    """Buat kunci pertama institusi. / Make an institution's first keys."""
    with speaking(lang) as language:
        if (private is None) != (certificate is None):
            typer.echo(BOTH.in_language(language), err=True)
            raise typer.Exit(2)
        known = folder(keys)
        if private and certificate:
            made = [known.bring(institution, day(on), private, certificate)]
        else:
            uses = [each.use for each in use or []] or _missing(known.public_keys(institution))
            made = [
                known.new(institution, each, day(on), owner=owner, algorithm=algorithm.value) for each in uses
            ]
    for key in made:
        told = MADE.fill(name=key.name, use=key.use, institution=institution)
        typer.echo(told.in_language(language))


def _missing(keys: Iterable[PublicKey]) -> list[Use]:
    """The uses without a key; where none is missing both, so that the refusal names the key there is."""
    there = {key.use for key in keys if key.current}
    return [use for use in USES if use not in there] or list(USES)
