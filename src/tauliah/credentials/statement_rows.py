"""The fields of the Malaysian Micro-credential Statement as they are printed: UNIMAS, Appendix 1."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tauliah.credentials.achievement import ASSURANCES, LANGUAGES, MQF_LEVELS, STUDY_MODES
from tauliah.credentials.statement import Statement
from tauliah.values.day import to_number
from tauliah.values.text import Text, joined, same
from tauliah.values.unit import UNITS, decimal_text
from tauliah.values.vocabulary import VOCABULARY

LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "serial": Text("No. Siri", "Serial No"),
        "name": Text("Nama", "Name"),
        "nric": Text("No. Kad Pengenalan", "NRIC"),
        "course-name": Text("Nama Kursus", "Course Name"),
        "programme": Text("Program (Asal Kursus)", "Programme (Course Origin)"),
        "institution": Text(
            "Nama dan status institusi penganugerahan", "Name and status of awarding institution"
        ),
        "language": Text("Bahasa pengantar/peperiksaan", "Language of instruction/examination"),
        "delivery": Text("Penyampaian", "Delivery"),
        "mode": Text("Mod pengajian", "Mode of study"),
        "level": Text("Tahap Kursus", "Course Level"),
        "credits": Text("Jam kredit/setara", "Credit hours/equivalent"),
        "slt": Text("Masa pembelajaran pelajar", "Student learning time"),
        "duration": Text("Tempoh", "Duration"),
        "enrolment": Text("Syarat Pendaftaran", "Enrolment Requirements"),
        "outcomes": Text("Hasil Pembelajaran Kursus", "Course Learning Outcomes"),
        "assessment": Text("Pentaksiran", "Assessment"),
        "grade": Text("Gred", "Grade"),
        "quality": Text("Jaminan Kualiti", "Quality Assurance"),
        "date": Text("Tarikh cap/meterai rasmi penganugerahan", "Date of official stamp/seal of award"),
        "signature": Text("Tandatangan", "Signature"),
        "contact": Text("Maklumat hubungan untuk pengesahan", "Contact information for verification"),
    }
)
"""The twenty-one fields in the guideline's order; `Appendix 1-<name>` is the clause of each."""
PRIVATE = frozenset({"nric"})
"""Fields that stand on the learner's own paper and on no public face."""
INDIVIDUAL = frozenset({"serial", "name", "duration", "grade", "date", "contact"})
"""Public fields that differ between the learners of one cohort."""
_COMPACT: Mapping[str, Any] = MappingProxyType({"separators": (",", ":"), "sort_keys": True})
NOT_STATED = Text("Tidak dinyatakan", "Not stated")
STAND_ALONE = Text("Kursus berdiri sendiri", "Stand-alone course")


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the statement with its lines, in both languages."""

    field: str
    label: Text
    lines: tuple[Text, ...]

    @property
    def clause(self) -> str:
        """The clause of UNIMAS that asks for the field."""
        return f"Appendix 1-{self.field}"


def statement_rows(statement: Statement, *, public: bool) -> tuple[Row, ...]:
    """Every field in the guideline's order; a public face has no identity-card number, not even masked."""
    fields = [name for name in LABELS if not (public and name in PRIVATE)]
    return tuple(Row(name, LABELS[name], _LINES[name](statement)) for name in fields)


def statement_document(statement: Statement) -> dict[str, Any]:
    """The public statement as JSON: every field with its label and lines in Malay and English."""
    rows = statement_rows(statement, public=True)
    return {
        "type": "MalaysianMicrocredentialStatement",
        "version": "1",
        "serial": statement.serial,
        "fields": [_row_document(row) for row in rows],
    }


class StatementText:
    """The published statements of one cohort: what all learners share is written once.

    `of` gives the same bytes as the canonical form (RFC 8785) of `statement_document`; all values are text.
    """

    def __init__(self, statement: Statement) -> None:
        rows = statement_rows(statement, public=True)
        self._shared = {row.field: _row_text(row) for row in rows if row.field not in INDIVIDUAL}
        document = {key: value for key, value in statement_document(statement).items() if key != "fields"}
        self._rest = {key: value for key, value in document.items() if key != "serial"}

    def of(self, statement: Statement) -> bytes:
        """The statement of another learner of the cohort."""
        rows = [
            self._shared.get(name) or _row_text(Row(name, LABELS[name], _LINES[name](statement)))
            for name in LABELS
            if name not in PRIVATE
        ]
        rest = json.dumps({"serial": statement.serial, **self._rest}, ensure_ascii=False, **_COMPACT)
        return f'{{"fields":[{",".join(rows)}],{rest[1:]}'.encode()


def _row_text(row: Row) -> str:
    return json.dumps(_row_document(row), ensure_ascii=False, **_COMPACT)


def _row_document(row: Row) -> dict[str, Any]:
    lines = [line.as_dict() for line in row.lines]
    return {"field": row.field, "label": row.label.as_dict(), "lines": lines}


def day_in_words(number: int) -> Text:
    """A day in words: 5 Mac 2026, 5 March 2026."""
    return UNITS["day"].say(number)


def _identity(statement: Statement) -> tuple[Text, ...]:
    number = statement.learner.identity
    return (same(str(number)) if number else NOT_STATED,)


def _programme(statement: Statement) -> tuple[Text, ...]:
    origin = statement.achievement.origin
    return (origin.name, same(origin.mqr_code)) if origin else (STAND_ALONE,)


def _languages(statement: Statement) -> tuple[Text, ...]:
    taught, examined = statement.achievement.instruction, statement.achievement.examination
    words = [joined([LANGUAGES[name] for name in names], ", ") for names in (taught, examined)]
    if taught == examined:
        return (words[0],)
    return (
        Text("Pengantar: {w}", "Instruction: {w}").fill(w=words[0]),
        Text("Peperiksaan: {w}", "Examination: {w}").fill(w=words[1]),
    )


def _level(statement: Statement) -> tuple[Text, ...]:
    level = statement.achievement.mqf_level
    pattern = Text("Tahap {level} KKM ({name})", "MQF level {level} ({name})")
    return (pattern.fill(level=str(level), name=MQF_LEVELS[level]),)


def _learning_time(statement: Statement) -> tuple[Text, ...]:
    hours = decimal_text(statement.achievement.learning_hours)
    return (Text("{hours} jam", "{hours} hours").fill(hours=hours),)


def _duration(statement: Statement) -> tuple[Text, ...]:
    first, last = (day_in_words(to_number(day)) for day in (statement.started_on, statement.ended_on))
    days = Text("{first} hingga {last}", "{first} to {last}").fill(first=first, last=last)
    return (statement.duration, days) if statement.duration else (days,)


def _outcomes(statement: Statement) -> tuple[Text, ...]:
    pattern = Text("{code}: {text}", "{code}: {text}")
    return tuple(pattern.fill(code=o.code, text=o.text) for o in statement.achievement.outcomes)


def _assessment(statement: Statement) -> tuple[Text, ...]:
    achievement = statement.achievement
    if not achievement.assessment:
        return (
            Text("Tiada pentaksiran; semua aktiviti dilengkapkan", "No assessment; all activities completed"),
        )
    shares = (achievement.share(summative=False), achievement.share(summative=True))
    pattern = Text(
        "Formatif {formative} %, sumatif {summative} %", "Formative {formative} %, summative {summative} %"
    )
    formative, summative = (decimal_text(share) for share in shares)
    parts = [
        Text("{name}: {percent} %", "{name}: {percent} %").fill(name=c.name, percent=decimal_text(c.percent))
        for c in achievement.assessment
    ]
    return (pattern.fill(formative=formative, summative=summative), *parts)


def _grade(statement: Statement) -> tuple[Text, ...]:
    return (
        same(statement.grade) if statement.grade else Text("Tamat tanpa gred", "Completed without a grade"),
    )


def _quality(statement: Statement) -> tuple[Text, ...]:
    lines = []
    for assurance in statement.achievement.assurance:
        words = joined([assurance.body, ASSURANCES[assurance.kind]], ": ")
        reference = f" ({assurance.reference})" if assurance.reference else ""
        lines.append(Text(words.ms + reference, words.en + reference))
    return tuple(lines)


def _contact(statement: Statement) -> tuple[Text, ...]:
    issuer = statement.issuer
    return tuple(
        same(line) for line in (statement.verify_at, issuer.email, issuer.phone, issuer.address.line())
    )


_LINES: Mapping[str, Callable[[Statement], tuple[Text, ...]]] = MappingProxyType(
    {
        "serial": lambda s: (same(s.serial),),
        "name": lambda s: (same(s.learner.name),),
        "nric": _identity,
        "course-name": lambda s: (s.achievement.title, same(s.achievement.code)),
        "programme": _programme,
        "institution": lambda s: (s.issuer.name, s.issuer.status),
        "language": _languages,
        "delivery": lambda s: (VOCABULARY["delivery"][s.achievement.delivery],),
        "mode": lambda s: (STUDY_MODES[s.achievement.study_mode],),
        "level": _level,
        "credits": lambda s: (same(decimal_text(s.achievement.credits)),),
        "slt": _learning_time,
        "duration": _duration,
        "enrolment": lambda s: (s.achievement.enrolment,),
        "outcomes": _outcomes,
        "assessment": _assessment,
        "grade": _grade,
        "quality": _quality,
        "date": lambda s: (day_in_words(to_number(s.stamped_on)),),
        "signature": lambda s: (same(s.issuer.signatory.name), s.issuer.signatory.office),
        "contact": _contact,
    }
)
