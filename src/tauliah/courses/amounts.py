"""Questions of amounts that several kinds ask: enough, not too many, adding up."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tauliah.policy.check import Fact, Finding
from tauliah.values.number import as_json, in_words


def adds_up_to(whole: Decimal, percents: Sequence[Decimal | None] | None) -> Finding:
    """Whether percentages add up exactly; too many fail even while one is not known."""
    if percents is None:
        return Finding(None, None, as_json(whole), {"found": None, "required": in_words(whole)})
    total = sum((percent for percent in percents if percent is not None), Decimal(0))
    holds = total == whole if None not in percents else False if total > whole else None
    return Finding(
        holds, as_json(total), as_json(whole), {"found": in_words(total), "required": in_words(whole)}
    )


def at_least(least: Decimal, found: Decimal | int | None) -> Finding:
    """Whether there is enough of something."""
    facts: dict[str, Fact] = {
        "found": None if found is None else in_words(found),
        "required": in_words(least),
    }
    shown = None if found is None else as_json(found)
    return Finding(None if found is None else found >= least, shown, as_json(least), facts)


def each_at_least(least: Decimal, counts: Iterable[int | None] | None) -> Finding:
    """Whether every one of several things has enough; `wrong` lists those that have not, from 1."""
    if counts is None:
        return Finding(None, None, as_json(least), {"required": in_words(least), "wrong": "", "open": ""})
    listed = list(counts)
    wrong = [i for i, count in enumerate(listed, 1) if count is not None and count < least]
    open_ = [i for i, count in enumerate(listed, 1) if count is None]
    facts: dict[str, Fact] = {
        "required": in_words(least),
        "wrong": ", ".join(map(str, wrong)),
        "open": ", ".join(map(str, open_)),
    }
    return Finding(False if wrong else None if open_ else True, listed, as_json(least), facts)
