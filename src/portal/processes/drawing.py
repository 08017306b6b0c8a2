"""A process drawn for a page, with the words of its numbered arrows."""

from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from portal.wording import in_language
from tauliah.policy.diagram import from_anywhere, numbered, svg
from tauliah.policy.process import Process
from tauliah.values.text import Language


def drawn(process: Process, current: str | None = None) -> dict[str, Any]:
    """Return ``drawing``, ``legend`` and ``anywhere``, as `processes/_legend.html` shows them."""
    language: Language = "en" if (get_language() or "ms").startswith("en") else "ms"
    states = process.states
    return {
        "drawing": mark_safe(svg(process, language, current)),  # noqa: S308 - drawn here, its words escaped
        "legend": [
            (in_language(states[group[0].start].label), in_language(states[group[0].end].label),
             list(dict.fromkeys(in_language(arrow.label) for arrow in group)))
            for group in numbered(process)
        ],
        "anywhere": [step for step in process.steps.values() if from_anywhere(step)],
    }  # fmt: skip
