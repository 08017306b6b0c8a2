"""Policy packs read from their folders: the installed ones, and an institution's own."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tauliah.files.document import UnreadableDocument, read_file
from tauliah.files.processes import clauses_of, documents, process_of
from tauliah.policy.pack import (
    Binding,
    Clause,
    Discrepancy,
    Notice,
    Pack,
    Packs,
    Requirement,
    Source,
    Wording,
)
from tauliah.policy.parameter import Parameter, Row
from tauliah.policy.process import Process
from tauliah.transfer.edition import verify
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY, WORDS

INSTALLED = Path(__file__).parent.parent / "packs"


class BadPack(ValueError):
    """A pack's file cannot be used; the message names file and field."""


@cache
def installed_packs(extra: Path | None = None, *, drafts: bool = True, verified: bool = True) -> Packs:
    """The packs that come with Tauliah, then those in the folder `extra`, which may replace them.

    Without `drafts` those marked as drafts in their registry are not even read, and replace nothing. What
    is not `verified` may name clauses and columns that do not exist; an audit lists them.
    """
    listed = list(_packs_in(INSTALLED, drafts=drafts, verified=verified))
    if extra is not None:
        listed += _packs_in(extra, drafts=drafts, verified=verified)
    return MappingProxyType({pack.name: pack for pack in listed})


def proposed_packs(extra: Path | None = None) -> dict[str, Path]:
    """The packs being prepared, by name with their folder: those marked as drafts, and all of `extra`."""
    proposed = {name: INSTALLED / name for name, entry in _entries(INSTALLED).items() if entry.get("draft")}
    return proposed | ({} if extra is None else {name: extra / name for name in _entries(extra)})


def proposed_pack(folder: Path) -> Pack:
    """A pack being prepared as its files stand now, unverified; raises `BadPack`."""
    return load_pack(folder, _entries(folder.parent)[folder.name], verified=False)


def _entries(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """What a folder's registry says of each pack; raises `BadPack`."""
    registry = folder / "registry.yaml"
    packs = (_read(registry) or {}).get("packs") or {}
    if not isinstance(packs, Mapping) or not all(isinstance(entry, Mapping) for entry in packs.values()):
        raise BadPack(f"{registry}: `packs` has an entry for each pack, each with keys of its own")
    return packs


def _packs_in(folder: Path, *, drafts: bool = True, verified: bool = True) -> Iterable[Pack]:
    entries = {name: entry for name, entry in _entries(folder).items() if drafts or not entry.get("draft")}
    return [load_pack(folder / name, entry, verified=verified) for name, entry in entries.items()]


def load_pack(folder: Path, entry: Mapping[str, Any], *, verified: bool = True) -> Pack:
    """One pack from its folder and its entry in the registry; raises `BadPack`."""
    clauses = _read(folder / "clauses.yaml")
    rules = _read(folder / "rules.yaml")
    try:
        pack = _pack(folder, entry, clauses, rules)
        if verified:
            _verify_clauses(pack)
            verify(pack)
    except BadPack:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadPack(f"{folder}: {type(error).__name__}: {error}") from error
    return pack


def _verify_clauses(pack: Pack) -> None:
    """Every clause that a value, rule, limit, condition or discrepancy names is in the inventory."""
    bindings = (*pack.rules.values(), *pack.limits.values(), *pack.conditions.values())
    named = {
        **{c: f"parameters/{p.name}" for p in pack.parameters.values() for c in _clauses_of(p)},
        **{clause: f"rules.yaml, {b.name}" for b in bindings for clause in b.clauses},
        **{c: f"processes/{p.name}" for p in pack.processes.values() for c in clauses_of(p)},
        **{clause: "discrepancies" for d in pack.discrepancies for clause in d.clauses},
    }
    for clause, where in named.items():
        if clause not in pack.clauses:
            raise BadPack(f"{pack.name}/{where}: there is no clause “{clause}”")


def _clauses_of(parameter: Parameter) -> Iterable[str]:
    return (clause for _, rows in parameter.history for row in rows for clause in row.clauses)


def _pack(
    folder: Path, entry: Mapping[str, Any], clauses: Mapping[str, Any], rules: Mapping[str, Any]
) -> Pack:
    document = clauses["document"]
    listed = [_clause(data) for data in clauses["clauses"]]
    return Pack(
        name=folder.name,
        title=Text.of(document["title"]),
        institution=Text.of(document["institution"]),
        names_of_institution=tuple(entry.get("names_of_institution", ())),
        purpose=Text.of(document["purpose"]),
        language=document["language"],
        sources=tuple(_source(data) for data in document.get("related") or ()),
        first_day_assumed=entry.get("first_day_assumed", False),
        bases=tuple(rules["bases"]),
        levels=tuple(rules.get("levels", WORDS["level"])),
        requires=tuple(Requirement(d["field"], _when(d.get("when"))) for d in rules.get("requires") or ()),
        clauses=MappingProxyType({clause.id: clause for clause in listed}),
        discrepancies=tuple(_discrepancy(data) for data in clauses.get("discrepancies") or ()),
        parameters=MappingProxyType(_parameters(folder / "parameters")),
        rules=_bindings(rules.get("rules"), "rule"),
        limits=_bindings(rules.get("limits"), "limit"),
        conditions=_bindings(rules.get("conditions"), "condition"),
        notices=tuple(_notice(data) for data in rules.get("notices") or ()),
        answers=_answers(folder / "answers.yaml"),
        processes=_processes(folder),
        draft=entry.get("draft", False),
    )


def _answers(path: Path) -> Mapping[str, Mapping[str, Binding]]:
    """The words of the kinds of case other than transfer; none where the pack has no such file."""
    if not path.exists():
        return MappingProxyType({})
    try:
        return MappingProxyType({kind: _worded(entries) for kind, entries in _read(path).items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadPack(f"{path}: {type(error).__name__}: {error}") from error


def _processes(folder: Path) -> Mapping[str, Process]:
    found = {}
    for path in documents(folder):
        try:
            found[path.stem] = process_of(path.stem, _read(path))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadPack(f"{path}: {type(error).__name__}: {error}") from error
    return MappingProxyType(found)


def _worded(entries: Mapping[str, Any]) -> Mapping[str, Binding]:
    return MappingProxyType(
        {name: _binding(name, Text.of(data["label"]), data) for name, data in entries.items()}
    )


def _clause(data: Mapping[str, Any]) -> Clause:
    return Clause(
        id=data["id"],
        section=Text.of(data["section"]),
        text=Text.of(data["text"]),
        wording=data.get("wording"),
        actor=data["actor"],
        force=data["force"],
        realised_as=tuple(data["realised_as"]),
        names=tuple(data["names"]),
        realised_by=tuple(data.get("realised_by", ())),
    )


def _source(data: Mapping[str, Any]) -> Source:
    note = data.get("note")
    return Source(Text.of(data["title"]), data.get("year"), Text.of(note) if note else None)


def _discrepancy(data: Mapping[str, Any]) -> Discrepancy:
    return Discrepancy(Text.of(data["about"]), tuple(data["clauses"]), Text.of(data["reading"]))


def _parameters(folder: Path) -> dict[str, Parameter]:
    return {path.stem: _parameter(path) for path in sorted(folder.glob("*.yaml"))}


def _parameter(path: Path) -> Parameter:
    data = _read(path)
    try:
        history = sorted(
            (date.fromisoformat(day), tuple(_row(row) for row in _listed(rows)))
            for day, rows in data["values"].items()
        )
        checked, note = data.get("last_checked"), data.get("note")
        return Parameter(
            name=path.stem,
            label=Text.of(data["label"]),
            unit=data["unit"],
            history=tuple(history),
            note=Text.of(note) if note else None,
            last_checked=date.fromisoformat(checked) if checked else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadPack(f"{path}: {type(error).__name__}: {error}") from error


def _row(data: Mapping[str, Any]) -> Row:
    clauses = _listed(data["clause"]) if "clause" in data else data.get("clauses", ())
    return Row(_when(data.get("when")), data["value"], tuple(clauses))


def _when(data: Mapping[str, Any] | None) -> Mapping[str, tuple[Any, ...]]:
    return MappingProxyType({name: tuple(_listed(values)) for name, values in (data or {}).items()})


def _bindings(data: Mapping[str, Any] | None, vocabulary: str) -> Mapping[str, Binding]:
    labels = VOCABULARY[vocabulary]
    return MappingProxyType(
        {name: _binding(name, labels[name], entry) for name, entry in (data or {}).items()}
    )


def _binding(name: str, label: Text, data: Mapping[str, Any]) -> Binding:
    return Binding(
        name=name,
        label=label,
        clauses=tuple(data.get("clauses", ())),
        when=tuple(_when(item) for item in _listed(data.get("when", ()))),
        messages=MappingProxyType(
            {
                outcome: tuple(_wording(item) for item in _listed(words))
                for outcome, words in (data.get("message") or {}).items()
            }
        ),
    )


def _wording(data: Mapping[str, Any]) -> Wording:
    return Wording(_when(data.get("when")), Text.of(data))


def _notice(data: Mapping[str, Any]) -> Notice:
    return Notice(data["where"], _wording(data))


def _listed(value: Any) -> Any:
    """A single item as a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _read(path: Path) -> Any:
    try:
        return read_file(path)
    except UnreadableDocument as error:
        raise BadPack(f"{path}: {error.where} {error.message.en}") from error
    except OSError as error:
        raise BadPack(f"{path}: {error.strerror}") from error
