"""A process drawn: as SVG for a page, as Mermaid for the documentation; both from its declaration."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from tauliah.policy.process import Process, State, Step
from tauliah.values.text import Language, Text

LEFT, BOX_WIDTH, BOX_HEIGHT, ROW = 4, 260, 50, 92
LANE = 26
"""How far apart arrows run that pass by other states."""
EXITS = 3
"""A step that may be taken from more states than these is said in words and not drawn."""
IN_A_BOX, BESIDE_AN_ARROW = 30, 36
"""How many letters stand on a line; what is longer goes on below."""


LINE = 'fill="none" stroke="currentColor" stroke-width="1.5" marker-end="url(#tip)"'
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
    ' orient="auto"><path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>'
)


@dataclass(frozen=True)
class Arrow:
    """A step from one state to another, with the words that stand beside it."""

    start: str
    end: str
    label: Text


def arrows(process: Process) -> list[Arrow]:
    """Return the arrows of a process, without those of steps open almost anywhere."""
    return [
        Arrow(start, way.to, step.label)
        for step in process.steps.values()
        if not from_anywhere(step)
        for start in step.from_
        for way in step.ways
    ]


def from_anywhere(step: Step) -> bool:
    """Whether a step may be taken from so many states that an arrow from each would hide the others."""
    return len(step.from_) > EXITS


def mermaid(process: Process, language: Language) -> str:
    """Return a process as a Mermaid flowchart, every arrow included."""
    lines = ["flowchart TD"]
    for state in process.states.values():
        left, right = ('(["', '"])') if state.final else ('["', '"]')
        lines.append(f"    {state.name}{left}{state.label.in_language(language)}{right}")
    for step in process.steps.values():
        words = step.label.in_language(language)
        ends = [(start, way.to) for start in step.from_ for way in step.ways]
        lines += [f'    {start} -->|"{words}"| {end}' for start, end in dict.fromkeys(ends)]
    return "\n".join(lines) + "\n"


def numbered(process: Process) -> list[list[Arrow]]:
    """Return the arrows that pass by other states, those between the same two together.

    They bear numbers in the drawing, from 1; a page lists the words beside it.
    """
    rows = _rows(process)
    far = [arrow for arrow in arrows(process) if rows[arrow.end] - rows[arrow.start] not in {0, 1}]
    return sorted(_grouped(far), key=lambda group: (rows[group[0].start], rows[group[0].end]))


def svg(process: Process, language: Language, current: str | None = None) -> str:
    """Return a process as an SVG for a page: states from top to bottom, the current one marked.

    It is drawn in the text's colour; a style sheet may colour `state`, `current`, `final`, `arrow`, `back`.
    """
    rows, far = _rows(process), numbered(process)
    near = [a for a in arrows(process) if rows[a.end] - rows[a.start] == 1]
    lanes = _lanes(far, rows)
    width = LEFT + BOX_WIDTH + 50 + (max(lanes, default=0) + 1) * LANE
    height = len(rows) * ROW - (ROW - BOX_HEIGHT) + 6
    label = escape(process.label.in_language(language))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process" viewBox="0 0 {width} {height}"',
        f' width="{width}" height="{height}" role="img" aria-label="{label}">{TIP}',
        *(
            _box(state, rows[state.name], language, here=state.name == current)
            for state in process.states.values()
        ),
        *(_straight(group, rows, language) for group in _grouped(near)),
        *(_arc(group, rows, lane, n) for n, (group, lane) in enumerate(zip(far, lanes, strict=True), 1)),
        "</svg>",
    ]
    return "".join(parts)


def _rows(process: Process) -> dict[str, int]:
    return {name: number for number, name in enumerate(process.states)}


def _box(state: State, row: int, language: Language, *, here: bool) -> str:
    top, radius = row * ROW + 2, BOX_HEIGHT // 2 if state.final else 10
    classes = "state" + " final" * state.final + " current" * here
    weight = ' font-weight="700"' if here else ""
    lines = wrap(state.label.in_language(language), IN_A_BOX, break_on_hyphens=False)
    middle = top + BOX_HEIGHT // 2 + 5 - 9 * (len(lines) - 1)
    label = _words(lines, LEFT + BOX_WIDTH // 2, middle, 18, f'text-anchor="middle" font-size="15"{weight}')
    return (
        f'<g class="{classes}"><rect x="{LEFT}" y="{top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" '
        f'rx="{radius}" fill="none" stroke="currentColor" stroke-width="{3 if here else 1.5}"/>{label}</g>'
    )


def _words(lines: list[str], x: int, y: int, leading: int, look: str) -> str:
    """Text whose first line stands on ``y``, each further one ``leading`` below."""
    first, *rest = (escape(line) for line in lines)
    more = "".join(f'<tspan x="{x}" dy="{leading}">{line}</tspan>' for line in rest)
    return f'<text x="{x}" y="{y}" {look} fill="currentColor">{first}{more}</text>'


def _grouped(listed: Iterable[Arrow]) -> list[list[Arrow]]:
    """Arrows between the same two states, together."""
    pairs: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in listed:
        pairs.setdefault((arrow.start, arrow.end), []).append(arrow)
    return list(pairs.values())


def _straight(group: list[Arrow], rows: dict[str, int], language: Language) -> str:
    x, top = LEFT + 40, rows[group[0].start] * ROW + BOX_HEIGHT + 2
    said = " / ".join(dict.fromkeys(arrow.label.in_language(language) for arrow in group))
    lines = wrap(said, BESIDE_AN_ARROW, break_on_hyphens=False)
    words = _words(lines, x + 10, top + 24 - 8 * (len(lines) - 1), 15, 'font-size="12.5"')
    return f'<g class="arrow"><path d="M{x} {top}V{top + ROW - BOX_HEIGHT - 2}" {LINE}/>{words}</g>'


def _lanes(groups: list[list[Arrow]], rows: dict[str, int]) -> list[int]:
    """The lane of each group, short ones innermost: the first in which nothing else runs."""
    spans = [sorted((rows[group[0].start], rows[group[0].end])) for group in groups]
    taken: list[list[list[int]]] = []
    lanes = [0] * len(groups)
    for number in sorted(range(len(groups)), key=lambda n: spans[n][1] - spans[n][0]):
        low, high = spans[number]
        free = (n for n, there in enumerate(taken) if all(high <= a or low >= b for a, b in there))
        lanes[number] = next(free, len(taken))
        if lanes[number] == len(taken):
            taken.append([])
        taken[lanes[number]].append([low, high])
    return lanes


def _arc(group: list[Arrow], rows: dict[str, int], lane: int, number: int) -> str:
    start, end = rows[group[0].start], rows[group[0].end]
    down = end > start
    edge, x = LEFT + BOX_WIDTH, LEFT + BOX_WIDTH + 30 + lane * LANE
    y1 = start * ROW + 2 + BOX_HEIGHT * (2 if down else 1) // 3
    y2 = end * ROW + 2 + BOX_HEIGHT * (1 if down else 2) // 3
    turn, middle = (10 if down else -10), (y1 + y2) // 2
    path = f"M{edge} {y1}H{x - 10}Q{x} {y1} {x} {y1 + turn}V{y2 - turn}Q{x} {y2} {x - 10} {y2}H{edge + 2}"
    dashes = "" if down else ' stroke-dasharray="5 4"'
    return (
        f'<g class="{"arrow" if down else "arrow back"}"><path d="{path}" {LINE}{dashes}/>'
        f'<circle class="number" cx="{x}" cy="{middle}" r="9.5" fill="Canvas" stroke="currentColor"/>'
        f'<text x="{x}" y="{middle + 4}" text-anchor="middle" font-size="11.5" '
        f'fill="currentColor">{number}</text></g>'
    )
