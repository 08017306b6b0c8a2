"""The processes of a pack, read from its folder `processes/`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tauliah.policy.process import Item, Need, Process, State, Step, Way, verify
from tauliah.values.text import Text


def process_of(name: str, data: Mapping[str, Any]) -> Process:
    """One process from its document; raises `BadProcess`, `KeyError` or `TypeError` where it is wrong."""
    process = Process(
        name=name,
        label=Text.of(data["label"]),
        states=MappingProxyType({key: _state(key, entry) for key, entry in data["states"].items()}),
        steps=MappingProxyType({key: _step(key, entry) for key, entry in data["steps"].items()}),
        checklists=MappingProxyType(
            {
                key: tuple(_item(item) for item in items)
                for key, items in (data.get("checklists") or {}).items()
            }
        ),
        terms=_words(data.get("terms")),
        committees=_words(data.get("committees")),
    )
    verify(process)
    return process


def clauses_of(process: Process) -> Iterable[str]:
    """Every clause that the process names."""
    for state in process.states.values():
        yield from state.clauses
    for step in process.steps.values():
        yield from step.clauses
        yield from (clause for need in step.needs for clause in need.clauses)
    yield from (clause for items in process.checklists.values() for item in items for clause in item.clauses)


def documents(folder: Path) -> Iterable[Path]:
    """The files of a pack's processes, in the order of their names."""
    return sorted((folder / "processes").glob("*.yaml"))


def _words(data: Mapping[str, Any] | None) -> Mapping[str, Text]:
    return MappingProxyType({name: Text.of(words) for name, words in (data or {}).items()})


def _state(name: str, data: Mapping[str, Any]) -> State:
    return State(
        name=name,
        label=Text.of(data["label"]),
        holder=data.get("holder"),
        days=data.get("days"),
        final=data.get("final", False),
        clauses=tuple(data.get("clauses", ())),
        committee=data.get("committee"),
    )


def _step(name: str, data: Mapping[str, Any]) -> Step:
    return Step(
        name=name,
        label=Text.of(data["label"]),
        from_=tuple(data["from"]),
        by=tuple(data["by"]),
        needs=tuple(_need(entry) for entry in data.get("needs", ())),
        ways=tuple(Way(entry["to"], tuple(entry.get("when", ()))) for entry in data["to"]),
        clauses=tuple(data.get("clauses", ())),
        only=tuple(data.get("only", ())),
    )


def _need(data: Mapping[str, Any]) -> Need:
    return Need(data["fact"], Text.of(data["message"]), tuple(data.get("clauses", ())))


def _item(data: Mapping[str, Any]) -> Item:
    return Item(
        data["key"], Text.of(data["label"]), data.get("evidence", False), tuple(data.get("clauses", ()))
    )
