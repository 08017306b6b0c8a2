"""What the packs say realises a clause exists, and no clause of the inventories is left out."""

from pathlib import Path

import pytest
import yaml
from django.urls import URLResolver, get_resolver

from tauliah.evaluate import KINDS
from tauliah.files.cases import case_files
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.policy.coverage import SHOWING, SHOWN
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
def test_every_reference_is_of_a_known_sort(pack: Pack) -> None:
    sorts = {r.partition(":")[0] for clause in pack.clauses.values() for r in clause.realised_by}

    assert sorts <= {"rule", "limit", "condition", "parameter", "case", "test", "page", "kind"}


@packs
def test_what_a_pack_itself_holds_exists(pack: Pack) -> None:
    cases = {path.stem for path in case_files([INSTALLED / pack.name / "cases"])}

    assert references(pack, "rule") <= set(pack.rules)
    assert references(pack, "limit") <= set(pack.limits)
    assert references(pack, "condition") <= set(pack.conditions)
    assert references(pack, "parameter") <= set(pack.parameters)
    assert references(pack, "case") <= cases
    assert references(pack, "kind") <= set(KINDS)


@packs
def test_every_test_that_is_named_exists(pack: Pack) -> None:
    assert [name for name in references(pack, "test") if not is_test(name)] == []


def is_test(reference: str) -> bool:
    """Whether `tests/file.py::name` names a test function of that file."""
    path, _, name = reference.partition("::")
    file = ROOT / path
    return (
        path.startswith("tests/") and file.is_file() and f"\ndef {name}(" in file.read_text(encoding="utf-8")
    )


def test_a_test_is_found_by_file_and_name() -> None:
    assert is_test("tests/portal/policies/test_pages.py::test_lists_every_pack_with_its_counts_and_versions")
    assert not is_test("tests/portal/policies/test_pages.py::test_nothing")
    assert not is_test("tests/nowhere.py::test_nothing")
    assert not is_test("src/tauliah/evaluate.py::evaluate")


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
