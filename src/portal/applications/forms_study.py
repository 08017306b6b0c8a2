"""The form of a prior study: from what is typed to what is kept."""

from datetime import date
from typing import Any

from portal.applications.forms_grades import institution_named
from portal.applications.forms_keys import STUDY_FORM
from portal.applications.models import PriorStudy
from portal.cases import bridge
from portal.cases.bridge import Entry, blank, written
from portal.cases.checking import checked
from portal.transfer.bridge import PAPER
from portal.transfer.keys import CLAIM, SOURCE, STUDY, TRANSFER
from tauliah.values.case import REQUIRED, Problem
from tauliah.values.text import Text

COUNTRY = Text("Masukkan dua huruf, contohnya MY.", "Enter two letters, for example MY.")
LONGEST = {"institution": 200, "programme_name": 200, "field": 120}
TOO_LONG = Text("Paling banyak {most} aksara.", "{most} characters at most.")


def new_study_entry() -> Entry:
    """Return an empty study in Malaysia."""
    return blank(STUDY_FORM) | {"country": "MY"}


def entry_of_study(study: PriorStudy) -> Entry:
    """Return a kept study as its form shows it."""
    columns = {name: getattr(study, name) for name in STUDY_FORM if hasattr(study, name)}
    return bridge.entry_of_case(columns | {"institution": study.institution_name}, STUDY_FORM)


def study_problems(entry: Entry, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with a typed study, each at its place in the form."""
    whole = blank(TRANSFER)
    whole |= {"policy": "mqa", "applied_on": today.isoformat()}
    whole["programme"] |= {"institution": "MQA", "level": "bachelor", "graduating_credits": "120"}
    whole["prior_studies"] = [blank(STUDY) | {n: entry[n] for n in STUDY if n != "id"} | {"id": "study"}]
    claim = blank(CLAIM) | {"basis": "prior_study", "sources": [blank(SOURCE) | {"study": "study"}]}
    whole["claims"] = [claim | {"target": {"code": "X", "title": "", "credits": "3", "subject": ""}}]
    place = "prior_studies[0]."
    found = checked(PAPER, whole).problems
    problems = [Problem(p.where.removeprefix(place), p.message) for p in found if p.where.startswith(place)]
    return (*problems, *_own_problems(entry))


def _own_problems(entry: Entry) -> list[Problem]:
    problems = [] if entry["institution"] else [Problem("institution", REQUIRED)]
    if entry["country"] and not (len(entry["country"]) == 2 and entry["country"].isalpha()):
        problems.append(Problem("country", COUNTRY))
    for name, most in LONGEST.items():
        if len(entry[name]) > most:
            problems.append(Problem(name, TOO_LONG.fill(most=str(most))))
    return problems


def values_of_study(entry: Entry) -> dict[str, Any]:
    """Return a typed study, found to be without problems, as it is kept."""
    value = written(entry, STUDY_FORM)
    return {
        "institution": institution_named(entry["institution"]),
        "institution_name": " ".join(entry["institution"].split()),
        "country": (entry["country"] or "MY").upper(),
        "programme_name": value.get("programme_name", ""),
        "field": value.get("field", ""),
        "level": value.get("level", ""),
        "mode": value.get("mode", ""),
        "outcome": value.get("outcome", ""),
        "withdrawn_with_cause": value.get("withdrawn_with_cause"),
        "ended_on": date.fromisoformat(value["ended_on"]) if "ended_on" in value else None,
        "accredited": value.get("accredited"),
        "also_holds_diploma": value.get("also_holds_diploma"),
    }
