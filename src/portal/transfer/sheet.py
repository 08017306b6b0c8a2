"""Writes an entry out as the form: which questions are asked, with their choices and mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.cases.bridge import Entry
from portal.cases.fields import Field, Mistake, Option, Row
from portal.cases.keys import Key, Rows, Shape
from portal.cases.questions import Question
from portal.cases.writer import FieldWriter, room
from portal.transfer.keys import (
    CLAIM,
    GRANTED,
    PROGRAMME,
    SOURCE,
    STUDENT,
    STUDY,
    TRANSFER,
    asked,
    source_keys,
)
from portal.transfer.questions import QUESTIONS
from portal.wording import in_language, policy_name
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


@dataclass(slots=True)
class Sheet:
    """The whole form; ``full`` names the lists that take no further row."""

    policy: list[Field]
    programme: Row
    student: Row
    studies: list[Row]
    claims: list[Row]
    granted: list[Row]
    mistakes: list[Mistake]
    loose: Mapping[str, list[str]]
    full: frozenset[str]
    focus: str

    @property
    def policy_and_programme(self) -> list[Field]:
        """The first block of the form."""
        return [*self.policy, *self.programme.first]

    @property
    def granted_open(self) -> bool:
        """Whether credits granted earlier are shown at once."""
        return bool(self.granted) or self.focus == "granted" or "granted" in self.loose


def sheet(
    entry: Entry, packs: Packs, problems: Sequence[Problem] = (), focus: str = "", *, finished: bool = False
) -> Sheet:
    """Write the entry out as the form, with the problems found in it; ``finished`` once it has a result."""
    pack = packs.get(entry["policy"])
    return Writer(packs, tuple(problems), focus, QUESTIONS, RESENT, entry, pack, finished).sheet()


def study_title(number: int, study: Entry) -> str:
    """Name a prior study by its number, level and institution."""
    level = VOCABULARY["level"].get(study["level"])
    known = [in_language(level) if level else "", study["institution"]]
    words = ", ".join(part for part in known if part)
    return f"{number}. {words}" if words else _("Study %(number)s") % {"number": number}


@dataclass
class Writer(FieldWriter):
    """Writes the fields and rows of an application."""

    entry: Entry
    pack: Pack | None
    finished: bool

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
        return frozenset(name for name, part in lists if not room(part, self.entry[name]))

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
        row.add = f"add_source:{index}" if room(CLAIM["sources"], row.rows) else ""
        return self.row(row)

    def source(self, claim: int, index: int, values: Entry, basis: str) -> Row:
        """Write a source of a claim."""
        name, keys = f"claims[{claim}].sources[{index}]", source_keys(basis)
        first, further = (
            self.fields(name, "sources", SOURCE, values, part) for part in (keys.first, keys.further)
        )
        further = [f for f in further if f.value or not f.name.endswith(".study")]
        for on_demand in further:
            on_demand.required = False
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

    def row_label(self, row: str) -> str:
        """Name a course, a study or earlier credits."""
        kind = _("Course %(number)s") if row.startswith("claims") else _("Study %(number)s")
        kind = _("Granted %(number)s") if row.startswith("granted") else kind
        return kind % {"number": int(row.partition("[")[2].rstrip("]")) + 1}

    def options(self, question: str, asks: Question, key: Key) -> list[Option]:
        """Return what can be chosen in a field; some choices come from the packs or from the entry."""
        if question == "policy":
            return [(name, policy_name(pack)) for name, pack in self.packs.items()]
        if question == "claims.basis" and self.pack:
            return [(basis, in_language(VOCABULARY["basis"][basis])) for basis in self.pack.bases]
        if question == "granted.limits":
            return [(n, in_language(b.label)) for n, b in self.pack.limits.items()] if self.pack else []
        if question == "sources.study":
            studies = enumerate(self.entry["prior_studies"], 1)
            return [("", str(asks.empty)), *((s["id"], study_title(n, s)) for n, s in studies)]
        return super().options(question, asks, key)


def _shape(part: Key | Rows | Shape) -> Shape:
    assert not isinstance(part, Key | Rows)
    return part
