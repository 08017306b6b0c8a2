"""The report of a case for people, on a terminal or in a file."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Rich

from tauliah.cli.answers import Answer
from tauliah.cli.kind_report import kind_report
from tauliah.cli.marks import MARKS, NOTICES, POLICY, STYLES
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

SUMMARY = Text(
    "{accepted} kredit diterima; {possible} mungkin diterima jika semua bukti lengkap.",
    "{accepted} credits accepted; {possible} possible if all evidence turns out well.",
)
INVALID = Text("Kes ini tidak sah:", "This case is not valid:")
HEADINGS = {
    "course": Text("Kursus", "Course"),
    "outcome": Text("Keputusan", "Outcome"),
    "award": Text("Anugerah", "Award"),
    "credits": Text("Kredit", "Credits"),
    "limits": Text("Had", "Limits"),
    "conditions": Text("Syarat", "Conditions"),
    "steps": Text("Langkah seterusnya", "What to do next"),
    "notices": NOTICES,
}


def show(console: Console, answer: Answer, language: str) -> None:
    """Prints the answer to one case."""
    console.rule(Rich(answer.name), align="left")
    if answer.result is None:
        console.print(_invalid(answer, language))
    elif answer.result["kind"] == "transfer":
        console.print(_Transfer(answer.result, language).whole())
    else:
        console.print(kind_report(answer.result, language))


def _invalid(answer: Answer, language: str) -> RenderableType:
    lines = [Rich(INVALID.in_language(language), style="bold red")]
    for problem in answer.problems:
        where = f"{problem.where}: " if problem.where else ""
        lines.append(Rich(f"  {where}{problem.message.in_language(language)}"))
    return Group(*lines)


class _Transfer:
    """The parts of a transfer result, in one language."""

    def __init__(self, result: dict[str, Any], language: str) -> None:
        self.result, self.language = result, language

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def words(self, message: dict[str, str]) -> str:
        return message[self.language]

    def whole(self) -> RenderableType:
        result = self.result
        version = POLICY.fill(policy=result["policy"], version=result["policy_version"])
        summary = SUMMARY.fill(
            accepted=str(result["credits_accepted"]), possible=str(result["credits_possible"])
        )
        parts: list[RenderableType] = [Rich(self.say(version)), Rich(self.say(summary), style="bold")]
        parts += [self.claims(), *self.reasons(), *self.limits()]
        for key, heading in (("conditions", "conditions"), ("next_steps", "steps"), ("notices", "notices")):
            parts += self.listed(heading, result[key])
        return Group(*parts)

    def claims(self) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("course", "outcome", "award", "credits"):
            table.add_column(self.say(HEADINGS[heading]), justify="right" if heading == "credits" else "left")
        for claim in self.result["claims"]:
            outcome = self.say(VOCABULARY["claim_outcome"][claim["outcome"]])
            award = self.say(VOCABULARY["award"][claim["award"]])
            styled = Rich(outcome, style=STYLES[claim["outcome"]])
            table.add_row(Rich(claim["target"]), styled, award, str(claim["credits"]))
        return table

    def reasons(self) -> Iterator[RenderableType]:
        """Per claim the checks that decide, each on its line; what is met, together on one."""
        for claim in self.result["claims"]:
            yield Rich(f"\n{claim['target']}: {self.words(claim['message'])}", style="bold")
            for outcome in ("fail", "unknown"):
                for check in (c for c in claim["checks"] if c["outcome"] == outcome):
                    line = Rich(f"{MARKS[outcome]} ", style=STYLES[outcome])
                    line.append(f"{self.label(check)}: {self.words(check['message'])}", style="default")
                    line.append(f" [{', '.join(check['clauses'])}]", style="dim")
                    yield Padding(line, (0, 0, 0, 2))
            met = [c for c in claim["checks"] if c["outcome"] == "pass"]
            if met:
                listed = "; ".join(f"{self.label(c)} [{', '.join(c['clauses'])}]" for c in met)
                yield Padding(
                    Rich(f"{MARKS['pass']} ", style="green").append(listed, style="dim"), (0, 0, 0, 2)
                )

    def label(self, check: dict[str, Any]) -> str:
        return self.say(VOCABULARY["rule"][check["rule"]])

    def limits(self) -> Iterator[RenderableType]:
        if self.result["limits"]:
            yield Rich(f"\n{self.say(HEADINGS['limits'])}", style="bold")
        for limit in self.result["limits"]:
            clauses = ", ".join(limit["clauses"])
            line = Rich(f"  {self.words(limit['label'])}: {self.words(limit['message'])}")
            line.append(f"  [{clauses}]", style="dim")
            yield line
            for band in limit.get("bands", ()):
                used = band["accepted_credits"] + band["granted_credits"]
                yield Rich(f"    {self.words(band['label'])}: {used}/{band['limit_credits']}", style="dim")

    def listed(self, heading: str, entries: list[dict[str, Any]]) -> Iterator[RenderableType]:
        if entries:
            yield Rich(f"\n{self.say(HEADINGS[heading])}", style="bold")
        for entry in entries:
            about = entry.get("claim") or entry.get("where") or ", ".join(entry.get("claims") or ())
            yield Rich(f"  {about + ': ' if about else ''}{self.words(entry['message'])}")
