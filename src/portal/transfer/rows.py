"""Adding rows to an entry and taking them away, without losing what is typed in the others."""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date

from portal.cases.bridge import Entry, blank, is_blank
from portal.cases.writer import room
from portal.transfer.keys import CLAIM, GRANTED, SOURCE, STUDY, TRANSFER, source_keys

PRESET_IN_CLAIM = frozenset({"basis", "graded", "sources"})
PRESET_IN_STUDY = frozenset({"id"})
STUDY_NAME = re.compile(r"s(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry after a row was added or taken away, and the place to continue at."""

    entry: Entry
    place: str


def new_entry(policy: str, institution: str, today: date) -> Entry:
    """Return the entry a person starts with: one empty study, one empty claim, and no guessed answers."""
    entry = blank(TRANSFER)
    entry |= {"policy": policy, "applied_on": today.isoformat()}
    entry["programme"] |= {"institution": institution, "level": "bachelor"}
    entry["prior_studies"] = [new_study(entry)]
    entry["claims"] = [new_claim(entry)]
    return entry


def new_study(entry: Entry) -> Entry:
    """Return an empty study under the next free name."""
    taken = [int(m[1]) for s in entry["prior_studies"] if (m := STUDY_NAME.fullmatch(s["id"]))]
    return blank(STUDY) | {"id": f"s{max(taken, default=0) + 1}"}


def new_claim(entry: Entry) -> Entry:
    """Return an empty claim of the same kind as the last one, with one source."""
    basis = entry["claims"][-1]["basis"] if entry["claims"] else "prior_study"
    claim = blank(CLAIM) | {"basis": basis, "graded": "no"}
    return claim | {"sources": [new_source(entry, basis)]}


def new_source(entry: Entry, basis: str) -> Entry:
    """Return an empty source; where there is but one prior study it is that one's."""
    studies = [study["id"] for study in entry["prior_studies"]]
    known = studies[0] if len(studies) == 1 and "study" in source_keys(basis).first else ""
    return blank(SOURCE) | {"study": known}


def add_study(entry: Entry) -> str:
    """Add a prior study."""
    if room(TRANSFER["prior_studies"], entry["prior_studies"]):
        entry["prior_studies"].append(new_study(entry))
    return f"prior_studies[{len(entry['prior_studies']) - 1}].institution"


def add_claim(entry: Entry) -> str:
    """Add a claim."""
    if room(TRANSFER["claims"], entry["claims"]):
        entry["claims"].append(new_claim(entry))
    return f"claims[{len(entry['claims']) - 1}].target.code"


def add_source(entry: Entry, claim: int) -> str:
    """Add a source to a claim: its course is then matched by a combination."""
    its = entry["claims"][claim]
    if room(CLAIM["sources"], its["sources"]):
        its["sources"].append(new_source(entry, its["basis"]))
    last = len(its["sources"]) - 1
    return f"claims[{claim}].sources[{last}].{source_keys(its['basis']).first[0]}"


def add_granted(entry: Entry) -> str:
    """Add credits granted earlier."""
    if room(TRANSFER["granted"], entry["granted"]):
        entry["granted"].append(blank(GRANTED))
    return f"granted[{len(entry['granted']) - 1}].credits"


def drop_study(entry: Entry, study: int) -> str:
    """Take a study away; sources that named it name none."""
    gone = entry["prior_studies"].pop(study)["id"]
    for claim in entry["claims"]:
        for source in claim["sources"]:
            source["study"] = "" if source["study"] == gone else source["study"]
    return "prior_studies"


def drop_claim(entry: Entry, claim: int) -> str:
    """Take a claim away; the last one leaves an empty one behind."""
    entry["claims"].pop(claim)
    if not entry["claims"]:
        entry["claims"].append(new_claim(entry))
    return "claims"


def drop_source(entry: Entry, claim: int, source: int) -> str:
    """Take a source away; the last one leaves an empty one behind."""
    its = entry["claims"][claim]
    its["sources"].pop(source)
    if not its["sources"]:
        its["sources"].append(new_source(entry, its["basis"]))
    return f"claims[{claim}]"


def drop_granted(entry: Entry, granted: int) -> str:
    """Take away credits granted earlier."""
    entry["granted"].pop(granted)
    return "granted"


CHANGES: dict[str, tuple[Callable[..., str], int]] = {
    "add_study": (add_study, 0),
    "add_claim": (add_claim, 0),
    "add_source": (add_source, 1),
    "add_granted": (add_granted, 0),
    "drop_study": (drop_study, 1),
    "drop_claim": (drop_claim, 1),
    "drop_source": (drop_source, 2),
    "drop_granted": (drop_granted, 1),
}
"""Each change of rows and how many row numbers follow it: ``drop_source:0:1``."""


def changed(entry: Entry, action: str) -> Changed | None:
    """Carry out an action such as ``add_source:2``; ``None`` where it names no row of the entry."""
    name, *numbers = action.split(":")
    change, expected = CHANGES.get(name, (None, 0))
    if change is None or len(numbers) != expected or not all(n.isdecimal() and len(n) < 4 for n in numbers):
        return None
    after = deepcopy(entry)
    try:
        return Changed(after, change(after, *(int(n) for n in numbers)))
    except IndexError:
        return None


def pruned(entry: Entry) -> Entry:
    """Leave out rows in which nothing is filled; one claim always stays."""
    entry = deepcopy(entry)
    for claim in entry["claims"]:
        filled = [s for s in claim["sources"] if not is_blank(s, but=frozenset({"study"}))]
        claim["sources"] = filled or claim["sources"][:1]
    entry["claims"] = [c for c in entry["claims"] if not _empty_claim(c)] or entry["claims"][:1]
    entry["granted"] = [g for g in entry["granted"] if not is_blank(g)]
    named = {source["study"] for claim in entry["claims"] for source in claim["sources"]}
    entry["prior_studies"] = [
        s for s in entry["prior_studies"] if s["id"] in named or not is_blank(s, but=PRESET_IN_STUDY)
    ]
    return entry


def _empty_claim(claim: Entry) -> bool:
    no_source = all(is_blank(s, but=frozenset({"study"})) for s in claim["sources"])
    return no_source and is_blank(claim, but=PRESET_IN_CLAIM)
