"""Reads the published contexts that the system ships; their digests stand in the manifest."""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path

from tauliah.credentials.contexts import Contexts

FOLDER = Path(__file__).parent / "contexts"


def published(*, also: Collection[str] = ()) -> Contexts:
    """The contexts for credentials; `also={"conformance"}` adds those that only test suites use.

    Raises `Refused` where a file was changed.
    """
    return _read(frozenset({"credentials", *also}))


@cache
def _read(uses: frozenset[str]) -> Contexts:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    entries = [entry for entry in manifest if entry["use"] in uses]
    return Contexts.of(
        {entry["url"]: (FOLDER / entry["file"]).read_bytes() for entry in entries},
        {entry["url"]: entry["sha256"] for entry in entries},
        {entry["url"]: entry["published_sha256"] for entry in entries if "published_sha256" in entry},
    )
