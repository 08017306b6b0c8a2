"""`tauliah policies`: the policy packs, with versions, dates and counts."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from tauliah.cli.evaluate import AsJson
from tauliah.cli.language import Language, of_locale
from tauliah.cli.packs import PacksFolder, packs_in
from tauliah.policy.pack import Pack
from tauliah.values.text import Text

COLUMNS = (
    Text("Pek", "Pack"),
    Text("Garis panduan", "Guideline"),
    Text("Versi (tarikh mula)", "Versions (since)"),
    Text("Klausa", "Clauses"),
    Text("Peraturan", "Rules"),
    Text("Had", "Limits"),
)


def policies_command(as_json: AsJson = False, lang: Language = None, packs: PacksFolder = None) -> None:
    """Senaraikan pek dasar. / List the policy packs."""
    listed = [_entry(pack) for pack in packs_in(packs).values()]
    if as_json:
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    language = lang or of_locale()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in COLUMNS:
        table.add_column(heading.in_language(language), overflow="fold")
    for entry in listed:
        figures = (str(entry[key]) for key in ("clauses", "rules", "limits"))
        table.add_row(entry["name"], entry["title"][language], ", ".join(entry["versions"]), *figures)
    Console(highlight=False).print(table)


def _entry(pack: Pack) -> dict[str, Any]:
    return {
        "name": pack.name,
        "title": pack.title.as_dict(),
        "institution": pack.institution.as_dict(),
        "versions": [day.isoformat() for day in pack.versions],
        "clauses": len(pack.clauses),
        "rules": len(pack.rules),
        "limits": len(pack.limits),
        "conditions": len(pack.conditions),
    }
