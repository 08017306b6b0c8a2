"""What a draft would answer beside the policy in force: the cases whose result differs, and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tauliah.files.audit import trials_of, tried
from tauliah.policy.finding import Trial
from tauliah.policy.pack import Pack
from tauliah.values.vocabulary import VOCABULARY

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """What one of the two policies says, and by which clauses."""

    words: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One thing in a case that the two policies answer differently."""

    about: str
    in_force: Side
    draft: Side


@dataclass(frozen=True)
class Compared:
    """A case with everything in which the answers differ; nothing where they agree."""

    name: str
    differences: tuple[Difference, ...]


def compared_cases(pack: Pack, folder: Path, draft: Pack) -> list[Compared]:
    """Put the cases of the policy in force to both policies."""
    return [compared(trial, pack, draft) for trial in _answers(pack, folder)]


@lru_cache(maxsize=16)
def _answers(pack: Pack, folder: Path) -> tuple[Trial, ...]:
    return tuple(trials_of(pack, folder))


def compared_document(name: str, document: dict[str, Any], pack: Pack, draft: Pack) -> Compared:
    """Put a case that somebody brought to both policies."""
    return compared(tried(pack, name, document), pack, draft)


def compared(trial: Trial, pack: Pack, draft: Pack) -> Compared:
    """Put a case to the draft; where the case is of the institution, the draft's takes its place."""
    asked = _moved(trial.document, pack, draft)
    other = tried(draft, trial.name, asked)
    return Compared(trial.name, tuple(_differences(trial.result, other.result)))


def _moved(value: Any, pack: Pack, draft: Pack) -> Any:
    """A case with the institution's names replaced by the draft's, unless they share one."""
    if not draft.names_of_institution or set(draft.names_of_institution) & set(pack.names_of_institution):
        return value
    if isinstance(value, list):
        return [_moved(item, pack, draft) for item in value]
    if isinstance(value, Mapping):
        return {key: _moved(item, pack, draft) for key, item in value.items()}
    return draft.names_of_institution[0] if value in pack.names_of_institution else value


def _differences(before: Json | None, after: Json | None) -> Iterator[Difference]:
    if before is None or after is None:
        if (before is None) != (after is None):
            yield Difference(_("whole case"), _validity(before), _validity(after))
        return
    yield from _claims(before, after)
    yield from _entries(before, after, "limits", "limit")
    yield from _entries(before, after, "conditions", "condition")


def _validity(result: Json | None) -> Side:
    return Side(_("is answered") if result else _("is not a case for this policy"))


def _claims(before: Json, after: Json) -> Iterator[Difference]:
    for one, other in zip(before.get("claims", ()), after.get("claims", ()), strict=True):
        was, now = _checks(one), _checks(other)
        changed = {rule for rule in {*was, *now} if was.get(rule) != now.get(rule)}
        if changed or _decided(one) != _decided(other):
            yield Difference(one["target"], _side(one, changed), _side(other, changed))


def _checks(claim: Json) -> dict[str, str]:
    return {check["rule"]: check["outcome"] for check in claim["checks"]}


def _decided(claim: Json) -> tuple[Any, ...]:
    return claim["outcome"], claim["award"], claim["credits"]


def _side(claim: Json, changed: set[str]) -> Side:
    """The outcome, with what each changed rule says and by which clauses."""
    words = _word("claim_outcome", claim["outcome"])
    checks = [check for check in claim["checks"] if check["rule"] in changed]
    told = [f"{_word('rule', c['rule'])}: {_word('check_outcome', c['outcome'])}" for c in checks]
    clauses = dict.fromkeys(clause for check in checks for clause in check["clauses"])
    return Side(f"{words} ({'; '.join(told)})" if told else words, tuple(clauses))


def _entries(before: Json, after: Json, key: str, vocabulary: str) -> Iterator[Difference]:
    """The limits or conditions that only one has, or both with different figures."""
    was, now = _figures(before, key), _figures(after, key)
    for name in dict.fromkeys((*was, *now)):
        one, other = was.get(name), now.get(name)
        if (one and one.words) != (other and other.words):
            absent = Side(_("does not apply"))
            yield Difference(_word(vocabulary, name), one or absent, other or absent)


AMOUNTS = ("limit_credits", "months", "semesters", "credits")


def _figures(result: Json, key: str) -> dict[str, Side]:
    return {entry["rule"]: Side(_figure(entry), tuple(entry["clauses"])) for entry in result.get(key, ())}


def _figure(entry: Json) -> str:
    amounts = {name: entry[name] for name in AMOUNTS if entry.get(name) is not None}
    if "months" in amounts:
        return _("%(count)s months") % {"count": amounts["months"]}
    if "semesters" in amounts:
        return _("%(count)s semesters") % {"count": amounts["semesters"]}
    if amounts:
        return _("%(count)s credits") % {"count": next(iter(amounts.values()))}
    return _("applies")


def _word(vocabulary: str, name: str) -> str:
    return VOCABULARY[vocabulary][name].in_language(get_language() or "ms")
