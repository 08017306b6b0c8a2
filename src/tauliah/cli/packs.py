"""The packs a command works with: the installed ones and, where given, a folder of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from tauliah.cli.language import words
from tauliah.files.packs import BadPack, installed_packs
from tauliah.policy.pack import Packs

PacksFolder = Annotated[
    Path | None,
    typer.Option(
        "--packs",
        envvar="TAULIAH_PACKS",
        help=words("Folder pek dasar tambahan.", "A folder of further policy packs."),
    ),
]


def packs_in(folder: Path | None, *, verified: bool = True) -> Packs:
    """The packs; a bad one ends the command with its file, its field and exit code 2."""
    try:
        return installed_packs(folder, verified=verified)
    except BadPack as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
