"""What a credential of any issuer certifies, as labelled lines for people: read from the document alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import dates_of, many
from tauliah.values.text import Text

MOST_LINES = 50
LONGEST = 2_000
LABELS = {
    "title": Text("Kelayakan", "Credential"),
    "holder": Text("Diberikan kepada", "Awarded to"),
    "issuer": Text("Pengeluar", "Issuer"),
    "status": Text("Status institusi", "Status of the institution"),
    "serial": Text("No. siri", "Serial number"),
    "code": Text("Kod", "Code"),
    "kind": Text("Jenis", "Kind"),
    "description": Text("Keterangan", "Description"),
    "level": Text("Tahap", "Level"),
    "credits": Text("Kredit", "Credits"),
    "programme": Text("Program asal", "Programme of origin"),
    "outcomes": Text("Hasil pembelajaran", "Learning outcomes"),
    "results": Text("Keputusan", "Results"),
    "criteria": Text("Kriteria", "Criteria"),
    "quality": Text("Jaminan kualiti", "Quality assurance"),
    "aligned": Text("Dijajarkan dengan", "Aligned with"),
    "skills": Text("Kemahiran", "Skills"),
    "started": Text("Tarikh mula", "Began on"),
    "ended": Text("Tarikh tamat", "Ended on"),
    "term": Text("Semester", "Term"),
    "awarded": Text("Tarikh penganugerahan", "Awarded on"),
    "since": Text("Sah mulai", "Valid from"),
    "until": Text("Sah sehingga", "Valid until"),
    "remarks": Text("Catatan", "Remarks"),
    "supersedes": Text("Menggantikan", "Supersedes"),
    "id": Text("Pengecam", "Identifier"),
}
_ALIGNMENTS = {
    "ext:MQFLevel": "level",
    "ext:ProgrammeOfOrigin": "programme",
    "ext:CourseLearningOutcome": "outcomes",
    "ext:QualityAssurance": "quality",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a credential certifies: its name for programs, its label, and its lines."""

    name: str
    label: Text
    lines: tuple[str, ...]


def facts_of(document: Json) -> tuple[Fact, ...]:
    """Everything certified that people ask for, in a fixed order; what is not there is left out."""
    found: dict[str, list[str]] = {name: [] for name in LABELS}
    for name, line in _lines(document):
        if line and len(found[name]) < MOST_LINES and line not in found[name]:
            found[name].append(line)
    return tuple(Fact(name, LABELS[name], tuple(lines)) for name, lines in found.items() if lines)


Lines = Iterator[tuple[str, str]]


def _lines(document: Json) -> Lines:
    start, end = dates_of(document)
    issuer = document.get("issuer")
    yield "issuer", _words(issuer.get("name")) if isinstance(issuer, dict) else ""
    yield "issuer", _words(issuer.get("id") if isinstance(issuer, dict) else issuer)
    yield "status", _words(issuer.get("description")) if isinstance(issuer, dict) else ""
    for name, key in (("awarded", "awardedDate"), ("since", start), ("until", end), ("id", "id")):
        yield name, _words(document.get(key))
    for subject in many(document.get("credentialSubject")):
        if isinstance(subject, dict):
            yield from _subject(subject)
    yield "title", _words(document.get("name"))
    for evidence in many(document.get("evidence")):
        if isinstance(evidence, dict) and evidence.get("genre") == "superseded-credential":
            yield "supersedes", _words(evidence.get("id"))


def _subject(subject: Json) -> Lines:
    yield "holder", _words(subject.get("name"))
    for identity in many(subject.get("identifier")):
        if (
            isinstance(identity, dict)
            and identity.get("identityType") == "name"
            and not identity.get("hashed")
        ):
            yield "holder", _words(identity.get("identityHash"))
    plain = {"serial": "licenseNumber", "started": "activityStartDate", "ended": "activityEndDate"}
    for name, key in (plain | {"term": "term", "remarks": "narrative", "credits": "creditsEarned"}).items():
        yield name, _words(subject.get(key))
    achievements = [part for part in many(subject.get("achievement")) if isinstance(part, dict)]
    for achievement in achievements:
        yield from _achievement(achievement)
    described = {d.get("id"): d for part in achievements for d in _objects(part, "resultDescription")}
    for result in _objects(subject, "result"):
        value = _words(result.get("value")) or _words(result.get("status"))
        about = described.get(str(result.get("resultDescription")), {})
        name = _words(about.get("name"))
        yield "results", f"{name}: {value}" if name and value else value


def _achievement(achievement: Json) -> Lines:
    keys = {"title": "name", "code": "humanCode", "kind": "achievementType", "description": "description"}
    for name, key in (keys | {"credits": "creditsAvailable"}).items():
        yield name, _words(achievement.get(key))
    criteria = achievement.get("criteria")
    yield "criteria", _words(criteria.get("narrative")) if isinstance(criteria, dict) else ""
    for alignment in _objects(achievement, "alignment"):
        name, more = _words(alignment.get("targetName")), _words(alignment.get("targetDescription"))
        line = f"{name}: {more}" if name and more else name or more
        yield _ALIGNMENTS.get(str(alignment.get("targetType")), "aligned"), line
    for tag in many(achievement.get("tag")):
        yield "skills", "" if ":" in str(tag) else _words(tag)


def _objects(holder: Json, key: str) -> Iterator[Json]:
    yield from (each for each in many(holder.get(key)) if isinstance(each, dict))


def _words(value: Any) -> str:
    """A value as one text: words, words with their language, several of these, or a number."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return _words(value.get("@value"))
    return " / ".join(words for each in value[:MOST_LINES] if (words := _words(each)))
