"""The house is kept: layers, sizes, no clock in the core, nothing that only holds on one machine."""

import ast
import re
import statistics
import subprocess
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
LONGER = {
    "src/tauliah/policy/expression.py": 470,
    "src/tauliah/policy/column_reading.py": 450,
    "src/tauliah/policy/compare.py": 410,
}
"""Modules on one subject that are longer all the same; they may not grow."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def functions() -> dict[str, int]:
    """The length of every function, by file and name."""
    found = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[f"{name_of(path)}:{node.lineno} {node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    return found


def test_the_import_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert lint_imports(no_cache=True, no_logo=True) == 0


def test_the_median_function_is_short():
    assert statistics.median(functions().values()) <= 12


def test_no_function_is_long():
    assert {name: lines for name, lines in functions().items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_is_long():
    written = [path for path in SOURCES if path.parent.name != "migrations"]
    lines = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in written}

    assert {name: n for name, n in lines.items() if n > LONGER.get(name, LONGEST_MODULE)} == {}


def test_every_module_says_what_it_is():
    silent = [
        name_of(path) for path in SOURCES if path.name != "__init__.py" and "/migrations/" not in str(path)
    ]
    silent = [
        name for name in silent if not ast.get_docstring(ast.parse((ROOT / name).read_text(encoding="utf-8")))
    ]

    assert silent == []


PURE = [path for path in SOURCES if name_of(path).startswith("src/tauliah/") and "cli" not in path.parts]


@pytest.mark.parametrize(
    "call", ["date.today", "datetime.now", "datetime.today", "utcnow", "time.time", "monotonic"]
)
def test_the_core_never_asks_what_time_it_is(call):
    called = re.compile(rf"\b{re.escape(call)}\(")

    assert [name_of(path) for path in PURE if called.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_has_a_name_that_says_nothing():
    nothing = {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "manager",
        "service",
        "services",
        "base",
        "misc",
    }

    assert [name_of(path) for path in SOURCES if path.stem in nothing] == []


@cache
def tracked() -> tuple[Path, ...]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, timeout=60
        ).stdout.decode()
    except (OSError, subprocess.SubprocessError):
        pytest.skip("this is not a checkout of git")
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


ONE_MACHINE = re.compile(
    "|".join(
        (
            r"(?<![\w.>-])/(?:work|root|home|Users)/\w",
            "py" + r"pi\.(?:org|python\.org)",
            "files.python" + "hosted",
            "registry.npm" + r"js",
            r"(?:--|\b)(?:extra-)?index-url",
            "proxy.golang" + r"\.org",
        )
    )
)


def test_no_file_holds_a_path_of_one_machine_or_a_registry():
    found = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__).resolve() and (match := ONE_MACHINE.search(text)):
            found[name_of(path)] = match.group()

    assert found == {}
