"""Every tool: its form, its answer, its mistakes, its files, without JavaScript and with htmx."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.portal.conftest import Fields, fields_of

from portal.cases.keys import Key, Rows, Shape
from portal.cases.link import link_of
from portal.cases.tool import Tool
from portal.tools import TOOLS
from tauliah.evaluate import KINDS, evaluate
from tauliah.files.cases import read_case_text, write_case_yaml
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.values.case import InvalidCase

PUBLISHED = Path(__file__).parents[4] / "shared" / "cases"
BY_KIND = {tool.kind: tool for tool in TOOLS}


def published() -> Iterator[Any]:
    """Every case of a tool's kind, from the packs and from beside the checkout."""
    for folder in (INSTALLED, PUBLISHED):
        for path in sorted(folder.rglob("*.yaml")):
            if path.parent.name == "cases" or folder == PUBLISHED:
                case = read_case_text(path.read_text(encoding="utf-8"))
                if case.get("kind") in BY_KIND:
                    yield pytest.param(case, id=f"{folder.name}/{path.stem}")


CASES = list(published())


def outcome(case: dict[str, Any]) -> object:
    """What the core says of a case: its result, or where it is wrong."""
    try:
        return evaluate(case, installed_packs())
    except InvalidCase as invalid:
        return {problem.where for problem in invalid.problems}


def valid_case(tool: Tool) -> dict[str, Any]:
    """A published case of the tool's kind that is valid."""
    cases = (p.values[0] for p in CASES if p.values[0]["kind"] == tool.kind)
    return next(c for c in cases if isinstance(outcome(c), dict))


tools = pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.kind)


def test_every_kind_but_transfer_has_a_tool_that_some_policy_answers() -> None:
    assert {tool.kind for tool in TOOLS} == set(KINDS) - {"transfer"}
    assert [tool.kind for tool in TOOLS if not tool.policies] == []


def test_the_index_names_each_tool_with_its_guideline(clients: dict[str, Client]) -> None:
    for client in clients.values():
        page = client.get("/tools/").content.decode()

        assert all(f'href="{reverse(tool.route)}"' in page for tool in TOOLS)
        assert page.count('class="card tool-card"') == len(TOOLS)


def test_a_kind_that_no_policy_answers_is_neither_linked_nor_there(
    malay: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.cases.tool.packs", dict)
    page = malay.get("/tools/").content.decode()

    for tool in TOOLS:
        assert reverse(tool.route) not in page
        assert malay.get(reverse(tool.route)).status_code == 404


@tools
class TestForm:
    def test_it_works_in_both_languages(self, clients: dict[str, Client], tool: Tool) -> None:
        for client in clients.values():
            response = client.get(reverse(tool.route))

            assert response.status_code == 200
            assert 'name="policy"' in response.content.decode()

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_it_refuses_other_methods(self, malay: Client, tool: Tool, method: str) -> None:
        for place in ("", "_open", "_yaml", "_json"):
            assert getattr(malay, method)(reverse(f"{tool.route}{place}")).status_code == 405

    def test_every_field_has_a_label_and_no_id_stands_twice(self, malay: Client, tool: Tool) -> None:
        page = malay.get(reverse(tool.route), {"c": link_of(tool.paper, valid_case(tool))}).content.decode()
        asked = re.findall(r'<(?:input|select|textarea) [^>]*id="([^"]+)"', page)
        ids = re.findall(r' id="([^"]+)"', page)

        assert asked
        assert [i for i in asked if f'for="{i}"' not in page] == []
        assert sorted(set(ids)) == sorted(ids)

    def test_every_part_can_be_named_by_its_keys(self, tool: Tool) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool))
        for part in tool.parts(entry):
            assert bool(part.keys) != bool(part.rows)
            assert set(part.keys) <= set(tool.questions)

    def test_rows_come_and_go_and_nothing_typed_is_lost(self, malay: Client, tool: Tool) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool))
        for part in tool.parts(entry):
            if not part.rows:
                continue
            count = len(entry[part.rows])
            more = malay.post(reverse(tool.route), fields_of(entry) | {"action": f"add:{part.rows}"})
            fewer = malay.post(reverse(tool.route), fields_of(entry) | {"action": f"drop:{part.rows}:0"})

            rows = re.compile(rf'<fieldset class="card tool-row" id="{part.rows.replace("_", "_")}-\d+"')
            assert len(rows.findall(more.content.decode())) == count + 1
            assert more.content.decode().count(" autofocus") == 1
            assert len(rows.findall(fewer.content.decode())) == count - 1

    @pytest.mark.parametrize("action", ["drop:nowhere:0", "drop:x", "add", "add:policy", "nonsense", ""])
    def test_a_press_that_makes_no_sense_changes_nothing(
        self, malay: Client, tool: Tool, action: str
    ) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool))

        assert malay.post(reverse(tool.route), fields_of(entry) | {"action": action}).status_code == 200


@tools
class TestAnswer:
    def test_it_is_said_with_its_clauses(self, clients: dict[str, Client], tool: Tool) -> None:
        case = valid_case(tool)
        for client in clients.values():
            page = client.post(
                reverse(tool.route), fields_of(tool.paper.entry_of_case(case)) | {"action": "check"}
            ).content.decode()

            assert 'id="result-title"' in page
            assert f'href="/policies/{case["policy"]}/clauses/' in page

    def test_htmx_gets_only_what_changes(self, malay: Client, tool: Tool) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool))
        response = malay.post(
            reverse(tool.route), fields_of(entry) | {"action": "check"}, headers={"HX-Request": "true"}
        )

        assert "<html" not in response.content.decode()
        assert "?c=" in response.headers["HX-Push-Url"]

    def test_while_typing_only_the_answer_comes_and_mistakes_are_not_told(
        self, malay: Client, tool: Tool
    ) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool))
        answer = malay.post(reverse(tool.route), fields_of(entry) | {"action": "live"}).content.decode()
        empty = malay.post(reverse(tool.route), {"action": "live"}).content.decode()

        assert answer.lstrip().startswith('<div id="answer"')
        assert 'id="result-title"' in answer
        assert 'id="result-title"' not in empty
        assert "aria-invalid" not in empty

    def test_the_link_leads_back_to_it(self, malay: Client, tool: Tool) -> None:
        link = link_of(tool.paper, tool.paper.shared(valid_case(tool)))
        page = malay.get(reverse(tool.route), {"c": link}).content.decode()

        assert 'id="result-title"' in page
        assert f"c={link}" in page

    @pytest.mark.parametrize(
        "link", ["zzz", "A" * 9000, "eJyrVsrOzEtRslJKS00tVtJRKsjPyUxOVLJSKi1JVKoFAIXGCKk"]
    )
    def test_a_damaged_link_is_refused_in_words(self, malay: Client, tool: Tool, link: str) -> None:
        assert malay.get(reverse(tool.route), {"c": link}).status_code in {400, 422}

    def test_the_language_changes_and_the_form_stays(self, malay: Client, tool: Tool) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool))
        response = malay.post(reverse(tool.route), fields_of(entry) | {"language": "en", "shown": "yes"})

        assert '<html lang="en"' in response.content.decode()
        assert 'id="result-title"' in response.content.decode()


@tools
class TestMistakes:
    def test_an_unknown_policy_is_named_at_its_field_in_both_languages(
        self, clients: dict[str, Client], tool: Tool
    ) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool)) | {"policy": "lain"}
        for client, said in zip(clients.values(), ("tidak dikenali", "is not known"), strict=True):
            response = client.post(reverse(tool.route), fields_of(entry) | {"action": "check"})
            page = response.content.decode()

            assert response.status_code == 422
            assert said in page
            assert 'href="#policy"' in page
            assert re.search(r'name="policy"[^>]* aria-invalid="true"', page)

    def test_an_empty_form_is_answered_in_words(self, malay: Client, tool: Tool) -> None:
        response = malay.post(reverse(tool.route), {"action": "check"})

        assert response.status_code == 422
        assert 'class="mistakes"' in response.content.decode()

    def test_each_leads_to_a_place_on_the_page(self, malay: Client, tool: Tool) -> None:
        entry = tool.paper.entry_of_case(valid_case(tool))
        for name in fields_of(entry):
            if not name.startswith("beside."):
                response = malay.post(
                    reverse(tool.route), fields_of(entry) | {name: "zzz", "action": "check"}
                )
                page = response.content.decode()

                assert response.status_code in {200, 422}, name
                section = re.search(r'<section class="mistakes".*?</section>', page, re.DOTALL)
                anchors = re.findall(r'href="#([^"]+)"', section[0]) if section else []
                assert bool(anchors) == (response.status_code == 422), name
                assert [a for a in anchors if f' id="{a}"' not in page] == [], name


@tools
class TestFiles:
    def test_the_case_is_the_one_that_was_asked(self, malay: Client, tool: Tool) -> None:
        case = valid_case(tool)
        response = malay.get(reverse(f"{tool.route}_yaml"), {"c": link_of(tool.paper, case)})

        assert outcome(read_case_text(response.content.decode())) == outcome(case)

    def test_the_result_is_the_cores_own(self, malay: Client, tool: Tool) -> None:
        case = valid_case(tool)
        response = malay.post(reverse(f"{tool.route}_json"), {"c": link_of(tool.paper, case)})

        assert json.loads(response.content) == json.loads(json.dumps(outcome(case)))

    def test_a_saved_case_is_opened_again(self, malay: Client, tool: Tool) -> None:
        text = write_case_yaml({k: v for k, v in valid_case(tool).items() if k != "expect"})
        page = malay.post(reverse(f"{tool.route}_open"), {"text": text}).content.decode()

        assert 'id="result-title"' in page

    @pytest.mark.parametrize("text", ["", "a: [1", "kind: transfer", "[1, 2]", "teks", "x: " + "[" * 500])
    def test_what_is_no_case_of_the_kind_is_refused_in_words(
        self, malay: Client, tool: Tool, text: str
    ) -> None:
        response = malay.post(reverse(f"{tool.route}_open"), {"text": text})

        assert response.status_code == 422
        assert 'class="mistakes"' in response.content.decode()

    def test_an_invalid_case_fills_the_form(self, malay: Client, tool: Tool) -> None:
        response = malay.post(reverse(f"{tool.route}_open"), {"text": f"kind: {tool.kind}\npolicy: [1]"})

        assert response.status_code == 422


@pytest.mark.parametrize("case", CASES)
def test_a_published_case_keeps_its_result_through_the_form(case: dict[str, Any]) -> None:
    paper = BY_KIND[case["kind"]].paper
    before, after = outcome(case), outcome(paper.rewritten(case))

    assert without_notices(after) == without_notices(before)


@pytest.mark.parametrize("case", CASES)
def test_a_published_case_is_shown(malay: Client, case: dict[str, Any]) -> None:
    tool = BY_KIND[case["kind"]]
    entry = tool.paper.entry_of_case(case)
    response = malay.post(reverse(tool.route), fields_of(entry) | {"action": "check"})

    assert response.status_code == (200 if isinstance(outcome(case), dict) else 422)


def without_notices(result: object) -> object:
    """A result without its notices: keys that are not asked give rise to none."""
    return {k: v for k, v in result.items() if k != "notices"} if isinstance(result, dict) else result


# --- Properties ------------------------------------------------------------------------------------

TYPED = st.one_of(
    st.sampled_from(
        [
            "–",
            "yes",
            "no",
            "3",
            "-1",
            "85",
            "1e9",
            "2025-09-15",
            "40,20",
            "unimas",
            "utm",
            "umpsa",
            "bachelor",
            "video",
            "certificate",
            "stand_alone",
            "final",
            "skills",
            "fee",
            "vetted",
        ]
    ),
    st.just(""),
    st.text(max_size=20),
)


def entries(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Entries with anything typed anywhere."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for name, part in shape.items():
        if isinstance(part, Key):
            ticked = part.kind in {"words", "ticks"}
            parts[name] = st.lists(TYPED.filter(bool), max_size=2) if ticked else TYPED
        elif isinstance(part, Rows):
            parts[name] = st.lists(entries(part.shape), max_size=2)
        else:
            parts[name] = entries(part)
    return st.fixed_dictionaries(parts)


@tools
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_typed_is_answered(malay: Client, tool: Tool, data: st.DataObject) -> None:
    entry = data.draw(entries(tool.paper.form))
    for action in ("check", "live", "refresh:policy"):
        sent: Fields = fields_of(entry) | {"action": action}
        assert malay.post(reverse(tool.route), sent).status_code in {200, 422}


@tools
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_writing_a_case_twice_changes_nothing(tool: Tool, data: st.DataObject) -> None:
    once = tool.paper.rewritten(tool.paper.case_of(data.draw(entries(tool.paper.form))))

    assert tool.paper.rewritten(once) == once
