"""`tauliah audit`: what a pack lacks or gets wrong, and how many of its clauses are realised."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tauliah.cli.evaluate import AsJson
from tauliah.cli.language import Language, of_locale, words
from tauliah.cli.packs import PacksFolder, packs_in
from tauliah.files.audit import audit_of, folder_of
from tauliah.policy.coverage import Share, coverage, coverage_by_way
from tauliah.policy.finding import Finding
from tauliah.policy.pack import Pack, Packs
from tauliah.values.case import word_error
from tauliah.values.text import Text

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PACK]...", help=words("Pek; tanpanya, semua.", "Packs; without any, all.")),
]
REALISED = Text(
    "klausa direalisasikan: {realised} daripada {clauses}", "clauses realised: {realised} of {clauses}"
)
NOTHING_FOUND = Text("tiada apa-apa yang kurang", "nothing is missing")
WAYS = {
    "calculation": Text("pengiraan", "calculation"),
    "data": Text("data", "data"),
    "document": Text("dokumen", "document"),
    "limit": Text("had", "limit"),
    "none": Text("tiada dalam sistem", "nothing in the system"),
    "notification": Text("pemberitahuan", "notification"),
    "page": Text("halaman", "page"),
    "permission": Text("kebenaran", "permission"),
    "record": Text("rekod", "record"),
    "report": Text("laporan", "report"),
    "rule": Text("peraturan", "rule"),
    "workflow": Text("aliran kerja", "workflow"),
}


def audit_command(
    names: Names = None, as_json: AsJson = False, lang: Language = None, packs: PacksFolder = None
) -> None:
    """Semak kelengkapan pek dasar. / Tell what a policy pack lacks, and its coverage."""
    language = lang or of_locale()
    known = packs_in(packs, verified=False)
    chosen = [_named(name, known, language) for name in names or known]
    audits = [(pack, audit_of(pack, folder_of(pack.name, packs))) for pack in chosen]
    if as_json:
        listed = [_entry(pack, found) for pack, found in audits]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for pack, found in audits:
            typer.echo("\n".join(_lines(pack, found, language)))
    if any(found for _, found in audits):
        raise typer.Exit(1)


def _named(name: str, known: Packs, language: str) -> Pack:
    if name not in known:
        typer.echo(word_error(name, tuple(known)).text.in_language(language), err=True)
        raise typer.Exit(2)
    return known[name]


def _lines(pack: Pack, found: tuple[Finding, ...], language: str) -> Iterator[str]:
    yield pack.name
    for finding in found:
        yield f"  {finding.where}: {finding.message.in_language(language)}"
    if not found:
        yield f"  {NOTHING_FOUND.in_language(language)}"
    yield f"  {_counted(coverage(pack)).in_language(language)}"
    for way, share in coverage_by_way(pack).items():
        label = WAYS.get(way, Text(way, way)).in_language(language)
        yield f"    {label}: {share.realised}/{share.clauses}"


def _counted(share: Share) -> Text:
    return REALISED.fill(realised=str(share.realised), clauses=str(share.clauses))


def _entry(pack: Pack, found: tuple[Finding, ...]) -> dict[str, Any]:
    ways = {way: _figures(share) for way, share in coverage_by_way(pack).items()}
    return {
        "pack": pack.name,
        "findings": [{"where": f.where, "message": f.message.as_dict()} for f in found],
        **_figures(coverage(pack)),
        "by_way": ways,
    }


def _figures(share: Share) -> dict[str, int]:
    return {"realised": share.realised, "clauses": share.clauses}
