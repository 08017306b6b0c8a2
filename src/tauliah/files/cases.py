"""Case files: found in folders, read from YAML or JSON, written as YAML."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tauliah.files.document import read_bytes, read_file, read_text, write_yaml

SUFFIXES = (".yaml", ".yml", ".json")


def case_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those below the folders named, in a stable order."""
    for path in paths:
        if path.is_dir():
            found = (p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file())
            yield from sorted(found)
        else:
            yield path


def read_case(path: Path) -> Any:
    """The document of a case file; raises `UnreadableDocument` or `OSError`."""
    return read_file(path)


def read_case_text(text: str | bytes) -> Any:
    """The document of a case given as YAML or JSON text; raises `UnreadableDocument`."""
    return read_bytes(text) if isinstance(text, bytes) else read_text(text)


def write_case_yaml(document: Mapping[str, Any]) -> str:
    """A case as YAML text that `read_case_text` reads back the same."""
    return write_yaml(document)
