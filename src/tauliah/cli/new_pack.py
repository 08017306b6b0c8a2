"""`tauliah new-pack`: the folder of a new policy pack, ready to be filled."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tauliah.cli.language import Language, of_locale, words
from tauliah.files.new_pack import NoNewPack, new_pack
from tauliah.values.text import Text

Name = Annotated[str, typer.Argument(metavar="NAME", help=words("Nama pek.", "The pack's name."))]
TitleMs = Annotated[str, typer.Option("--title-ms", help=words("Tajuk (Melayu).", "The title in Malay."))]
TitleEn = Annotated[str, typer.Option("--title-en", help=words("Tajuk (Inggeris).", "The title in English."))]
Institution = Annotated[
    str, typer.Option("--institution", help=words("Nama institusi.", "The institution's name."))
]
Since = Annotated[
    datetime,
    typer.Option(
        "--since",
        formats=["%Y-%m-%d"],
        help=words("Hari pertama garis panduan berkuat kuasa.", "The guideline's first day in force."),
    ),
]
Into = Annotated[
    Path,
    typer.Option("--into", file_okay=False, help=words("Folder pek sendiri.", "The folder of one's packs.")),
]
WRITTEN = Text("Ditulis: {path}", "Written: {path}")
NEXT = Text(
    "Lihat apa yang masih kurang: tauliah audit {name} --packs {into}",
    "See what is still missing: tauliah audit {name} --packs {into}",
)


def new_pack_command(
    name: Name,
    *,
    title_ms: TitleMs,
    title_en: TitleEn,
    institution: Institution,
    into: Into,
    since: Since = datetime(2026, 1, 1),
    lang: Language = None,
) -> None:
    """Mulakan pek dasar baharu. / Start a new policy pack."""
    language = lang or of_locale()
    try:
        written = new_pack(name, Text(title_ms, title_en), institution, since.date(), into)
    except NoNewPack as error:
        typer.echo(error.text.in_language(language), err=True)
        raise typer.Exit(2) from None
    for path in written:
        typer.echo(WRITTEN.fill(path=str(path)).in_language(language))
    typer.echo(NEXT.fill(name=name, into=str(into)).in_language(language))
