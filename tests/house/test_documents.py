"""What the documents say is true: quotations, commands, paths, tables, words."""

import doctest
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from tauliah.cli.program import program
from tauliah.evaluate import KINDS, evaluate
from tauliah.files import document
from tauliah.files.cases import case_files, read_case
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.policy.diagram import mermaid
from tauliah.policy.expression import Node, Table, TableRow
from tauliah.policy.pack import Binding
from tauliah.policy.python_reading import SOURCE, UnreadableExpression, stage_of
from tauliah.policy.rule import Check, Limit, Stated
from tauliah.transfer import limits, rules
from tauliah.transfer.columns import DEFINED_BY_PARAMETERS, DERIVED, GIVEN, columns_of
from tauliah.values.vocabulary import VOCABULARY

ROOT = Path(__file__).resolve().parents[2]
FRAGMENTS = ROOT / "changelog.d"
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *FRAGMENTS.glob("*.md"),
        INSTALLED / "README.md",
    ]
)
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = "100"
REST = "…"

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its rank or higher."""
    masked = BLOCK.sub(lambda block: " " * len(block[0]), text)
    start = re.search(rf"^(#+) {re.escape(heading)}$", masked, re.MULTILINE)
    assert start, heading
    end = re.compile(rf"^#{{1,{len(start[1])}}} ", re.MULTILINE).search(masked, start.end())
    return text[start.end() : end.start() if end else len(text)]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table row, without headings."""
    lines = text.splitlines()
    for i, line in enumerate(lines):
        heads = i + 1 < len(lines) and re.match(r"^\|[\s:|-]+\|$", lines[i + 1])
        if line.startswith("|") and not heads and not re.match(r"^\|[\s:|-]+\|$", line):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def table_of(text: str, key: str) -> list[list[str]]:
    """The rows of the table whose first heading is `key`."""
    found = re.search(rf"^\| {re.escape(key)} \|.*?(?=\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, key
    return list(rows(found[0]))


# --- Quotations and commands -----------------------------------------------------------------------


@pages
def test_what_is_quoted_from_a_file_stands_in_it(page: Path) -> None:
    for _, source, quoted in BLOCK.findall(page.read_text(encoding="utf-8")):
        if source:
            assert quoted in text_of(source), f"{source}:\n{quoted}"


@pages
def test_a_quoted_command_prints_what_is_quoted(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for entry in ("docs", "src"):
        (tmp_path / entry).symlink_to(ROOT / entry)
    monkeypatch.chdir(tmp_path)  # what a command writes must not stay
    monkeypatch.setenv("COLUMNS", WIDTH)
    monkeypatch.delenv("TAULIAH_PACKS", raising=False)
    for language, _, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "console":
            for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
                assert_agrees(expected, printed_by(command))


def printed_by(command: str) -> str:
    assert command.startswith("tauliah "), command
    return CliRunner().invoke(program, shlex.split(command)[1:]).output


def assert_agrees(expected: str, found: str) -> None:
    """Each part of `expected` (between lines of `…`) stands in `found`, in this order, line by line."""
    lines = [line.rstrip() for line in found.splitlines()]
    parts = [part.strip("\n").splitlines() for part in re.split(rf"^{REST}$", expected, flags=re.MULTILINE)]
    start, open_ = 0, False
    for part in parts:
        places = [i for i in range(start, len(lines) + 1) if lines[i : i + len(part)] == part]
        assert places[:1] if open_ else 0 in places, "\n".join(["not printed:", *part, "printed:", *lines])
        start, open_ = places[0] + len(part), True
    assert not parts[-1] or start == len(lines), "\n".join(["more was printed:", *lines[start:]])


@pages
def test_a_quoted_session_runs(page: Path) -> None:
    blocks = [
        block for language, _, block in BLOCK.findall(page.read_text(encoding="utf-8")) if language == "pycon"
    ]
    session = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)

    found = doctest.DocTestRunner(verbose=False).run(session)

    assert found.failed == 0


@pages
def test_a_link_leads_to_a_file(page: Path) -> None:
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        assert target.startswith(("http://", "https://")) or (page.parent / target).exists(), target


@pages
def test_a_path_in_the_prose_exists(page: Path) -> None:
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for path in re.findall(r"`((?:src|docs|tests|bench|changelog\.d|requirements|\.ci)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path


@pages
def test_a_line_of_prose_is_one_sentence(page: Path) -> None:
    for line in BLOCK.sub("", page.read_text(encoding="utf-8")).splitlines():
        if not line.startswith(("|", "#", ">")):
            assert not re.search(r"[a-z)`][.?!] [A-Z“]", re.sub(r"^(\d+\.|-) ", "", line)), line


# --- Where things are ------------------------------------------------------------------------------


def test_where_is_answers_twenty_questions_with_places_that_exist() -> None:
    answers = table_of(text_of("ARCHITECTURE.md"), "Where is …?")

    for _, answer in answers:
        path, *inside = names(answer)
        assert (ROOT / path).exists(), path
        for name in inside:
            assert name in text_of(path), f"{name} in {path}"
    assert len(answers) == 20


def test_the_picture_names_every_folder_of_the_core_and_the_portal() -> None:
    page = text_of("ARCHITECTURE.md")
    folders = [p for top in ("src/tauliah", "src/portal") for p in (ROOT / top).iterdir() if p.is_dir()]

    missing = [p.name for p in folders if (p / "__init__.py").exists() and f"`{p.name}`" not in page]

    assert missing == []


def test_every_page_of_the_documentation_is_reachable_from_the_readme() -> None:
    seen, open_ = set(), [ROOT / "README.md"]
    while open_:
        page = open_.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = re.findall(r"\]\(([^)#\s]+\.md)[^)]*\)", page.read_text(encoding="utf-8"))
        open_ += [(page.parent / target).resolve() for target in targets]

    assert {p for p in PAGES if p.parent != FRAGMENTS} - seen == set()


# --- The command line and the settings -------------------------------------------------------------


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by what is typed: `evaluate`, `keys new`."""
    for name, command in get_command(program).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        yield from [(name, command)] if inner is None else [(f"{name} {n}", c) for n, c in inner.items()]


def test_every_command_and_option_is_documented() -> None:
    page = text_of("docs/cli.md")
    for name, command in commands():
        told = section(page, f"tauliah {name}")
        for parameter in command.params:
            shown = (
                parameter.opts if parameter.param_type_name == "option" else [parameter.metavar.strip("[].")]
            )
            assert all(f"`{word}" in told for word in shown), (name, shown)
        assert f"$ tauliah {name}" in told, name


def test_every_documented_option_exists() -> None:
    page = text_of("docs/cli.md")
    for name, command in commands():
        options = {word for parameter in command.params for word in parameter.opts} | {"--help"}

        told = BLOCK.sub("", section(page, f"tauliah {name}"))
        shown = re.findall(rf"^\$ tauliah {name} .*$", section(page, f"tauliah {name}"), re.MULTILINE)

        assert set(re.findall(r"--[a-z][a-z0-9-]*", "\n".join([told, *shown]))) <= options


def test_every_setting_of_the_environment_is_documented() -> None:
    readers = ("src/portal/settings.py", "src/tauliah/cli/packs.py", "src/tauliah/cli/keys_folder.py")
    code = "".join(map(text_of, readers))
    read = set(re.findall(r"\"(TAULIAH_[A-Z_]+)\"", code))

    documented = {
        name for row in table_of(text_of("docs/operations.md"), "variable") for name in names(row[0])
    }

    assert documented == read


def test_the_limits_of_input_are_stated_as_they_are() -> None:
    told = text_of("SECURITY.md")

    assert f"{document.LARGEST_BYTES // 1_000_000} MB" in told
    assert f"{document.DEEPEST} levels" in told
    assert f"{document.MOST_DIGITS} digits" in told


# --- Packs -----------------------------------------------------------------------------------------

PACKS_PAGE = text_of("docs/packs.md")
SCOPES = ("case", "claim", "source", "claim, from its sources")


def documented(heading: str, key: str = "column") -> dict[str, list[str]]:
    """The rows of a table of docs/packs.md, by the name each begins with."""
    return {names(row[0])[0]: row for row in table_of(section(PACKS_PAGE, heading), key)}


def columns_under(heading: str) -> dict[str, tuple[str, str]]:
    """Unit and scope of each column listed."""
    return {name: (names(row[1])[0], row[2]) for name, row in documented(heading).items()}


def facts_of(node: Node) -> tuple[str, str]:
    return node.unit, SCOPES[stage_of(node, {})]


def parameter_of(name: str, *, of_source: bool) -> Table:
    """A parameter with two values, chosen by a column of the source where asked for."""
    unit = units()[name]
    low, high = ("1/3", "1/2") if unit == "fraction" else (0, 1)
    when = ((GIVEN["own_institution"], frozenset({True})),) if of_source else ()
    return Table(name, unit, (TableRow(when, high), TableRow((), low))[0 if of_source else 1 :])


def units_in_packs() -> dict[str, str]:
    return {q.name: q.unit for pack in installed_packs().values() for q in pack.parameters.values()}


def units() -> dict[str, str]:
    """The parameters as documented: a rule may read some that no installed pack has."""
    return {name: names(row[1])[0] for name, row in listed_parameters().items()}


def listed_parameters() -> dict[str, list[str]]:
    """The rows of both tables: those that credit transfer reads, then those of the other kinds of case."""
    heading = "The parameters there are"
    return documented(heading, "parameter") | values_of_other_kinds()


def values_of_other_kinds() -> dict[str, list[str]]:
    return documented("The parameters there are", "value")


def test_the_given_columns_are_listed_with_unit_and_scope() -> None:
    listed = columns_under("Columns as a case gives them")

    assert listed == {name: facts_of(node) for name, node in GIVEN.items()}


def test_the_derived_columns_are_listed_with_unit_and_scope() -> None:
    listed = columns_under("Columns derived from them")

    assert listed == {name: facts_of(node) for name, node in DERIVED.items()}


def test_the_columns_that_parameters_define_are_listed_with_unit_and_scope() -> None:
    tables = {name: parameter_of(name, of_source=True) for name in DEFINED_BY_PARAMETERS}
    defined = {name: node for name, node in columns_of(tables).items() if name not in GIVEN | DERIVED}

    listed = columns_under("Columns that a pack's parameters define")

    assert listed == {name: facts_of(node) for name, node in defined.items()}


def test_the_rules_are_listed_with_what_they_read() -> None:
    table = documented("The rules there are", "rule")
    listed = {name: [set(names(cell)) for cell in row[1:4]] for name, row in table.items()}

    assert listed == {
        name: [set(r.reads), set(r.may_read), set(stated_with_all(r).facts)]
        for name, r in rules.RULES.items()
    }


def stated_with_all(stated: Stated[Any]) -> Any:
    """What a rule answers with where the pack has every parameter it may read."""
    return stated.of({name: parameter_of(name, of_source=False) for name in reads(stated)})


def test_the_limits_are_listed_with_what_they_read() -> None:
    table = documented("The rules there are", "limit")
    listed = {name: [set(names(cell)) for cell in row[1:3]] for name, row in table.items()}

    assert listed == {name: [set(r.reads), set(r.may_read)] for name, r in limits.LIMITS.items()}


def test_the_conditions_are_listed() -> None:
    told = section(PACKS_PAGE, "The rules there are")

    assert [name for name in VOCABULARY["condition"] if f"`{name}`" not in told] == []


def test_the_parameters_are_listed_with_their_unit() -> None:
    read = {name for r in [*rules.RULES.values(), *limits.LIMITS.values()] for name in reads(r)}

    assert units().items() >= units_in_packs().items()
    assert set(units()) == set(units_in_packs()) | read


def test_the_values_of_other_kinds_are_listed_with_what_their_rows_look_at() -> None:
    listed = {name: (set(names(row[2])), set(names(row[3]))) for name, row in values_of_other_kinds().items()}
    covered = {kind for pack in installed_packs().values() for kind in pack.answers}

    assert {kind for kinds, _ in listed.values() for kind in kinds} <= covered
    assert {name: looked_at for name, (_, looked_at) in listed.items()} == {
        name: columns_in_rows(name) for name in listed
    }


def columns_in_rows(parameter: str) -> set[str]:
    """What the rows of a parameter look at, in any pack."""
    stated = [p.parameters[parameter] for p in installed_packs().values() if parameter in p.parameters]
    return {column for q in stated for _, rows in q.history for row in rows for column in row.when}


def test_the_checks_of_other_kinds_are_listed_with_the_facts_their_words_use() -> None:
    table = table_of(section(PACKS_PAGE, "answers.yaml"), "kind")
    listed = {(names(row[0])[0], names(row[1])[0]): set(names(row[2])) for row in table}
    used: dict[tuple[str, str], set[str]] = {}
    for pack in installed_packs().values():
        for kind, bindings in pack.answers.items():
            for name, binding in bindings.items():
                used.setdefault((kind, name), set()).update(facts_in_words(binding))

    assert set(listed) == set(used)
    assert {check: facts - listed[check] for check, facts in used.items() if facts - listed[check]} == {}


def facts_in_words(binding: Binding) -> Iterator[str]:
    for wording in (w for wordings in binding.messages.values() for w in wordings):
        yield from wording.when
        yield from re.findall(r"\{(\w+)\}", wording.text.ms + wording.text.en)


def test_the_parameters_that_may_look_at_a_source_are_the_ones_named() -> None:
    line = next(line for line in PACKS_PAGE.splitlines() if line.startswith("A column of scope *source*"))

    assert names(line) == sorted(name for name in units() if all(look_at_a_source(name)))


def look_at_a_source(name: str) -> Iterator[bool]:
    """For everything that reads a parameter: whether it is asked of every source, or of the claim only."""
    readers = [stated for stated in [*rules.RULES.values(), *limits.LIMITS.values()] if name in reads(stated)]
    yield bool(readers)
    for stated in readers:
        for others in (stated.reads, reads(stated)):
            tables = {other: parameter_of(other, of_source=other == name) for other in {*others, name}}
            try:
                yield all(stage_of(node, {}) != SOURCE for node in nodes_of(stated.of(tables)))
            except UnreadableExpression:
                yield False


def reads(stated: Stated[Any]) -> tuple[str, ...]:
    return stated.reads + stated.may_read


def nodes_of(answer: Check | Limit) -> list[Node]:
    facts = answer.facts.values() if isinstance(answer, Check) else ()
    return [
        node
        for node in (*(getattr(answer, f.name) for f in fields(answer)), *facts)
        if isinstance(node, Node)
    ]


PACK_FILES = [p for p in sorted(INSTALLED.rglob("*.yaml")) if "cases" not in p.parts]


@pytest.mark.parametrize("path", PACK_FILES, ids=lambda path: path.relative_to(INSTALLED).as_posix())
def test_every_key_of_a_pack_file_is_documented(path: Path) -> None:
    in_folder = path.parent.name in {"parameters", "processes"}
    heading = f"{path.parent.name}/*.yaml" if in_folder else path.name
    told = set(names(BLOCK.sub("", section(PACKS_PAGE, heading))))

    assert keys_in(read_case(path), path.name) - told == set()


def keys_in(value: object, file: str) -> set[str]:
    """The keys of the format in a file; names of packs, days, rules and columns are none."""
    found: set[str] = set()
    match value, file:
        case {"packs": dict(entries)}, "registry.yaml":
            return {"packs"}.union(*(set(entry) for entry in entries.values()))
        case {"document": dict(head)}, "clauses.yaml":
            related = [*head.get("related", ()), *value.get("discrepancies", ()), *value["clauses"]]
            return set(value) | set(head) | {key for entry in related for key in entry}
        case {"bases": _}, "rules.yaml":
            for sort in ("rules", "limits", "conditions"):
                for binding in value.get(sort, {}).values():
                    found |= set(binding) | set(binding.get("message", {}))
            return set(value) | found | {key for notice in value.get("notices", ()) for key in notice}
        case {"states": dict(states), "steps": dict(steps)}, _:
            needs = [need for step in steps.values() for need in step.get("needs", ())]
            ways = [way for step in steps.values() for way in step["to"]]
            items = [item for listed in value.get("checklists", {}).values() for item in listed]
            entries = [*states.values(), *steps.values(), *needs, *ways, *items]
            return set(value) | {key for entry in entries for key in entry}
        case {"questions": list(questions)}, "questions.yaml":
            asked = [entry for question in questions for entry in question.get("values", ())]
            return set(value) | {key for entry in [*questions, *asked] for key in entry}
        case dict(kinds), "answers.yaml":
            for entry in (entry for checks in kinds.values() for entry in checks.values()):
                found |= set(entry) | set(entry.get("message", {}))
            return found
        case {"values": dict(days)}, _:
            for listed in days.values():
                found |= {key for row in (listed if isinstance(listed, list) else [listed]) for key in row}
            return set(value) | found
    raise AssertionError(f"unexpected {file}")


def test_the_readme_lists_every_pack_and_what_it_answers() -> None:
    listed = {names(row[0])[0]: names(row[2]) for row in table_of(text_of("README.md"), "pack")}

    assert listed == {
        name: [kind for kind in KINDS if pack.covers(kind)] for name, pack in installed_packs().items()
    }


def test_a_made_up_case_that_expects_no_condition_gets_none() -> None:
    path = INSTALLED / "contoh" / "cases" / "residency-not-from-the-own-university.yaml"

    assert evaluate(read_case(path), installed_packs())["conditions"] == []


def test_every_example_gives_what_it_expects() -> None:
    examples = ROOT / "docs" / "examples"

    result = CliRunner().invoke(program, ["check", str(examples)])

    assert result.output == f"{len([*case_files([examples])])} passed, 0 failed\n"


# --- Words -----------------------------------------------------------------------------------------

PROPER_NAMES = ("grade", "platform")


def glossary() -> dict[str, tuple[str, str]]:
    return {names(row[2])[0]: (row[0], row[1]) for row in rows(text_of("docs/glossary.md")) if names(row[2])}


@pytest.mark.parametrize("vocabulary", [name for name in VOCABULARY if name not in PROPER_NAMES])
def test_the_glossary_has_the_words_of_a_vocabulary(vocabulary: str) -> None:
    told = glossary()

    assert {word: told.get(f"{vocabulary}.{word}") for word in VOCABULARY[vocabulary]} == {
        word: (label.ms, label.en) for word, label in VOCABULARY[vocabulary].items()
    }


def test_the_glossary_has_no_word_that_the_vocabularies_lack() -> None:
    listed = [name.split(".") for name in glossary() if "." in name]

    assert [name for name in listed if name[1] not in VOCABULARY.get(name[0], ())] == []


def test_the_glossary_says_which_kinds_are_evaluated() -> None:
    line = next(
        line for line in text_of("docs/glossary.md").splitlines() if line.startswith("Evaluated today")
    )

    assert names(line) == list(KINDS)


# --- Decisions and changes -------------------------------------------------------------------------

DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_it_rests_on_and_what_would_change_it(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)

    assert headings == ["Context", "Decision", "Consequences", "What would change our mind"]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


TYPES = ("policy", "added", "changed", "fixed", "security", "removed")
CHANGES = sorted(path for path in FRAGMENTS.glob("*.md") if path.name != "README.md")


@pytest.mark.parametrize("path", CHANGES, ids=lambda path: path.name)
def test_a_fragment_is_named_by_its_type(path: Path) -> None:
    subject, kind, suffix = path.name.split(".")

    assert (kind in TYPES, suffix) == (True, "md"), subject


@pytest.mark.parametrize("path", [p for p in CHANGES if ".policy." in p.name], ids=lambda path: path.name)
def test_a_policy_fragment_names_pack_clauses_day_and_people_in_both_languages(path: Path) -> None:
    told = dict(re.findall(r"^- ([^:]+): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))

    pack = installed_packs()[told["Pek / Pack"].strip("`")]
    assert set(names(told["Klausa / Clauses"])) <= set(pack.clauses)
    assert names(told["Klausa / Clauses"])
    assert date.fromisoformat(told["Berkuat kuasa / Effective from"][:10]) in pack.versions
    assert told["Siapa terlibat"]
    assert told["Who is affected"]


def test_the_processes_are_drawn_as_they_are_declared() -> None:
    page = (ROOT / "docs" / "processes.md").read_text(encoding="utf-8")
    drawn = dict(re.findall(r"### (\w+ of \w+)\n\n```mermaid\n(.*?)```", page, re.DOTALL))

    assert drawn == {
        f"{process.name} of {name}": mermaid(process, "en")
        for name, pack in installed_packs().items()
        if name != "contoh"
        for process in pack.processes.values()
    }
