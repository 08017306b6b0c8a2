"""`tauliah credential verify`: whether credentials are genuine and in force; by itself without a network."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Rich

from tauliah.cli.answers import STANDARD_INPUT, UNREADABLE, UNREADABLE_OTHERWISE
from tauliah.cli.evaluate import AsJson
from tauliah.cli.language import Language, of_locale, words
from tauliah.credentials.answer import Answer, Outcome
from tauliah.credentials.facts import facts_of
from tauliah.credentials.refusal import Refused
from tauliah.credentials.strict_json import Json
from tauliah.credentials.verification import QUESTIONS, Verification
from tauliah.credentials.verify import verify
from tauliah.files.contexts import published
from tauliah.files.credential_file import (
    LARGEST_BYTES,
    CredentialFile,
    UnreadableCredential,
    read_credential,
)
from tauliah.files.issuer_documents import IssuerDocuments, asking, read_documents
from tauliah.values.text import Text, same

MARKS = {Outcome.YES: ("✓", "green"), Outcome.NO: ("✗", "red"), Outcome.UNKNOWN: ("?", "yellow")}
SHOWN = ("title", "holder", "issuer", "serial", "level", "credits", "results", "awarded")
PAPER = Text("Tandatangan PDF", "The PDF's signature")

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help=words(
            "Fail JSON, PNG, SVG atau PDF, atau - bagi input piawai.",
            "JSON, PNG, SVG or PDF files, or - for standard input.",
        ),
    ),
]
With = Annotated[
    list[Path] | None,
    typer.Option(
        "--with",
        dir_okay=False,
        exists=True,
        help=words(
            "Dokumen DID atau senarai status yang telah dimuat turun.",
            "A DID document or status list, downloaded before.",
        ),
    ),
]
Known = Annotated[
    list[str] | None,
    typer.Option(
        "--known", metavar="DID", help=words("Pengeluar yang anda kenali.", "An issuer that you know.")
    ),
]
Ask = Annotated[
    list[str] | None,
    typer.Option(
        "--ask",
        metavar="HOST",
        help=words(
            "Hos yang boleh ditanya melalui https; tanpanya, rangkaian tidak digunakan.",
            "A host that may be asked over https; without any, no network is used.",
        ),
    ),
]
At = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"],
        help=words("Masa semakan (UTC); tanpanya, sekarang.", "The time of checking (UTC); else now."),
    ),
]
Checked = tuple[CredentialFile, list[Verification]]


def credential_verify_command(
    files: Files,
    *,
    documents: With = None,
    known: Known = None,
    ask: Ask = None,
    at: At = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Sahkan kelayakan daripada mana-mana pengeluar. / Verify credentials of any issuer."""
    language = lang or of_locale()
    moment = at.replace(tzinfo=UTC) if at else datetime.now(UTC)  # noqa: TID251 - read here, at the edge
    published_by_issuers = _issuer_documents(documents or [], ask or [], language)
    checker = _checker(published_by_issuers, known or [], moment)
    out, worst = Console(highlight=False), 0
    for name in files:
        found = _checked(name, moment, checker)
        if as_json:
            typer.echo(json.dumps(_as_json(name, found), ensure_ascii=False))
        else:
            out.rule(Rich(name), align="left")
            out.print(_report(found, language))
        worst = max(worst, _exit_code(found))
    if worst:
        raise typer.Exit(worst)


def _issuer_documents(paths: list[Path], hosts: list[str], language: str) -> IssuerDocuments:
    try:
        return IssuerDocuments(read_documents(paths), asking(hosts))
    except (Refused, OSError) as error:
        told = error.message.in_language(language) if isinstance(error, Refused) else str(error)
        typer.echo(told, err=True)
        raise typer.Exit(2) from None


def _checker(documents: IssuerDocuments, known: list[str], at: datetime) -> Callable[[Json], Verification]:
    names = {did: same(did) for did in known}
    return lambda document: verify(
        document, at=at, contexts=published(), resolve=documents, fetch_list=documents, known=names
    )


def _checked(name: str, at: datetime, checker: Callable[[Json], Verification]) -> Checked | Text:
    """The file with a verification of each of its credentials, or why it cannot be read."""
    try:
        data = sys.stdin.buffer.read(LARGEST_BYTES + 1) if name == STANDARD_INPUT else Path(name).read_bytes()
        found = read_credential(data, at=at)
    except UnreadableCredential as error:
        return error.text
    except OSError as error:
        otherwise = UNREADABLE_OTHERWISE.fill(error=error.strerror or str(error))
        return UNREADABLE.get(type(error), otherwise)
    return found, [checker(credential) for credential in found.credentials]


def _exit_code(found: Checked | Text) -> int:
    if isinstance(found, Text):
        return 2
    file, verifications = found
    outcomes = [each.outcome for each in verifications] + (
        [file.paper.signature.outcome] if file.paper else []
    )
    return 0 if all(outcome is Outcome.YES for outcome in outcomes) else 1


def _as_json(name: str, found: Checked | Text) -> dict[str, Any]:
    if isinstance(found, Text):
        return {"file": name, "error": found.as_dict()}
    file, verifications = found
    paper = {"paper": file.paper.signature.as_dict()} if file.paper else {}
    return {
        "file": name,
        "form": file.form,
        **paper,
        "credentials": [each.as_dict() for each in verifications],
    }


def _report(found: Checked | Text, language: str) -> RenderableType:
    if isinstance(found, Text):
        return Rich(found.in_language(language), style="bold red")
    file, verifications = found
    parts: list[RenderableType] = []
    for credential, verification in zip(file.credentials, verifications, strict=True):
        style = MARKS[verification.outcome][1]
        parts.append(Rich(verification.summary.in_language(language), style=f"bold {style}"))
        parts += [_facts(credential, language), _answers(verification, language)]
    if file.paper:
        parts.append(_rows([_row(PAPER, file.paper.signature, language)]))
    return Group(*parts)


def _facts(credential: Json, language: str) -> RenderableType:
    shown = [fact for fact in facts_of(credential) if fact.name in SHOWN]
    return _rows(
        [(Rich(f"{fact.label.in_language(language)}:"), Rich("\n".join(fact.lines))) for fact in shown]
    )


def _answers(verification: Verification, language: str) -> RenderableType:
    rows = [_row(QUESTIONS[name], answer, language) for name, answer in verification.answers.items()]
    rows += [_row(same(f"{e.where} ({e.issuer})"), e.answer, language) for e in verification.endorsements]
    return _rows(rows)


def _row(question: Text, answer: Answer, language: str) -> tuple[Rich, Rich]:
    mark, style = MARKS[answer.outcome]
    words = f"{question.in_language(language)}: {answer.reason.in_language(language)}"
    return Rich(mark, style=style), Rich(words)


def _rows(rows: list[tuple[Rich, Rich]]) -> RenderableType:
    """Two columns, the second one wrapped under itself."""
    table = Table.grid(padding=(0, 1))
    for left, right in rows:
        table.add_row(left, right)
    return Padding(table, (0, 0, 0, 2))
