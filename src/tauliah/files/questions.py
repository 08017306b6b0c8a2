"""The questions that policies are compared by, read from their file beside the packs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tauliah.files.document import read_file
from tauliah.files.packs import INSTALLED
from tauliah.policy.compare import Asked, Order, Question
from tauliah.values.text import Text


@dataclass(frozen=True)
class Questions:
    """What is asked, the name of the national baseline, and what conditions are called."""

    asked: tuple[Question, ...]
    baseline: str
    columns: Mapping[str, Text]


@cache
def installed_questions() -> Questions:
    """The questions that come with Tauliah."""
    data = read_file(INSTALLED / "questions.yaml")
    return Questions(
        tuple(_question(entry) for entry in data["questions"]),
        data["baseline"],
        {name: Text.of(label) for name, label in data["columns"].items()},
    )


def _question(data: Mapping[str, Any]) -> Question:
    return Question(
        data["name"],
        Text.of(data["label"]),
        tuple(_asked(entry) for entry in data.get("values", ())),
        tuple(data.get("rules", ())),
        tuple(data.get("words", ())),
    )


def _asked(data: Mapping[str, Any]) -> Asked:
    label = data.get("label")
    return Asked(
        tuple(data["parameters"]),
        _order(data.get("stricter")),
        Text.of(label) if label else None,
        data.get("silence", False),
        data.get("across", False),
    )


def _order(value: Any) -> Order:
    return tuple(value) if isinstance(value, list) else value
