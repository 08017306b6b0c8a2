"""The demonstration's data files."""

from pathlib import Path
from typing import Any

from tauliah.files.document import read_file

DATA = Path(__file__).parent / "data"


def data(name: str) -> Any:
    """Return what a data file holds."""
    return read_file(DATA / f"{name}.yaml")


def courses_of(institution: str) -> dict[str, Any]:
    """Return the courses of an institution; none where it has no file."""
    path = DATA / "courses" / f"{institution.lower()}.yaml"
    return dict(read_file(path)) if path.exists() else {}


def both(text: str) -> tuple[str, str]:
    """Split a line into its Malay and its English."""
    ms, _, en = text.partition(" | ")
    return ms.strip(), en.strip() or ms.strip()
