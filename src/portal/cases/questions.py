"""What a form asks for a key of a case: its label, its hint and how wide its field is."""

from dataclasses import dataclass

from django.utils.functional import Promise

from tauliah.values.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """The words of one field; ``width`` counts twelfths of a row on a wide page.

    The choices of a ``scale`` stand beside each other.
    """

    label: str | Promise | Text
    width: int = 4
    hint: str | Promise = ""
    required: bool = False
    suffix: str = ""
    empty: str | Promise = ""
    scale: bool = False
