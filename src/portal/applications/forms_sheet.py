"""Writes a claim or a study out as its form, with the fields and templates of the eligibility check."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.applications.forms_choices import Choices
from portal.applications.forms_keys import (
    CLAIM_FORM,
    QUESTIONS,
    RESENT,
    SOURCE_FORM,
    STUDY_FIRST,
    STUDY_FORM,
    STUDY_FURTHER,
    claim_keys,
    source_fields,
)
from portal.applications.models import PriorStudy
from portal.cases.bridge import Entry
from portal.cases.fields import Field, Mistake, Option, Row
from portal.cases.keys import Key
from portal.cases.questions import Question
from portal.cases.writer import FieldWriter, room
from portal.catalogue.models import CourseResult
from portal.packs import packs
from portal.wording import credits_in_words, figure, in_language
from tauliah.values.case import Problem
from tauliah.values.vocabulary import VOCABULARY


@dataclass(slots=True)
class ClaimSheet:
    """The form of a claim; ``add`` is the action that adds a source."""

    about: list[Field]
    sources: list[Row]
    sources_title: str
    further: list[Field]
    documents: Field | None
    add: str
    mistakes: list[Mistake]
    focus: str


@dataclass(slots=True)
class StudySheet:
    """The form of a prior study."""

    row: Row
    mistakes: list[Mistake]


def claim_sheet(
    entry: Entry, choices: Choices, problems: Sequence[Problem] = (), focus: str = ""
) -> ClaimSheet:
    """Write a claim out as its form, with the problems found in it."""
    return ClaimWriter(packs(), tuple(problems), focus, QUESTIONS, RESENT, choices, entry).sheet()


def study_sheet(entry: Entry, problems: Sequence[Problem] = ()) -> StudySheet:
    """Write a prior study out as its form, with the problems found in it."""
    writer = FieldWriter(packs(), tuple(problems), "", QUESTIONS, frozenset())
    first, further = (
        [
            writer.field(name, f"studies.{name}", key, entry[name])
            for name in names
            if isinstance(key := STUDY_FORM[name], Key)
        ]
        for names in (STUDY_FIRST, STUDY_FURTHER)
    )
    mistakes = [writer.mistake(problem) for problem in problems]
    return StudySheet(Row("study", 1, first, further), mistakes)


def study_words(study: PriorStudy) -> str:
    """Name a prior study: its level or programme, and its institution."""
    level = VOCABULARY["level"].get(study.level)
    known = study.programme_name or (in_language(level) if level else "")
    return ", ".join(part for part in (known, study.institution_name) if part)


@dataclass
class ClaimWriter(FieldWriter):
    """Writes the fields and sources of a claim."""

    choices: Choices
    entry: Entry

    def sheet(self) -> ClaimSheet:
        """Write the whole form."""
        entry = self.entry
        about = [self.claim_field(name) for name in ("target", *claim_keys(entry["basis"]))]
        sources = [self.source(n, source) for n, source in enumerate(entry["sources"])]
        further = [self.claim_field("replacement")]
        documents = self.claim_field("evidence") if self.choices.files else None
        return ClaimSheet(
            about=about,
            sources=sources,
            sources_title=self.sources_title(),
            further=further,
            documents=documents,
            add="add_source" if room(CLAIM_FORM["sources"], sources) else "",
            mistakes=[self.mistake(problem) for problem in self.problems],
            focus=self.focus,
        )

    def sources_title(self) -> str:
        """Name what a claim of this basis rests on."""
        return _("Evidence of learning") if self.entry["basis"] == "apel_c" else _("Course taken before")

    def claim_field(self, name: str) -> Field:
        """Write a field of the claim itself."""
        key = CLAIM_FORM[name]
        assert isinstance(key, Key)
        return self.field(name, name, key, self.entry[name])

    def source(self, index: int, values: Entry) -> Row:
        """Write a source, its grade beside the grade it stands for."""
        name, scale = f"sources[{index}]", self.choices.scale(values)
        first, further = source_fields(self.entry["basis"], self.choices.decides_fee)
        if scale is not None:
            first = tuple(key for key in first if key != "grade")
        elif not self.choices.is_elsewhere(values):
            first = tuple(key for key in first if key != "original_grade")
        if not self.choices.results:
            first = tuple(key for key in first if key != "result")
        row = Row(
            name,
            index + 1,
            self.fields(name, "sources", SOURCE_FORM, values, first),
            self.fields(name, "sources", SOURCE_FORM, values, further),
            drop=f"drop_source:{index}",
        )
        for field in row.first:
            if scale is not None and field.name.endswith(".original_grade"):
                self.offer_scale(field, list(scale.equals), values["grade"])
            if field.name.rpartition(".")[2] in self.choices.decides_fee:
                field.hint = _("Decides what the transfer costs")
        for field in row.further:
            field.required = False
        return self.row(row)

    def offer_scale(self, field: Field, grades: list[str], equal: str) -> None:
        """Let a grade be chosen of the institution's own scale, and say what it stands for."""
        field.options = [("", _("Not known yet")), *((grade, grade) for grade in grades)]
        if field.value and field.value not in grades:
            field.options.append((str(field.value), str(field.value)))
        field.hint = _("Counts as %(grade)s here") % {"grade": equal} if equal else ""

    def row_label(self, row: str) -> str:
        """Name a source in words."""
        return _("Source %(number)s") % {"number": int(row.partition("[")[2].rstrip("]")) + 1}

    def options(self, question: str, asks: Question, key: Key) -> list[Option]:
        """Return what can be chosen; most choices are the student's own."""
        own = self.own_options(question)
        if own is None:
            return super().options(question, asks, key)
        many = question in {"basis", "graded", "evidence"}
        return own if many else [("", str(asks.empty or _("Choose"))), *own]

    def own_options(self, question: str) -> list[Option] | None:
        """Return the choices of a question that this application knows."""
        choices = self.choices
        match question:
            case "target" | "replacement":
                return [
                    (code, f"{code} {course.name} ({credits_in_words(course.credits)})")
                    for code, course in choices.targets.items()
                ]
            case "basis":
                return [(basis, in_language(VOCABULARY["basis"][basis])) for basis in choices.pack.bases]
            case "graded":
                return [("no", _("No, credits only")), ("yes", _("Yes, with the grade"))]
            case "approval":
                return [(str(a.pk), f"{a.title} → {a.target.code}") for a in choices.approvals]
            case "evidence":
                return [(str(kept.pk), f"{kept.name} ({kept.get_kind_display()})") for kept in choices.files]
            case "sources.study":
                return [(str(study.pk), study_words(study)) for study in choices.studies]
            case "sources.result":
                return [(str(result.pk), result_words(result)) for result in choices.results]
        return None


def result_words(result: CourseResult) -> str:
    """Name one of the student's own results."""
    course = result.course
    return (
        f"{course.code} {course.name} · {result.grade} · {figure(course.credits)} · {result.semester.label}"
    )
