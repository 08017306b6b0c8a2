"""An achievement as Open Badges describes it: what had to be done, and how results are to be read."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from tauliah.credentials import alignment
from tauliah.credentials.achievement import LANGUAGES, STUDY_MODES, Achievement
from tauliah.credentials.profile import bilingual, image
from tauliah.credentials.statement import Statement
from tauliah.credentials.strict_json import Json
from tauliah.values.text import Text, joined
from tauliah.values.unit import decimal_text
from tauliah.values.vocabulary import VOCABULARY

ACHIEVEMENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "micro_credential": "MicroCredential",
        "accomplishment": "Certificate",
        "participation": "CertificateOfCompletion",
    }
)
"""What the standard calls each certificate."""


def described(statement: Statement) -> Json:
    """The achievement of a statement, with nothing that differs between its learners."""
    achievement = statement.achievement
    found: Json = {
        "id": achievement.url,
        "type": ["Achievement"],
        "achievementType": ACHIEVEMENT_TYPES[statement.certificate],
        "name": bilingual(achievement.title),
        "description": bilingual(achievement.description, "\n\n"),
        "humanCode": achievement.code,
        "inLanguage": achievement.instruction[0],
        "creditsAvailable": number(achievement.credits),
        "criteria": {"id": achievement.url, "narrative": bilingual(_criteria(statement), "\n\n")},
        "alignment": alignment.alignments(achievement),
        "tag": _tags(achievement),
    }
    if achievement.version:
        found["version"] = achievement.version
    if achievement.field:
        found["fieldOfStudy"] = achievement.field
    if achievement.image:
        found["image"] = image(achievement.image, bilingual(achievement.title))
    descriptions = _result_descriptions(statement)
    return found | ({"resultDescription": descriptions} if descriptions else {})


def _tags(achievement: Achievement) -> list[str]:
    facts = [
        f"delivery:{achievement.delivery}",
        f"mode:{achievement.study_mode}",
        f"learning-hours:{decimal_text(achievement.learning_hours)}",
    ]
    return [*dict.fromkeys([*facts, *achievement.skills])]


def _criteria(statement: Statement) -> Text:
    """What had to be done, and what the badge has no field for, in words."""
    achievement = statement.achievement
    lines = [
        Text("Syarat pendaftaran: {w}", "Enrolment requirements: {w}").fill(w=achievement.enrolment),
        Text("Penyampaian: {w}", "Delivery: {w}").fill(w=VOCABULARY["delivery"][achievement.delivery]),
        Text("Mod pengajian: {w}", "Mode of study: {w}").fill(w=STUDY_MODES[achievement.study_mode]),
        Text("Masa pembelajaran pelajar: {w} jam", "Student learning time: {w} hours").fill(
            w=decimal_text(achievement.learning_hours)
        ),
        Text("Bahasa peperiksaan: {w}", "Language of examination: {w}").fill(
            w=joined([LANGUAGES[name] for name in achievement.examination], ", ")
        ),
        *(
            Text("{name}: {percent} %", "{name}: {percent} %").fill(
                name=part.name, percent=decimal_text(part.percent)
            )
            for part in achievement.assessment
        ),
    ]
    if statement.duration:
        lines.append(Text("Tempoh: {w}", "Duration: {w}").fill(w=statement.duration))
    if not statement.assessed:
        lines.append(
            Text("Semua aktiviti pembelajaran dilengkapkan.", "All learning activities are completed.")
        )
    return joined(lines, "\n")


def _result_descriptions(statement: Statement) -> list[Json]:
    if not statement.assessed:
        return []
    achievement = statement.achievement
    return [
        _percent(achievement, "formative", Text("Pentaksiran formatif", "Formative assessment")),
        _percent(achievement, "summative", Text("Pentaksiran sumatif", "Summative assessment")),
        {
            "id": f"{achievement.url}#grade",
            "type": ["ResultDescription"],
            "name": bilingual(Text("Gred", "Grade")),
            "resultType": "LetterGrade",
            "allowedValue": list(achievement.grades),
            "requiredValue": achievement.required_grade,
        },
    ]


def _percent(achievement: Achievement, part: str, name: Text) -> Json:
    share = decimal_text(achievement.share(summative=part == "summative"))
    weighted = Text(f"{name.ms} ({share} %)", f"{name.en} ({share} %)")
    return {
        "id": f"{achievement.url}#{part}",
        "type": ["ResultDescription"],
        "name": bilingual(weighted),
        "resultType": "Percent",
        "valueMin": "0",
        "valueMax": "100",
    }


def number(value: Decimal) -> int | float:
    """A decimal as JSON's number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
