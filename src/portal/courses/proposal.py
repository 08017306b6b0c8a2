"""Whether the proposal of a course is complete: its parts, outcomes, modules and assessments."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of
from portal.cases.bridge import Entry
from portal.cases.fields import Option
from portal.cases.keys import ANSWER, NUMBER, TEXT, Key, Rows, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.packs import packs
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

OUTCOMES = Key("texts")
PROPOSAL: Shape = {
    "policy": TEXT,
    "origin": Key("word", "course_origin"),
    "course_type": Key("word", "course_type"),
    "delivery": Key("word", "delivery"),
    "online_share": Key("share"),
    "conventional_origin": ANSWER,
    "mpu": ANSWER,
    "level": Key("word", "level"),
    "title": TEXT,
    "sections": Key("words", "section"),
    "market_survey_respondents": NUMBER,
    "learning_outcomes": OUTCOMES,
    "modules": Rows({"outcomes": OUTCOMES}, most=60),
    "assessments": Rows(
        {"name": TEXT, "type": Key("word", "assessment_type"), "percent": NUMBER, "outcomes": OUTCOMES},
        most=60,
    ),
    "units": NUMBER,
    "units_with_assessment": NUMBER,
}

LISTED = _("For example: CLO1, CLO2. A dash (–) if there are none.")
QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    "origin": Question(_("Origin"), 6),
    "course_type": Question(_("Type of course"), 6),
    "title": Question(_("Title of the micro-credential"), 12),
    "level": Question(_("Level of the originating programme"), 6),
    "delivery": Question(_("Delivery"), 6),
    "online_share": Question(_("Learning time online"), 6, suffix="%"),
    "conventional_origin": Question(_("Original course approved for conventional delivery?"), 6),
    "mpu": Question(_("MPU course?"), 6),
    "sections": Question(_("Parts of the form that are filled in"), 12),
    "market_survey_respondents": Question(_("Respondents of the market survey"), 6),
    "learning_outcomes": Question(_("Learning outcomes of the course"), 12, LISTED),
    "modules.outcomes": Question(_("Learning outcomes of the module"), 12),
    "assessments.name": Question(_("Assessment"), 4),
    "assessments.type": Question(_("Kind"), 3),
    "assessments.percent": Question(_("Weight"), 2, suffix="%"),
    "assessments.outcomes": Question(_("Outcomes assessed"), 3),
    "units": Question(_("Units of the course"), 6),
    "units_with_assessment": Question(_("Units that have an assessment"), 6),
}
BY_ORIGIN: Mapping[str, frozenset[str]] = {
    "accredited_course": frozenset({"market_survey", "course_content"}),
    "stand_alone": frozenset({"original_course", "curriculum_structure"}),
}
"""The sections that the form of each origin does not have."""

ASSESSED = frozenset({"assessment_total", "continuous_and_final", "outcomes_assessed"})


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for what the chosen policy checks."""
    pack = packs().get(entry["policy"])
    checked = frozenset(pack.answers.get("proposal", ())) if pack else frozenset()
    course = ("policy", *(keys_of_course(entry) if "title" in checked else ()))
    course += ("course_type",) if "modules" in checked else ()
    found = [Part("course", _("Course"), keys=course)]
    if "sections" in checked:
        found.append(Part("form", _("Form"), _("What the proposal form already has."), keys=("sections",)))
    found.append(Part("outcomes", _("Learning outcomes"), keys=("learning_outcomes",)))
    if "modules" in checked:
        found.append(MODULES)
    if checked & ASSESSED:
        found.append(ASSESSMENTS)
    if "unit_assessment" in checked:
        found.append(Part("unit", _("Units"), keys=("units", "units_with_assessment")))
    return tuple(found)


MODULES = Part(
    "module",
    _("Modules"),
    _("Each module with the learning outcomes it is built on."),
    rows="modules",
    row_title=_("Module"),
    add=_("Add a module"),
    counted=True,
)
ASSESSMENTS = Part(
    "assessment",
    _("Assessments"),
    _("Together they count for 100 %."),
    rows="assessments",
    row_title=_("Assessment"),
    add=_("Add an assessment"),
)


def keys_of_course(entry: Entry) -> tuple[str, ...]:
    """Ask for the online share of blended delivery only, for respondents of a stand-alone course only."""
    share = ("online_share",) if entry["delivery"] not in {"odl", "conventional"} else ()
    survey = ("market_survey_respondents",) if entry["origin"] == "stand_alone" else ()
    return ("origin", "title", "level", "delivery", *share, "conventional_origin", "mpu", *survey)


def sections(entry: Entry) -> list[Option]:
    """Return the sections of the form of this origin, and whatever else is ticked."""
    others = BY_ORIGIN.get(entry["origin"], frozenset()) - set(entry["sections"])
    return [(name, in_language(text)) for name, text in VOCABULARY["section"].items() if name not in others]


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Say whether the proposal is complete."""
    if result["complete"]:
        return answer_of(result, gettext("The proposal is complete"), tone="good")
    fails = any(check["outcome"] == "fail" for check in result["checks"])
    return answer_of(result, gettext("The proposal is not complete yet"), tone="bad" if fails else "wait")


PROPOSAL_TOOL = Tool(
    paper=paper_of("proposal", PROPOSAL, parts),
    namespace="courses",
    name="proposal",
    title=_("Completeness of a proposal"),
    line=_("What the proposal of a micro-credential or MOOC still lacks, before it goes to the committee."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    start={"origin": "accredited_course", "delivery": "blended", "assessments": [{}, {}]},
    resent=frozenset({"policy", "origin", "delivery"}),
    choices={"sections": sections},
    press=_("Check the proposal"),
)
