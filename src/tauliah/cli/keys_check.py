"""`tauliah keys check`: what is wrong with the folder of keys, and the remedy."""

import typer

from tauliah.cli.keys_folder import KeysFolder, On, day, folder, speaking
from tauliah.cli.language import Language
from tauliah.values.text import Text

GOOD = Text("{count} institusi; semuanya teratur.", "{count} institutions; all is in order.")


def keys_check_command(on: On = None, keys: KeysFolder = None, lang: Language = None) -> None:
    """Semak folder kunci. / Check the folder of keys."""
    with speaking(lang) as language:
        known = folder(keys)
        problems = known.problems(day(on))
        for problem in problems:
            typer.echo(problem.in_language(language))
        if problems:
            raise typer.Exit(1)
        told = GOOD.fill(count=str(len(known.institutions())))
    typer.echo(told.in_language(language))
