"""What is due for a MOOC that was, or was not, maintained."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of, word
from portal.cases.bridge import Entry
from portal.cases.keys import DATE, TEXT, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.cases.writer import capital
from portal.wording import in_language

MOOC_UPKEEP: Shape = {"policy": TEXT, "on": DATE, "last_maintained_on": DATE, "warned_on": DATE}
TONES = {"none": "good", "warn": "wait", "close": "bad"}

QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    "on": Question(_("On"), 4, required=True),
    "last_maintained_on": Question(_("Last maintained on"), 4),
    "warned_on": Question(_("Written warning on"), 4, _("Empty if there was none")),
}


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for the days."""
    return (Part("days", _("Days"), keys=tuple(QUESTIONS)),)


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Say what is due, and why."""
    action = result["action"]
    words = capital(word("upkeep_action", action)) if action else gettext("Not known yet")
    lead = in_language(result.get("message"))
    return answer_of(result, words, tone=TONES.get(action, "wait"), lead=lead)


MOOC_UPKEEP_TOOL = Tool(
    paper=paper_of("mooc_upkeep", MOOC_UPKEEP, parts),
    namespace="courses",
    name="mooc_upkeep",
    title=_("Upkeep of a MOOC"),
    line=_("Whether a MOOC is maintained in time, is to be warned about, or is to be closed."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    dates=("on",),
    live=True,
)
