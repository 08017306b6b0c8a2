"""The quality self-check of a MOOC: the twelve indicators, its topics, outcomes, assessments and videos."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of, tone_of
from portal.cases.bridge import Entry
from portal.cases.fields import Option
from portal.cases.keys import ANSWER, NUMBER, TEXT, Key, Rows, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.wording import figure
from tauliah.values.fields import RATINGS
from tauliah.values.vocabulary import VOCABULARY

INDICATORS = tuple(VOCABULARY["indicator"])
VIDEO: Shape = {
    "minutes": NUMBER,
    "original_minutes": NUMBER,
    "presenter_appears": ANSWER,
    "weeks": NUMBER,
}
MOOC_QUALITY: Shape = {
    "policy": TEXT,
    "ratings": dict.fromkeys(INDICATORS, NUMBER),
    "topics": Rows({"outcomes": NUMBER, "activities": NUMBER, "resources": NUMBER}, most=60),
    "learning_outcomes": Rows({"assessments": NUMBER}, most=60),
    "assessment_percents": Key("numbers"),
    "video": VIDEO,
    "creative_commons": ANSWER,
    "disclaimer": ANSWER,
}


RATED = tuple(f"ratings.{name}" for name in INDICATORS)
QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    **{f"ratings.{name}": Question(label, 6, scale=True) for name, label in VOCABULARY["indicator"].items()},
    "topics.outcomes": Question(_("Learning outcomes"), 4),
    "topics.activities": Question(_("Activities"), 4),
    "topics.resources": Question(_("Additional resources"), 4),
    "learning_outcomes.assessments": Question(_("Number of assessments"), 6),
    "assessment_percents": Question(
        _("Weight of each assessment"),
        12,
        _("In percent, for example: 40, 20, 40. A question mark if not known."),
    ),
    "video.minutes": Question(_("Minutes of teaching video"), 6),
    "video.original_minutes": Question(_("Minutes of own production"), 6),
    "video.presenter_appears": Question(_("Does the presenter appear?"), 6),
    "video.weeks": Question(_("Weeks of learning"), 6),
    "creative_commons": Question(_("Creative Commons licence shown?"), 6),
    "disclaimer": Question(_("Disclaimer shown?"), 6),
}


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for everything that the checklist looks at."""
    return (
        Part(
            "indicators",
            _("Indicators"),
            _("Each of the twelve indicators, rated from 1 to 4."),
            keys=("policy", *RATED),
        ),
        TOPICS,
        LEARNING_OUTCOMES,
        Part("weights", _("Assessment"), keys=("assessment_percents",)),
        Part("videos", _("Teaching videos"), keys=tuple(f"video.{key}" for key in VIDEO)),
        Part("rights", _("Copyright"), keys=("creative_commons", "disclaimer")),
    )


TOPICS = Part(
    "topic",
    _("Topics"),
    _("How many of each a topic has."),
    rows="topics",
    row_title=_("Topic"),
    add=_("Add a topic"),
    counted=True,
)
LEARNING_OUTCOMES = Part(
    "outcome",
    _("Course learning outcomes"),
    _("How many assessments each learning outcome has."),
    rows="learning_outcomes",
    row_title=_("Learning outcome"),
    add=_("Add a learning outcome"),
    counted=True,
)


def ratings(entry: Entry) -> list[Option]:
    """Return the scale, and the choice of someone who has not rated yet."""
    return [*((str(rating), str(rating)) for rating in RATINGS), ("", gettext("not rated yet"))]


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Say whether the MOOC is ready, and its mean rating."""
    words = {
        True: gettext("The MOOC is ready"),
        False: gettext("The MOOC is not ready yet"),
        None: gettext("Some things are not known yet"),
    }
    mean = result["mean_rating"]
    lead = "" if mean is None else gettext("Mean rating %(mean)s of 4") % {"mean": figure(mean)}
    return answer_of(result, words[result["ready"]], tone=tone_of(result["ready"]), lead=lead)


MOOC_QUALITY_TOOL = Tool(
    paper=paper_of("mooc_quality", MOOC_QUALITY, parts),
    namespace="courses",
    name="mooc_quality",
    title=_("Self-assessment of a MOOC"),
    line=_("The quality checklist (Lampiran A): whether a MOOC is ready to be offered, and what it lacks."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    start={"topics": [{}] * 5, "learning_outcomes": [{}] * 2},
    choices=dict.fromkeys(RATED, ratings),
    press=_("Check the MOOC"),
)
