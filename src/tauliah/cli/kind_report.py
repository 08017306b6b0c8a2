"""The result of a case of any kind but transfer, for people."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Rich

from tauliah.cli.marks import MARKS, NOTICES, POLICY, STYLES
from tauliah.values.text import Text, same
from tauliah.values.vocabulary import VOCABULARY

Json = dict[str, Any]

NOT_KNOWN = Text("belum diketahui", "not known")
NONE_LEFT = Text("semua pencapaian telah dicapai", "every milestone is reached")
OUTCOMES: Mapping[str, Mapping[bool | None, Text]] = {
    "eligible": {
        True: Text("Kelayakan boleh dianugerahkan.", "The qualification can be awarded."),
        False: Text("Kelayakan belum boleh dianugerahkan.", "The qualification cannot be awarded yet."),
        None: Text("Belum dapat diputuskan.", "Cannot be decided yet."),
    },
    "complete": {
        True: Text("Cadangan lengkap.", "The proposal is complete."),
        False: Text("Cadangan belum lengkap.", "The proposal is not complete yet."),
    },
    "ready": {
        True: Text("MOOC memenuhi kriteria kualiti.", "The MOOC meets the quality criteria."),
        False: Text(
            "MOOC belum memenuhi kriteria kualiti.", "The MOOC does not meet the quality criteria yet."
        ),
        None: Text("Belum dapat diputuskan.", "Cannot be decided yet."),
    },
}
LABELS = {
    "item": Text("Perkara", "Item"),
    "amount": Text("Amaun (RM)", "Amount (RM)"),
    "clauses": Text("Klausa", "Clauses"),
    "total": Text("Jumlah: RM {amount}", "Total: RM {amount}"),
    "to": Text("Penerima", "Recipient"),
    "percent": Text("%", "%"),
    "distribution": Text("Agihan", "Division"),
    "operating_distribution": Text("Agihan bahagian universiti", "Division of the university's part"),
    "activity": Text("Aktiviti", "Activity"),
    "volume": Text("Kuantiti", "Volume"),
    "minutes": Text("Minit", "Minutes"),
    "learning_time": Text(
        "{minutes} minit = {hours} jam = {credits} kredit",
        "{minutes} minutes = {hours} hours = {credits} credits",
    ),
    "progress": Text("Kemajuan {percent} %. Seterusnya: {next}.", "Progress {percent} %. Next: {next}."),
    "mean": Text("Purata penarafan: {mean}", "Mean rating: {mean}"),
    "load": Text("Beban mengajar: {credits} kredit", "Teaching load: {credits} credits"),
    "open_load": Text("Beban mengajar belum dapat dikira.", "The teaching load cannot be worked out yet."),
    "open_total": Text("Jumlah belum dapat dikira.", "The total cannot be worked out yet."),
    "limits": Text("Had", "Limits"),
    "apel_m": Text("Kesediaan untuk APEL.M", "Readiness for APEL.M"),
    "advice": Text("Nasihat", "Advice"),
}


def kind_report(result: Json, language: str) -> RenderableType:
    """The result in one language."""
    return _Report(result, language).whole()


class _Report:
    """The parts of a result, in one language."""

    def __init__(self, result: Json, language: str) -> None:
        self.result, self.language = result, language

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def words(self, message: Mapping[str, str]) -> str:
        return message[self.language]

    def whole(self) -> RenderableType:
        version = POLICY.fill(policy=self.result["policy"], version=self.result["policy_version"])
        parts: list[RenderableType] = [Rich(self.say(version))]
        parts += PARTS[self.result["kind"]](self)
        parts += self.noted()
        return Group(*parts)

    def noted(self) -> Iterator[RenderableType]:
        if self.result["notices"]:
            yield self.heading(NOTICES)
        for notice in self.result["notices"]:
            yield Rich(f"  {notice['where']}: {self.words(notice['message'])}")

    def heading(self, text: Text) -> Rich:
        return Rich(f"\n{self.say(text)}", style="bold")

    def headline(self, text: Text) -> Rich:
        return Rich(self.say(text), style="bold")

    def cited(self, clauses: Iterable[str]) -> Rich:
        return Rich(f"  [{', '.join(clauses)}]", style="dim")

    def checks(self, checks: Iterable[Json]) -> Iterator[RenderableType]:
        """Each check on its line: those that fail first, then what is open, then what is met."""
        ordered = sorted(checks, key=lambda check: ("fail", "unknown", "pass").index(check["outcome"]))
        for check in ordered:
            outcome = check["outcome"]
            line = Rich(f"{MARKS[outcome]} ", style=STYLES[outcome])
            line.append(f"{self.words(check['label'])}: {self.words(check['message'])}", style="default")
            yield Padding(line.append(self.cited(check["clauses"])), (0, 0, 0, 2))

    def table(self, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in headings:
            right = heading in ("amount", "percent", "minutes", "volume")
            table.add_column(self.say(LABELS[heading]), justify="right" if right else "left")
        for row in rows:
            table.add_row(*(Rich(cell) for cell in row))
        return table

    def known(self, value: object) -> str:
        return self.say(NOT_KNOWN) if value is None else str(value)

    def verdict(self, key: str) -> Rich:
        return self.headline(OUTCOMES[key][self.result[key]])

    def range(self, values: Mapping[str, Any]) -> str:
        least, most = values["least"], values["most"]
        return str(least) if least == most else f"{least}–{most}"


def _fees(r: _Report) -> Iterator[RenderableType]:
    lines = r.result["lines"]
    yield r.table(
        ("item", "amount", "clauses"),
        ((r.words(e["label"]), r.known(e["amount"]), ", ".join(e["clauses"])) for e in lines),
    )
    total = r.result["total"]
    yield r.headline(LABELS["open_total"] if total is None else LABELS["total"].fill(amount=total))
    for name in ("distribution", "operating_distribution"):
        if name in r.result:
            yield r.heading(LABELS[name])
            yield r.table(
                ("to", "percent", "amount", "clauses"),
                (
                    (r.words(e["label"]), str(e["percent"]), e["amount"], ", ".join(e["clauses"]))
                    for e in r.result[name]
                ),
            )


def _learning_time(r: _Report) -> Iterator[RenderableType]:
    spans = {name: r.range(r.result[name]) for name in ("minutes", "hours", "credits")}
    yield r.headline(LABELS["learning_time"].fill(**spans))
    rows = (
        (
            r.words(e["label"]),
            f"{e['volume']} {r.say(VOCABULARY['volume'][e['measure']])}",
            r.range(e["minutes"]),
            ", ".join(e["clauses"]),
        )
        for e in r.result["activities"]
    )
    yield r.table(("activity", "volume", "minutes", "clauses"), rows)


def _course_code(r: _Report) -> Iterator[RenderableType]:
    line = Rich(f"{r.known(r.result['code'])}  {r.result['title']}", style="bold")
    yield line.append(r.cited(r.result["clauses"]))


def _qualification(r: _Report) -> Iterator[RenderableType]:
    yield r.verdict("eligible")
    yield from r.checks(r.result["checks"])
    if r.result["limits"]:
        yield r.heading(LABELS["limits"])
    for limit in r.result["limits"]:
        line = Rich(f"  {r.words(limit['label'])}: {r.words(limit['message'])}")
        yield line.append(r.cited(limit["clauses"]))
    yield r.heading(LABELS["apel_m"])
    yield from r.checks(r.result["apel_m"]["checks"])
    if r.result["advice_reasons"]:
        yield r.heading(LABELS["advice"])
    for entry in r.result["advice_reasons"]:
        yield Rich(f"  {r.words(entry['message'])}").append(r.cited(entry["clauses"]))


def _proposal(r: _Report) -> Iterator[RenderableType]:
    yield r.verdict("complete")
    yield from r.checks(r.result["checks"])


def _milestones(r: _Report) -> Iterator[RenderableType]:
    coming = r.result["next"]
    following = NONE_LEFT if coming is None else VOCABULARY["milestone"][coming]
    percent = same(str(r.result["progress_percent"]))
    yield r.headline(LABELS["progress"].fill(percent=percent, next=following))
    for entry in r.result["milestones"]:
        mark = MARKS["pass"] if entry["done"] else " "
        line = Rich(f"  {mark} {entry['percent']:>3} %  {r.words(entry['label'])}")
        yield line.append(r.cited(entry["clauses"]))


def _mooc_quality(r: _Report) -> Iterator[RenderableType]:
    yield r.verdict("ready")
    yield Rich(r.say(LABELS["mean"].fill(mean=r.known(r.result["mean_rating"]))))
    yield from r.checks(r.result["checks"])


def _teaching_load(r: _Report) -> Iterator[RenderableType]:
    credits = r.result["credits"]
    text = LABELS["open_load"] if credits is None else LABELS["load"].fill(credits=str(credits))
    yield r.headline(text).append(r.cited(r.result["clauses"]))
    yield from r.checks(r.result["checks"])


def _mooc_upkeep(r: _Report) -> Iterator[RenderableType]:
    line = Rich(r.words(r.result["message"]), style="bold")
    yield line.append(r.cited(r.result["clauses"]))


PARTS: Mapping[str, Callable[[_Report], Iterator[RenderableType]]] = {
    "fees": _fees,
    "learning_time": _learning_time,
    "course_code": _course_code,
    "qualification": _qualification,
    "proposal": _proposal,
    "milestones": _milestones,
    "mooc_quality": _mooc_quality,
    "teaching_load": _teaching_load,
    "mooc_upkeep": _mooc_upkeep,
}
"""What is shown of each kind."""
