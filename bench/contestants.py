"""Who takes part: Tauliah's own engine where it is there, and the peers that are installed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.columns import Data
from bench.outcome import Answer, Outcomes

MODULES = {
    "tauliah": "bench.tauliah_peer",
    "numpy": "bench.peers.numpy_peer",
    "numba": "bench.peers.numba_peer",
    "openfisca": "bench.peers.openfisca_peer",
    "duckdb": "bench.peers.duckdb_peer",
    "objects": "bench.peers.objects_peer",
    "zen": "bench.peers.zen_peer",
}
ROW_BY_ROW = ("objects", "zen")


@dataclass(frozen=True)
class Contestant:
    """One way to evaluate; `run_one` and `stream` are absent where they make no sense.

    `facts_of` and `run_facts`, where they are there, split `run_one` into checking the document and judging.

    `stream` judges the files that `Data.write` wrote, in bounded memory.
    """

    name: str
    prepare: Callable[[Data], Any]
    run: Callable[[Any], Outcomes]
    run_one: Callable[[Mapping[str, Any]], Answer] | None
    stream: Callable[..., object] | None
    facts_of: Callable[[Mapping[str, Any]], Any] | None = None
    run_facts: Callable[[Any], Answer] | None = None


def load(name: str) -> Contestant | str:
    """The contestant of that name, or the reason why it cannot take part."""
    if find_spec(MODULES[name]) is None:
        return "not written yet"
    try:
        module = import_module(MODULES[name])
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] in ("bench", "tauliah"):
            raise
        return f"{missing.name} is not installed (extra `bench`)"
    one, stream = getattr(module, "run_one", None), getattr(module, "stream", None)
    split = getattr(module, "facts_of", None), getattr(module, "run_facts", None)
    return Contestant(name, module.prepare, module.run, one, stream, *split)


def available(names: Iterable[str] = MODULES) -> list[Contestant]:
    """Those of the named contestants that can take part; says which cannot, and why."""
    found = []
    for name in names:
        contestant = load(name)
        if isinstance(contestant, str):
            print(f"{name} does not take part: {contestant}")
        else:
            found.append(contestant)
    return found
