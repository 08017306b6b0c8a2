"""Writes an entry out as the form: which questions are asked, with their choices and mistakes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.transfer.bridge import Entry
from portal.transfer.fields import Field, Mistake, Option, Row, Sheet, anchor
from portal.transfer.keys import (
    CLAIM,
    GRANTED,
    PROGRAMME,
    SOURCE,
    STUDENT,
    STUDY,
    TRANSFER,
    Key,
    Rows,
    Shape,
    asked,
    source_keys,
)
from portal.transfer.questions import QUESTIONS, Question
from portal.wording import in_language
from tauliah.policy.pack import Pack, Packs
from tauliah.values.case import Problem
from tauliah.values.vocabulary import VOCABULARY

OF_PROGRAMME = (
    ("institution", "level", "mode", "graduating_credits", "mqa_accredited", "field"),
    (
        "duration_years",
        "coursework_credits",
        "minimum_grade",
        "standard_limit_percent",
        "professional_limit_percent",
    ),
)
OF_STUDENT = (("semester", "week", "final_semester", "standing", "status"), ())
OF_STUDY = (
    ("institution", "level", "outcome", "ended_on", "accredited", "mode"),
    ("field", "country", "withdrawn_with_cause", "also_holds_diploma"),
)
OF_CLAIM = ("basis", "graded", "content_overlap")
AGREED = ("partner_agreement", "approved_beforehand")

TARGET = ("code", "credits", "title", "subject")
RESENT = frozenset({"policy", "claims.basis"})
"""Questions whose answer decides which others are asked."""


def sheet(
    entry: Entry, packs: Packs, problems: Sequence[Problem] = (), focus: str = "", *, finished: bool = False
) -> Sheet:
    """Write the entry out as the form, with the problems found in it; ``finished`` once it has a result."""
    return Writer(entry, packs, packs.get(entry["policy"]), tuple(problems), focus, finished).sheet()


def study_title(number: int, study: Entry) -> str:
    """Name a prior study by its number, level and institution."""
    level = VOCABULARY["level"].get(study["level"])
    known = [in_language(level) if level else "", study["institution"]]
    words = ", ".join(part for part in known if part)
    return f"{number}. {words}" if words else _("Study %(number)s") % {"number": number}


@dataclass
class Writer:
    """Writes fields and rows, and remembers their labels so that no mistake goes unseen."""

    entry: Entry
    packs: Packs
    pack: Pack | None
    problems: tuple[Problem, ...]
    focus: str
    finished: bool
    labels: dict[str, str] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """Write the whole form."""
        entry = self.entry
        policy = [
            self.field(n, n, k, entry[n])
            for n in ("policy", "applied_on")
            if isinstance(k := TRANSFER[n], Key)
        ]
        programme = self.block("programme", PROGRAMME, entry["programme"], OF_PROGRAMME)
        student = self.block("student", STUDENT, entry["student"], OF_STUDENT)
        studies = [self.study(n, study) for n, study in enumerate(entry["prior_studies"])]
        claims = [self.claim(n, claim) for n, claim in enumerate(entry["claims"])]
        granted = [self.granted(n, row) for n, row in enumerate(entry["granted"])]
        self.labels |= {
            "prior_studies": _("Prior studies"),
            "claims": _("Courses applied for"),
        }
        self.labels |= {"granted": _("Credits granted earlier")}
        mistakes = [self.mistake(p) for p in self.problems]
        loose: dict[str, list[str]] = {}
        for mistake in mistakes:
            loose.setdefault(mistake.anchor, []).append(mistake.message)
        return Sheet(
            policy,
            programme,
            student,
            studies,
            claims,
            granted,
            mistakes,
            loose,
            self.full(),
            self.focus,
        )

    def full(self) -> frozenset[str]:
        """Name the lists that have as many rows as a page takes."""
        lists = ((name, part) for name, part in TRANSFER.items() if isinstance(part, Rows))
        return frozenset(name for name, part in lists if not _room(part, self.entry[name]))

    # Rows

    def block(
        self,
        name: str,
        shape: Shape,
        values: Entry,
        keys: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> Row:
        """Write a block that is there once."""
        first, further = (self.fields(name, name, shape, values, part) for part in keys)
        return self.row(Row(name, 1, first, further))

    def study(self, index: int, values: Entry) -> Row:
        """Write a prior study."""
        name = f"prior_studies[{index}]"
        first, further = (self.fields(name, "prior_studies", STUDY, values, part) for part in OF_STUDY)
        hidden = Field(f"{name}.id", "hidden", values["id"], "")
        title = study_title(index + 1, values)
        return self.row(
            Row(
                name,
                index + 1,
                [hidden, *first],
                further,
                title=title,
                drop=f"drop_study:{index}",
            )
        )

    def claim(self, index: int, values: Entry) -> Row:
        """Write a claim with its sources."""
        name, basis = f"claims[{index}]", values["basis"]
        target = self.fields(
            f"{name}.target",
            "claims.target",
            _shape(CLAIM["target"]),
            values["target"],
            TARGET,
        )
        about, agreed = (
            self.fields(name, "claims", CLAIM, values, (k for k in keys if asked(k, basis)))
            for keys in (OF_CLAIM, AGREED)
        )
        title = " ".join(part for part in (values["target"]["code"], values["target"]["title"]) if part)
        *named, subject = target
        row = Row(
            name, index + 1, [*named, *about, subject, *agreed], title=title, drop=f"drop_claim:{index}"
        )
        row.rows = [self.source(index, n, source, basis) for n, source in enumerate(values["sources"])]
        row.rows_title = _("Evidence of learning") if basis == "apel_c" else _("Course taken before")
        row.folded = self.is_done(row, values)
        row.add = f"add_source:{index}" if _room(CLAIM["sources"], row.rows) else ""
        return self.row(row)

    def source(self, claim: int, index: int, values: Entry, basis: str) -> Row:
        """Write a source of a claim."""
        name, keys = f"claims[{claim}].sources[{index}]", source_keys(basis)
        first, further = (
            self.fields(name, "sources", SOURCE, values, part) for part in (keys.first, keys.further)
        )
        return self.row(Row(name, index + 1, first, further, drop=f"drop_source:{claim}:{index}"))

    def is_done(self, row: Row, values: Entry) -> bool:
        """Say whether a claim can be folded up: filled, nothing wrong, and work going on elsewhere."""
        blocks = [row, *row.rows]
        attended = any(f.errors or f.focus for block in blocks for f in (*block.first, *block.further))
        filled = values["target"]["code"] and values["target"]["credits"]
        elsewhere = self.finished or len(self.entry["claims"]) > 1
        return bool(filled and elsewhere and not attended and not row.errors and self.focus != row.name)

    def granted(self, index: int, values: Entry) -> Row:
        """Write credits granted earlier."""
        name = f"granted[{index}]"
        first = self.fields(name, "granted", GRANTED, values, GRANTED)
        return self.row(Row(name, index + 1, first, drop=f"drop_granted:{index}"))

    def row(self, row: Row) -> Row:
        """Add to a row what is wrong with it as a whole, and whether to continue there."""
        self.labels[row.name] = row.title
        row.errors = [in_language(p.message) for p in self.problems if p.where == row.name]
        row.focus = self.focus == row.name
        return row

    # Fields

    def fields(
        self,
        prefix: str,
        section: str,
        shape: Shape,
        values: Entry,
        keys: Iterable[str],
    ) -> list[Field]:
        """Write the fields of one block."""
        return [
            self.field(f"{prefix}.{name}", f"{section}.{name}", key, values[name])
            for name in keys
            if isinstance(key := shape[name], Key)
        ]

    def field(self, name: str, question: str, key: Key, value: Any) -> Field:
        """Write one field."""
        asks = QUESTIONS[question]
        self.labels[name] = str(asks.label)
        options = self.options(question, asks, key)
        if options and isinstance(value, str) and value not in dict(options):
            options.append((value, value))
        return Field(
            name,
            key.kind,
            value,
            label=asks.label,
            hint=asks.hint,
            width=asks.width,
            required=asks.required,
            suffix=asks.suffix,
            options=options,
            errors=self.errors(name),
            focus=self.focus == name,
            resend=f"refresh:{name}" if question in RESENT else "",
        )

    def errors(self, name: str) -> list[str]:
        """Return the messages for a field or for anything inside its value."""
        inside = (f"{name}.", f"{name}[")
        return [
            in_language(p.message) for p in self.problems if p.where == name or p.where.startswith(inside)
        ]

    def mistake(self, problem: Problem) -> Mistake:
        """Lead from a problem to the nearest place that the form shows."""
        place = problem.where
        while place and place not in self.labels:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return Mistake(anchor(place), self.label(place), in_language(problem.message))

    def label(self, place: str) -> str:
        """Name a place in words: the course or study it belongs to, then the field."""
        row = place.partition("].")[0] + "]" if "]." in place else ""
        own = self.labels.get(place, "")
        if not row:
            return own
        kind = _("Course %(number)s") if row.startswith("claims") else _("Study %(number)s")
        kind = _("Granted %(number)s") if row.startswith("granted") else kind
        number = int(row.partition("[")[2].rstrip("]")) + 1
        return f"{kind % {'number': number}}: {own}"

    # Choices

    def options(self, question: str, asks: Question, key: Key) -> list[Option]:
        """Return what can be chosen in a field, the empty choice first where the answer may be missing."""
        if question == "policy":
            return [(name, in_language(pack.title)) for name, pack in self.packs.items()]
        if question == "claims.basis" and self.pack:
            return [(basis, in_language(VOCABULARY["basis"][basis])) for basis in self.pack.bases]
        if question == "granted.limits":
            return [(n, in_language(b.label)) for n, b in self.pack.limits.items()] if self.pack else []
        empty = (
            "",
            str(asks.empty or (_("Choose") if asks.required else _("Not known yet"))),
        )
        if question == "sources.study":
            return [
                empty,
                *((s["id"], study_title(n, s)) for n, s in enumerate(self.entry["prior_studies"], 1)),
            ]
        if key.kind == "answer":
            return [empty, ("yes", _("Yes")), ("no", _("No"))]
        words = VOCABULARY.get(key.vocabulary, {}).items() if key.kind == "word" else ()
        offered = [(w, _capital(in_language(text))) for w, text in words if not (asks.empty and w == "none")]
        return [empty, *offered] if offered else []


def _capital(words: str) -> str:
    """Begin with a capital, except names that are written otherwise (edX)."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def _room(part: Key | Rows | Shape, rows: Sequence[object]) -> bool:
    return isinstance(part, Rows) and len(rows) < part.most


def _shape(part: Key | Rows | Shape) -> Shape:
    assert not isinstance(part, Key | Rows)
    return part
