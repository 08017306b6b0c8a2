"""What every `tauliah keys` command is told: the folder of the keys, institution, day and language."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tauliah.cli.language import Spoken, of_locale, words
from tauliah.files.key_files import KeyProblem
from tauliah.files.keys import KeyFolder
from tauliah.files.public_key import Use


class UseOfKey(StrEnum):
    """What a key signs."""

    issuing = "issuing"
    document = "document"

    @property
    def use(self) -> Use:
        """The same, as the register of keys names it."""
        return "issuing" if self is UseOfKey.issuing else "document"


class Algorithm(StrEnum):
    """The kinds of key that sign documents."""

    rsa = "rsa"
    p256 = "p256"


KeysFolder = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        envvar="TAULIAH_KEYS",
        file_okay=False,
        help=words("Folder kunci.", "The folder of the keys."),
    ),
]
Institution = Annotated[
    str,
    typer.Argument(
        metavar="INSTITUTION",
        help=words("Institusi, contohnya uthm.", "The institution, for example uthm."),
    ),
]
On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help=words("Hari; tanpanya, hari ini.", "The day; else today.")
    ),
]
Owner = Annotated[
    str,
    typer.Option(
        "--owner", help=words("Nama institusi dalam sijil X.509.", "The name in the X.509 certificate.")
    ),
]
OfAlgorithm = Annotated[
    Algorithm,
    typer.Option("--algorithm", help=words("Jenis kunci dokumen.", "The kind of a document key.")),
]


def folder(path: Path | None) -> KeyFolder:
    """The folder given; else `keys` in the folder for files that are made while running."""
    return KeyFolder(path or Path(os.environ.get("TAULIAH_VAR") or "var") / "keys")


def day(on: datetime | None) -> date:
    """The day given, else today."""
    return on.date() if on else date.today()  # noqa: TID251 - the day is read here, at the edge


@contextmanager
def speaking(lang: Spoken | None) -> Iterator[Spoken]:
    """The language of the answer; a problem ends the command with its words and exit code 2."""
    language = lang or of_locale()
    try:
        yield language
    except KeyProblem as problem:
        typer.echo(problem.text.in_language(language), err=True)
        raise typer.Exit(2) from None
