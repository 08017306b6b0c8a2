"""The example that the page offers: a diploma of a polytechnic, and a bachelor's programme at UTHM."""

from functools import cache
from pathlib import Path
from typing import Any

from portal.cases.bridge import Entry
from portal.transfer.bridge import PAPER
from tauliah.files.cases import read_case_text

FILE = Path(__file__).parent / "examples" / "politeknik.yaml"


@cache
def _example() -> dict[str, Any]:
    return dict(read_case_text(FILE.read_text(encoding="utf-8")))


def example_entry() -> Entry:
    """Return the example as the form takes it."""
    return PAPER.entry_of_case(_example())
