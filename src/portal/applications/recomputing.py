"""Running a kept case again: the same bytes, or what changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from portal.applications.models import Application, Decision
from portal.packs import packs
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase

MOST = 50
"""How many differences a page lists."""


@dataclass(frozen=True, slots=True)
class Change:
    """A place of the result that differs, with both values as JSON; empty where there is none."""

    where: str
    kept: str
    now: str


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The kept result beside the result of today's engine and policy on the kept case."""

    kept_digest: str
    now_digest: str
    changes: tuple[Change, ...]
    problems: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both are the same to the byte."""
        return not self.problems and self.kept_digest == self.now_digest


def recompute(application: Application) -> Recomputed | None:
    """Evaluate the kept case again and compare; None where nothing was kept."""
    if not application.case or not application.result:
        return None
    kept = canonical(application.result)
    try:
        now = canonical(evaluate(application.case, packs()))
    except InvalidCase as invalid:
        problems = tuple(f"{each.where}: {each.message.ms}" for each in invalid.problems)
        return Recomputed(digest(kept), "", (), problems)
    found = differences(json.loads(kept), json.loads(now), "")
    changes = tuple(change for _, change in zip(range(MOST), found, strict=False))
    return Recomputed(digest(kept), digest(now), changes)


def canonical(result: Any) -> bytes:
    """Write a result as JSON with its keys in order and nothing between, the same on every machine."""
    return json.dumps(result, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(written: bytes) -> str:
    """Return the SHA-256 of what was written."""
    return sha256(written).hexdigest()


def differences(kept: Any, now: Any, where: str) -> Iterator[Change]:
    """Yield every place in which two results differ."""
    if isinstance(kept, dict) and isinstance(now, dict):
        for key in sorted({*kept, *now}):
            place = f"{where}.{key}" if where else key
            yield from differences(kept.get(key), now.get(key), place)
    elif isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        for number, (one, other) in enumerate(zip(kept, now, strict=True)):
            yield from differences(one, other, f"{where}[{number}]")
    elif kept != now:
        yield Change(where, shown(kept), shown(now))


def shown(value: Any) -> str:
    """Write a value short enough for a page."""
    text = "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 300 else f"{text[:300]}…"


def checks_hold(decision: Decision) -> bool:
    """Say whether the checks kept with a decision are those of the kept result for its claim."""
    application = decision.claim.application
    code = decision.claim.target.code
    claims = (application.result or {}).get("claims", ())
    return any(each["target"] == code and each["checks"] == decision.checks for each in claims)
