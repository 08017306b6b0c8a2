"""The columns that transfer rules are written over: as given in a case, and derived from it."""

from collections.abc import Mapping

from tauliah.policy.expression import (
    Choice,
    Column,
    Constant,
    Known,
    Node,
    Table,
    TableRow,
    every,
    least,
    most,
    settled,
    some,
    word,
)
from tauliah.values.level import POSTGRADUATE, UNDERGRADUATE
from tauliah.values.vocabulary import CODES

GIVEN: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("applied_on", "case", "day", False),
        Column("status", "case", "status"),
        Column("standing", "case", "standing"),
        Column("semester", "case", "count"),
        Column("week", "case", "count"),
        Column("final_semester", "case", "bool"),
        Column("programme_level", "case", "level", False),
        Column("programme_mode", "case", "mode"),
        Column("graduating_credits", "case", "credits", False),
        Column("coursework_credits", "case", "credits"),
        Column("duration_hundredths", "case", "count"),
        Column("mqa_accredited", "case", "bool"),
        Column("programme_minimum_grade", "case", "grade"),
        Column("standard_limit_percent", "case", "percent"),
        Column("professional_limit_percent", "case", "percent"),
        Column("own_programme", "case", "bool", False),
        Column("basis", "claim", "basis", False),
        Column("graded", "claim", "bool", False),
        Column("subject", "claim", "subject", False),
        Column("target_credits", "claim", "credits", False),
        Column("content_overlap", "claim", "share"),
        Column("partner_agreement", "claim", "bool"),
        Column("approved_beforehand", "claim", "bool"),
        Column("credits", "source", "credits"),
        Column("grade", "source", "grade"),
        Column("completed_on", "source", "day"),
        Column("transferred_before", "source", "bool"),
        Column("claimed_before", "source", "bool"),
        Column("level", "source", "level"),
        Column("level_compared", "source", "bool", False),
        Column("study_named", "source", "bool", False),
        Column("accredited", "source", "bool"),
        Column("own_institution", "source", "bool"),
        Column("prior_outcome", "source", "prior_outcome"),
        Column("withdrawn_with_cause", "source", "bool"),
        Column("ended_on", "source", "day"),
        Column("study_mode", "source", "mode"),
        Column("also_holds_diploma", "source", "bool"),
        Column("origin", "source", "origin"),
        Column("quality_verified", "source", "bool"),
        Column("platform", "source", "platform"),
        Column("certificate", "source", "certificate"),
        Column("proctoring", "source", "proctoring"),
        Column("onsite_grade", "source", "grade"),
        Column("claimed_in_case", "source", "bool", False),
        Column("clo_lowest", "source", "percent"),
        Column("clo_complete", "source", "bool"),
    )
}
"""What a case says. A source's study is merged into the source (contract, kind transfer)."""


def column(name: str) -> Column:
    """A given column; raises `KeyError` for a name that is none."""
    return GIVEN[name]


def lookup(name: str, by: Column, words: Mapping[str, str]) -> Table:
    """A column derived from another word by word; words not listed give the unknown."""
    rows = tuple(
        TableRow(((by, frozenset({CODES[by.unit][source]})),), CODES[name][target])
        for source, target in words.items()
    )
    return Table(name, name, rows)


STUDY_LEVEL = lookup(
    "study_level",
    GIVEN["programme_level"],
    dict.fromkeys(UNDERGRADUATE, "undergraduate") | dict.fromkeys(POSTGRADUATE, "postgraduate"),
)


NO_DIRECTION = Constant(None, "direction")


def _source_direction() -> Node:
    level, programme_level = GIVEN["level"], GIVEN["programme_level"]
    upward = Choice(level < programme_level, word("direction", "vertical"), word("direction", "downward"))
    compared = Choice(level.equals(programme_level), word("direction", "horizontal"), upward)
    return Choice(GIVEN["level_compared"], compared, NO_DIRECTION)


SOURCE_DIRECTION = _source_direction()


def _claim_direction() -> Node:
    """Downward if any source is, else vertical if any is (readings/uthm.md 29), else horizontal."""

    def has(direction: str) -> Node:
        return some(SOURCE_DIRECTION.one_of(direction))

    otherwise = Choice(has("horizontal"), word("direction", "horizontal"), NO_DIRECTION)
    vertical = Choice(has("vertical"), word("direction", "vertical"), otherwise)
    return Choice(has("downward"), word("direction", "downward"), vertical)


STAND_ALONE = GIVEN["origin"].one_of("stand_alone")

DERIVED: Mapping[str, Node] = {
    "study_level": STUDY_LEVEL,
    "source_direction": SOURCE_DIRECTION,
    "direction": _claim_direction(),
    "from_level": least(GIVEN["level"]),
    "compares_level": some(GIVEN["level_compared"]),
    "lowest_grade": most(GIVEN["grade"]),
    "from_own": settled(every(GIVEN["own_institution"])),
    "institution_known": every(Known(GIVEN["own_institution"])),
    "duration_known": Known(GIVEN["duration_hundredths"]),
    "faculty_minimum_known": Known(GIVEN["programme_minimum_grade"]),
    "standard_known": Known(GIVEN["standard_limit_percent"]),
    "mode_known": Known(GIVEN["programme_mode"]),
    "any_withdrawn": settled(some(GIVEN["prior_outcome"].one_of("withdrawn"))),
    "any_barred": settled(some(GIVEN["prior_outcome"].one_of("failed", "dismissed"))),
    "any_in_progress": settled(some(GIVEN["prior_outcome"].one_of("in_progress"))),
    "names_study": some(GIVEN["study_named"]),
    "from_stand_alone": some(STAND_ALONE),
    "from_accredited": some(GIVEN["origin"].one_of("accredited_programme")),
    "all_verified": settled(every(~STAND_ALONE | GIVEN["quality_verified"])),
    "all_own": every(GIVEN["own_institution"]),
    "coursework_known": Known(GIVEN["coursework_credits"]),
    "holds_diploma_too": settled(every(GIVEN["also_holds_diploma"])),
}


DEFINED_BY_PARAMETERS = ("exempted_paths", "paths", "verified_by_proctoring")


def columns_of(tables: Mapping[str, Table]) -> dict[str, Node]:
    """Every column a pack may name under `when`: given, derived, and those its parameters define."""
    columns = {**GIVEN, **DERIVED}
    if "exempted_paths" in tables:
        exempted = tables["exempted_paths"]
        columns |= {"exempted": exempted, "exempting": every(exempted)}
    if "paths" in tables:
        columns["path_open"] = settled(every(tables["paths"]))
    if "verified_by_proctoring" in tables:
        untested = settled(~tables["verified_by_proctoring"]) & ~Known(GIVEN["onsite_grade"])
        columns["needs_onsite_test"] = some(untested)
    return columns
