"""The audit of a pack with its folder: its cases are read and tried, then everything is looked at."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tauliah.evaluate import KINDS, evaluate
from tauliah.files.cases import case_files, read_case
from tauliah.files.document import UnreadableDocument
from tauliah.files.packs import INSTALLED
from tauliah.policy.audit import findings
from tauliah.policy.finding import Finding, Trial
from tauliah.policy.pack import Pack
from tauliah.transfer.engine import engine_view
from tauliah.values.case import InvalidCase


@lru_cache(maxsize=32)
def audit_of(pack: Pack, folder: Path) -> tuple[Finding, ...]:
    """What is wrong with or missing from a pack whose folder is `folder`; none where it is complete."""
    engine = engine_view(pack, tuple(KINDS))
    trials = [] if engine.faults else list(trials_of(pack, folder))
    return tuple(findings(pack, engine, trials))


def folder_of(name: str, extra: Path | None) -> Path:
    """The folder of a pack: the one among packs of one's own, else the installed one."""
    own = extra / name if extra is not None else None
    return own if own is not None and own.is_dir() else INSTALLED / name


def trials_of(pack: Pack, folder: Path) -> Iterator[Trial]:
    """Each case below the pack's folder with its answer."""
    for path in case_files([folder / "cases"]):
        if not path.is_file():
            continue
        try:
            document = read_case(path)
        except (OSError, UnreadableDocument):
            continue
        if isinstance(document, dict):
            yield tried(pack, path.stem, document)


def tried(pack: Pack, name: str, document: dict[str, object]) -> Trial:
    """A case as this pack answers it, whatever policy it names.

    A pack that is not verified may lack words or columns that the case asks for; it then has no answer.
    """
    try:
        return Trial(name, document, evaluate({**document, "policy": pack.name}, {pack.name: pack}))
    except (InvalidCase, LookupError):
        return Trial(name, document, None)
