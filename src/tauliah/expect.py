"""Compares a case's `expect` block with what was answered, as the contract lays down."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any


def differences(expected: Mapping[str, Any], result: Mapping[str, Any]) -> list[str]:
    """A line for each thing that is not as expected; none where all is."""
    misshapen = list(_misshapen(expected)) if result.get("kind") == "transfer" else []
    if misshapen:
        return misshapen
    if result.get("kind") == "transfer":
        return list(_transfer(expected, result))
    return list(_part("", expected, result))


def error_difference(expected: Mapping[str, Any], where: str) -> list[str]:
    """The difference for a case that was found invalid at `where`."""
    wanted = expected.get("error")
    if wanted is None:
        return [f"error: expected none, found one at {where}"]
    return [] if wanted == where else [f"error: expected at {wanted}, found at {where}"]


def _misshapen(expected: Mapping[str, Any]) -> Iterator[str]:
    """Where an `expect` for a transfer is not of the contract's form."""
    for key in ("claims", "limits"):
        if not isinstance(expected.get(key) or {}, Mapping):
            yield f"expect.{key}: must be a group of fields"
    if not _is_words(expected.get("conditions") or []):
        yield "expect.conditions: must be a list of names"
    claims = expected.get("claims")
    for target, wanted in claims.items() if isinstance(claims, Mapping) else ():
        if not isinstance(wanted, Mapping):
            yield f"expect.claims.{target}: must be a group of fields"
            continue
        for key in ("fails", "unknown", "clauses"):
            if key in wanted and not _is_words(wanted[key]):
                yield f"expect.claims.{target}.{key}: must be a list of names"


def _is_words(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(word, str) for word in value)


def _transfer(expected: Mapping[str, Any], result: Mapping[str, Any]) -> Iterator[str]:
    claims = {claim["target"]: claim for claim in result["claims"]}
    for target, wanted in (expected.get("claims") or {}).items():
        if target not in claims:
            yield f"claims.{target}: expected, not in the result"
        else:
            yield from _claim(f"claims.{target}", wanted, claims[target])
    limits = {limit["rule"]: limit["limit_credits"] for limit in result["limits"]}
    for name, credits in (expected.get("limits") or {}).items():
        if name not in limits:
            yield f"limits.{name}: expected {credits}, not in the result"
        elif limits[name] != credits:
            yield f"limits.{name}: expected {credits}, found {limits[name]}"
    attached = {condition["rule"] for condition in result["conditions"]}
    for name in expected.get("conditions") or ():
        if name not in attached:
            yield f"conditions: expected {name}, found {sorted(attached)}"
    others = {"claims", "limits", "conditions"}
    yield from _part("", {k: v for k, v in expected.items() if k not in others}, result)


def _claim(where: str, wanted: Mapping[str, Any], claim: Mapping[str, Any]) -> Iterator[str]:
    by_outcome = {"fails": "fail", "unknown": "unknown"}
    for key, value in wanted.items():
        if key in by_outcome:
            found = {c["rule"] for c in claim["checks"] if c["outcome"] == by_outcome[key]}
            if found != set(value):
                yield f"{where}.{key}: expected {sorted(value)}, found {sorted(found)}"
        elif key == "clauses":
            cited = {c for check in claim["checks"] if check["outcome"] == "fail" for c in check["clauses"]}
            if not set(value) <= cited:
                yield f"{where}.clauses: expected {sorted(value)}, found {sorted(cited)}"
        elif claim.get(key) != value:
            yield f"{where}.{key}: expected {value}, found {claim.get(key)}"


_PAIRED = {
    "checks": ("rule", "outcome"),
    "lines": ("item", "amount"),
    "distribution": ("to", "amount"),
    "operating_distribution": ("to", "amount"),
}


def _part(where: str, wanted: Any, found: Any) -> Iterator[str]:
    """Mappings key by key; lists of records as `{name: value}`; other values as they stand."""
    if isinstance(wanted, Mapping):
        for key, value in wanted.items():
            yield from _part(f"{where}.{key}" if where else key, value, _paired(key, found))
    elif not _same(wanted, found):
        yield f"{where}: expected {wanted}, found {found}"


def _same(wanted: Any, found: Any) -> bool:
    """Whether two values are the same; a file's exact 0.1 is a result's 0.1."""
    if isinstance(wanted, Decimal) and isinstance(found, float):
        return float(wanted) == found
    return bool(wanted == found)


def _paired(key: str, found: Any) -> Any:
    value = found.get(key) if isinstance(found, Mapping) else None
    if key in _PAIRED and isinstance(value, list):
        name, amount = _PAIRED[key]
        return {record[name]: record[amount] for record in value}
    return value
