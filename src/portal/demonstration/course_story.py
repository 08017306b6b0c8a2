"""What a story of a course says: what is proposed, how far it has come, and how it is offered."""

from dataclasses import dataclass
from typing import Any

from portal.demonstration.reading import both, data

OUTCOMES = (
    "Menerangkan konsep utama dengan contoh setempat. | Explain the main concepts with local examples.",
    "Menggunakan kaedah yang dipelajari untuk masalah sebenar. | Apply the methods to a real problem.",
)
TOPICS = (
    "Pengenalan | Introduction",
    "Konsep dan istilah | Concepts and terms",
    "Kaedah dan alat | Methods and tools",
    "Kajian kes | Case studies",
    "Projek kecil | A small project",
)


@dataclass(frozen=True)
class OfferingStory:
    """An offering: ``until`` is its own state, or that of its results; days are counted from today.

    ``income`` is the state of what its paid certificates bring in, where its story goes on so far.
    """

    cohort: str
    until: str
    begins: int
    learners: int
    mode: str
    waiting: int = 0
    certificate: str = ""
    income: str = ""


@dataclass(frozen=True)
class CourseStory:
    """A course of an institution and the state in which its proposal stands.

    ``afterwards`` names what follows its registration: neglected, reviewed, aimed_at.
    """

    institution: str
    kind: str
    ms: str
    en: str
    until: str
    field: str
    fee: str
    original: str = ""
    code: str = ""
    reason: str = ""
    days_late: int = 0
    level: str = "bachelor"
    afterwards: str = ""
    synopsis: str = "Kursus pendek bagi orang yang bekerja. | A short course for people at work."
    outcomes: tuple[str, ...] = OUTCOMES
    topics: tuple[str, ...] = TOPICS
    offerings: tuple[OfferingStory, ...] = ()


def course_stories() -> list[CourseStory]:
    """Return the stories of all institutions, in the order of the file."""
    return [story_of(code, row) for code, rows in data("offered").items() for row in rows]


def story_of(institution: str, row: dict[str, Any]) -> CourseStory:
    """Return one story."""
    offerings = tuple(OfferingStory(**each) for each in row.get("offerings", ()))
    lists: dict[str, Any] = {name: tuple(row[name]) for name in ("outcomes", "topics") if name in row}
    given = row | lists | {"institution": institution, "offerings": offerings}
    return CourseStory(**given)


def content_of(story: CourseStory) -> dict[str, Any]:
    """Return the content of a story’s form, complete and within every guideline."""
    synopsis_ms, synopsis_en = both(story.synopsis)
    outcomes = [outcome_of(number, text) for number, text in enumerate(story.outcomes, start=1)]
    codes = [outcome["code"] for outcome in outcomes]
    return {
        "delivery": "odl",
        "online_share": "1",
        "conventional_origin": False,
        "mpu": False,
        "level": story.level,
        "source": "pep",
        "justification": "Majikan dan komuniti setempat memerlukan kemahiran ini.",
        "need": "Perbincangan dengan industri pada tahun lalu.",
        "respondents": 36,
        "survey_analysis": "31 daripada 36 responden mahu mengikuti kursus ini.",
        "survey_supply": "Dua kursus seumpamanya, kedua-duanya di Semenanjung.",
        "entry_requirement": "Tiada syarat khas.",
        "prerequisite": "Tiada",
        "effort_hours": "40",
        "synopsis_ms": synopsis_ms,
        "synopsis_en": synopsis_en,
        "outcomes": outcomes,
        "study_session": "Dua jam sesi langsung setiap minggu.",
        "units": [unit_of(number, text, codes) for number, text in enumerate(story.topics, start=1)],
        "modules": modules_of(story, codes),
        "assessments": [
            assessment("Kuiz", "continuous", "formative", "40", codes[:1]),
            assessment("Projek", "final", "summative", "60", codes[1:] or codes),
        ],
        "offer_period": "Lapan minggu, dua kali setahun",
        "commitment": "Lima jam seminggu.",
        "promotion": "Laman web, media sosial dan rakan industri.",
        "continuous_improvement": "Kaji selidik pelajar pada akhir setiap penawaran.",
        "fee": story.fee,
        "credits": "1",
        "hours": "40",
        "standard": "coppa_odl",
        "alignment": "Hasil pembelajaran, aktiviti dan pentaksiran sejajar.",
        "field": story.field,
        "licence": "CC BY-NC-SA 4.0",
        "disclaimer": "Tiada bahan pihak ketiga digunakan tanpa kebenaran.",
        "no_personal_data": True,
        "mode": "online_taught",
        "languages": ["ms", "en"],
        "skills": [story.en],
    }


def outcome_of(number: int, text: str) -> dict[str, Any]:
    """Return a learning outcome with its three parts, its level and taxonomy."""
    ms, en = both(text)
    verb = ms.partition(" ")[0].lower()
    return {
        "code": f"CLO{number}",
        "ms": ms,
        "en": en,
        "verb": verb,
        "criteria": "dengan tepat",
        "conditions": "dalam konteks kerja",
        "taxonomy": "C3",
        "original_taxonomy": "C3",
        "mqf_level": "6",
        "cluster": "1",
    }


def unit_of(number: int, text: str, codes: list[str]) -> dict[str, Any]:
    """Return a week with its outcome, two topics, and activities that fill it."""
    ms, en = both(text)
    return {
        "title_ms": ms,
        "title_en": en,
        "outcomes": [codes[number % len(codes)]],
        "topics": [f"{ms}: asas", f"{ms}: amalan"],
        "activities": [
            {"type": "video", "minutes": "32", "title": ms},
            {"type": "reading", "pages": "12"},
            {"type": "forum", "minutes": "30"},
            {"type": "quiz", "questions": "10"},
        ],
        "assessed": True,
    }


def modules_of(story: CourseStory, codes: list[str]) -> list[dict[str, Any]]:
    """Return three modules, each built on one outcome (UMPSA 4.1)."""
    return [
        {"title_ms": ms, "title_en": en, "outcomes": [codes[place % len(codes)]], "topics": [ms]}
        for place, (ms, en) in enumerate(map(both, story.topics[:3]))
    ]


def assessment(name: str, type_: str, purpose: str, percent: str, outcomes: list[str]) -> dict[str, Any]:
    """Return one assessment of the plan."""
    return {
        "name": name,
        "type": type_,
        "purpose": purpose,
        "form": "quiz" if type_ == "continuous" else "project",
        "percent": percent,
        "outcomes": outcomes,
    }
