"""The language the command line speaks: `--lang`, else the locale, else Malay."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from tauliah.values.text import Text


class Spoken(StrEnum):
    """The two languages of Tauliah."""

    ms = "ms"
    en = "en"


def of_locale() -> Spoken:
    """English where the locale is English; Malay everywhere else."""
    locale = next((os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), "")
    return Spoken.en if locale.lower().startswith("en") else Spoken.ms


def words(ms: str, en: str) -> str:
    """A help text in the language of the locale."""
    return Text(ms, en).in_language(of_locale())


Language = Annotated[
    Spoken | None, typer.Option("--lang", help=words("Bahasa laporan: ms atau en.", "Language: ms or en."))
]
