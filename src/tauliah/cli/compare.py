"""`tauliah compare`: where policies answer one question differently, or one policy on two days."""

import json
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from tauliah.cli.evaluate import AsJson
from tauliah.cli.language import Language, of_locale, words
from tauliah.cli.packs import PacksFolder, packs_in
from tauliah.files.questions import installed_questions
from tauliah.policy.compare import Side
from tauliah.policy.pack import Packs
from tauliah.transfer.conflict import conflicts
from tauliah.values.text import Text

MARKS = {"stricter": Text("▲ lebih ketat", "▲ stricter"), "laxer": Text("▽ lebih longgar", "▽ laxer")}
BELOW = Text("‼ lebih longgar daripada {baseline}", "‼ laxer than {baseline}")
NOTHING = Text("Tiada perbezaan ditemui.", "No difference was found.")
COUNT = Text(
    "{n} perbezaan, {below} lebih longgar daripada {baseline}.",
    "{n} differences, {below} laxer than {baseline}.",
)
UNKNOWN_PACK = Text(
    "Tiada pek “{name}”; yang ada: {known}.", "There is no pack “{name}”; there are: {known}."
)
TOO_FEW = Text(
    "Beri dua pek atau lebih, atau satu pek dengan --on dan --on2.",
    "Give two packs or more, or one pack with --on and --on2.",
)

PackNames = Annotated[
    list[str],
    typer.Argument(metavar="PACK...", help=words("Pek yang dibandingkan.", "The packs to compare.")),
]
On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help=words("Pada hari ini.", "On this day."), show_default=False
    ),
]
On2 = Annotated[
    datetime | None,
    typer.Option(
        "--on2",
        formats=["%Y-%m-%d"],
        help=words("Hari kedua, bagi satu pek.", "The second day, for one pack."),
    ),
]
WithWords = Annotated[
    bool, typer.Option("--words", help=words("Tunjukkan kata-kata klausa.", "Show the clauses' words."))
]


def compare_command(
    names: PackNames,
    *,
    on: On = None,
    on2: On2 = None,
    as_json: AsJson = False,
    with_words: WithWords = False,
    lang: Language = None,
    packs: PacksFolder = None,
) -> None:
    """Bandingkan dasar: soalan sama, jawapan berbeza. / Compare policies: same question, different answer."""
    language, known = lang or of_locale(), packs_in(packs)
    sides = _sides(names, on, on2, known, language)
    questions = installed_questions()
    report = conflicts(sides, questions.asked, known.get(questions.baseline), questions.columns)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    _show(Console(highlight=False), report, language, with_words=with_words)


def _sides(
    names: list[str], on: datetime | None, on2: datetime | None, known: Packs, language: str
) -> list[Side]:
    for name in names:
        if name not in known:
            _refuse(UNKNOWN_PACK.fill(name=name, known=", ".join(known)), language)
    day = on.date() if on else date.today()  # noqa: TID251 - the day is read here, at the edge
    if on2 is not None and len(names) == 1:
        return [Side(known[names[0]], day), Side(known[names[0]], on2.date())]
    if on2 is not None or len(names) < 2:
        _refuse(TOO_FEW, language)
    return [Side(known[name], day) for name in names]


def _refuse(text: Text, language: str) -> None:
    typer.echo(text.in_language(language), err=True)
    raise typer.Exit(2)


def _show(out: Console, report: dict[str, Any], language: str, *, with_words: bool) -> None:
    rows = [row for question in report["questions"] for row in question["rows"]]
    for question in report["questions"]:
        out.print(Words(question["label"][language], style="bold"))
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
        table.add_column("", ratio=4)
        for side in report["sides"]:
            table.add_column(f"{side['pack']} {side['day']}", ratio=5)
        for row in question["rows"]:
            answers = (_answer(a, report, language, with_words=with_words) for a in row["answers"])
            table.add_row(_asked(row, language), *answers)
        out.print(table)
        out.print()
    below = sum(row["below_baseline"] for row in rows)
    count = COUNT.fill(n=str(len(rows)), below=str(below), baseline=_upper(report["baseline"]))
    out.print(count.in_language(language) if rows else NOTHING.in_language(language))


def _asked(row: dict[str, Any], language: str) -> Words:
    asked = Words(row["label"][language])
    for condition in row["when"]:
        asked.append(f"\n{condition[language]}", style="dim")
    return asked


def _answer(answer: dict[str, Any], report: dict[str, Any], language: str, *, with_words: bool) -> Words:
    told = Words(answer["said"][language], style="" if answer["stated"] else "dim")
    if answer["mark"]:
        told.append(f"\n{MARKS[answer['mark']].in_language(language)}")
    if answer["below_baseline"]:
        said = BELOW.fill(baseline=_upper(report["baseline"]))
        told.append(f"\n{said.in_language(language)}", style="yellow")
    if answer["clauses"]:
        told.append("\n" + ", ".join(clause["id"] for clause in answer["clauses"]), style="cyan")
    for clause in answer["clauses"] if with_words else ():
        told.append(f"\n“{clause['wording'] or clause['text'][language]}”", style="italic")
    return told


def _upper(name: str | None) -> str:
    return (name or "").upper()
