"""The form of an evaluation: what its page shows, and reading what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from portal.proposals.actions.evaluating import Filled, evidence_about
from portal.proposals.criteria import RATED, Section, sections_of
from portal.proposals.figures import figures_of
from portal.proposals.models import Attachment, Evaluation

LONGEST = 5_000
VIDEO = ("minutes", "original_minutes", "weeks")
PER_TOPIC = ("outcomes", "activities", "resources")
MOST = 100_000
MOST_TYPED = 40


@dataclass(frozen=True, slots=True)
class Indicator:
    """A section of the form with what is filled in."""

    section: Section
    rating: int | None
    ticked: frozenset[str]
    remark: str
    links: tuple[str, ...]
    files: tuple[Attachment, ...]

    @property
    def links_typed(self) -> str:
        """The addresses as they are typed: one to a line."""
        return "\n".join(self.links)

    @property
    def met(self) -> int:
        """How many of its points are ticked."""
        return len(self.ticked)


def indicators_of(evaluation: Evaluation) -> list[Indicator]:
    """Return the form of an evaluation as it is filled in."""
    files = list(evaluation.proposal.attachments.filter(about__startswith=f"evaluation-{evaluation.pk}-"))
    return [
        Indicator(
            section,
            evaluation.ratings.get(section.name),
            frozenset(item.key for item in section.items if evaluation.ticks.get(item.key)),
            evaluation.remarks.get(section.name, ""),
            tuple(evaluation.evidence.get(section.name, ())),
            tuple(file for file in files if file.about == evidence_about(evaluation, section.name)),
        )
        for section in sections_of(evaluation.proposal, evaluation.sort)
    ]


def filled_of(evaluation: Evaluation, typed: QueryDict) -> Filled:
    """Read what was typed; what cannot be read counts as not filled in."""
    sections = sections_of(evaluation.proposal, evaluation.sort)
    names = [section.name for section in sections]
    ticks = set(typed.getlist("tick"))
    return Filled(
        ratings={name: rating for name in names if (rating := number(typed.get(f"rating-{name}", "")))},
        ticks={item.key: item.key in ticks for section in sections for item in section.items},
        remarks={name: typed.get(f"remark-{name}", "")[:LONGEST] for name in names},
        evidence={name: lines_of(typed.get(f"evidence-{name}", "")) for name in names},
        figures=figures_typed(evaluation, typed) if evaluation.sort in RATED else {},
        url=typed.get("url", "").strip()[:200],
        conclusion=typed.get("conclusion", "")[: 2 * LONGEST],
    )


def figures_typed(evaluation: Evaluation, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the figures of the content with what was typed over them."""
    figures = evaluation.figures or figures_of(evaluation.proposal)
    video = {name: figure_typed(typed.get(f"video-{name}", "")) for name in VIDEO}
    topics = [
        {name: figure_typed(typed.get(f"topic-{place}-{name}", "")) or 0 for name in PER_TOPIC}
        for place in range(len(figures.get("topics") or ()))
    ]
    return {**figures, "video": video, "topics": topics}


def figure_typed(text: str) -> int | str | None:
    """Read a whole number; what is none stays as it was typed, to be refused where it stands."""
    found = number(text)
    return found if found is not None else text.strip()[:MOST_TYPED] or None


def number(text: str) -> int | None:
    """Read a whole number; nothing for what is none."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal()) or len(plain) > len(str(MOST)):
        return None
    return int(plain)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def show(evaluation: Evaluation, filled: Filled) -> Evaluation:
    """Return an evaluation as it was typed, for a form that could not be kept."""
    evaluation.ratings, evaluation.ticks = dict(filled.ratings), dict(filled.ticks)
    evaluation.remarks, evaluation.evidence = dict(filled.remarks), dict(filled.evidence)
    evaluation.figures = dict(filled.figures) or evaluation.figures
    evaluation.url, evaluation.conclusion = filled.url, filled.conclusion
    return evaluation


def topic_rows(evaluation: Evaluation) -> list[tuple[str, Mapping[str, Any]]]:
    """Return each topic’s title with its figures."""
    units: Iterable[Mapping[str, Any]] = evaluation.proposal.content.get("units") or []
    titles = [unit.get("title_ms") or unit.get("title_en") or "" for unit in units]
    figures = (evaluation.figures or {}).get("topics") or []
    return [(titles[n] if n < len(titles) else str(n + 1), row) for n, row in enumerate(figures)]
