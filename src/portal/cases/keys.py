"""What a case is made of, for a form: keys, the kind of value each takes, and rows of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "number", "share", "date", "answer", "word", "words", "ticks", "outcomes", "texts", "numbers"
]
"""How a value is typed. Of ticked boxes, ``words`` may be unknown; ``ticks`` are always a list, if empty."""


@dataclass(frozen=True, slots=True)
class Key:
    """One value: its kind and, for a word, the vocabulary it comes from."""

    kind: Kind
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows of the same shape, and how many of them one page takes.

    A ``certain`` list without rows is known to be empty; of any other, nothing is known then.
    """

    shape: "Shape"
    most: int
    certain: bool = False


Shape = Mapping[str, "Key | Rows | Shape"]

TEXT, NUMBER, DATE, ANSWER = Key("text"), Key("number"), Key("date"), Key("answer")
