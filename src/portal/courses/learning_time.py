"""The learning-time calculator: from slides, minutes, pages and questions to hours and credits."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of
from portal.cases.bridge import Entry
from portal.cases.keys import NUMBER, TEXT, Key, Rows, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.wording import credits_in_words, figure, in_language
from tauliah.courses.learning_time import MEASURED_IN
from tauliah.values.vocabulary import VOCABULARY

MOST = 10_000
"""Credits; a claim beyond is a slip of the keyboard."""

ACTIVITY: Shape = {"type": Key("word", "activity"), **dict.fromkeys(VOCABULARY["volume"], NUMBER)}
LEARNING_TIME: Shape = {"policy": TEXT, "activities": Rows(ACTIVITY, most=60, certain=True)}

QUESTIONS = {
    "policy": Question(_("Policy"), 8, required=True),
    "beside.claimed_credits": Question(
        _("Credits claimed"), 4, _("Optional: to see whether they fit the time")
    ),
    "activities.type": Question(_("Activity"), 7, required=True),
    "activities.slides": Question(_("Slides"), 5, required=True),
    "activities.minutes": Question(_("Minutes"), 5, required=True),
    "activities.pages": Question(_("Pages"), 5, required=True),
    "activities.questions": Question(_("Questions"), 5, required=True),
}


def of_activity(row: Entry) -> Iterable[str]:
    """Ask for an activity's type, then for how much of it in its own measure."""
    measure = MEASURED_IN.get(row["type"])
    return ("type", measure) if measure else ("type",)


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for the activities, and what is claimed for them."""
    return (
        Part(
            "activities",
            _("Learning activities"),
            _("What a learner watches, reads, discusses and answers, in the guideline's own measures."),
            rows="activities",
            row_title=gettext("Activity"),
            add=_("Add an activity"),
            keys_of_row=of_activity,
        ),
        Part("course", _("Policy and claim"), keys=("policy", "beside.claimed_credits")),
    )


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Arrange the span of credits, and say whether the claim fits it."""
    credits = result["credits"]
    headline = gettext("%(span)s credits") % {"span": span(credits)}
    tone, lead = judged_claim(entry.get("beside", {}).get("claimed_credits", ""), credits)
    return answer_of(result, headline, tone=tone, lead=lead, clauses=(), details=details(result))


def judged_claim(typed: str, credits: Json) -> tuple[str, str]:
    """Say whether the claimed credits lie within the span; nothing where none are claimed."""
    if not typed:
        return "", ""
    try:
        claimed = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return "wait", gettext("The claimed credits are not a number.")
    least, most = (Decimal(str(credits[end])) for end in ("least", "most"))
    if not claimed.is_finite() or not 0 <= claimed <= MOST:
        return "wait", gettext("The claimed credits are not a number.")
    words = {"claimed": credits_in_words(claimed), "least": figure(least), "most": figure(most)}
    if claimed > most:
        return "bad", gettext("%(claimed)s claimed: too many, the time comes to %(most)s at most.") % words
    if claimed < least:
        return "wait", gettext("%(claimed)s claimed: too few, the time comes to %(least)s at least.") % words
    return "good", gettext("%(claimed)s claimed: fits the learning time.") % words


def details(result: Json) -> dict[str, Any]:
    """Return the spans, and each activity with what it takes."""
    return {
        "spans": [
            (gettext("Minutes"), span(result["minutes"])),
            (gettext("Hours"), span(result["hours"])),
            (gettext("Credits"), span(result["credits"])),
        ],
        "activities": [activity(row) for row in result["activities"]],
        "clauses": result["clauses"][:1],
    }


def activity(row: Json) -> dict[str, Any]:
    """Return one activity as the table shows it."""
    measure = in_language(VOCABULARY["volume"][row["measure"]])
    return {
        "name": in_language(row["label"]),
        "volume": f"{figure(row['volume'])} {measure}",
        "minutes": span(row["minutes"]),
        "clauses": row["clauses"],
    }


def span(ends: Json) -> str:
    """Write least to most: 120–250; one figure where they are the same."""
    least, most = figure(ends["least"]), figure(ends["most"])
    return least if least == most else f"{least}–{most}"


LEARNING_TIME_TOOL = Tool(
    paper=paper_of("learning_time", LEARNING_TIME, parts, beside={"claimed_credits": NUMBER}),
    namespace="courses",
    name="learning_time",
    title=_("Learning-time calculator"),
    line=_("How long a course takes its learners, and how many credits that makes, from least to most."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    template="courses/_learning_time.html",
    start={"activities": [{"type": "video"}, {"type": "reading"}, {"type": "quiz"}]},
    resent=frozenset({"activities.type"}),
    live=True,
)
