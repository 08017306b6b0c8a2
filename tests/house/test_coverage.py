"""What the packs say realises a clause exists, and no clause of the inventories is left out."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest
import yaml
from django.urls import URLResolver, get_resolver

from portal.accounts.roles import Role
from portal.applications.letters.kinds import KINDS as LETTERS
from portal.notices.kinds import kinds as notices
from tauliah.evaluate import KINDS
from tauliah.files.cases import case_files
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.policy.coverage import SHOWING, SHOWN, WORKING, missing_realisations
from tauliah.policy.pack import Pack

ROOT = Path(__file__).resolve().parents[2]
INVENTORIES = ROOT.parent / "shared" / "clauses"
PACKS = installed_packs()
packs = pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))


def references(pack: Pack, sort: str) -> set[str]:
    """What a pack's clauses name of one sort, without the sort."""
    named = {reference for clause in pack.clauses.values() for reference in clause.realised_by}
    return {name for found, _, name in (reference.partition(":") for reference in named) if found == sort}


@packs
def test_what_a_pack_itself_holds_exists(pack: Pack) -> None:
    cases = {path.stem for path in case_files([INSTALLED / pack.name / "cases"])}

    assert list(missing_realisations(pack, cases, tuple(KINDS))) == []


@packs
def test_every_test_that_is_named_exists(pack: Pack) -> None:
    assert [name for name in references(pack, "test") if not is_test(name)] == []


def is_test(reference: str) -> bool:
    """Whether `tests/file.py::name` or `tests/file.py::Class::name` names a test function of that file."""
    path, _, name = reference.partition("::")
    return path.startswith("tests/") and name in names_of_tests(path)


@cache
def names_of_tests(path: str) -> frozenset[str]:
    """The tests of a file as pytest names them; none where there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    body = ast.parse(file.read_text(encoding="utf-8")).body
    alone = {node.name for node in body if is_function(node)}
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    return frozenset(
        alone | {f"{c.name}::{node.name}" for c in classes for node in c.body if is_function(node)}
    )


def is_function(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    """Whether a statement is a test function."""
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def test_a_test_is_found_by_file_and_name() -> None:
    assert is_test("tests/portal/policies/test_pages.py::test_lists_every_pack_with_its_counts_and_versions")
    assert is_test("tests/portal/applications/test_process.py::TestSubmitting::test_nobody_else_may")
    assert not is_test("tests/portal/applications/test_process.py::test_nobody_else_may")
    assert not is_test("tests/portal/policies/test_pages.py::test_nothing")
    assert not is_test("tests/nowhere.py::test_nothing")
    assert not is_test("src/tauliah/evaluate.py::evaluate")


@packs
def test_what_the_portal_is_said_to_do_exists(pack: Pack) -> None:
    assert references(pack, "action") <= actions()
    assert references(pack, "letter") <= set(LETTERS)
    assert references(pack, "notice") <= set(notices())
    assert references(pack, "role") <= set(Role.values)


@cache
def actions() -> frozenset[str]:
    """The actions that some code of the portal writes into the register."""
    code = [
        path for path in (ROOT / "src" / "portal").rglob("*.py") if path.parts[-2:] != ("records", "words.py")
    ]
    return frozenset(
        name
        for path in code
        for name in re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    )


@packs
def test_what_people_do_in_the_portal_is_shown_by_a_test(pack: Pack) -> None:
    sorts = {
        clause.id: {reference.partition(":")[0] for reference in clause.realised_by if reference != SHOWN}
        for clause in pack.clauses.values()
    }

    assert [id_ for id_, named in sorts.items() if named & (WORKING | {"page"}) and "test" not in named] == []


@packs
def test_every_page_that_is_named_is_a_route_of_the_portal(pack: Pack) -> None:
    assert references(pack, "page") <= set(routes())


def routes(prefix: str = "", resolver: URLResolver | None = None) -> list[str]:
    """The names of every route of the portal, with those of their applications."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found += routes(inner, entry)
        elif entry.name:
            found.append(prefix + entry.name)
    return found


@packs
def test_a_clause_said_to_be_shown_is_one_that_is_to_be_shown(pack: Pack) -> None:
    shown = [clause for clause in pack.clauses.values() if SHOWN in clause.realised_by]

    assert [clause.id for clause in shown if not SHOWING & set(clause.realised_as)] == []


@pytest.mark.skipif(
    not INVENTORIES.is_dir(), reason="the inventories (../shared/clauses) are not beside this checkout"
)
@pytest.mark.parametrize("inventory", sorted(INVENTORIES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_clause_of_an_inventory_is_in_its_pack(inventory: Path) -> None:
    listed = [clause["id"] for clause in yaml.safe_load(inventory.read_text(encoding="utf-8"))["clauses"]]

    assert [id_ for id_ in listed if id_ not in PACKS[inventory.stem].clauses] == []
