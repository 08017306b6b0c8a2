"""The code and title of a micro-credential."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of
from portal.cases.bridge import Entry
from portal.cases.keys import ANSWER, NUMBER, TEXT, Key, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of

COURSE_CODE: Shape = {
    "policy": TEXT,
    "origin": Key("word", "course_origin"),
    "code": TEXT,
    "title": TEXT,
    "part": NUMBER,
    "parts": NUMBER,
    "number": NUMBER,
    "quality_verified": ANSWER,
}
OF_ORIGIN = {
    "accredited_course": ("code", "title", "part", "parts"),
    "stand_alone": ("title", "number", "quality_verified"),
}
"""What each origin asks for besides itself."""

QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    "origin": Question(_("Origin"), 12, required=True),
    "code": Question(_("Code of the original course"), 4, required=True),
    "title": Question(_("Title of the original course or of the micro-credential"), 8, required=True),
    "part": Question(_("Which part"), 6, _("1, 2, 3 …, where the course is divided")),
    "parts": Question(_("How many parts"), 6),
    "number": Question(_("Running number"), 4, required=True),
    "quality_verified": Question(_("Quality verified (QVC)?"), 6),
}


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for what the code is formed from."""
    keys = OF_ORIGIN.get(entry["origin"], OF_ORIGIN["accredited_course"])
    return (Part("course", _("Course"), keys=("policy", "origin", *keys)),)


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Arrange the code and the title."""
    if result["code"] is None:
        return answer_of(result, gettext("The code is not known yet"), tone="wait", lead=result["title"])
    return answer_of(result, result["code"], lead=result["title"])


COURSE_CODE_TOOL = Tool(
    paper=paper_of("course_code", COURSE_CODE, parts),
    namespace="courses",
    name="course_code",
    title=_("Course code"),
    line=_("The code and the title of a micro-credential, from its original course or a running number."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    start={"origin": "accredited_course"},
    resent=frozenset({"origin"}),
    live=True,
)
