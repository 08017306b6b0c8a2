"""How far the development of a course has come."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of, word
from portal.cases.bridge import Entry
from portal.cases.keys import TEXT, Key, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.wording import figure, in_language

MILESTONES: Shape = {"policy": TEXT, "done": Key("ticks", "milestone")}

QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    "done": Question(_("What is done"), 12),
}


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for what is done."""
    return (Part("course", _("Development"), keys=("policy", "done")),)


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Arrange the progress and what comes next."""
    headline = gettext("%(percent)s %% done") % {"percent": figure(result["progress_percent"])}
    following = word("milestone", result["next"])
    lead = (
        gettext("Next: %(milestone)s") % {"milestone": following}
        if following
        else gettext("Everything is done.")
    )
    return answer_of(result, headline, lead=lead, tone="" if following else "good", details=details(result))


def details(result: Json) -> dict[str, Any]:
    """Return the bar and the milestones; one that is ticked beyond a missing one does not count yet."""
    progress = result["progress_percent"]
    return {
        "length": progress * 10,
        "marks": [step["percent"] * 10 for step in result["milestones"]],
        "steps": [step(found, progress, result["next"]) for found in result["milestones"]],
    }


def step(found: Json, progress: float, following: str | None) -> dict[str, Any]:
    """Return one milestone as the list shows it."""
    reached = found["percent"] <= progress
    state = "reached" if reached else "apart" if found["done"] else ""
    return {
        "name": in_language(found["label"]),
        "percent": figure(found["percent"]),
        "state": "next" if found["milestone"] == following else state,
        "icon": "tick" if reached else "alert" if found["done"] else "arrow",
        "said": gettext("ticked, but an earlier one is missing") if found["done"] and not reached else "",
        "time": suggested(found.get("suggested")),
        "clauses": found["clauses"],
    }


def suggested(time: Any) -> str:
    """Say how long the guideline suggests: 1 to 2 months, under 1 month; nothing where it says nothing."""
    if not isinstance(time, Mapping) or not time:
        return ""
    unit = "months" if any("months" in key for key in time) else "weeks"
    least, most = time.get(f"least_{unit}"), time.get(f"most_{unit}")
    if least is not None and most is not None:
        return gettext("%(least)s to %(most)s") % {"least": least, "most": length(most, unit)}
    under = time.get(f"under_{unit}")
    if under is not None:
        return gettext("under %(time)s") % {"time": length(under, unit)}
    return length(time[unit], unit) if unit in time else ""


def length(number: int, unit: str) -> str:
    """Write a number of weeks or months."""
    if unit == "weeks":
        return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": number}
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}


MILESTONES_TOOL = Tool(
    paper=paper_of("milestones", MILESTONES, parts),
    namespace="courses",
    name="milestones",
    title=_("Development milestones"),
    line=_("How far the development of a course has come, and what comes next."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    template="courses/_milestones.html",
    live=True,
)
