"""Whether a learner can be awarded a qualification through micro-credentials."""

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of, tone_of, whole_check
from portal.cases.bridge import Case, Entry
from portal.cases.keys import ANSWER, DATE, NUMBER, TEXT, Key, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.pathways.composition import composition, drawn
from portal.wording import in_language

DAY = re.compile(r"\d{4}-\d\d-\d\d")

PROGRAMME: Shape = {
    "institution": TEXT,
    "level": Key("word", "level"),
    "graduating_credits": NUMBER,
    "mpu_credits": NUMBER,
    "accreditation": Key("word", "programme_accreditation"),
}
CREDITS: Shape = {
    "own_micro_credentials": NUMBER,
    "conventional": NUMBER,
    "other_micro_credentials": NUMBER,
    "stand_alone": NUMBER,
    "stand_alone_verified": NUMBER,
    "mpu": NUMBER,
}
QUALIFICATION: Shape = {
    "policy": TEXT,
    "on": DATE,
    "born": DATE,
    "route": Key("word", "route"),
    "programme": PROGRAMME,
    "meets_entry_requirement": ANSWER,
    "exceptional_learner": ANSWER,
    "months_with_awarding_institution": NUMBER,
    "credits": CREDITS,
}

QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    "programme.institution": Question(_("Institution"), 4),
    "programme.level": Question(_("Level"), 4, required=True),
    "programme.accreditation": Question(_("Accreditation of the programme"), 4),
    "programme.graduating_credits": Question(_("Graduating credits"), 6, required=True),
    "programme.mpu_credits": Question(_("MPU credits among them"), 6),
    "on": Question(_("Date of intended award"), 4, required=True),
    "born": Question(_("Date of birth"), 4),
    "route": Question(_("Route of entry"), 4),
    "meets_entry_requirement": Question(_("Entry requirement met?"), 4),
    "exceptional_learner": Question(_("Exceptional learner?"), 4),
    "months_with_awarding_institution": Question(_("Months with the awarding institution"), 4),
    "credits.own_micro_credentials": Question(_("Micro-credentials of the own institution"), 6),
    "credits.conventional": Question(_("Taken the usual way"), 6),
    "credits.other_micro_credentials": Question(_("Micro-credentials of other institutions' programmes"), 6),
    "credits.stand_alone": Question(_("Stand-alone, not quality-verified"), 6),
    "credits.stand_alone_verified": Question(_("Stand-alone, quality-verified"), 6),
    "credits.mpu": Question(_("MPU among all of these"), 6),
}


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for the programme, the learner and the credits by where they come from."""
    programme = ("institution", "level", "accreditation", "graduating_credits", "mpu_credits")
    return (
        Part("programme", _("Programme"), keys=("policy", *(f"programme.{key}" for key in programme))),
        Part(
            "learner",
            _("Learner"),
            keys=(
                "on",
                "born",
                "route",
                "meets_entry_requirement",
                "exceptional_learner",
                "months_with_awarding_institution",
            ),
        ),
        Part(
            "credits",
            _("Credits earned"),
            _("By where they come from; 0 where there are none."),
            keys=tuple(f"credits.{key}" for key in CREDITS),
        ),
    )


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Say whether the qualification can be awarded, and show the credits and their limits."""
    words = {
        True: gettext("The qualification can be awarded"),
        False: gettext("The qualification cannot be awarded yet"),
        None: gettext("Some things are not known yet"),
    }
    return answer_of(
        result,
        words[result["eligible"]],
        tone=tone_of(result["eligible"]),
        bars=tuple(drawn(result["limits"])),
        details=details(case, result),
    )


def details(case: Json, result: Json) -> dict[str, Any]:
    """Return the credits by origin, the readiness for APEL.M and the advice."""
    apel_m = result["apel_m"]
    return {
        "composition": composition(case),
        "apel_m": {
            "tone": tone_of(apel_m["eligible"]),
            "words": {
                True: gettext("Ready to apply for APEL.M"),
                False: gettext("Not ready for APEL.M"),
                None: gettext("Some things are not known yet"),
            }[apel_m["eligible"]],
            "checks": [whole_check(check) for check in apel_m["checks"]],
        },
        "advice": [
            {"message": in_language(reason["message"]), "clauses": reason["clauses"]}
            for reason in result.get("advice_reasons", ())
        ],
    }


def without_birthday(case: Case) -> Case:
    """Keep only the year of birth, which is all that the age is counted by."""
    born = str(case.get("born", ""))
    return {**case, "born": f"{born[:4]}-01-01"} if DAY.fullmatch(born) else case


PAPER = paper_of("qualification", QUALIFICATION, parts, always=frozenset({"programme"}))

QUALIFICATION_TOOL = Tool(
    paper=replace(PAPER, shared=without_birthday),
    namespace="pathways",
    name="qualification",
    title=_("Eligibility for a qualification"),
    line=_("Whether micro-credentials add up to a programme's qualification, and whether APEL.M is open."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    template="pathways/_qualification.html",
    start={"programme": {"level": "bachelor"}, "route": "standard"},
    dates=("on",),
    press=_("Check the qualification"),
)
