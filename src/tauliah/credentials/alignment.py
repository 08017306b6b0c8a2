"""What an achievement is aligned with: its programme, its level, its outcomes, who vouches for it."""

from tauliah.credentials.achievement import ASSURANCES, MQF_LEVELS, Achievement, Assurance, Outcome
from tauliah.credentials.profile import bilingual
from tauliah.credentials.strict_json import Json
from tauliah.values.text import Text, joined

REGISTER = "Malaysian Qualifications Register"
REGISTER_URL = "https://www2.mqa.gov.my/mqr/"
FRAMEWORK = "Malaysian Qualifications Framework"
FRAMEWORK_URL = "https://www.mqa.gov.my/"


def aligned(kind: str, name: str, url: str, **more: str) -> Json:
    """One alignment; `kind` is the standard's word for its target, or an extension's."""
    return {"type": ["Alignment"], "targetType": kind, "targetName": name, "targetUrl": url, **more}


def alignments(achievement: Achievement) -> list[Json]:
    """Everything the achievement is aligned with; a stand-alone course has no programme."""
    found = [_level(achievement)]
    if achievement.origin:
        origin = achievement.origin
        found.append(
            aligned(
                "ext:ProgrammeOfOrigin",
                bilingual(origin.name),
                origin.url,
                targetCode=origin.mqr_code,
                targetFramework=REGISTER,
            )
        )
    found += [_outcome(achievement, outcome) for outcome in achievement.outcomes]
    return found + [_assurance(achievement, assurance) for assurance in achievement.assurance]


def _level(achievement: Achievement) -> Json:
    level = achievement.mqf_level
    name = Text("Tahap MQF {level}: {name}", "MQF level {level}: {name}").fill(
        level=str(level), name=MQF_LEVELS[level]
    )
    return aligned(
        "ext:MQFLevel", bilingual(name), FRAMEWORK_URL, targetCode=f"MQF-{level}", targetFramework=FRAMEWORK
    )


def _outcome(achievement: Achievement, outcome: Outcome) -> Json:
    return aligned(
        "ext:CourseLearningOutcome",
        outcome.code,
        outcome.url or f"{achievement.url}#{outcome.code}",
        targetCode=outcome.code,
        targetDescription=bilingual(outcome.text),
    )


def _assurance(achievement: Achievement, assurance: Assurance) -> Json:
    name = joined([assurance.body, ASSURANCES[assurance.kind]], ": ")
    default = REGISTER_URL if assurance.kind.startswith("mqa") else achievement.url
    more = {"targetCode": assurance.reference} if assurance.reference else {}
    return aligned("ext:QualityAssurance", bilingual(name), assurance.url or default, **more)
