"""What can be achieved: a micro-credential, a MOOC or a course, as its award will describe it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from tauliah.credentials.inspection import Inspection
from tauliah.values.case import REQUIRED, Problem
from tauliah.values.credit import MOST_COURSE_CREDITS
from tauliah.values.text import Text, same
from tauliah.values.vocabulary import GRADES, WORDS

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "micro_credential": Text("pentauliahan mikro", "micro-credential"),
        "mooc": same("MOOC"),
        "course": Text("kursus", "course"),
    }
)
STUDY_MODES: Mapping[str, Text] = MappingProxyType(
    {
        "full_time": Text("sepenuh masa", "full-time"),
        "part_time": Text("separuh masa", "part-time"),
        "self_paced": Text("kadar kendiri", "self-paced"),
    }
)
LANGUAGES: Mapping[str, Text] = MappingProxyType(
    {
        "ms": Text("Bahasa Melayu", "Malay"),
        "en": Text("Bahasa Inggeris", "English"),
        "zh": Text("Bahasa Cina", "Chinese"),
        "ta": Text("Bahasa Tamil", "Tamil"),
        "ar": Text("Bahasa Arab", "Arabic"),
    }
)
ASSURANCES: Mapping[str, Text] = MappingProxyType(
    {
        "mqa_accredited": Text("diakreditasi oleh MQA", "accredited by MQA"),
        "mqa_provisional": Text("akreditasi sementara MQA", "provisionally accredited by MQA"),
        "self_accredited": Text("swaakreditasi", "self-accredited"),
        "quality_verified": Text(
            "disahkan oleh Pusat Pengesahan Kualiti", "verified by a Quality Verification Centre"
        ),
        "industry": Text("diiktiraf oleh industri", "recognised by industry"),
        "professional_body": Text("diiktiraf oleh badan profesional", "recognised by a professional body"),
        "internal": Text("jaminan kualiti dalaman", "internal quality assurance"),
    }
)
MQF_LEVELS: Mapping[int, Text] = MappingProxyType(
    {
        1: Text("Sijil", "Certificate"),
        2: Text("Sijil", "Certificate"),
        3: Text("Sijil", "Certificate"),
        4: Text("Diploma", "Diploma"),
        5: Text("Diploma Lanjutan", "Advanced diploma"),
        6: Text("Sarjana Muda", "Bachelor"),
        7: Text("Sarjana", "Master"),
        8: Text("Doktor Falsafah", "Doctorate"),
    }
)
MQF_LEVEL_OF: Mapping[str, int] = MappingProxyType(
    {
        "foundation": 3,
        "certificate": 3,
        "diploma": 4,
        "advanced_diploma": 5,
        "bachelor": 6,
        "master": 7,
        "doctorate": 8,
    }
)
"""The level of the Malaysian Qualifications Framework of each level of the contract."""
MOST_HOURS = Decimal(40_000)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A course learning outcome: its code (`CLO1`), words, and address where it has one."""

    code: str
    text: Text
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The accredited programme a course comes from; its code is that of the national register (MQR)."""

    name: Text
    mqr_code: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """Who vouches for the quality: one of `ASSURANCES`, the body, its reference and address."""

    kind: str
    body: Text
    reference: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of the assessment and its share of the mark in percent."""

    name: Text
    percent: Decimal
    summative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """A course as an award describes it.

    `url` identifies it and is its page; `origin` is absent for a stand-alone course; `learning_hours`
    is the student learning time; `grades` run from best to worst and `required_grade` is the pass.
    """

    url: str
    kind: str
    title: Text
    code: str
    description: Text
    instruction: tuple[str, ...]
    examination: tuple[str, ...]
    delivery: str
    study_mode: str
    mqf_level: int
    credits: Decimal
    learning_hours: Decimal
    enrolment: Text
    outcomes: tuple[Outcome, ...]
    assessment: tuple[Component, ...]
    assurance: tuple[Assurance, ...]
    origin: Origin | None = None
    version: str | None = None
    skills: tuple[str, ...] = ()
    field: str | None = None
    image: str | None = None
    grades: tuple[str, ...] = GRADES
    required_grade: str = "C"

    def share(self, *, summative: bool) -> Decimal:
        """The percentage of the mark that is summative, or formative."""
        return sum((c.percent for c in self.assessment if c.summative is summative), Decimal(0))


def inspect_achievement(
    found: Inspection, achievement: Achievement, where: str = "achievement", *, assessed: bool = True
) -> None:
    """Adds what is wrong with the description of a course; one that is not assessed needs no assessment."""
    found.url(f"{where}.url", achievement.url)
    found.url(f"{where}.image", achievement.image)
    found.word(f"{where}.kind", achievement.kind, KINDS)
    found.both(f"{where}.title", achievement.title)
    found.line(f"{where}.code", achievement.code)
    found.prose(f"{where}.description", achievement.description)
    found.prose(f"{where}.enrolment", achievement.enrolment)
    found.word(f"{where}.delivery", achievement.delivery, WORDS["delivery"])
    found.word(f"{where}.study_mode", achievement.study_mode, STUDY_MODES)
    found.number(f"{where}.credits", achievement.credits, Decimal(0), MOST_COURSE_CREDITS)
    found.number(f"{where}.learning_hours", achievement.learning_hours, Decimal(0), MOST_HOURS)
    found.optional(f"{where}.version", achievement.version)
    found.optional(f"{where}.field", achievement.field)
    for i, skill in enumerate(achievement.skills):
        found.line(f"{where}.skills[{i}]", skill)
    _inspect_level(found, achievement, where)
    _inspect_languages(found, achievement, where)
    _inspect_outcomes(found, achievement, where)
    if assessed or achievement.assessment:
        _inspect_assessment(found, achievement, where)
    _inspect_quality(found, achievement, where)


def _inspect_level(found: Inspection, achievement: Achievement, where: str) -> None:
    if achievement.mqf_level not in MQF_LEVELS:
        found.add(f"{where}.mqf_level", "Tahap MQF ialah 1 hingga 8.", "A level of the MQF is 1 to 8.")
    for i, grade in enumerate(achievement.grades):
        found.line(f"{where}.grades[{i}]", grade, 20)
    found.word(f"{where}.required_grade", achievement.required_grade, achievement.grades)


def _inspect_languages(found: Inspection, achievement: Achievement, where: str) -> None:
    for name, languages in (
        ("instruction", achievement.instruction),
        ("examination", achievement.examination),
    ):
        if not languages:
            found.problems.append(Problem(f"{where}.{name}", REQUIRED))
        for i, language in enumerate(languages):
            found.word(f"{where}.{name}[{i}]", language, LANGUAGES)


def _inspect_outcomes(found: Inspection, achievement: Achievement, where: str) -> None:
    if not achievement.outcomes:
        found.problems.append(Problem(f"{where}.outcomes", REQUIRED))
    seen: set[str] = set()
    for i, outcome in enumerate(achievement.outcomes):
        place = f"{where}.outcomes[{i}]"
        found.line(f"{place}.code", outcome.code, 40)
        found.prose(f"{place}.text", outcome.text)
        found.url(f"{place}.url", outcome.url)
        if outcome.code in seen:
            found.add(f"{place}.code", "Kod ini sudah digunakan.", "This code is used already.")
        seen.add(outcome.code)


def _inspect_assessment(found: Inspection, achievement: Achievement, where: str) -> None:
    for i, part in enumerate(achievement.assessment):
        found.both(f"{where}.assessment[{i}].name", part.name)
        found.number(f"{where}.assessment[{i}].percent", part.percent, Decimal(0), HUNDRED)
    total = sum((part.percent for part in achievement.assessment), Decimal(0))
    if total != HUNDRED:
        found.add(
            f"{where}.assessment",
            f"Jumlah peratus pentaksiran hendaklah 100; jumlah sekarang {total}.",
            f"The percentages of the assessment must add up to 100; they add up to {total}.",
        )


def _inspect_quality(found: Inspection, achievement: Achievement, where: str) -> None:
    if not achievement.assurance:
        found.problems.append(Problem(f"{where}.assurance", REQUIRED))
    for i, assurance in enumerate(achievement.assurance):
        place = f"{where}.assurance[{i}]"
        found.word(f"{place}.kind", assurance.kind, ASSURANCES)
        found.both(f"{place}.body", assurance.body)
        found.optional(f"{place}.reference", assurance.reference)
        found.url(f"{place}.url", assurance.url)
    if achievement.origin:
        found.both(f"{where}.origin.name", achievement.origin.name)
        found.line(f"{where}.origin.mqr_code", achievement.origin.mqr_code)
        found.url(f"{where}.origin.url", achievement.origin.url)
