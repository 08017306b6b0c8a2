"""`tauliah evaluate`: the result of each case, for people or as JSON."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from tauliah.cli.answers import Answer, answers, names_of
from tauliah.cli.language import Language, of_locale, words
from tauliah.cli.packs import PacksFolder, packs_in
from tauliah.cli.report import show

MANY = 20

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help=words(
            "Fail kes, folder, atau - bagi input piawai.", "Case file, folder, or - for standard input."
        ),
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help=words("Satu objek JSON bagi setiap kes.", "One JSON object per case."))
]


def evaluate_command(
    paths: Paths, as_json: AsJson = False, lang: Language = None, packs: PacksFolder = None
) -> None:
    """Nilai kes: keputusan, sebab dan klausanya. / Evaluate cases, with reasons and clauses."""
    language = lang or of_locale()
    names, known = names_of(paths), packs_in(packs)
    out, progress = Console(highlight=False), Console(stderr=True)
    shown = not as_json and len(names) > MANY and progress.is_terminal
    bad = 0
    counted = track(
        answers(names, known), total=len(names), console=progress, disable=not shown, transient=True
    )
    for answer in counted:
        bad += answer.result is None
        if as_json:
            typer.echo(json.dumps(_as_json(answer, language), ensure_ascii=False))
        else:
            show(out, answer, language)
    if bad:
        raise typer.Exit(2)


def _as_json(answer: Answer, language: str) -> dict[str, Any]:
    if answer.result is not None:
        return {"case": answer.name, "result": answer.result}
    problems = [{"where": p.where, "message": p.message.in_language(language)} for p in answer.problems]
    return {"case": answer.name, "error": {**problems[0], "problems": problems}}
