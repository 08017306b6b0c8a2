"""A process drawn: every state, every arrow, and nothing that the declaration does not hold."""

import re
from xml.etree import ElementTree as ET

import pytest

from tauliah.files.packs import installed_packs
from tauliah.policy.diagram import arrows, from_anywhere, mermaid, numbered, svg

PROCESSES = {
    name: pack.processes["credit_transfer"] for name, pack in installed_packs().items() if pack.processes
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", PROCESSES)
class TestEveryProcess:
    def test_each_state_stands_in_it_once_in_both_languages(self, name):
        process = PROCESSES[name]
        for language in ("ms", "en"):
            drawn = ET.fromstring(svg(process, language))
            boxes = [g for g in drawn.iter(f"{SVG}g") if g.get("class", "").startswith("state")]
            words = [" ".join(g.find(f"{SVG}text").itertext()) for g in boxes]
            assert words == [state.label.in_language(language) for state in process.states.values()]

    def test_each_arrow_is_drawn_straight_or_with_a_number(self, name):
        process = PROCESSES[name]
        drawn = ET.fromstring(svg(process, "en"))
        lines = [g for g in drawn.iter(f"{SVG}g") if g.get("class", "").startswith("arrow")]
        assert len(lines) == len({(arrow.start, arrow.end) for arrow in arrows(process)})
        told = {circle.get("cx") for circle in drawn.iter(f"{SVG}circle")}
        assert bool(told) == bool(numbered(process))

    def test_the_flowchart_holds_every_step(self, name):
        process = PROCESSES[name]
        ends = {(a, b) for a, b in re.findall(r"(\w+) -->\|[^|]*\| (\w+)", mermaid(process, "en"))}
        assert ends == {
            (start, way.to) for step in process.steps.values() for start in step.from_ for way in step.ways
        }


@pytest.mark.parametrize("language", ["ms", "en"])
@pytest.mark.parametrize(
    ("pack", "kind"), [(name, kind) for name, pack in installed_packs().items() for kind in pack.processes]
)
def test_words_stay_in_their_box_and_left_of_the_arrows_that_pass_by(pack, kind, language):
    drawn = ET.fromstring(svg(installed_packs()[pack].processes[kind], language))
    for group in drawn.iter(f"{SVG}g"):
        words = group.find(f"{SVG}text")
        most = 30 if group.get("class", "").startswith("state") else 36
        lines = list(words.itertext()) if words is not None else []
        assert [line for line in lines if len(line) > most] == []
        assert len(lines) <= 2


def test_the_current_state_is_marked_and_no_other():
    drawn = svg(PROCESSES["utm"], "ms", "mapping")
    assert drawn.count("current") - drawn.count("currentColor") == 1


def test_withdrawing_is_said_not_drawn():
    assert from_anywhere(PROCESSES["utm"].steps["withdraw"])
    assert not [arrow for arrow in arrows(PROCESSES["utm"]) if arrow.end == "withdrawn"]


def test_words_cannot_break_out_of_the_drawing():
    from dataclasses import replace

    from tauliah.values.text import same

    process = PROCESSES["mqa"]
    states = {n: replace(s, label=same('<script>"&')) for n, s in process.states.items()}
    drawn = svg(replace(process, states=states), "ms")
    assert "<script>" not in drawn
    ET.fromstring(drawn)
