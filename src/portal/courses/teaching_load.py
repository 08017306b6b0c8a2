"""How many credits of teaching load a MOOC counts for."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of
from portal.cases.bridge import Entry
from portal.cases.keys import NUMBER, TEXT, Key, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.wording import credits_in_words

TEACHING_LOAD: Shape = {
    "policy": TEXT,
    "category": Key("word", "load_category"),
    "participants": NUMBER,
    "completions": NUMBER,
    "lecture_credits": NUMBER,
}

QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    "category": Question(_("Category of the course"), 12, required=True),
    "participants": Question(_("Participants"), 6),
    "completions": Question(_("Completed the course"), 6),
    "lecture_credits": Question(_("Credits of the equivalent lectures"), 6),
}


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for learners of a skills course, and for the equivalent lectures of any other."""
    skills = entry["category"] == "skills"
    asked = ("participants", "completions") if skills else ("lecture_credits",)
    return (Part("course", _("Course"), keys=("policy", "category", *asked)),)


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Say how many credits it counts for."""
    credits = result["credits"]
    if credits is None:
        return answer_of(result, gettext("The teaching load is not known yet"), tone="wait")
    return answer_of(result, credits_in_words(credits), tone="good" if credits else "bad")


TEACHING_LOAD_TOOL = Tool(
    paper=paper_of("teaching_load", TEACHING_LOAD, parts),
    namespace="courses",
    name="teaching_load",
    title=_("Teaching load"),
    line=_("How many credits of teaching load a MOOC counts for."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    start={"category": "skills"},
    resent=frozenset({"category"}),
    live=True,
)
